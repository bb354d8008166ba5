//! Finds out quickly whether two articles may share masked words. Only few pairs do, and only these are aligned with their
//! masked words.
//!
//! Masked words that both articles have are in equal runs of the length of a shingle. So the runs of one article that touch
//! masked words are held in a filter, in which all runs of the other one are looked up.
//!
//! Invariant: if it says that nothing is shared, [`copied_boilerplate`](super::copied_boilerplate) finds nothing.
//! Cost: a look at one bit for each word of both articles.

use std::ops::Range;

use super::align_rule::AlignRule;
use super::run_filter::RunFilter;
use crate::text::Token;

/// Looks for masked words that two articles share, and reuses its memory from one pair to the next.
#[derive(Clone, Debug, Default)]
pub(super) struct SharedMasked {
    filter: RunFilter,
    possible: Vec<u32>,
}

impl SharedMasked {
    /// Returns whether the passages of two articles, given by all their tokens, may contain words that are masked in one of
    /// them.
    pub(super) fn may_share(
        &mut self,
        [a, b]: [&[Token]; 2],
        [masked_a, masked_b]: [&[Range<u32>]; 2],
        rule: AlignRule,
    ) -> bool {
        self.has_runs_of(a, masked_a, b, rule) || self.has_runs_of(b, masked_b, a, rule)
    }

    /// Returns whether one of the runs that touch masked words of an article is in another one.
    fn has_runs_of(
        &mut self,
        tokens: &[Token],
        masked: &[Range<u32>],
        other: &[Token],
        rule: AlignRule,
    ) -> bool {
        if masked.is_empty() {
            return false;
        }
        let size = rule.shingle_size;
        let parts = || masked.iter().map(|range| &tokens[with_neighbors(range, tokens.len(), rule)]);
        self.filter.fill_parts(parts, size);
        self.filter.find_possible(other, size, &mut self.possible);
        self.possible.iter().any(|&at| {
            let run = &other[at as usize..at as usize + size];
            parts().any(|part| part.windows(size).any(|own| own == run))
        })
    }
}

/// Returns a masked range with the words around it that are in one run of the length of a shingle with its words. A short
/// range may as a whole be in the gap between two equal runs of a passage; then the end of the first of these is included.
fn with_neighbors(range: &Range<u32>, words: usize, rule: AlignRule) -> Range<usize> {
    let gap = if range.len() as u32 <= rule.bridge { rule.bridge as usize } else { 0 };
    let reach = rule.shingle_size - 1;
    (range.start as usize).saturating_sub(gap + reach)..words.min(range.end as usize + reach)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::aligner::Aligner;
    use super::super::copied_boilerplate::copied_boilerplate;
    use super::*;
    use crate::text::{Tokens, tokenize};
    use crate::verify::Region;

    const RULE: AlignRule = AlignRule { shingle_size: 3, bridge: 2, shortest_passage: 4 };

    fn tokens(words: &[u8]) -> Vec<Token> {
        let mut tokens = Tokens::new();
        tokenize(&words.iter().map(u8::to_string).collect::<Vec<_>>().join(" "), &mut tokens);
        tokens.tokens().to_vec()
    }

    fn masked(runs: &[(u8, u8)], words: usize) -> Region {
        let mut end = 0;
        let mut ranges = Vec::new();
        for &(before, length) in runs {
            let begin = end + u32::from(before);
            end = begin + u32::from(length);
            ranges.push(begin..end);
        }
        Region::new(ranges).intersection(&Region::new(std::iter::once(0..words as u32)))
    }

    proptest! {
        #[test]
        fn nothing_is_copied_where_nothing_is_shared(
            shared in prop::collection::vec(0_u8..40, 0..40),
            [a, b] in prop::array::uniform2(prop::collection::vec(0_u8..200, 0..12)),
            inserted in prop::collection::vec(0_u8..200, 0..4),
            at in 0_usize..40,
            runs in prop::array::uniform2(prop::collection::vec((0_u8..12, 1_u8..6), 0..4)),
        ) {
            let mut changed = shared.clone();
            let at = at.min(changed.len());
            changed.splice(at..at, inserted);
            let lists = [tokens(&[a.clone(), shared].concat()), tokens(&[changed, b].concat())];
            let lists = [lists[0].as_slice(), lists[1].as_slice()];
            let masked = [0, 1].map(|side| masked(&runs[side], lists[side].len()));
            let ranges = [masked[0].ranges(), masked[1].ranges()];
            let passages = Aligner::new(RULE).align(lists[0], lists[1]).passages;
            let copied = copied_boilerplate(&passages, &masked, RULE.shortest_passage);
            let may_share = SharedMasked::default().may_share(lists, ranges, RULE);
            prop_assert!(may_share || copied.iter().all(Region::is_empty), "{copied:?} of {masked:?}");
        }
    }

    #[test]
    fn tells_stories_with_templates_of_their_own_from_a_copied_one() {
        let story: Vec<u8> = (0..30).collect();
        let page = |menu: u8, story: &[u8]| {
            let menu: Vec<u8> = (menu..menu + 10).collect();
            tokens(&[&menu, story].concat())
        };
        let (one, other) = (page(100, &story), page(120, &story));
        let menu = std::iter::once(0..10_u32).collect::<Vec<_>>();
        let may_share = |a: &[Token], b: &[Token], masked: [&[Range<u32>]; 2]| {
            SharedMasked::default().may_share([a, b], masked, RULE)
        };
        assert!(!may_share(&one, &other, [&menu, &menu]), "each has its own menu");
        assert!(may_share(&one, &one, [&menu, &[]]), "both have one menu");
        let paragraph = std::iter::once(20..30_u32).collect::<Vec<_>>();
        assert!(may_share(&one, &other, [&paragraph, &menu]), "a paragraph of the story is masked");
    }
}
