//! Describes what is wrong with a record of a web archive, or with a web page.

use super::problem_text::size;

/// A problem with a record of a web archive (WARC).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WarcProblem {
    /// Other bytes are where a record should begin.
    #[error("no record of a web archive begins here, as the record before it says")]
    NotARecord,
    /// The header of a record has no end, or does not say how long the record is.
    #[error("the header of the record says no length")]
    NoLength,
    /// No record begins where this one should end.
    #[error("the record is not as long as its header says: {length} bytes")]
    WrongLength {
        /// The length that the header says, in bytes.
        length: u64,
    },
}

/// A problem with a web page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PageProblem {
    /// The page is larger than any that is extracted.
    #[error("the page is larger than {}", size(*limit))]
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// The extraction failed.
    #[error("the text of the page cannot be extracted")]
    NotExtracted,
}
