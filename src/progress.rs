//! Defines how a run reports its progress: the trait [`Progress`], which a caller implements, and the [`Stage`]s.

use crate::error::Error;

/// A stage of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Articles are read. Progress counts the bytes of the inputs, compressed ones before decompression.
    Reading,
    /// Articles of an archive are looked up and loaded. No progress is reported.
    Loading,
    /// The articles are sorted, sites are named, and dates are settled. No progress is reported.
    Sorting,
    /// What sites repeat is masked. No progress is reported.
    Masking,
    /// Candidates are searched. No progress is reported.
    Indexing,
    /// Candidates are verified. Progress counts pairs.
    Verifying,
    /// Clusters are built. No progress is reported.
    Clustering,
}

impl Stage {
    /// Returns the name of the stage in records and callbacks.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Loading => "loading",
            Self::Sorting => "sorting",
            Self::Masking => "masking",
            Self::Indexing => "indexing",
            Self::Verifying => "verifying",
            Self::Clustering => "clustering",
        }
    }
}

/// Receives the progress of a run.
///
/// The methods may be called from any thread: [`advance`](Progress::advance) after each batch of records that was
/// read, and after every thousand pairs or so that were verified.
pub trait Progress: Sync {
    /// Called when a stage begins. `total` is the amount of work in the stage's unit, if it is known.
    fn stage(&self, stage: Stage, total: Option<u64>);
    /// Called when an amount of work of the current stage is done, in the stage's unit.
    fn advance(&self, by: u64);
    /// Returns whether the run should end: it then ends with [`Error::Cancelled`] before the next
    /// batch of records, the next thousand pairs, or the next step of indexing.
    fn is_cancelled(&self) -> bool {
        false
    }
}

/// Returns an error if the caller ended the run.
///
/// # Errors
/// [`Error::Cancelled`].
pub(crate) fn check_cancelled(progress: &dyn Progress) -> Result<(), Error> {
    if progress.is_cancelled() { Err(Error::Cancelled) } else { Ok(()) }
}

/// Ignores all progress.
impl Progress for () {
    fn stage(&self, _: Stage, _: Option<u64>) {}
    fn advance(&self, _: u64) {}
}
