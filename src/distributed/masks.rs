//! Encodes the masks of articles, and merges those of identical ones.

use std::ops::Range;

use crate::boilerplate::Mask;
use crate::detect::leaves_enough;
use crate::settings::Settings;
use crate::verify::Region;

/// Merges the masks of the pages of `identical` articles with the same `words` words. Returns nothing if too little would be
/// left of them.
pub fn merge_masks(
    masks: impl IntoIterator<Item = Range<u32>>,
    words: usize,
    identical: usize,
    settings: &Settings,
) -> Option<Mask> {
    let mask = Region::new(masks).ranges().to_vec();
    leaves_enough(&mask, words, identical, settings).then_some(mask)
}

/// Encodes ranges of words.
pub fn encode_ranges(ranges: &[Range<u32>]) -> Vec<u8> {
    ranges.iter().flat_map(|range| [range.start, range.end]).flat_map(u32::to_le_bytes).collect()
}

/// Decodes ranges of words.
pub fn decode_ranges(bytes: &[u8]) -> Vec<Range<u32>> {
    let number = |bytes: &[u8]| u32::from_le_bytes(bytes.try_into().unwrap_or_default());
    bytes.chunks_exact(8).map(|range| number(&range[..4])..number(&range[4..])).collect()
}
