//! Counts the regions that cover each token of an article.

use crate::verify::Region;

/// The number of regions that cover each token.
pub(super) struct CoverageCounts(Vec<u32>);

impl CoverageCounts {
    /// Creates counts for the tokens of a region, which no region covers yet. Only regions inside it may be added.
    pub(super) fn new(all: &Region) -> Self {
        Self(vec![0; all.ranges().last().map_or(0, |last| last.end as usize)])
    }

    /// Adds a region.
    pub(super) fn add(&mut self, region: &Region) {
        self.change(region, |count| *count += 1);
    }

    /// Removes a region that was added.
    pub(super) fn remove(&mut self, region: &Region) {
        self.change(region, |count| *count -= 1);
    }

    fn change(&mut self, region: &Region, change: impl Fn(&mut u32)) {
        for range in region.ranges() {
            self.0[range.start as usize..range.end as usize].iter_mut().for_each(&change);
        }
    }

    /// Returns the tokens that at least one region covers.
    pub(super) fn covered(&self) -> Region {
        let mut begin = 0;
        let runs = self.0.chunk_by(|one, other| (*one > 0) == (*other > 0)).map(|run| {
            let range = begin..begin + run.len() as u32;
            begin = range.end;
            if run[0] > 0 { range } else { 0..0 }
        });
        Region::new(runs)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn covered_tokens_are_the_union_of_the_regions_left(
            ranges in prop::collection::vec(prop::collection::vec((0_u32..40, 1_u32..9), 1..5), 1..6),
            removed in prop::collection::vec(any::<bool>(), 6),
        ) {
            let region = |ranges: &Vec<(u32, u32)>| Region::new(ranges.iter().map(|&(at, length)| at..at + length));
            let regions: Vec<Region> = ranges.iter().map(region).collect();
            let union = |regions: &[&Region]| regions.iter().fold(Region::default(), |all, one| all.union(one));
            let mut counts = CoverageCounts::new(&union(&regions.iter().collect::<Vec<_>>()));
            regions.iter().for_each(|region| counts.add(region));
            let mut left: Vec<&Region> = Vec::new();
            for (region, removed) in regions.iter().zip(removed) {
                if removed { counts.remove(region) } else { left.push(region) }
            }
            prop_assert_eq!(counts.covered(), union(&left));
        }
    }
}
