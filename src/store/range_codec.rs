//! Encodes ranges of tokens as numbers, and decodes them.
//!
//! Each range is encoded as its distance from the end of the one before and its length, each as a LEB128 number.

use std::ops::Range;
use std::slice::Iter;

use super::leb128::{push_leb128, take_leb128};

/// Appends the encoding of ranges that ascend and do not overlap.
pub(crate) fn push_ranges(out: &mut Vec<u8>, ranges: &[Range<u32>]) {
    let mut last = 0;
    for range in ranges {
        push_leb128(out, range.start - last);
        push_leb128(out, range.end - range.start);
        last = range.end;
    }
}

/// Decodes the ranges of one list, up to the end of the bytes. If other bytes follow the list, its length must be known: the
/// bytes of ranges that are not taken are left.
pub(crate) fn take_ranges<'b>(bytes: &'b mut Iter<'_, u8>) -> impl Iterator<Item = Range<u32>> + 'b {
    let mut last = 0;
    std::iter::from_fn(move || {
        if bytes.as_slice().is_empty() {
            return None;
        }
        let start = last + take_leb128(bytes);
        last = start + take_leb128(bytes);
        Some(start..last)
    })
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
            assert_eq!(take_ranges(&mut bytes.iter()).collect::<Vec<_>>(), ranges);
            bytes.push(7);
            let mut rest = bytes.iter();
            assert_eq!(take_ranges(&mut rest).take(ranges.len()).collect::<Vec<_>>(), ranges);
            assert_eq!(rest.as_slice(), [7]);
        }
    }
}
