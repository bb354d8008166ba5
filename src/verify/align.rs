//! Two token lists in, the passages that they share out.
//!
//! Seed, extend, chain: a shingle that stands in both is an anchor; it is extended to the longest equal run (a
//! block); blocks that follow each other in both, with at most a few words between them, are one passage. What is
//! judged later are words in passages, not surviving shingles: one changed word in twelve leaves only 58 % of the
//! 5-shingles and every word but one in twelve.
//!
//! Invariants: `align(x, y)` and `align(y, x)` are mirror images, where the lists differ. Every block is an equal run
//! of tokens.
//! Cost: expected linear; the longer list is entered into a table once, the shorter one looked up in it. A shingle
//! that stands often in the longer list is followed to its first few places only.
//! Source: seed-chain-extend as in Li, "Minimap2", 2018; greedy longest runs after Wise, "String similarity via
//! greedy string tiling", 1993.

use super::chain::{Anchor, Chainer};
use super::passage::{Block, Passage};
use super::table::Table;
use crate::shingle::hash_run;
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
    likely: Vec<u32>,
    anchors: Vec<Anchor>,
    chainer: Chainer,
}

impl Aligner {
    /// Makes an aligner.
    pub fn new(rule: AlignRule) -> Self {
        Self {
            rule,
            table: Table::default(),
            loaded: None,
            likely: Vec::new(),
            anchors: Vec::new(),
            chainer: Chainer::default(),
        }
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

    /// Gives the name of the list whose table was made last, if it has one, and how many different shingles it has.
    pub(super) fn loaded(&self) -> Option<(u64, u32)> {
        Some((self.loaded?, self.table.distinct()))
    }

    /// Looks the shorter list up in the table of the longer one; blocks have the shorter list as `a`.
    fn look_up(&mut self, short: &[Token], long: &[Token]) -> Alignment {
        let size = self.rule.shingle_size;
        self.table.sift(short, size, &mut self.likely);
        self.table.forget_seen();
        self.anchors.clear();
        // Where the last block ends: shingles inside it were seen with it, those that reach beyond it are only counted.
        let mut end = 0;
        for &at in &self.likely {
            let at = at as usize;
            if at + size <= end {
                continue;
            }
            let Some(first) = self.table.find(hash_run(&short[at..at + size])) else { continue };
            self.table.see(first);
            if at < end {
                continue;
            }
            let known = self.anchors.len();
            let repeated = self.table.places(first).nth(1).is_some();
            for place in self.table.places(first).take(PLACES_TRIED) {
                let equal =
                    short[at..].iter().zip(&long[place as usize..]).take_while(|(one, other)| one == other);
                let block = Block { a: at as u32, b: place, length: equal.count() as u32 };
                // Two different shingles may have one hash.
                if block.length >= size as u32 {
                    self.anchors.push(Anchor { block, repeated });
                }
            }
            let found = self.anchors[known..].iter().map(|anchor| anchor.block);
            if let Some(longest) = found.max_by_key(|block| block.length) {
                self.table.see_block(longest, size);
                end = longest.a_end() as usize;
            }
        }
        let passages = self.chainer.chain(&self.anchors, short, long, self.rule);
        Alignment { passages, shared_shingles: self.table.seen() }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::ops::Range;

    use proptest::prelude::*;

    use super::*;
    use crate::text::{Tokens, tokenize};

    const RULE: AlignRule = AlignRule { shingle_size: 3, bridge: 2, shortest_passage: 4 };

    fn tokens(text: &str) -> Vec<Token> {
        let mut tokens = Tokens::new();
        tokenize(text, &mut tokens);
        tokens.tokens().to_vec()
    }

    type Ranges = (Range<u32>, Range<u32>);

    fn passages(rule: AlignRule, a: &str, b: &str) -> Vec<Ranges> {
        let alignment = Aligner::new(rule).align(&tokens(a), &tokens(b));
        alignment.passages.iter().map(|passage| (passage.a(), passage.b())).collect()
    }

    type Case = (&'static str, &'static str, &'static str, &'static [Ranges]);

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
            ("short end that stands once", "a b c d x e f g", "a b c d y e f g", &[(0..8, 0..8)]),
            (
                "long end that stands twice",
                "a b c d x e f g h",
                "a b c d y e f g h z e f g h",
                &[(0..9, 0..9), (5..9, 10..14)],
            ),
            ("changed number", "a b c d 7 e f g h", "a b c d 8 e f g h", &[(0..4, 0..4), (5..9, 5..9)]),
            ("number on one side", "a b c seven e f g", "a b c 7 e f g", &[(0..7, 0..7)]),
        ];
        for (name, a, b, expected) in cases {
            assert_eq!(passages(RULE, a, b), *expected, "{name}");
        }
        let single = AlignRule { shingle_size: 1, bridge: 1, shortest_passage: 3 };
        assert_eq!(passages(single, "a x b y c", "a v b w c"), [(0..5, 0..5)], "word by word");
    }

    #[test]
    fn bridges_as_many_words_as_the_rule_says() {
        let gaps = (0..6).flat_map(|a| (0..6).map(move |b| (a, b))).filter(|&gaps| gaps != (0, 0));
        for ((gap_a, gap_b), bridge) in gaps.flat_map(|gaps| (0..4).map(move |bridge| (gaps, bridge))) {
            let list = |own: &str, gap: usize| format!("a b c d {} e f g h", own.repeat(gap));
            let rule = AlignRule { bridge, ..RULE };
            let found = passages(rule, &list("x ", gap_a), &list("y ", gap_b));
            let expected = if gap_a.max(gap_b) > bridge as usize { 2 } else { 1 };
            assert_eq!(found.len(), expected, "{gap_a} and {gap_b} words, bridge {bridge}");
        }
    }

    /// The longer list has the first run twice, six words and one word before the second.
    #[test]
    fn goes_on_where_the_gaps_are_most_alike() {
        let long = "a b c d z a b c d z e f g h";
        let rule = AlignRule { bridge: 6, ..RULE };
        let near = |end: u32| [(0..4, 0..4), (0..end, 5..14)];
        let far = |end: u32| [(0..4, 5..9), (0..end, 0..14)];
        let cases = [
            ("a b c d x e f g h", near(9)),
            ("a b c d x x x e f g h", near(11)),
            ("a b c d x x x x e f g h", far(12)),
            ("a b c d x x x x x x e f g h", far(14)),
        ];
        for (short, mut expected) in cases {
            expected.sort_by_key(|(a, b)| (a.start, b.start));
            assert_eq!(passages(rule, short, long), expected, "{short}");
        }
    }

    #[test]
    fn a_list_as_long_as_a_shingle_shares_it() {
        for (list, expected) in [("b c", 0), ("b c d", 1), ("x b c d", 1), ("b c d e", 2)] {
            let found = Aligner::new(RULE).align(&tokens(list), &tokens("a b c d e f"));
            assert_eq!(found.shared_shingles, expected, "{list}");
        }
    }

    #[test]
    fn a_table_is_used_again_for_its_own_list_only() {
        let lists = ["a b c d e f", "g h i j k l m", "c d e f", "j k l m"].map(tokens);
        let mut aligner = Aligner::new(RULE);
        for (one, other) in (0..4).flat_map(|one| (0..4).map(move |other| (one, other))) {
            let (a, b) = (&lists[one], &lists[other]);
            let expected = Aligner::new(RULE).align(a, b);
            assert_eq!(
                aligner.align_named(a, b, Some((one as u64, other as u64))),
                expected,
                "{one} {other}"
            );
        }
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
            aligner.align_named(&a, &b, Some((1, 2)));
            if let Some((name, distinct)) = aligner.loaded() {
                let longer = [&a, &b][name as usize - 1];
                prop_assert!(longer.len() >= a.len().max(b.len()));
                prop_assert_eq!(distinct as usize, set(longer).len().max(1));
            }
        }
    }
}
