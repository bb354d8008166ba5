//! Encodes ranges of tokens as numbers, and decodes them.
//!
//! Each range is encoded as its distance from the end of the one before and its length, each as a LEB128 number.

use std::ops::Range;

use crate::store::{push_leb128, take_leb128};

/// Appends the encoding of ranges that ascend and do not overlap.
pub(super) fn push_ranges(out: &mut Vec<u8>, ranges: &[Range<u32>]) {
    let mut last = 0;
    for range in ranges {
        push_leb128(out, range.start - last);
        push_leb128(out, range.end - range.start);
        last = range.end;
    }
}

/// Decodes the ranges of one article.
pub(super) fn decode_ranges(bytes: &[u8]) -> Vec<Range<u32>> {
    let mut bytes = bytes.iter();
    let mut last = 0;
    let mut ranges = Vec::new();
    while !bytes.as_slice().is_empty() {
        let start = last + take_leb128(&mut bytes);
        last = start + take_leb128(&mut bytes);
        ranges.push(start..last);
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_decoded_as_they_were_encoded() {
        let lists: [&[(u32, u32)]; 3] =
            [&[], &[(0, 1)], &[(0, 3), (4, 5), (200, 1000), (1_000_000, 1_000_001)]];
        for list in lists {
            let ranges: Vec<Range<u32>> = list.iter().map(|&(begin, end)| begin..end).collect();
            let mut bytes = Vec::new();
            push_ranges(&mut bytes, &ranges);
            assert_eq!(decode_ranges(&bytes), ranges);
        }
    }
}
