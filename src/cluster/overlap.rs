//! What the neighbors of an article carry of it in, groups that carry the same passage out.

use crate::verify::Region;

/// Groups regions of one article so that any two of a group overlap by at least half of the shorter; a region may
/// stand in several groups. Returns positions in `regions`, each group ascending by length.
///
/// Short regions go first, so that disjoint excerpts found groups of their own, and a region that covers both joins
/// both.
pub(super) fn group(regions: &[Region]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..regions.len()).collect();
    order.sort_by_key(|&index| (regions[index].len(), index));
    let mut groups: Vec<Group> = Vec::new();
    for index in order {
        let mut found = false;
        for group in &mut groups {
            if group.takes(regions, index) {
                group.push(regions, index);
                found = true;
            }
        }
        if !found {
            let mut group = Group::default();
            group.push(regions, index);
            groups.push(group);
        }
    }
    groups.into_iter().map(|group| group.members).collect()
}

/// Tells whether any two of the regions overlap by at least half of the shorter.
pub(super) fn all_overlap(regions: &[Region]) -> bool {
    group(regions).len() <= 1
}

/// Tells whether two regions overlap by at least half of the shorter.
fn overlaps(one: &Region, other: &Region) -> bool {
    one.overlap(other) * 2 >= one.len().min(other.len())
}

#[derive(Default)]
struct Group {
    members: Vec<usize>,
    union: Region,
    shortest: u32,
}

impl Group {
    fn takes(&self, regions: &[Region], index: usize) -> bool {
        // What the newcomer lacks of the union it lacks at most of each member: mostly this settles it at once.
        let lacks = self.union.len() - self.union.overlap(&regions[index]);
        lacks * 2 <= self.shortest
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
    fn groups() {
        let cases: &[Case] = &[
            ("whole copies", &[0..10, 0..10, 0..9], &[&[2, 0, 1]]),
            ("two stories and both", &[0..50, 50..100, 0..100], &[&[0, 2], &[1, 2]]),
            ("disjoint excerpts and reprint", &[0..30, 60..90, 0..100], &[&[0, 2], &[1, 2]]),
            ("excerpts that share the lead", &[0..30, 0..50, 0..100], &[&[0, 1, 2]]),
            ("ends of a chain", &[0..10, 20..30], &[&[0], &[1]]),
        ];
        for (name, ranges, expected) in cases {
            let regions: Vec<Region> = ranges.iter().cloned().map(region).collect();
            assert_eq!(group(&regions), *expected, "{name}");
        }
    }

    #[test]
    fn tells_whether_all_overlap() {
        type Case<'a> = (&'a str, &'a [Range<u32>], bool);
        let cases: &[Case<'_>] = &[
            ("half of each", &[0..10, 5..15], true),
            ("less than half", &[0..10, 6..16], false),
            ("half of the shorter", &[0..40, 35..45], true),
            ("little of all together, but half of each", &[0..10, 5..15, 5..10], true),
            ("all but two", &[0..10, 5..15, 10..20], false),
        ];
        for (name, ranges, expected) in cases {
            let regions: Vec<Region> = ranges.iter().cloned().map(region).collect();
            assert_eq!(all_overlap(&regions), *expected, "{name}");
        }
    }

    proptest! {
        #[test]
        fn any_two_of_a_group_overlap(ranges in prop::collection::vec((0_u32..60, 1_u32..60), 1..12)) {
            let regions: Vec<Region> = ranges.iter().map(|&(start, length)| region(start..start + length)).collect();
            let groups = group(&regions);
            for members in &groups {
                for (place, &one) in members.iter().enumerate() {
                    for &other in &members[place + 1..] {
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
