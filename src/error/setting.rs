//! Describes what is wrong with the value of a setting.

use super::problem_text::grouped;
use super::remedy::Remedy;

/// The bits of a number of bytes below one MiB.
const MEBIBYTE_BITS: u32 = 20;

/// A problem with the value of a setting.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SettingProblem {
    /// The number is outside its range.
    #[error("expected {least} to {most}, found {found}")]
    OutOfRange {
        /// The value.
        found: usize,
        /// The least value that is allowed.
        least: usize,
        /// The greatest value that is allowed.
        most: usize,
    },
    /// The number is no positive share of a whole.
    #[error("expected a number above 0 and at most 1, found {found}")]
    NotAShare {
        /// The value.
        found: f64,
    },
    /// The bands and rows need more values than the signature has.
    #[error("{bands} of {rows} rows need {} hashes, and there are {hashes}", bands * rows)]
    TooFewHashes {
        /// The number of bands.
        bands: usize,
        /// The number of values in a band.
        rows: usize,
        /// The number of values in a signature.
        hashes: usize,
    },
    /// The memory is less than a run needs.
    #[error("expected {} MiB or more, found {found} bytes", least >> MEBIBYTE_BITS)]
    TooLittleMemory {
        /// The memory, in bytes.
        found: u64,
        /// The least memory that is allowed, in bytes.
        least: u64,
    },
    /// The articles do not fit into the memory.
    #[error("{} articles, {} of them copies, need about {} MiB, expected {} MiB at most", grouped(*articles), grouped(*copies), needed >> MEBIBYTE_BITS, memory >> MEBIBYTE_BITS)]
    TooManyArticles {
        /// The number of articles that were read so far.
        articles: usize,
        /// The number of those that are known to be identical to others.
        copies: usize,
        /// The memory that they need, in bytes.
        needed: u64,
        /// The memory that is allowed, in bytes.
        memory: u64,
    },
}

impl SettingProblem {
    /// Returns what the caller can do about the problem, if there is a known remedy.
    pub fn remedy(self) -> Option<Remedy> {
        match self {
            Self::TooFewHashes { .. } => Some(Remedy::RaiseHashes),
            Self::TooManyArticles { .. } => Some(Remedy::MoreMemoryOrSeveralRuns),
            Self::OutOfRange { .. } | Self::NotAShare { .. } | Self::TooLittleMemory { .. } => None,
        }
    }
}
