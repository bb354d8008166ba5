//! What a run is busy with, told to whoever watches it.

/// What a run is busy with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Reading articles; progress counts bytes of records.
    Reading,
    /// Looking for candidates; no progress is told.
    Indexing,
    /// Verifying candidates; progress counts pairs.
    Verifying,
    /// Building clusters; no progress is told.
    Clustering,
}

/// Someone who watches a run. Called from any thread, for each batch that was read and every thousand pairs.
pub trait Progress: Sync {
    /// A stage begins; `total` is how far its progress will go, where that is known.
    fn stage(&self, stage: Stage, total: Option<u64>);
    /// The stage went on by so much.
    fn advance(&self, by: u64);
}

/// Nobody watches.
impl Progress for () {
    fn stage(&self, _: Stage, _: Option<u64>) {}
    fn advance(&self, _: u64) {}
}
