//! Groups regions of one article that overlap, and names what counts as half of a text.

use std::ops::Range;

use crate::verify::{Region, overlap};

/// Returns whether `part` is at least half of `whole`.
pub(super) fn is_half_of(part: u32, whole: u32) -> bool {
    u64::from(part) * 2 >= u64::from(whole)
}

/// Returns whether `part` is more than half of `whole`.
pub(super) fn is_more_than_half_of(part: u32, whole: u32) -> bool {
    u64::from(part) * 2 > u64::from(whole)
}

/// Returns whether at least half of the positions in the ranges of a region are in those of another one.
pub(super) fn is_half_inside(region: &[Range<u32>], other: &[Range<u32>]) -> bool {
    let length = region.iter().map(|range| range.end - range.start).sum();
    is_half_of(overlap(region, other), length)
}

/// Returns whether two regions overlap by at least half of the shorter.
pub(super) fn overlaps(one: &Region, other: &Region) -> bool {
    is_half_of(one.overlap(other), one.len().min(other.len()))
}

/// Groups regions of one article so that any two regions of a group overlap by at least half of the shorter; a region
/// may be in several groups. Returns indexes into `regions`, the regions of each group by ascending length.
pub(super) fn group_by_overlap(regions: &[Region]) -> Vec<Vec<usize>> {
    // Short regions come first, so that disjoint excerpts start groups of their own, and a region that covers both
    // joins both.
    let mut order: Vec<usize> = (0..regions.len()).collect();
    order.sort_by_key(|&index| (regions[index].len(), index));
    let mut groups: Vec<OverlapGroup> = Vec::new();
    for index in order {
        let mut found = false;
        for group in &mut groups {
            if group.accepts(regions, index) {
                group.push(regions, index);
                found = true;
            }
        }
        if !found {
            let mut group = OverlapGroup::default();
            group.push(regions, index);
            groups.push(group);
        }
    }
    groups.into_iter().map(|group| group.members).collect()
}

/// Regions any two of which overlap.
#[derive(Default)]
struct OverlapGroup {
    members: Vec<usize>,
    union: Region,
    /// The length of the shortest region: the first, because regions are added by ascending length.
    shortest: u32,
}

impl OverlapGroup {
    /// Returns whether a region that is no shorter than the members overlaps every one of them.
    fn accepts(&self, regions: &[Region], index: usize) -> bool {
        // Every member is part of the union, so the region lacks no more of a member than of the union. If that is at
        // most half of the shortest member, the region overlaps every member. Mostly this answers the question.
        let lacks = self.union.len() - self.union.overlap(&regions[index]);
        !is_more_than_half_of(lacks, self.shortest)
            || self.members.iter().all(|&member| overlaps(&regions[member], &regions[index]))
    }

    fn push(&mut self, regions: &[Region], index: usize) {
        self.union = self.union.union(&regions[index]);
        self.shortest = if self.members.is_empty() { regions[index].len() } else { self.shortest };
        self.members.push(index);
    }
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use proptest::prelude::*;

    use super::*;

    fn region(range: Range<u32>) -> Region {
        Region::new([range])
    }

    type Case = (&'static str, &'static [Range<u32>], &'static [&'static [usize]]);

    #[test]
    fn groups_regions_that_overlap() {
        let cases: &[Case] = &[
            ("nearly equal regions", &[0..10, 0..10, 0..9], &[&[2, 0, 1]]),
            ("two stories and both", &[0..50, 50..100, 0..100], &[&[0, 2], &[1, 2]]),
            ("disjoint excerpts and reprint", &[0..30, 60..90, 0..100], &[&[0, 2], &[1, 2]]),
            ("excerpts that share the lead", &[0..30, 0..50, 0..100], &[&[0, 1, 2]]),
            ("ends of a chain", &[0..10, 20..30], &[&[0], &[1]]),
        ];
        for (name, ranges, expected) in cases {
            let regions: Vec<Region> = ranges.iter().cloned().map(region).collect();
            assert_eq!(group_by_overlap(&regions), *expected, "{name}");
        }
    }

    proptest! {
        #[test]
        fn any_two_of_a_group_overlap(ranges in prop::collection::vec((0_u32..60, 1_u32..60), 1..12)) {
            let regions: Vec<Region> = ranges.iter().map(|&(start, length)| region(start..start + length)).collect();
            let groups = group_by_overlap(&regions);
            for members in &groups {
                for (index, &one) in members.iter().enumerate() {
                    for &other in &members[index + 1..] {
                        prop_assert!(overlaps(&regions[one], &regions[other]));
                    }
                }
            }
            for index in 0..regions.len() {
                prop_assert!(groups.iter().any(|members| members.contains(&index)));
            }
        }
    }
}
