//! Defines the sizes that decide where masked text begins and ends.

/// The sizes that decide where masked text begins and ends, in tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MaskingRule {
    /// The fewest tokens of a masked range. Shorter text is a phrase.
    pub shortest: u32,
    /// The number of tokens that a fingerprint is computed from.
    pub shingle_size: u32,
    /// The most tokens by which a shared text can extend beyond its first or last fingerprint.
    pub reach: u32,
}

impl MaskingRule {
    /// The number of words of the shortest text that is masked. A shorter one is a phrase or a headline.
    pub const SHORTEST: u32 = 12;
}
