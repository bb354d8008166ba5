//! Matches in, the same matches out, kept in few bytes.
//!
//! A run may find more matches than articles, and needs most of them only once more, those of one component together.
//! So what is said of a match is packed into numbers, one list behind the other, in columns of a store; what is asked
//! of all of them at once stays in memory.
//!
//! Cost: 28 bytes a match in memory; in the store a byte or two for each number that says something of it.

use rayon::prelude::*;

use super::judge::{Match, Relation};
use super::passage::{Block, Passage};
use super::region::Region;
use crate::article::ArticleId;
use crate::error::Error;
use crate::store::{Column, Store, StoreWriter, list_at, push_number, take_number};

/// Matches, by their smaller article and then the greater.
#[derive(Debug, Default)]
pub struct Matches {
    heads: Vec<MatchHead>,
    chunks: Vec<PackedMatches>,
    shelf: Store,
}

/// What is known of a match without unpacking it.
#[derive(Clone, Copy, Debug)]
pub struct MatchHead {
    /// The excerpt, where one of them is; else the one with the smaller number.
    pub a: ArticleId,
    /// The other.
    pub b: ArticleId,
    /// How they relate.
    pub relation: Relation,
    /// The equal words of the longest passage, counted across places where boilerplate is masked.
    pub longest: u32,
    chunk: u32,
    index: u32,
}

/// Some matches, in the order in which they were found.
#[derive(Debug)]
pub(crate) struct PackedMatches {
    heads: Vec<MatchHead>,
    bytes: Column<u8>,
    ends: Vec<u32>,
}

impl PackedMatches {
    /// Packs matches.
    ///
    /// # Errors
    /// They cannot be kept.
    pub(crate) fn new(matches: &[Match], store: &StoreWriter, held: usize) -> Result<Self, Error> {
        let mut bytes = Vec::new();
        let (mut heads, mut ends) = (Vec::with_capacity(matches.len()), Vec::with_capacity(matches.len()));
        for found in matches {
            let &Match { a, b, relation, longest, .. } = found;
            heads.push(MatchHead { a, b, relation, longest, chunk: 0, index: ends.len() as u32 });
            pack(found, &mut bytes);
            ends.push(u32::try_from(bytes.len()).expect("a thousand matches take less than 4 GiB"));
        }
        Ok(Self { heads, bytes: store.put(bytes, held)?, ends })
    }
}

impl Matches {
    /// Keeps matches in memory.
    pub fn new(matches: &[Match]) -> Self {
        let store = StoreWriter::new(std::path::Path::new(""), usize::MAX);
        let chunks = matches.chunks(1024).map(|some| PackedMatches::new(some, &store, usize::MAX));
        let packed = chunks.collect::<Result<_, _>>().and_then(|chunks| Ok((chunks, store.close(0)?)));
        let (chunks, shelf) = packed.expect("what is held in memory needs no file");
        Self::stored(chunks, shelf)
    }

    /// Puts together what was put into the store of a shelf.
    pub(crate) fn stored(mut chunks: Vec<PackedMatches>, shelf: Store) -> Self {
        let mut heads = Vec::with_capacity(chunks.iter().map(|chunk| chunk.heads.len()).sum());
        for (number, chunk) in (0..).zip(&mut chunks) {
            let numbered = |head: MatchHead| MatchHead { chunk: number, ..head };
            heads.extend(std::mem::take(&mut chunk.heads).into_iter().map(numbered));
        }
        heads.par_sort_unstable_by_key(|head| (head.a.min(head.b), head.a.max(head.b)));
        Self { heads, chunks, shelf }
    }

    /// Tells how many there are.
    pub fn len(&self) -> usize {
        self.heads.len()
    }

    /// Tells whether there are none.
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// Gives what is known of all of them without unpacking.
    pub fn heads(&self) -> &[MatchHead] {
        &self.heads
    }

    /// Unpacks one of them.
    pub fn unpacked(&self, head: &MatchHead) -> Match {
        let chunk = &self.chunks[head.chunk as usize];
        let mut room = Vec::new();
        let bytes = self.shelf.read(&chunk.bytes, list_at(&chunk.ends, head.index as usize), &mut room);
        unpack(head, bytes)
    }

    /// Unpacks one after the other.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Match> + '_ {
        self.heads.iter().map(|head| self.unpacked(head))
    }
}

/// Puts all that a head does not say behind other numbers.
fn pack(found: &Match, out: &mut Vec<u8>) {
    let numbers = found.shingles.into_iter().chain(found.words);
    numbers.for_each(|number| push_number(out, number));
    for region in [&found.region_a, &found.region_b] {
        push_number(out, region.ranges().len() as u32);
        let mut last = 0;
        for range in region.ranges() {
            push_number(out, range.start - last);
            push_number(out, range.end - range.start);
            last = range.end;
        }
    }
    push_number(out, found.passages.len() as u32);
    for passage in &found.passages {
        push_number(out, passage.blocks.len() as u32);
        let (mut end_a, mut end_b) = (0, 0);
        for block in &passage.blocks {
            // Blocks of one passage ascend in both articles; numbers that wrap around come back as they were.
            push_number(out, block.a.wrapping_sub(end_a));
            push_number(out, block.b.wrapping_sub(end_b));
            push_number(out, block.length);
            (end_a, end_b) = (block.a_end(), block.b_end());
        }
    }
}

fn unpack(head: &MatchHead, bytes: &[u8]) -> Match {
    let mut bytes = bytes.iter();
    let mut next = || take_number(&mut bytes);
    let shingles = std::array::from_fn(|_| next());
    let words = std::array::from_fn(|_| next());
    let [region_a, region_b] = [(); 2].map(|()| {
        let mut last = 0;
        let ranges = (0..next()).map(|_| {
            let start = last + next();
            last = start + next();
            start..last
        });
        Region::new(ranges.collect::<Vec<_>>())
    });
    let passages = (0..next())
        .map(|_| {
            let (mut end_a, mut end_b) = (0_u32, 0_u32);
            let blocks = (0..next())
                .map(|_| {
                    let (a, b) = (end_a.wrapping_add(next()), end_b.wrapping_add(next()));
                    let block = Block { a, b, length: next() };
                    (end_a, end_b) = (block.a_end(), block.b_end());
                    block
                })
                .collect();
            Passage { blocks }
        })
        .collect();
    let &MatchHead { a, b, relation, longest, .. } = head;
    Match { a, b, relation, passages, shingles, region_a, region_b, words, longest }
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use proptest::prelude::*;

    use super::*;

    fn any_region() -> impl Strategy<Value = Region> {
        prop::collection::vec((0_u32..5000, 1_u32..300), 0..4).prop_map(|ranges| {
            Region::new(
                ranges.into_iter().map(|(start, length)| start..start + length).collect::<Vec<Range<u32>>>(),
            )
        })
    }

    fn any_passage() -> impl Strategy<Value = Passage> {
        prop::collection::vec((0_u32..9000, 0_u32..9000, 1_u32..600), 1..5).prop_map(|blocks| Passage {
            blocks: blocks.into_iter().map(|(a, b, length)| Block { a, b, length }).collect(),
        })
    }

    fn any_match() -> impl Strategy<Value = Match> {
        let relations = [Relation::Exact, Relation::NearDuplicate, Relation::Excerpt, Relation::Partial];
        let ids = (0_usize..30, 0_usize..30);
        let passages = prop::collection::vec(any_passage(), 0..4);
        let numbers = (any::<[u32; 3]>(), any::<[u32; 2]>(), any::<u32>());
        (ids, prop::sample::select(relations.to_vec()), passages, any_region(), any_region(), numbers)
            .prop_map(|((a, b), relation, passages, region_a, region_b, (shingles, words, longest))| {
                let [a, b] = [a, 30 + b].map(ArticleId::new);
                Match { a, b, relation, passages, shingles, region_a, region_b, words, longest }
            })
    }

    proptest! {
        #[test]
        fn gives_back_what_was_put_in(
            chunks in prop::collection::vec(prop::collection::vec(any_match(), 0..9), 0..4),
            held in prop::sample::select(vec![0, 200, usize::MAX]),
        ) {
            let store = StoreWriter::new(&std::env::temp_dir(), 0);
            let packed = chunks.iter().map(|some| PackedMatches::new(some, &store, held).unwrap()).collect();
            let matches = Matches::stored(packed, store.close(0).unwrap());
            let shown = |found: &Match| format!("{found:?}");
            let mut expected: Vec<String> = chunks.iter().flatten().map(shown).collect();
            let mut found: Vec<String> = matches.iter().map(|found| shown(&found)).collect();
            prop_assert!(matches.heads().is_sorted_by_key(|head| (head.a, head.b)));
            prop_assert_eq!((matches.heads().len(), matches.len()), (expected.len(), expected.len()));
            prop_assert_eq!(matches.is_empty(), expected.is_empty());
            expected.sort();
            found.sort();
            prop_assert_eq!(found, expected);
        }
    }
}
