//! Finds the runs of words that a region does not cover.

use std::ops::Range;

use crate::verify::Region;

/// Returns the runs of tokens that are not in `region`, of an article with `words` tokens.
pub(super) fn uncovered_runs(words: usize, region: &Region) -> Vec<Range<u32>> {
    let mut begin = 0;
    let end = words as u32;
    let gaps = region.ranges().iter().cloned().chain(std::iter::once(end..end)).map(|covered| {
        let gap = begin..covered.start;
        begin = covered.end;
        gap
    });
    gaps.filter(|gap| !gap.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_fill_the_gaps_of_a_region() {
        let region = Region::new([2..4, 7..10]);
        assert_eq!(uncovered_runs(12, &region), [0..2, 4..7, 10..12]);
        assert_eq!(uncovered_runs(10, &region), [0..2, 4..7]);
        assert_eq!(uncovered_runs(3, &Region::default()), [std::ops::Range { start: 0, end: 3 }]);
        assert!(uncovered_runs(0, &Region::default()).is_empty());
    }
}
