//! Defines articles that were loaded from an archive for a run.

use crate::corpus::Segment;
use crate::index::Fingerprints;

/// Articles that were loaded.
pub(super) struct LoadedArticles {
    /// The number of each.
    pub(super) numbers: Vec<u32>,
    pub(super) segment: Segment,
    pub(super) fingerprints: Fingerprints,
}
