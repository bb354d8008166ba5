//! Defines which equal runs of two token lists are a passage.

use crate::boilerplate::MaskingRule;

/// The rule that makes a passage of equal runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlignRule {
    /// The length of an anchor, in tokens.
    pub shingle_size: usize,
    /// The maximum number of tokens, in each list, between two blocks of one passage.
    pub bridge: u32,
    /// The minimum number of equal tokens in a passage; anything shorter is a phrase.
    pub shortest_passage: u32,
}

impl AlignRule {
    /// The largest number of words, on each side, between two equal runs of one passage: less than half a sentence.
    pub(crate) const BRIDGE: u32 = 8;
    /// The number of equal words of the shortest passage: that of the shortest text that is masked.
    pub(crate) const SHORTEST_PASSAGE: u32 = MaskingRule::SHORTEST;
}

/// The maximum number of positions in the longer list at which one shingle is tried. A page that prints its story
/// twice is covered twice, and a sentence that a text repeats a million times costs no more than one that it
/// repeats eight times.
pub(super) const POSITIONS_TRIED: usize = 8;

/// Returns whether a block of `length` tokens that overlaps the end of a passage by `overlap` tokens is a
/// repetition of that end rather than its continuation: more than half of it overlaps.
pub(super) fn is_repetition(overlap: u32, length: u32) -> bool {
    overlap > length / 2
}
