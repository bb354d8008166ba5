//! Anchors in, passages out: equal runs that follow each other in both lists, put together.

use std::ops::Range;

use super::align::AlignRule;
use super::passage::{Block, Passage};
use crate::text::Token;

/// An equal run around a shared shingle.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchor {
    pub(super) block: Block,
    /// Whether the shingle stands several times in the longer list.
    pub(super) repeated: bool,
}

/// Joins blocks to passages; keeps its memory between lists.
#[derive(Clone, Debug, Default)]
pub(super) struct Chainer {
    links: Vec<Link>,
    open: Vec<Chain>,
    done: Vec<Chain>,
}

/// A block of a passage that is being put together.
#[derive(Clone, Copy, Debug)]
struct Link {
    block: Block,
    /// The block before it, by its place among all; its own place where there is none.
    before: usize,
}

/// A passage that is being put together. Most never become one, so their blocks are gathered only in the end.
#[derive(Clone, Copy, Debug)]
struct Chain {
    last: Block,
    /// The place of the last block among all.
    end: usize,
    /// Its equal tokens.
    words: u32,
    /// The first and the last block that say where the passage is, by their place among all: a short one that stands
    /// several times in the longer list, such as a headline that a page repeats behind its story, does not.
    firm: Option<(usize, usize)>,
}

impl Chainer {
    /// Joins each block to the best passage that ends shortly before it in both lists.
    pub(super) fn chain(
        &mut self,
        anchors: &[Anchor],
        short: &[Token],
        long: &[Token],
        rule: AlignRule,
    ) -> Vec<Passage> {
        self.links.clear();
        self.open.clear();
        self.done.clear();
        for (place, &Anchor { block, repeated }) in anchors.iter().enumerate() {
            // Blocks ascend in a, so a passage that ended further back than a bridge is done.
            self.done.extend(self.open.extract_if(.., |chain| chain.last.a_end() + rule.bridge < block.a));
            let firm = !repeated || block.length >= rule.shortest_passage;
            let best = self
                .open
                .iter_mut()
                .filter_map(|chain| joined(chain.last, block, short, long, rule).map(|block| (chain, block)))
                .max_by_key(|(chain, block)| {
                    let (gap_a, gap_b) = (block.a - chain.last.a_end(), block.b - chain.last.b_end());
                    (std::cmp::Reverse(gap_a.abs_diff(gap_b)), chain.words)
                });
            let link = match best {
                Some((chain, block)) => chain.push(block, place, firm),
                None => {
                    let firm = firm.then_some((place, place));
                    self.open.push(Chain { last: block, end: place, words: block.length, firm });
                    Link { block, before: place }
                }
            };
            self.links.push(link);
        }
        self.done.append(&mut self.open);
        let long_enough = self.done.iter().filter(|chain| chain.words >= rule.shortest_passage);
        let mut passages: Vec<Passage> = long_enough.map(|&chain| self.passage(chain)).collect();
        passages.retain(|passage| passage.words() >= rule.shortest_passage);
        passages
    }

    /// Gathers the blocks of a passage from the first to the last firm one, or all of them where none is.
    fn passage(&self, chain: Chain) -> Passage {
        let (first, last) = chain.firm.map_or((None, chain.end), |(first, last)| (Some(first), last));
        let before = |&place: &usize| {
            let before = self.links[place].before;
            (Some(place) != first && before != place).then_some(before)
        };
        let places = || std::iter::successors(Some(last), before);
        // There may be millions of passages: none takes more than it needs.
        let mut blocks = Vec::with_capacity(places().count());
        blocks.extend(places().map(|place| self.links[place].block));
        blocks.reverse();
        Passage { blocks }
    }
}

impl Chain {
    fn push(&mut self, block: Block, place: usize, firm: bool) -> Link {
        let before = std::mem::replace(&mut self.end, place);
        self.last = block;
        self.words += block.length;
        if firm {
            self.firm = Some((self.firm.map_or(place, |(first, _)| first), place));
        }
        Link { block, before }
    }
}

/// Tells how a block goes on a passage that ends with another: shortened where it overlaps that one; not at all where
/// the gap is too wide, or where both sides of it hold a number: in results, prices and lotteries the numbers are the
/// news, and what stands between them is a form.
fn joined(last: Block, block: Block, short: &[Token], long: &[Token], rule: AlignRule) -> Option<Block> {
    let overlap = last.a_end().saturating_sub(block.a).max(last.b_end().saturating_sub(block.b));
    if overlap > block.length / 2 || block.a <= last.a || block.b <= last.b {
        return None;
    }
    let block = Block { a: block.a + overlap, b: block.b + overlap, length: block.length - overlap };
    let (gap_a, gap_b) = (last.a_end()..block.a, last.b_end()..block.b);
    let holds_number = |tokens: &[Token], gap: &Range<u32>| {
        tokens[gap.start as usize..gap.end as usize].iter().any(|token| token.has_digit())
    };
    let fits = gap_a.len() as u32 <= rule.bridge && gap_b.len() as u32 <= rule.bridge;
    (fits && !(holds_number(short, &gap_a) && holds_number(long, &gap_b))).then_some(block)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Tokens, tokenize};

    #[test]
    fn joins_what_follows() {
        let rule = AlignRule { shingle_size: 3, bridge: 2, shortest_passage: 4 };
        let mut tokens = Tokens::new();
        tokenize(&"word ".repeat(60), &mut tokens);
        let last = Block { a: 10, b: 20, length: 3 };
        let cases = [
            ("right behind", (13, 23, 6), Some((13, 23, 6))),
            ("behind a bridge", (15, 25, 6), Some((15, 25, 6))),
            ("too far behind", (16, 25, 6), None),
            ("too far behind in the second list", (15, 26, 6), None),
            ("half of it before the end", (11, 23, 4), Some((13, 25, 2))),
            ("half of it before the end in the second list", (13, 21, 4), Some((15, 23, 2))),
            ("more than half of it before the end", (11, 23, 3), None),
            ("with the last one", (10, 22, 10), None),
            ("with the last one in the second list", (12, 20, 10), None),
            ("before the last one", (9, 23, 10), None),
        ];
        for (name, (a, b, length), expected) in cases {
            let found = joined(last, Block { a, b, length }, tokens.tokens(), tokens.tokens(), rule);
            assert_eq!(found.map(|block| (block.a, block.b, block.length)), expected, "{name}");
        }
    }
}
