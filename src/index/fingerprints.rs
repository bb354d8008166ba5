//! The fingerprints of the articles of a segment: a column beside those of the segment.

use crate::error::Error;
use crate::sketch::Fingerprint;
use crate::store::{Column, Store, StoreWriter, list_range};

/// The fingerprints of the articles of a segment, while they are computed.
#[derive(Debug, Default)]
pub(crate) struct Fingerprints {
    values: Vec<Fingerprint>,
    /// For each article the end of its fingerprints in `values`.
    ends: Vec<u32>,
}

impl Fingerprints {
    pub(super) fn push(&mut self, fingerprint: Fingerprint) {
        self.values.push(fingerprint);
    }

    /// Ends the fingerprints of an article.
    pub(super) fn end_article(&mut self) {
        self.ends.push(self.values.len() as u32);
    }

    /// Adds the fingerprints of an article.
    pub(crate) fn push_article(&mut self, fingerprints: &[Fingerprint]) {
        self.values.extend_from_slice(fingerprints);
        self.end_article();
    }

    /// Returns the number of bytes that they take in memory.
    pub(crate) fn bytes(&self) -> usize {
        size_of::<Self>() + size_of_val(&*self.values) + size_of_val(&*self.ends)
    }

    /// Returns the fingerprints of the article at `index`.
    pub(crate) fn of(&self, index: usize) -> &[Fingerprint] {
        &self.values[list_range(&self.ends, index)]
    }

    /// Keeps the fingerprints in memory.
    pub(crate) fn hold(self) -> StoredFingerprints {
        StoredFingerprints { values: Column::in_memory(self.values), ends: self.ends }
    }

    /// Stores the fingerprints. `held` is the number of bytes that the store may hold in memory.
    ///
    /// # Errors
    /// An [`Error::Storage`] if what does not fit into memory cannot be stored.
    pub(crate) fn store(mut self, writer: &StoreWriter, held: usize) -> Result<StoredFingerprints, Error> {
        self.ends.shrink_to_fit();
        Ok(StoredFingerprints { values: writer.put(self.values, held)?, ends: self.ends })
    }
}

/// The stored fingerprints of the articles of a segment.
#[derive(Debug, Default)]
pub(crate) struct StoredFingerprints {
    pub(super) values: Column<Fingerprint>,
    /// For each article the end of its fingerprints in `values`.
    pub(super) ends: Vec<u32>,
}

impl StoredFingerprints {
    /// Moves the fingerprints from memory into the file of the store.
    ///
    /// # Errors
    /// An [`Error::Storage`] if they cannot be written.
    pub(crate) fn spill(&mut self, writer: &StoreWriter) -> Result<(), Error> {
        writer.spill(&mut self.values)
    }

    /// Returns the fingerprints of the article at `index`; in `buffer` if they must be read from a file.
    pub(crate) fn read<'a>(
        &'a self,
        index: usize,
        store: &'a Store,
        buffer: &'a mut Vec<Fingerprint>,
    ) -> &'a [Fingerprint] {
        store.read(&self.values, list_range(&self.ends, index), buffer)
    }
}
