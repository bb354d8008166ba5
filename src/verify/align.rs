//! Two token lists in, the passages that they share out.
//!
//! Seed, extend, chain: a shingle that stands in both is an anchor; it is extended to the longest equal run (a
//! block); blocks that follow each other in both, with at most a few words between them, are one passage. What is
//! judged later are words in passages, not surviving shingles: one changed word in twelve leaves only 58 % of the
//! 5-shingles and every word but one in twelve.
//!
//! Invariants: `align(x, y)` and `align(y, x)` are mirror images. Every block is an equal run of tokens.
//! Cost: expected linear; the longer list is entered into a table once, the shorter one looked up in it. A shingle
//! that stands often in the longer list is followed to its first few places only.
//! Source: seed-chain-extend as in Li, "Minimap2", 2018; greedy longest runs after Wise, "String similarity via
//! greedy string tiling", 1993.

use std::ops::Range;

use crate::shingle::shingle;
use crate::text::Token;

/// Places in the longer list at which one shingle is tried: a page that gives its story twice is covered twice, and a
/// sentence that a text repeats a million times costs no more than one that it repeats eight times.
const PLACES_TRIED: usize = 8;

/// What makes a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlignRule {
    /// The length of an anchor, in tokens.
    pub shingle_size: usize,
    /// The most tokens, on each side, between two blocks of one passage.
    pub bridge: u32,
    /// The fewest equal tokens of a passage; what is shorter is a phrase.
    pub shortest_passage: u32,
}

/// An equal run of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it begins in the first list.
    pub a: u32,
    /// Where it begins in the second list.
    pub b: u32,
    /// Its length.
    pub length: u32,
}

impl Block {
    fn a_end(self) -> u32 {
        self.a + self.length
    }

    fn b_end(self) -> u32 {
        self.b + self.length
    }

    fn flipped(self) -> Self {
        Self { a: self.b, b: self.a, length: self.length }
    }
}

/// A run of blocks that follow each other in both lists: one passage in two articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The equal runs, in order.
    pub blocks: Vec<Block>,
}

impl Passage {
    /// Gives its range in the first list, bridged words included.
    pub fn a(&self) -> Range<u32> {
        let (first, last) = self.ends();
        first.a..last.a_end()
    }

    /// Gives its range in the second list, bridged words included.
    pub fn b(&self) -> Range<u32> {
        let (first, last) = self.ends();
        first.b..last.b_end()
    }

    /// Counts its equal tokens.
    pub fn words(&self) -> u32 {
        self.blocks.iter().map(|block| block.length).sum()
    }

    fn ends(&self) -> (Block, Block) {
        let ends = self.blocks.first().zip(self.blocks.last());
        let (first, last) = ends.expect("a passage has at least one block");
        (*first, *last)
    }

    /// Keeps only what lies in the given ranges of the first list: one passage for each of them, cut inside blocks
    /// where need be; nothing where only bridged words are left.
    pub fn clip_a(&self, ranges: &[Range<u32>]) -> Vec<Self> {
        ranges
            .iter()
            .map(|range| {
                let cut = |block: &Block| {
                    let (begin, end) = (block.a.max(range.start), block.a_end().min(range.end));
                    (begin < end).then(|| Block {
                        a: begin,
                        b: block.b + (begin - block.a),
                        length: end - begin,
                    })
                };
                Self { blocks: self.blocks.iter().filter_map(cut).collect() }
            })
            .filter(|passage| !passage.blocks.is_empty())
            .collect()
    }

    /// Cuts the passage wherever one of the lists has a seam (a place before which tokens are masked, ascending), so
    /// that no part reaches across text that is not shown.
    pub(super) fn split(self, seams_a: &[u32], seams_b: &[u32]) -> Vec<Self> {
        let crossed = |seams: &[u32], from: u32, to: u32| {
            let next = seams.partition_point(|&seam| seam <= from);
            seams.get(next).copied().filter(|&seam| seam < to)
        };
        let mut out: Vec<Self> = Vec::new();
        let mut last: Option<Block> = None;
        for mut block in self.blocks {
            loop {
                let inside = crossed(seams_a, block.a, block.a_end()).map(|seam| seam - block.a);
                let inside_b = crossed(seams_b, block.b, block.b_end()).map(|seam| seam - block.b);
                let length = inside.into_iter().chain(inside_b).min().unwrap_or(block.length);
                let joins = last.is_some_and(|last| {
                    crossed(seams_a, last.a_end() - 1, block.a + 1).is_none()
                        && crossed(seams_b, last.b_end() - 1, block.b + 1).is_none()
                });
                let part = Block { length, ..block };
                match out.last_mut() {
                    Some(passage) if joins => passage.blocks.push(part),
                    _ => out.push(Self { blocks: vec![part] }),
                }
                last = Some(part);
                if length == block.length {
                    break;
                }
                block = Block { a: block.a + length, b: block.b + length, length: block.length - length };
            }
        }
        out
    }

    pub(super) fn flipped(mut self) -> Self {
        for block in &mut self.blocks {
            *block = block.flipped();
        }
        self
    }
}

/// What two token lists share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alignment {
    /// The passages, ascending by their place in the first list, then in the second.
    pub passages: Vec<Passage>,
    /// The number of distinct shingles that stand in both: exact.
    pub shared_shingles: u32,
}

/// Aligns token lists; keeps its memory between them.
#[derive(Clone, Debug)]
pub struct Aligner {
    rule: AlignRule,
    table: Table,
    loaded: Option<u64>,
    shingles: Vec<u64>,
    anchors: Vec<Anchor>,
}

/// An equal run around a shared shingle.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    block: Block,
    /// Whether the shingle stands several times in the longer list.
    repeated: bool,
}

impl Aligner {
    /// Makes an aligner.
    pub fn new(rule: AlignRule) -> Self {
        Self { rule, table: Table::default(), loaded: None, shingles: Vec::new(), anchors: Vec::new() }
    }

    /// Aligns `a` with `b`. Lists shorter than a shingle share nothing.
    pub fn align(&mut self, a: &[Token], b: &[Token]) -> Alignment {
        self.loaded = None;
        self.align_named(a, b, None)
    }

    /// Aligns as [`Aligner::align`] does; where the longer list has the name of the one that was the longer list
    /// before, its table is used again. A name must stand for one list throughout.
    pub fn align_named(&mut self, a: &[Token], b: &[Token], names: Option<(u64, u64)>) -> Alignment {
        // The longer list, and of two equally long ones the greater, is the table; so the answer does not depend on
        // which is called a.
        let flip = (a.len(), a) > (b.len(), b);
        let (short, long, name) =
            if flip { (b, a, names.map(|(a, _)| a)) } else { (a, b, names.map(|(_, b)| b)) };
        if short.len() < self.rule.shingle_size {
            return Alignment::default();
        }
        if self.loaded.is_none() || self.loaded != name {
            self.table.fill(long, self.rule.shingle_size);
            self.loaded = name;
        }
        let mut alignment = self.look_up(short, long);
        if flip {
            alignment.passages = alignment.passages.into_iter().map(Passage::flipped).collect();
        }
        alignment.passages.sort_by_key(|passage| (passage.a().start, passage.b().start));
        alignment
    }

    /// Looks the shorter list up in the table of the longer one; blocks have the shorter list as `a`.
    fn look_up(&mut self, short: &[Token], long: &[Token]) -> Alignment {
        let size = self.rule.shingle_size;
        shingle(short, size, &mut self.shingles);
        self.table.forget_seen();
        self.anchors.clear();
        let mut at = 0;
        while at < self.shingles.len() {
            let Some(slot) = self.table.find(self.shingles[at]) else {
                at += 1;
                continue;
            };
            self.table.see(slot);
            let known = self.anchors.len();
            let repeated = self.table.places(slot).nth(1).is_some();
            for place in self.table.places(slot).take(PLACES_TRIED) {
                let equal =
                    short[at..].iter().zip(&long[place as usize..]).take_while(|(one, other)| one == other);
                let block = Block { a: at as u32, b: place, length: equal.count() as u32 };
                // Two different shingles may have one hash.
                if block.length >= size as u32 {
                    self.anchors.push(Anchor { block, repeated });
                }
            }
            let found = self.anchors[known..].iter().map(|anchor| anchor.block);
            let Some(longest) = found.max_by_key(|block| block.length) else {
                at += 1;
                continue;
            };
            self.table.see_block(longest, size);
            let end = longest.a_end() as usize;
            for &shingle in self.shingles.iter().take(end).skip(end + 1 - size) {
                if let Some(slot) = self.table.find(shingle) {
                    self.table.see(slot);
                }
            }
            at = end;
        }
        let passages = chain(&self.anchors, short, long, self.rule);
        Alignment { passages, shared_shingles: self.table.seen_count }
    }
}

/// Joins blocks to passages: each block to the best passage that ends shortly before it in both lists.
fn chain(anchors: &[Anchor], short: &[Token], long: &[Token], rule: AlignRule) -> Vec<Passage> {
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
                (std::cmp::Reverse(gap_a.abs_diff(gap_b)), chain.passage.words())
            });
        match best {
            Some((chain, block)) => chain.push(block, firm),
            None => {
                open.push(Chain { passage: Passage { blocks: vec![block] }, firm: firm.then_some((0, 0)) });
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
    /// The first and the last block that say where the passage is: a short one that stands several times in the longer
    /// list, such as a headline that a page repeats behind its story, does not.
    firm: Option<(usize, usize)>,
}

impl Chain {
    fn push(&mut self, block: Block, firm: bool) {
        let index = self.passage.blocks.len();
        self.passage.blocks.push(block);
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

/// The shingles of the longer list, to be looked up in: open addressing, with the places of each shingle in order.
#[derive(Clone, Debug, Default)]
struct Table {
    mask: usize,
    hashes: Vec<u64>,
    heads: Vec<u32>,
    next: Vec<u32>,
    slot_of: Vec<u32>,
    /// For each slot the number of the look-up that last saw it.
    seen: Vec<u32>,
    look_up: u32,
    seen_count: u32,
    shingles: Vec<u64>,
}

const NONE: u32 = u32::MAX;

impl Table {
    fn fill(&mut self, tokens: &[Token], size: usize) {
        shingle(tokens, size, &mut self.shingles);
        let slots = (self.shingles.len() * 2).next_power_of_two();
        self.mask = slots - 1;
        self.hashes.clear();
        self.hashes.resize(slots, 0);
        self.heads.clear();
        self.heads.resize(slots, NONE);
        self.seen.clear();
        self.seen.resize(slots, 0);
        self.look_up = 0;
        self.next.clear();
        self.next.resize(self.shingles.len(), NONE);
        self.slot_of.clear();
        self.slot_of.resize(self.shingles.len(), 0);
        for place in (0..self.shingles.len()).rev() {
            let hash = self.shingles[place];
            let mut slot = hash as usize & self.mask;
            while self.heads[slot] != NONE && self.hashes[slot] != hash {
                slot = (slot + 1) & self.mask;
            }
            self.hashes[slot] = hash;
            self.next[place] = self.heads[slot];
            self.heads[slot] = place as u32;
            self.slot_of[place] = slot as u32;
        }
    }

    fn find(&self, hash: u64) -> Option<usize> {
        let mut slot = hash as usize & self.mask;
        while self.heads[slot] != NONE {
            if self.hashes[slot] == hash {
                return Some(slot);
            }
            slot = (slot + 1) & self.mask;
        }
        None
    }

    fn places(&self, slot: usize) -> impl Iterator<Item = u32> + '_ {
        let following = |&place: &u32| Some(self.next[place as usize]).filter(|&next| next != NONE);
        std::iter::successors(Some(self.heads[slot]), following)
    }

    fn forget_seen(&mut self) {
        self.look_up += 1;
        self.seen_count = 0;
    }

    fn see(&mut self, slot: usize) {
        let last = std::mem::replace(&mut self.seen[slot], self.look_up);
        self.seen_count += u32::from(last != self.look_up);
    }

    fn see_block(&mut self, block: Block, size: usize) {
        for place in block.b as usize..=block.b_end() as usize - size {
            self.see(self.slot_of[place] as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;
    use crate::text::{Tokens, tokenize};

    const RULE: AlignRule = AlignRule { shingle_size: 3, bridge: 2, shortest_passage: 4 };

    fn tokens(text: &str) -> Vec<Token> {
        let mut tokens = Tokens::new();
        tokenize(text, &mut tokens);
        tokens.tokens().to_vec()
    }

    fn passages(a: &str, b: &str) -> Vec<(Range<u32>, Range<u32>)> {
        let alignment = Aligner::new(RULE).align(&tokens(a), &tokens(b));
        alignment.passages.iter().map(|passage| (passage.a(), passage.b())).collect()
    }

    type Case = (&'static str, &'static str, &'static str, &'static [(Range<u32>, Range<u32>)]);

    #[test]
    fn finds_passages() {
        let cases: &[Case] = &[
            ("nothing", "a b c d e", "v w x y z", &[]),
            ("equal", "a b c d e", "a b c d e", &[(0..5, 0..5)]),
            ("inside", "c d e f", "a b c d e f g", &[(0..4, 2..6)]),
            ("phrase", "a b c x", "y a b c", &[]),
            ("changed word", "a b c x d e f", "a b c y d e f", &[(0..7, 0..7)]),
            ("inserted words", "a b c d e f", "a b c x y d e f", &[(0..6, 0..8)]),
            ("too much inserted", "a b c d e f g h", "a b c d x y z e f g h", &[(0..4, 0..4), (4..8, 7..11)]),
            ("moved", "a b c d e f g h", "e f g h a b c d", &[(0..4, 4..8), (4..8, 0..4)]),
            ("twice in one", "a b c d", "a b c d x y z a b c d", &[(0..4, 0..4), (0..4, 7..11)]),
            ("headline behind the story", "a b c d e f x h i j", "a b c d e f h i j h i j", &[(0..6, 0..6)]),
            ("changed number", "a b c d 7 e f g h", "a b c d 8 e f g h", &[(0..4, 0..4), (5..9, 5..9)]),
            ("number on one side", "a b c seven e f g", "a b c 7 e f g", &[(0..7, 0..7)]),
        ];
        for (name, a, b, expected) in cases {
            assert_eq!(passages(a, b), *expected, "{name}");
        }
    }

    #[test]
    fn clips() {
        let alignment = Aligner::new(RULE).align(&tokens("a b c x d e f"), &tokens("z a b c y d e f"));
        let passage = &alignment.passages[0];
        let ranges = |keep: &[Range<u32>]| -> Vec<(Range<u32>, Range<u32>)> {
            passage.clip_a(keep).iter().map(|clipped| (clipped.a(), clipped.b())).collect()
        };
        assert_eq!(ranges(std::slice::from_ref(&(1..6))), [(1..6, 2..7)]);
        assert_eq!(ranges(&[0..2, 3..4, 4..9]), [(0..2, 1..3), (4..7, 5..8)]);
    }

    #[test]
    fn splits() {
        let alignment = Aligner::new(RULE).align(&tokens("a b c x d e f"), &tokens("z a b c y d e f"));
        let ranges = |seams_a: &[u32], seams_b: &[u32]| -> Vec<(Range<u32>, Range<u32>)> {
            let parts = alignment.passages[0].clone().split(seams_a, seams_b);
            parts.iter().map(|part| (part.a(), part.b())).collect()
        };
        assert_eq!(ranges(&[], &[]), [(0..7, 1..8)]);
        assert_eq!(ranges(&[0], &[1, 8]), [(0..7, 1..8)], "at the ends");
        assert_eq!(ranges(&[2], &[]), [(0..2, 1..3), (2..7, 3..8)], "inside a block");
        assert_eq!(ranges(&[], &[5]), [(0..3, 1..4), (4..7, 5..8)], "in a bridge");
        assert_eq!(ranges(&[4], &[4]), [(0..3, 1..4), (4..7, 5..8)], "twice in one bridge");
        assert_eq!(ranges(&[1], &[3]), [(0..1, 1..2), (1..2, 2..3), (2..7, 3..8)], "twice in one block");
    }

    proptest! {
        #[test]
        fn mirror_images_of_equal_runs(
            a in prop::collection::vec(0_u8..6, 0..60),
            b in prop::collection::vec(0_u8..6, 0..60),
            shared in prop::collection::vec(0_u8..20, 0..40),
        ) {
            let word = |number: &u8| char::from(b'a' + number).to_string();
            let list = |numbers: &[u8]| tokens(&numbers.iter().map(word).collect::<Vec<_>>().join(" "));
            let (a, b) = (list(&[a, shared.clone()].concat()), list(&[shared, b].concat()));
            let mut aligner = Aligner::new(RULE);
            let there = aligner.align(&a, &b);
            let back = aligner.align(&b, &a);
            let mut mirrored: Vec<Passage> = back.passages.into_iter().map(Passage::flipped).collect();
            mirrored.sort_by_key(|passage| (passage.a().start, passage.b().start));
            prop_assert_eq!(&there.passages, &mirrored);
            for block in there.passages.iter().flat_map(|passage| &passage.blocks) {
                prop_assert!(block.length >= 1);
                prop_assert_eq!(
                    &a[block.a as usize..block.a_end() as usize],
                    &b[block.b as usize..block.b_end() as usize]
                );
            }
            let set = |list: &[Token]| -> HashSet<Vec<Token>> {
                list.windows(RULE.shingle_size).map(<[Token]>::to_vec).collect()
            };
            prop_assert_eq!(there.shared_shingles as usize, set(&a).intersection(&set(&b)).count());
        }
    }
}
