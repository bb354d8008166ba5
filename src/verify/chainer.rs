//! Chains equal runs that follow each other in both lists to passages.
//!
//! Cost: each anchor is compared with every passage that ends at most a bridge before it.

use std::cmp::Reverse;
use std::ops::Range;

use super::align_rule::{AlignRule, is_repetition};
use super::passage::{Block, Passage};
use crate::text::Token;

/// An equal run around a shared shingle.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchor {
    pub(super) block: Block,
    /// True if the shingle is in the longer list several times.
    pub(super) repeated: bool,
}

/// Chains blocks to passages, and reuses its memory from one pair of lists to the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Chainer {
    /// One link for each anchor. Indexes of blocks are indexes into this list.
    links: Vec<Link>,
    open: Vec<Chain>,
    done: Vec<Chain>,
}

/// A block of a chain.
#[derive(Clone, Copy, Debug)]
struct Link {
    block: Block,
    /// The index of the block before it in the chain, or its own index if it is the first.
    previous: usize,
}

/// A passage under construction. Most chains never become a passage, so their blocks are collected only at the end.
#[derive(Clone, Copy, Debug)]
struct Chain {
    last: Block,
    /// The index of the last block.
    end: usize,
    /// The number of equal tokens.
    words: u32,
    /// The indexes of the first and last reliable block, which are the ends of the passage. A short block is not
    /// reliable if the longer list has it several times, such as a headline that a page repeats after its story.
    reliable: Option<(usize, usize)>,
}

impl Chainer {
    /// Returns the passages of at least the shortest length. Anchors must ascend in the shorter list. Each block is
    /// appended to the best passage that ends shortly before it in both lists: the one with the most similar gaps
    /// in the two lists, and among equals the one with the most words.
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
        for (index, &Anchor { block, repeated }) in anchors.iter().enumerate() {
            // Blocks ascend in `a`, so no later one continues a chain that ended more than a bridge earlier.
            self.done.extend(self.open.extract_if(.., |chain| chain.last.a_end() + rule.bridge < block.a));
            let is_reliable = !repeated || block.length >= rule.shortest_passage;
            let best = self
                .open
                .iter_mut()
                .filter_map(|chain| {
                    continuation(chain.last, block, short, long, rule).map(|block| (chain, block))
                })
                .max_by_key(|(chain, block)| {
                    let (gap_a, gap_b) = (block.a - chain.last.a_end(), block.b - chain.last.b_end());
                    (Reverse(gap_a.abs_diff(gap_b)), chain.words)
                });
            let link = match best {
                Some((chain, block)) => chain.push(block, index, is_reliable),
                None => {
                    let reliable = is_reliable.then_some((index, index));
                    self.open.push(Chain { last: block, end: index, words: block.length, reliable });
                    Link { block, previous: index }
                }
            };
            self.links.push(link);
        }
        self.done.append(&mut self.open);
        let long_enough = self.done.iter().filter(|chain| chain.words >= rule.shortest_passage);
        let mut passages: Vec<Passage> = long_enough.map(|&chain| self.passage(chain)).collect();
        // Blocks before the first and after the last reliable one are gone.
        passages.retain(|passage| passage.words() >= rule.shortest_passage);
        passages
    }

    /// Collects the blocks of a chain from the first to the last reliable one, or all of them if none is reliable.
    fn passage(&self, chain: Chain) -> Passage {
        let (first, last) = chain.reliable.map_or((None, chain.end), |(first, last)| (Some(first), last));
        let previous = |&index: &usize| {
            let previous = self.links[index].previous;
            (Some(index) != first && previous != index).then_some(previous)
        };
        let indexes = || std::iter::successors(Some(last), previous);
        // There may be millions of passages, so none reserves more memory than it needs.
        let mut blocks = Vec::with_capacity(indexes().count());
        blocks.extend(indexes().map(|index| self.links[index].block));
        blocks.reverse();
        Passage { blocks }
    }
}

impl Chain {
    fn push(&mut self, block: Block, index: usize, is_reliable: bool) -> Link {
        let previous = std::mem::replace(&mut self.end, index);
        self.last = block;
        self.words += block.length;
        if is_reliable {
            self.reliable = Some((self.reliable.map_or(index, |(first, _)| first), index));
        }
        Link { block, previous }
    }
}

/// Returns the part of a block that continues a passage which ends with the block `last`: the part that does not
/// overlap `last`. Returns nothing if most of the block overlaps, or if the gap is too wide, or if both sides of
/// the gap contain a number.
fn continuation(
    last: Block,
    block: Block,
    short: &[Token],
    long: &[Token],
    rule: AlignRule,
) -> Option<Block> {
    let overlap = last.a_end().saturating_sub(block.a).max(last.b_end().saturating_sub(block.b));
    if is_repetition(overlap, block.length) || block.a <= last.a || block.b <= last.b {
        return None;
    }
    let block = Block { a: block.a + overlap, b: block.b + overlap, length: block.length - overlap };
    let (gap_a, gap_b) = (last.a_end()..block.a, last.b_end()..block.b);
    let fits = gap_a.len() as u32 <= rule.bridge && gap_b.len() as u32 <= rule.bridge;
    // In results, prices and lotteries the numbers are the news, and the words between them are a form.
    (fits && !(has_number(short, &gap_a) && has_number(long, &gap_b))).then_some(block)
}

fn has_number(tokens: &[Token], range: &Range<u32>) -> bool {
    tokens[range.start as usize..range.end as usize].iter().any(|token| token.has_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Tokens, tokenize};

    #[test]
    fn a_block_continues_a_passage_that_ends_shortly_before_it() {
        let rule = AlignRule { shingle_size: 3, bridge: 2, shortest_passage: 4 };
        let mut tokens = Tokens::new();
        tokenize(&"word ".repeat(60), &mut tokens);
        let last = Block { a: 10, b: 20, length: 3 };
        let cases = [
            ("directly after", (13, 23, 6), Some((13, 23, 6))),
            ("after a bridge", (15, 25, 6), Some((15, 25, 6))),
            ("too far after", (16, 25, 6), None),
            ("too far after in the second list", (15, 26, 6), None),
            ("half of it overlaps", (11, 23, 4), Some((13, 25, 2))),
            ("half of it overlaps in the second list", (13, 21, 4), Some((15, 23, 2))),
            ("more than half of it overlaps", (11, 23, 3), None),
            ("begins where the last one begins", (10, 22, 10), None),
            ("begins where the last one begins in the second list", (12, 20, 10), None),
            ("begins before the last one", (9, 23, 10), None),
        ];
        for (name, (a, b, length), expected) in cases {
            let found = continuation(last, Block { a, b, length }, tokens.tokens(), tokens.tokens(), rule);
            assert_eq!(found.map(|block| (block.a, block.b, block.length)), expected, "{name}");
        }
    }
}
