//! Defines regions: sets of token positions of one article.

use std::ops::Range;
use std::slice::Iter;

use crate::store::{push_leb128, push_ranges, take_leb128, take_ranges};

/// A set of token positions of one article, stored as ranges that ascend and do not touch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Region(Vec<Range<u32>>);

impl Region {
    /// Creates the union of ranges, which may overlap and be in any order.
    pub fn new(ranges: impl IntoIterator<Item = Range<u32>>) -> Self {
        let mut ranges: Vec<Range<u32>> = ranges.into_iter().collect();
        ranges.retain(|range| !range.is_empty());
        ranges.sort_unstable_by_key(|range| (range.start, range.end));
        ranges.dedup_by(|next, last| {
            let joins = next.start <= last.end;
            if joins {
                last.end = last.end.max(next.end);
            }
            joins
        });
        Self(ranges)
    }

    /// Appends the number of ranges, then the ranges.
    pub(crate) fn pack(&self, out: &mut Vec<u8>) {
        push_leb128(out, self.0.len() as u32);
        push_ranges(out, &self.0);
    }

    /// Unpacks the first region of some bytes, and moves the iterator past it.
    pub(crate) fn unpack(bytes: &mut Iter<'_, u8>) -> Self {
        let count = take_leb128(bytes) as usize;
        Self(take_ranges(bytes).take(count).collect())
    }

    /// Returns the ranges.
    pub fn ranges(&self) -> &[Range<u32>] {
        &self.0
    }

    /// Returns the number of positions.
    pub fn len(&self) -> u32 {
        self.0.iter().map(|range| range.end - range.start).sum()
    }

    /// Returns whether there are no positions.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the positions that are in either region.
    pub fn union(&self, other: &Self) -> Self {
        Self::new(self.0.iter().chain(&other.0).cloned())
    }

    /// Returns the positions that are in both regions.
    pub fn intersection(&self, other: &Self) -> Self {
        let mut out = Vec::new();
        let (mut left, mut right) = (self.0.iter().peekable(), other.0.iter().peekable());
        while let (Some(one), Some(other)) = (left.peek(), right.peek()) {
            let (start, end) = (one.start.max(other.start), one.end.min(other.end));
            if start < end {
                out.push(start..end);
            }
            if one.end < other.end {
                left.next();
            } else {
                right.next();
            }
        }
        Self(out)
    }

    /// Returns the positions that are not in another region.
    pub fn without(&self, other: &Self) -> Self {
        let mut gaps = Vec::new();
        let mut at = 0;
        for range in &other.0 {
            gaps.push(at..range.start);
            at = range.end;
        }
        gaps.push(at..u32::MAX);
        self.intersection(&Self::new(gaps))
    }

    /// Returns the number of positions that are in both regions.
    pub fn overlap(&self, other: &Self) -> u32 {
        overlap(&self.0, &other.0)
    }
}

/// Returns the number of positions that are in ranges of both lists. The ranges of each list ascend and are disjoint.
pub(crate) fn overlap(one: &[Range<u32>], other: &[Range<u32>]) -> u32 {
    let (mut left, mut right) = (one.iter().peekable(), other.iter().peekable());
    let mut sum = 0;
    while let (Some(one), Some(other)) = (left.peek(), right.peek()) {
        sum += one.end.min(other.end).saturating_sub(one.start.max(other.start));
        if one.end < other.end {
            left.next();
        } else {
            right.next();
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn positions(ranges: &[Range<u32>]) -> BTreeSet<u32> {
        ranges.iter().cloned().flatten().collect()
    }

    fn any_ranges() -> impl Strategy<Value = Vec<Range<u32>>> {
        prop::collection::vec((0_u32..40, 0_u32..9).prop_map(|(start, length)| start..start + length), 0..8)
    }

    proptest! {
        #[test]
        fn regions_behave_like_sets(one in any_ranges(), other in any_ranges()) {
            let (left, right) = (Region::new(one.clone()), Region::new(other.clone()));
            let (left_set, right_set) = (positions(&one), positions(&other));
            prop_assert_eq!(&positions(left.ranges()), &left_set);
            prop_assert_eq!(left.len() as usize, left_set.len());
            prop_assert!(left.ranges().windows(2).all(|pair| pair[0].end < pair[1].start));
            prop_assert_eq!(left.is_empty(), left_set.is_empty());
            let shared = left.intersection(&right);
            prop_assert_eq!(&shared, &Region::new(left_set.intersection(&right_set).map(|&at| at..at + 1)));
            prop_assert_eq!(left.overlap(&right), shared.len());
            let rest = Region::new(left_set.difference(&right_set).map(|&at| at..at + 1));
            prop_assert_eq!(left.without(&right), rest);
            prop_assert_eq!(positions(left.union(&right).ranges()), left_set.union(&right_set).copied().collect());
        }
    }
}
