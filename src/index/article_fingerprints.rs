//! Stores the fingerprints of whole articles, in columns beside the segments of the corpus.
//!
//! Fingerprints of whole articles are computed while articles are read. They show what sites repeat, and are dropped
//! when boilerplate is masked. What is left of each article, its core, is indexed after that.

use rayon::prelude::*;

use super::fingerprints::{Fingerprints, StoredFingerprints};
use super::sketcher::{Scratch, Sketcher};
use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::error::Error;
use crate::sketch::Fingerprint;
use crate::store::{Storage, Store, list_range};

/// The fingerprints of all whole articles of a corpus.
#[derive(Debug)]
pub(crate) struct ArticleFingerprints {
    /// One element a segment of the corpus.
    segments: Vec<StoredFingerprints>,
    store: Store,
}

impl ArticleFingerprints {
    /// Creates the fingerprints of a corpus from those of its segments, which are in `store`.
    pub(crate) fn new(segments: Vec<StoredFingerprints>, store: Store) -> Self {
        Self { segments, store }
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
        Ok(Self::new(segments?, writer.close(storage.budget.mapped_files())?))
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
        self.segments[segment].read(index, &self.store, buffer)
    }
}
