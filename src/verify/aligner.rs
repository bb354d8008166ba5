//! Finds the passages that two token lists share.
//!
//! The method is seed, extend, chain. A shingle that is in both lists is an anchor. It is extended to the longest
//! equal run, a block. Blocks that follow each other in both lists, with at most a few words between them, are one
//! passage. Equal words at other places are added in `repeated_runs`. Words in passages are judged later, not surviving shingles: with one word changed in twelve, only 58 %
//! of the 5-shingles survive, but all words except one in twelve do.
//!
//! Invariants: `align(x, y)` and `align(y, x)` are mirror images if the lists differ. Every block is an equal run
//! of tokens. No run of the shortest passage's length that one list has and no passage covers is in the other list.
//! Cost: expected linear. The longer list is entered into a table once, and the shorter one is looked up in it. A
//! shingle that is in the longer list many times is tried at its first few positions only.
//! Source: seed-chain-extend as in Li, "Minimap2", 2018; greedy longest runs after Wise, "String similarity via
//! greedy string tiling", 1993.

use super::align_rule::{AlignRule, POSITIONS_TRIED};
use super::chainer::{Anchor, Chainer};
use super::passage::{Block, Passage};
use super::region::Region;
use super::repeated_runs::{RepeatedRuns, contains_consecutive, contains_run, gaps};
use super::shingle_table::ShingleTable;
use crate::shingle::hash_shingle;
use crate::text::Token;

/// The passages and shingles that two token lists share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alignment {
    /// The passages, ascending by their position in the first list, then in the second.
    pub passages: Vec<Passage>,
    /// The exact number of distinct shingles that are in both lists.
    pub shared_shingles: u32,
}

/// Aligns pairs of token lists, and reuses its memory from one pair to the next.
#[derive(Clone, Debug)]
pub struct Aligner {
    rule: AlignRule,
    table: ShingleTable,
    /// The id of the list that is in the table, if it has one.
    list_in_table: Option<u64>,
    /// Positions in the shorter list whose shingle may be in the table.
    possible: Vec<u32>,
    anchors: Vec<Anchor>,
    chainer: Chainer,
    repeated: RepeatedRuns,
}

impl Aligner {
    /// Creates an aligner.
    pub fn new(rule: AlignRule) -> Self {
        Self {
            rule,
            table: ShingleTable::default(),
            list_in_table: None,
            possible: Vec::new(),
            anchors: Vec::new(),
            chainer: Chainer::default(),
            repeated: RepeatedRuns::default(),
        }
    }

    /// Aligns `a` with `b`. Lists that are shorter than a shingle share nothing.
    pub fn align(&mut self, a: &[Token], b: &[Token]) -> Alignment {
        self.list_in_table = None;
        self.align_lists(a, b, None)
    }

    /// Aligns `a` with `b` like [`Aligner::align`]. If the longer list has the id of the longer list of the call
    /// before, the table of that call is reused. An id must mean the same list in all calls.
    pub fn align_with_ids(&mut self, a: &[Token], b: &[Token], ids: (u64, u64)) -> Alignment {
        self.align_lists(a, b, Some(ids))
    }

    fn align_lists(&mut self, a: &[Token], b: &[Token], ids: Option<(u64, u64)>) -> Alignment {
        // The table holds the longer list, or the greater of two equally long ones. So the result does not depend
        // on which of them is `a`.
        let flip = (a.len(), a) > (b.len(), b);
        let (short, long, id) = if flip { (b, a, ids.map(|(a, _)| a)) } else { (a, b, ids.map(|(_, b)| b)) };
        if short.len() < self.rule.shingle_size {
            return Alignment::default();
        }
        if self.list_in_table.is_none() || self.list_in_table != id {
            self.table.fill(long, self.rule.shingle_size);
            self.list_in_table = id;
        }
        let mut alignment = self.align_with_table(short, long);
        if flip {
            alignment.passages = alignment.passages.into_iter().map(Passage::flipped).collect();
        }
        alignment.passages.sort_by_key(|passage| (passage.a().start, passage.b().start));
        alignment
    }

    /// Returns the id of the list that is in the table, if it has one, and the number of its distinct shingles.
    pub(super) fn list_in_table(&self) -> Option<(u64, u32)> {
        Some((self.list_in_table?, self.table.distinct()))
    }

    /// Aligns the shorter list with the longer one, which is in the table. Blocks have the shorter list as `a`.
    fn align_with_table(&mut self, short: &[Token], long: &[Token]) -> Alignment {
        let size = self.rule.shingle_size;
        self.table.find_possible(short, size, &mut self.possible);
        self.table.clear_marks();
        self.anchors.clear();
        // The end of the last block. Shingles inside that block were counted with it. Shingles that begin inside
        // and end after it are only counted; they begin no block.
        let mut end = 0;
        for &start in &self.possible {
            let start = start as usize;
            if start + size <= end {
                continue;
            }
            let Some(first) = self.table.find(hash_shingle(&short[start..start + size])) else { continue };
            self.table.mark(first);
            if start < end {
                continue;
            }
            let known = self.anchors.len();
            let repeated = self.table.positions(first).nth(1).is_some();
            for position in self.table.positions(first).take(POSITIONS_TRIED) {
                let equal = short[start..].iter().zip(&long[position as usize..]).take_while(|(a, b)| a == b);
                let block = Block { a: start as u32, b: position, length: equal.count() as u32 };
                // Two different shingles may have one hash.
                if block.length >= size as u32 {
                    self.anchors.push(Anchor { block, repeated });
                }
            }
            let found = self.anchors[known..].iter().map(|anchor| anchor.block);
            if let Some(longest) = found.max_by_key(|block| block.length) {
                self.table.mark_block(longest, size);
                end = longest.a_end() as usize;
            }
        }
        let mut passages = self.chainer.chain(&self.anchors, short, long, self.rule);
        self.add_repeated(short, long, &mut passages);
        Alignment { passages, shared_shingles: self.table.marked() }
    }

    /// Adds passages for the runs of each list that no passage covers and that are in the other list.
    fn add_repeated(&mut self, short: &[Token], long: &[Token], passages: &mut Vec<Passage>) {
        let Self { rule, table, possible, repeated, .. } = self;
        let size = rule.shingle_size;
        let length = (rule.shortest_passage as usize).max(size);
        let shingles = length + 1 - size;
        // Most pairs end here: they share phrases, but no run that is long enough.
        if !contains_consecutive(possible, shingles) {
            return;
        }
        let mut gaps_short = gaps(short.len(), &Region::new(passages.iter().map(Passage::a)), length);
        gaps_short.retain(|gap| {
            let first = possible.partition_point(|&at| at < gap.start);
            let end = possible.partition_point(|&at| at + size as u32 <= gap.end);
            contains_consecutive(&possible[first..end.max(first)], shingles)
        });
        let mut gaps_long = gaps(long.len(), &Region::new(passages.iter().map(Passage::b)), length);
        gaps_long.retain(|gap| {
            let positions = gap.start as usize..gap.end as usize + 1 - size;
            contains_run(positions, shingles, |at| table.is_marked(at as u32))
        });
        let of_one_block = |block| Passage { blocks: vec![block] };
        if !gaps_short.is_empty() {
            passages.extend(repeated.find(short, long, &gaps_short, length).into_iter().map(of_one_block));
        }
        if !gaps_long.is_empty() {
            let runs = repeated.find(long, short, &gaps_long, length).into_iter();
            passages.extend(runs.map(|run| of_one_block(run).flipped()));
        }
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
            ("contained", "c d e f", "a b c d e f g", &[(0..4, 2..6)]),
            ("phrase", "a b c x", "y a b c", &[]),
            (
                "every part twice in one",
                "a b c d e f g h",
                "a b c d a b c d e f g h e f g h",
                &[(0..4, 0..4), (0..8, 4..12), (4..8, 12..16)],
            ),
            (
                "another part twice in each",
                "a b c d a b c d e f g h",
                "a b c d e f g h e f g h",
                &[(0..4, 0..4), (4..12, 0..8), (8..12, 8..12)],
            ),
            ("changed word", "a b c x d e f", "a b c y d e f", &[(0..7, 0..7)]),
            ("inserted words", "a b c d e f", "a b c x y d e f", &[(0..6, 0..8)]),
            ("too much inserted", "a b c d e f g h", "a b c d x y z e f g h", &[(0..4, 0..4), (4..8, 7..11)]),
            ("moved", "a b c d e f g h", "e f g h a b c d", &[(0..4, 4..8), (4..8, 0..4)]),
            ("twice in one", "a b c d", "a b c d x y z a b c d", &[(0..4, 0..4), (0..4, 7..11)]),
            (
                "headline repeated after the story",
                "a b c d e f x h i j",
                "a b c d e f h i j h i j",
                &[(0..6, 0..6)],
            ),
            ("short end that occurs once", "a b c d x e f g", "a b c d y e f g", &[(0..8, 0..8)]),
            (
                "long end that occurs twice",
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
    fn a_gap_is_bridged_up_to_the_length_in_the_rule() {
        let gaps = (0..6).flat_map(|a| (0..6).map(move |b| (a, b))).filter(|&gaps| gaps != (0, 0));
        for ((gap_a, gap_b), bridge) in gaps.flat_map(|gaps| (0..4).map(move |bridge| (gaps, bridge))) {
            let list = |own: &str, gap: usize| format!("a b c d {} e f g h", own.repeat(gap));
            let rule = AlignRule { bridge, ..RULE };
            let found = passages(rule, &list("x ", gap_a), &list("y ", gap_b));
            let expected = if gap_a.max(gap_b) > bridge as usize { 2 } else { 1 };
            assert_eq!(found.len(), expected, "{gap_a} and {gap_b} words, bridge {bridge}");
        }
    }

    /// The longer list has the first run twice: six words before the second run, and one word before it.
    #[test]
    fn a_block_continues_the_passage_with_the_most_similar_gaps() {
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
    fn a_list_of_one_shingle_shares_it() {
        for (list, expected) in [("b c", 0), ("b c d", 1), ("x b c d", 1), ("b c d e", 2)] {
            let found = Aligner::new(RULE).align(&tokens(list), &tokens("a b c d e f"));
            assert_eq!(found.shared_shingles, expected, "{list}");
        }
    }

    #[test]
    fn a_table_is_reused_only_for_its_own_list() {
        let lists = ["a b c d e f", "g h i j k l m", "c d e f", "j k l m"].map(tokens);
        let mut aligner = Aligner::new(RULE);
        for (one, other) in (0..4).flat_map(|one| (0..4).map(move |other| (one, other))) {
            let (a, b) = (&lists[one], &lists[other]);
            let expected = Aligner::new(RULE).align(a, b);
            let found = aligner.align_with_ids(a, b, (one as u64, other as u64));
            assert_eq!(found, expected, "{one} {other}");
        }
    }

    proptest! {
        #[test]
        fn alignments_in_both_orders_are_mirror_images_of_equal_runs(
            a in prop::collection::vec(0_u8..6, 0..60),
            b in prop::collection::vec(0_u8..6, 0..60),
            shared in prop::collection::vec(0_u8..20, 0..40),
        ) {
            let word = |number: &u8| char::from(b'a' + number).to_string();
            let list = |numbers: &[u8]| tokens(&numbers.iter().map(word).collect::<Vec<_>>().join(" "));
            let (a, b) = (list(&[a, shared.clone()].concat()), list(&[shared, b].concat()));
            let mut aligner = Aligner::new(RULE);
            let forward = aligner.align(&a, &b);
            let backward = aligner.align(&b, &a);
            let mut mirrored: Vec<Passage> = backward.passages.into_iter().map(Passage::flipped).collect();
            mirrored.sort_by_key(|passage| (passage.a().start, passage.b().start));
            prop_assert_eq!(&forward.passages, &mirrored);
            for block in forward.passages.iter().flat_map(|passage| &passage.blocks) {
                prop_assert!(block.length >= 1);
                prop_assert_eq!(
                    &a[block.a as usize..block.a_end() as usize],
                    &b[block.b as usize..block.b_end() as usize]
                );
            }
            let set = |list: &[Token]| -> HashSet<Vec<Token>> {
                list.windows(RULE.shingle_size).map(<[Token]>::to_vec).collect()
            };
            prop_assert_eq!(forward.shared_shingles as usize, set(&a).intersection(&set(&b)).count());
            let uncovered = |list: &[Token], range: fn(&Passage) -> Range<u32>| -> Vec<Vec<Token>> {
                let covered: HashSet<u32> = forward.passages.iter().flat_map(range).collect();
                let length = RULE.shortest_passage;
                let runs = (0..(list.len() as u32 + 1).saturating_sub(length)).map(|at| at..at + length);
                let is_uncovered = |run: &Range<u32>| run.clone().all(|at| !covered.contains(&at));
                runs.filter(is_uncovered).map(|run| list[run.start as usize..run.end as usize].to_vec()).collect()
            };
            let is_in = |run: &Vec<Token>, list: &[Token]| list.windows(run.len()).any(|window| window == run);
            prop_assert!(!uncovered(&a, Passage::a).iter().any(|run| is_in(run, &b)));
            prop_assert!(!uncovered(&b, Passage::b).iter().any(|run| is_in(run, &a)));
            aligner.align_with_ids(&a, &b, (1, 2));
            if let Some((id, distinct)) = aligner.list_in_table() {
                let longer = [&a, &b][id as usize - 1];
                prop_assert!(longer.len() >= a.len().max(b.len()));
                prop_assert_eq!(distinct as usize, set(longer).len().max(1));
            }
        }
    }
}
