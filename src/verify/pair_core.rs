//! Defines the core of an article for a pair: its core, and those masked words that were copied with it.

use std::ops::Range;

use super::passage::{Block, Passage};
use super::region::Region;
use crate::text::Token;

/// The words of an article that count when it is compared with one other article.
#[derive(Clone, Debug)]
pub(super) struct PairCore {
    /// The positions among all words of the article.
    unmasked: Region,
    /// The words.
    pub(super) tokens: Vec<Token>,
    /// The positions in `tokens` before which words are left out, ascending.
    pub(super) seams: Vec<u32>,
}

impl PairCore {
    /// Creates the core of an article: of all its words, those that are not masked, and of the masked ones those in
    /// `shared`.
    pub(super) fn new(all: &[Token], masked: &Region, shared: &Region) -> Self {
        let every = Region::new(std::iter::once(0..all.len() as u32));
        let unmasked = every.without(&masked.without(shared));
        let mut tokens = Vec::with_capacity(unmasked.len() as usize);
        let mut seams = Vec::with_capacity(unmasked.ranges().len());
        for range in unmasked.ranges() {
            seams.push(tokens.len() as u32);
            tokens.extend_from_slice(&all[range.start as usize..range.end as usize]);
        }
        Self { unmasked, tokens, seams }
    }

    /// Returns the ranges of the article's words that it consists of.
    pub(super) fn ranges(&self) -> impl Iterator<Item = Range<u32>> + '_ {
        self.unmasked.ranges().iter().cloned()
    }

    /// Returns the position among all words of the article of a word.
    fn position(&self, at: u32) -> u32 {
        let part = self.seams.partition_point(|&seam| seam <= at) - 1;
        self.unmasked.ranges()[part].start + at - self.seams[part]
    }
}

/// Returns passages of two cores as positions among all words of the articles. No passage may extend across a seam.
pub(super) fn among_all_words(passages: &[Passage], [a, b]: &[PairCore; 2]) -> Vec<Passage> {
    let moved = |block: &Block| Block { a: a.position(block.a), b: b.position(block.b), ..*block };
    passages.iter().map(|passage| Passage { blocks: passage.blocks.iter().map(moved).collect() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Tokens, tokenize};

    #[test]
    fn masked_words_that_were_not_copied_are_left_out() {
        let mut tokens = Tokens::new();
        tokenize("a b c d e f g h i j", &mut tokens);
        let all = tokens.tokens();
        let core = PairCore::new(all, &Region::new([0..2, 3..8]), &Region::new(std::iter::once(5..6)));
        let kept = [2, 5, 8, 9];
        assert_eq!(core.tokens, kept.map(|at| all[at]));
        assert_eq!(core.seams, [0, 1, 2]);
        assert_eq!(core.ranges().flatten().collect::<Vec<_>>(), kept.map(|at| at as u32));
        assert_eq!([0, 1, 2, 3].map(|at| core.position(at)), kept.map(|at| at as u32));
        let whole = PairCore::new(all, &Region::default(), &Region::default());
        let passages = [Passage { blocks: vec![Block { a: 2, b: 5, length: 2 }] }];
        let moved = among_all_words(&passages, &[core, whole]);
        assert_eq!(moved, [Passage { blocks: vec![Block { a: 8, b: 5, length: 2 }] }]);
    }
}
