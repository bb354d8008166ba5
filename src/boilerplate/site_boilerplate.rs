//! Stores the fingerprints that are boilerplate of one site.

use super::story_pages::TextId;
use crate::sketch::BloomFilter;

/// The fingerprints that are boilerplate of one site.
#[derive(Debug)]
pub(super) struct SiteBoilerplate {
    /// The fingerprints by ascending value, each with its text.
    values: Vec<(u32, TextId)>,
    /// A filter of the values, which rejects most others without a search.
    filter: BloomFilter,
}

impl SiteBoilerplate {
    /// Creates the boilerplate of a site from fingerprints by ascending value.
    pub(super) fn new(values: Vec<(u32, TextId)>) -> Self {
        /// The bits of the filter for each value: one of 16 other values passes the filter.
        const BITS: usize = 16;
        let mut filter = BloomFilter::new(values.len() * BITS);
        values.iter().for_each(|&(value, _)| filter.insert(value));
        Self { values, filter }
    }

    /// Returns whether the site has no boilerplate.
    pub(super) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Returns the text that a fingerprint belongs to, if it is boilerplate.
    pub(super) fn text_of(&self, value: u32) -> Option<TextId> {
        if !self.filter.may_contain(value) {
            return None;
        }
        let index = self.values.binary_search_by_key(&value, |&(value, _)| value).ok()?;
        Some(self.values[index].1)
    }

    /// Returns the fingerprints by ascending value, each with its text.
    #[cfg(test)]
    pub(super) fn values(&self) -> &[(u32, TextId)] {
        &self.values
    }
}
