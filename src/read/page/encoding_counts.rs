//! Counts pages by their encodings.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::read::source_summary::EncodingCount;

/// The numbers of pages by the name of their encoding. Pages are added from any thread.
#[derive(Debug, Default)]
pub(in crate::read) struct EncodingCounts(Mutex<BTreeMap<&'static str, EncodingCount>>);

impl EncodingCounts {
    /// Counts a page. `has_replaced` says that bytes of it became U+FFFD.
    pub(in crate::read) fn add(&self, encoding: &'static str, has_replaced: bool) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(encoding).or_default();
        count.pages += 1;
        count.damaged += u64::from(has_replaced);
    }

    /// Returns the numbers.
    pub(in crate::read) fn counts(&self) -> BTreeMap<&'static str, EncodingCount> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
