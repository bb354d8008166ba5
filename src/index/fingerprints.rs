//! Stores the fingerprints of whole articles, in columns beside the segments of the corpus.
//!
//! Fingerprints of whole articles are computed while articles are read. They show what sites repeat, and are dropped
//! when boilerplate is masked. After that, the core of each article is indexed: its text without boilerplate.

use rayon::prelude::*;

use super::sketcher::{Scratch, Sketcher};
use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::error::Error;
use crate::sketch::Fingerprint;
use crate::store::{Column, Storage, Store, StoreWriter, list_range};

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
    values: Column<Fingerprint>,
    ends: Vec<u32>,
}

/// The fingerprints of all whole articles of a corpus.
#[derive(Debug)]
pub(crate) struct ArticleFingerprints {
    /// One element a segment of the corpus.
    segments: Vec<StoredFingerprints>,
    store: Store,
}

impl ArticleFingerprints {
    /// Creates the fingerprints of a corpus from those of its segments, which were stored by `writer`. `shown` is the
    /// number of bytes of files that may stay mapped.
    ///
    /// # Errors
    /// An [`Error::Storage`] if a file cannot be mapped.
    pub(crate) fn new(
        segments: Vec<StoredFingerprints>,
        writer: StoreWriter,
        shown: usize,
    ) -> Result<Self, Error> {
        Ok(Self { segments, store: writer.close(shown)? })
    }

    /// Computes the fingerprints of all articles of a corpus, in parallel.
    ///
    /// # Errors
    /// An [`Error::Storage`] if what does not fit into memory cannot be stored.
    pub(crate) fn of_all(corpus: &Corpus, sketcher: &Sketcher, storage: &Storage) -> Result<Self, Error> {
        let writer = storage.writer();
        let of_segment = |segment: usize| {
            let (mut scratch, mut out) = (Scratch::default(), Fingerprints::default());
            for &id in corpus.ids_of_segment(segment) {
                sketcher.fingerprint(corpus.all_tokens(id), &mut scratch, &mut out);
            }
            out.store(&writer, storage.budget.fingerprints())
        };
        let segments: Result<_, Error> =
            (0..corpus.segment_count()).into_par_iter().map(of_segment).collect();
        Self::new(segments?, writer, storage.budget.mapped_files())
    }

    /// Returns the fingerprints of an article, by position. For readers that read one article after the other.
    pub(crate) fn get(&self, corpus: &Corpus, id: ArticleId) -> &[Fingerprint] {
        let (segment, index) = corpus.segment_and_row(id);
        let segment = &self.segments[segment];
        self.store.part(&segment.values, list_range(&segment.ends, index))
    }

    /// Returns the fingerprints of an article, by position; in `buffer` if they must be read from a file. For readers
    /// that read articles in random order.
    pub(crate) fn read<'a>(
        &'a self,
        corpus: &Corpus,
        id: ArticleId,
        buffer: &'a mut Vec<Fingerprint>,
    ) -> &'a [Fingerprint] {
        let (segment, index) = corpus.segment_and_row(id);
        let segment = &self.segments[segment];
        self.store.read(&segment.values, list_range(&segment.ends, index), buffer)
    }
}
