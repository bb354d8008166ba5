//! Clips a match to a region of its first article.

use std::ops::Range;

use crate::verify::{Match, Passage, Region};

/// The passages of a match inside a region of its first article.
pub(super) struct ClippedMatch(Vec<Passage>);

impl ClippedMatch {
    /// Clips the passages of a match to a region of its first article.
    pub(super) fn new(found: &Match, region: &Region) -> Self {
        Self(found.passages.iter().flat_map(|passage| passage.clip_a(region.ranges())).collect())
    }

    /// Returns the tokens of the first article in the passages.
    pub(super) fn region_a(&self) -> Region {
        Region::new(self.0.iter().map(Passage::a))
    }

    /// Returns the tokens of the second article in the passages.
    pub(super) fn region_b(&self) -> Region {
        Region::new(self.0.iter().map(Passage::b))
    }

    /// Returns each passage as a range of the first article and one of the second.
    pub(super) fn ranges(&self) -> Vec<(Range<u32>, Range<u32>)> {
        self.0.iter().map(|passage| (passage.a(), passage.b())).collect()
    }

    /// Returns whether one passage is a single equal run of `words` words.
    pub(super) fn has_equal_run_of(&self, words: u32) -> bool {
        self.0.iter().any(|passage| passage.words() == words && passage.blocks.len() == 1)
    }
}
