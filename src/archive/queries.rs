//! The articles for which an archive is searched.

use rayon::prelude::*;

use crate::corpus::Identity;
use crate::detect::Taken;
use crate::sketch::Fingerprint;

/// Articles for which an archive is searched, by index.
#[derive(Debug, Default)]
pub(super) struct Queries {
    pub(super) identities: Vec<Identity>,
    /// For each fingerprint its value and the index of its article.
    fingerprints: Vec<(u32, u32)>,
}

impl Queries {
    /// Returns the articles that a run took in.
    pub(super) fn new(taken: &Taken) -> Self {
        let mut out = Self::default();
        taken.for_each(|identity, fingerprints| out.push(identity, fingerprints));
        out
    }

    /// Returns the articles that a run took in, without their fingerprints, by which nothing is found.
    pub(super) fn without_fingerprints(taken: &Taken) -> Self {
        let mut out = Self::default();
        taken.for_each(|identity, _| out.push(identity, &[]));
        out
    }

    /// Adds an article with its fingerprints.
    pub(super) fn push(&mut self, identity: Identity, fingerprints: &[Fingerprint]) {
        let index = self.identities.len() as u32;
        self.identities.push(identity);
        self.fingerprints.extend(fingerprints.iter().map(|fingerprint| (fingerprint.value, index)));
    }

    /// Sorts the fingerprints by value, each once for an article.
    pub(super) fn sort(&mut self) {
        self.fingerprints.par_sort_unstable();
        self.fingerprints.dedup();
    }

    /// Returns the number of different fingerprints of each article; they are sorted.
    pub(super) fn fingerprint_counts(&self) -> Vec<u32> {
        let mut counts = vec![0; self.identities.len()];
        self.fingerprints.iter().for_each(|&(_, index)| counts[index as usize] += 1);
        counts
    }

    /// Returns each value with the index of an article that has it.
    pub(super) fn postings(&self) -> &[(u32, u32)] {
        &self.fingerprints
    }
}
