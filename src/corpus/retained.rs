//! Defines which parts of articles are kept besides tokens and headers.

/// The parts of articles that a segment retains besides tokens and headers: the same of all its articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retained {
    /// The texts: what is shown is cut from them.
    pub texts: bool,
    /// All that only removals need: the lines, by which furniture of pages is told from text, what pages print besides,
    /// and hashes of the records.
    pub for_removals: bool,
}

impl Retained {
    /// All of it.
    pub const ALL: Self = Self { texts: true, for_removals: true };
    /// None of it.
    pub const TOKENS: Self = Self { texts: false, for_removals: false };
}
