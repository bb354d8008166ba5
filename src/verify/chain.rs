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

/// Joins blocks to passages: each block to the best passage that ends shortly before it in both lists.
pub(super) fn chain(anchors: &[Anchor], short: &[Token], long: &[Token], rule: AlignRule) -> Vec<Passage> {
    let mut chains: Vec<Chain> = Vec::new();
    // Blocks ascend in a, so a passage that ended further back than a bridge is done.
    let mut open: Vec<Chain> = Vec::new();
    for &Anchor { block, repeated } in anchors {
        chains.extend(open.extract_if(.., |chain| chain.passage.a().end + rule.bridge < block.a));
        let firm = !repeated || block.length >= rule.shortest_passage;
        let best = open
            .iter_mut()
            .filter_map(|chain| joined(&chain.passage, block, short, long, rule).map(|block| (chain, block)))
            .max_by_key(|(chain, block)| {
                let last = chain.passage.ends().1;
                let (gap_a, gap_b) = (block.a - last.a_end(), block.b - last.b_end());
                (std::cmp::Reverse(gap_a.abs_diff(gap_b)), chain.words)
            });
        match best {
            Some((chain, block)) => chain.push(block, firm),
            None => {
                let passage = Passage { blocks: vec![block] };
                open.push(Chain { passage, words: block.length, firm: firm.then_some((0, 0)) });
            }
        }
    }
    chains.append(&mut open);
    let mut passages: Vec<Passage> = chains.into_iter().map(Chain::trimmed).collect();
    passages.retain(|passage| passage.words() >= rule.shortest_passage);
    passages
}

/// A passage that is being put together.
struct Chain {
    passage: Passage,
    /// Its equal tokens; counted along, since a long passage has many blocks.
    words: u32,
    /// The first and the last block that say where the passage is: a short one that stands several times in the longer
    /// list, such as a headline that a page repeats behind its story, does not.
    firm: Option<(usize, usize)>,
}

impl Chain {
    fn push(&mut self, block: Block, firm: bool) {
        let index = self.passage.blocks.len();
        self.passage.blocks.push(block);
        self.words += block.length;
        if firm {
            self.firm = Some((self.firm.map_or(index, |(first, _)| first), index));
        }
    }

    /// Gives the passage from the first to the last firm block, or all of it where none is.
    fn trimmed(mut self) -> Passage {
        if let Some((first, last)) = self.firm {
            self.passage.blocks.truncate(last + 1);
            self.passage.blocks.drain(..first);
        }
        self.passage
    }
}

/// Tells how a block goes on a passage: shortened where it overlaps the passage's end; not at all where the gap is
/// too wide, or where both sides of it hold a number: in results, prices and lotteries the numbers are the news, and
/// what stands between them is a form.
fn joined(
    passage: &Passage,
    block: Block,
    short: &[Token],
    long: &[Token],
    rule: AlignRule,
) -> Option<Block> {
    let last = passage.ends().1;
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
