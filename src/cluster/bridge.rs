//! Finds representatives without which their members would not match each other.

use crate::verify::Region;

/// Returns whether the other members of a cluster fall into several sets of matching members without the
/// representative.
///
/// `parts` are the parts of the passage that the other members contain. Two of them match if they have in common the
/// `threshold`'s share of the shorter.
pub(super) fn is_bridge(parts: &[Region], threshold: f64) -> bool {
    let Some(longest) = parts.iter().max_by_key(|part| part.len()) else {
        return false;
    };
    // If every part matches the longest, all are connected. Mostly this answers the question in linear time.
    if parts.iter().all(|part| match_each_other(longest, part, threshold)) {
        return false;
    }
    let mut unreached: Vec<&Region> = parts.iter().collect();
    let mut reached: Vec<&Region> = unreached.pop().into_iter().collect();
    while let Some(part) = reached.pop() {
        let (near, far): (Vec<&Region>, Vec<&Region>) =
            unreached.into_iter().partition(|other| match_each_other(part, other, threshold));
        reached.extend(near);
        unreached = far;
    }
    !unreached.is_empty()
}

/// Returns whether two parts have in common the `threshold`'s share of the shorter.
fn match_each_other(one: &Region, other: &Region, threshold: f64) -> bool {
    f64::from(one.overlap(other)) >= threshold * f64::from(one.len().min(other.len()))
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::*;

    type Case<'a> = (&'a str, &'a [Range<u32>], bool);

    #[test]
    fn a_bridge_connects_parts_that_do_not_match() {
        let cases: &[Case<'_>] = &[
            ("nobody", &[], false),
            ("one", std::slice::from_ref(&(0..50)), false),
            ("two that share all", &[0..50, 0..50], false),
            ("two halves", &[0..50, 50..100], true),
            ("enough of the shorter", &[0..100, 90..110], false),
            ("less than enough", &[0..100, 91..111], true),
            ("two, and one that shares enough with each", &[0..60, 40..100, 20..80], false),
            ("two, and one that shares enough with the first", &[0..60, 50..100, 0..50], true),
            ("a chain", &[0..20, 40..60, 10..30, 30..50, 20..40], false),
        ];
        for (name, ranges, expected) in cases {
            let parts: Vec<Region> = ranges.iter().map(|range| Region::new([range.clone()])).collect();
            assert_eq!(is_bridge(&parts, 0.5), *expected, "{name}");
        }
    }
}
