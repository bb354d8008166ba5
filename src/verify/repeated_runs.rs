//! Finds what passages leave uncovered although both lists have it: mostly text that one of them has several times.
//!
//! Passages are chained from one list to the other, so a paragraph that an extractor printed twice may be in a passage
//! only once. A run of words that no passage covers is a passage of its own if it is as long as the shortest passage
//! and the other list has it anywhere. A shorter run is a phrase, or a headline that is printed again.
//!
//! Invariant: afterwards no run of the shortest length that one list has and no passage covers is in the other list,
//! except beyond [`MOST_RUNS`].
//! Cost: a look at one of eight shingles of the uncovered words. Only if a run of them is in the other list, that list is
//! sorted, and the uncovered runs are looked up.

use std::cmp::Reverse;
use std::ops::Range;

use super::align_rule::POSITIONS_TRIED;
use super::passage::Block;
use super::region::Region;
use crate::shingle::shingle;
use crate::text::Token;

/// The most repeated runs that are found in one list. A text with more of them is no article, and each takes memory.
const MOST_RUNS: usize = 1000;

/// Finds runs of one list that are in another one, and reuses its memory from one pair of lists to the next.
#[derive(Clone, Debug, Default)]
pub(super) struct RepeatedRuns {
    hashes: Vec<u64>,
    /// The hash and the position of each run of the least length in the other list, ascending.
    sorted: Vec<(u64, u32)>,
}

impl RepeatedRuns {
    /// Returns runs that cover all words of `gaps` which are in a run of `length` words of one gap and of `other`. Each
    /// is as long as possible inside its gap. They have `list` as `a`, and ascend in it; they may overlap.
    pub(super) fn find(
        &mut self,
        list: &[Token],
        other: &[Token],
        gaps: &[Range<u32>],
        length: usize,
    ) -> Vec<Block> {
        let mut runs = Vec::new();
        if other.len() < length {
            return runs;
        }
        shingle(other, length, &mut self.hashes);
        self.sorted.clear();
        self.sorted.extend(self.hashes.iter().copied().zip(0..));
        self.sorted.sort_unstable();
        for gap in gaps {
            let gap_tokens = &list[gap.start as usize..gap.end as usize];
            if gap_tokens.len() >= length {
                shingle(gap_tokens, length, &mut self.hashes);
                self.find_in_gap(gap_tokens, gap.start, other, length, &mut runs);
            }
        }
        runs.truncate(MOST_RUNS);
        runs
    }

    /// Appends the runs of one gap; its hashes are in `hashes`.
    fn find_in_gap(&self, gap: &[Token], offset: u32, other: &[Token], length: usize, runs: &mut Vec<Block>) {
        let mut begin = 0;
        while begin < self.hashes.len() && runs.len() < MOST_RUNS {
            let Some((position, equal)) = self.longest_run(&gap[begin..], self.hashes[begin], other, length)
            else {
                begin += 1;
                continue;
            };
            runs.push(Block { a: offset + begin as u32, b: position, length: equal as u32 });
            // The next run has to cover the word after this one.
            begin += equal + 1 - length;
        }
    }

    /// Returns the position in `other` of the longest run that begins like `tokens`, and its length.
    fn longest_run(
        &self,
        tokens: &[Token],
        hash: u64,
        other: &[Token],
        length: usize,
    ) -> Option<(u32, usize)> {
        let first = self.sorted.partition_point(|&(known, _)| known < hash);
        let same = self.sorted[first..].iter().take_while(|&&(known, _)| known == hash).take(POSITIONS_TRIED);
        let equal = |position: u32| {
            tokens.iter().zip(&other[position as usize..]).take_while(|(one, other)| one == other).count()
        };
        // Two different runs may have one hash.
        let runs =
            same.map(|&(_, position)| (position, equal(position))).filter(|&(_, equal)| equal >= length);
        runs.max_by_key(|&(position, equal)| (equal, Reverse(position)))
    }
}

/// Returns the ranges of a list that no passage covers, if they have at least `length` tokens.
pub(super) fn gaps(tokens: usize, covered: &Region, length: usize) -> Vec<Range<u32>> {
    let ends = covered.ranges().iter().map(|range| range.start).chain(std::iter::once(tokens as u32));
    let begins = std::iter::once(0).chain(covered.ranges().iter().map(|range| range.end));
    begins.zip(ends).map(|(begin, end)| begin..end).filter(|gap| gap.len() >= length).collect()
}

/// Returns whether `count` of some ascending positions follow each other directly.
pub(super) fn contains_consecutive(positions: &[u32], count: usize) -> bool {
    positions.windows(count).any(|window| window[count - 1] - window[0] == count as u32 - 1)
}

/// Returns whether `count` positions of a range that follow each other directly have a property. Looks at one of
/// `count` positions if none has it.
pub(super) fn contains_run(
    positions: Range<usize>,
    count: usize,
    mut has: impl FnMut(usize) -> bool,
) -> bool {
    let mut position = positions.start + count - 1;
    while position < positions.end {
        if has(position) {
            let before = (positions.start..position).rev().take_while(|&at| has(at)).count();
            let after = (position + 1..positions.end).take_while(|&at| has(at)).count();
            if before + 1 + after >= count {
                return true;
            }
            position += after;
        }
        position += count;
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{Tokens, tokenize};

    fn tokens(text: &str) -> Vec<Token> {
        let mut tokens = Tokens::new();
        tokenize(text, &mut tokens);
        tokens.tokens().to_vec()
    }

    #[test]
    fn finds_runs_in_gaps() {
        type Case =
            (&'static str, &'static str, &'static str, &'static [(u32, u32)], &'static [(u32, u32, u32)]);
        let cases: &[Case] = &[
            ("nothing", "a b c d", "e f g h", &[(0, 4)], &[]),
            ("as long as possible", "x a b c d", "a b c d e", &[(0, 5)], &[(1, 0, 4)]),
            ("inside the gap", "x a b c d", "a b c d e", &[(0, 4)], &[(1, 0, 3)]),
            ("too short for a gap", "a b c d", "a b c d", &[(0, 2), (2, 4)], &[]),
            ("twice in the gap", "a b c a b c", "a b c d", &[(0, 6)], &[(0, 0, 3), (3, 0, 3)]),
            ("twice in the other list", "a b c d", "a b c x a b c d", &[(0, 4)], &[(0, 4, 4)]),
            ("overlapping", "a b c d e", "a b c d x b c d e", &[(0, 5)], &[(0, 0, 4), (2, 6, 3)]),
            ("shorter than a run", "a b c", "a b", &[(0, 3)], &[]),
        ];
        for (name, list, other, gaps, expected) in cases {
            let gaps: Vec<Range<u32>> = gaps.iter().map(|&(begin, end)| begin..end).collect();
            let found = RepeatedRuns::default().find(&tokens(list), &tokens(other), &gaps, 3);
            let found: Vec<(u32, u32, u32)> = found.iter().map(|run| (run.a, run.b, run.length)).collect();
            assert_eq!(found, *expected, "{name}");
        }
    }

    #[test]
    fn the_number_of_runs_is_bounded() {
        let list = tokens(&"a b c x ".repeat(2 * MOST_RUNS));
        let all = 0..list.len() as u32;
        let found = RepeatedRuns::default().find(&list, &tokens("a b c"), &[all], 3);
        assert_eq!(found.len(), MOST_RUNS);
    }

    #[test]
    fn gaps_are_what_is_not_covered() {
        let covered = Region::new([2..4, 7..10]);
        assert_eq!(gaps(13, &covered, 2), [0..2, 4..7, 10..13]);
        assert_eq!(gaps(13, &covered, 3), [4..7, 10..13]);
        assert_eq!(gaps(10, &covered, 4), []);
        assert_eq!(gaps(3, &Region::default(), 1), [std::ops::Range { start: 0, end: 3 }]);
    }

    proptest! {
        #[test]
        fn runs_are_found_wherever_they_are(
            has in prop::collection::vec(prop::bool::weighted(0.8), 0..40),
            begin in 0_usize..5,
            count in 1_usize..9,
        ) {
            let expected = has.get(begin..).is_some_and(|has| has.windows(count).any(|run| !run.contains(&false)));
            prop_assert_eq!(contains_run(begin..has.len(), count, |at| has[at]), expected);
            let positions: Vec<u32> = (0..).zip(&has).filter(|(_, has)| **has).map(|(at, _)| at).collect();
            let expected = has.windows(count).any(|run| !run.contains(&false));
            prop_assert_eq!(contains_consecutive(&positions, count), expected);
        }
    }
}
