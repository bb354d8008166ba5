//! Stores matches in few bytes.
//!
//! A run may find more matches than articles, and needs most of them only once more, those of one component
//! together. So the details of each match are packed into one list of numbers, in columns of a store. The fields
//! that are needed of all matches at once are in a column of their own.
//!
//! Cost: 4 bytes of memory for each match, and 24 more while they are sorted; in stores twice 24 bytes, and one or two for
//! each number of its details.

use std::path::Path;
use std::slice::Iter;

use bytemuck::{Pod, Zeroable};
use rayon::prelude::*;

use super::pair_match::Match;
use super::passage::{Block, Passage};
use super::region::Region;
use super::relation::Relation;
use super::shared_boilerplate::SharedBoilerplate;
use crate::article::ArticleId;
use crate::error::Error;
use crate::store::{Column, Store, StoreWriter, list_range, push_leb128, take_leb128};

/// The number of matches that are packed together when they are kept in memory.
const CHUNK: usize = 1024;

/// Matches, ordered by the smaller and then by the greater of their article numbers.
#[derive(Debug, Default)]
pub struct Matches {
    heads: Column<MatchHead>,
    head_store: Store,
    chunks: Vec<PackedMatches>,
    store: Store,
}

/// The fields of a match that are available without unpacking it.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
pub struct MatchHead {
    /// The excerpt, if the relation is [`Relation::Excerpt`]; otherwise the article with the smaller number.
    pub a: ArticleId,
    /// The other article.
    pub b: ArticleId,
    /// The number of equal words in the longest passage. Masked boilerplate inside it does not divide it.
    pub longest: u32,
    /// The number of the relation.
    relation: u16,
    /// 1 if the two tell different news (see [`Match`]), otherwise 0.
    is_other_news: u16,
    chunk: u32,
    index: u32,
}

impl MatchHead {
    fn new(found: &Match, index: u32) -> Self {
        let &Match { a, b, relation, longest, is_other_news, .. } = found;
        Self {
            a,
            b,
            longest,
            relation: relation as u16,
            is_other_news: is_other_news.into(),
            chunk: 0,
            index,
        }
    }

    /// Returns the relation of the two articles.
    pub fn relation(&self) -> Relation {
        Relation::with_number(self.relation.into()).expect("a head is read as it was written")
    }

    /// Returns whether the two tell different news, though they share text (see [`Match`]).
    pub fn is_other_news(&self) -> bool {
        self.is_other_news != 0
    }
}

/// Some matches, in the order in which they were found.
#[derive(Debug)]
pub(crate) struct PackedMatches {
    heads: Column<MatchHead>,
    bytes: Column<u8>,
    ends: Vec<u32>,
}

impl PackedMatches {
    /// Packs matches into a store. They stay in memory if the store then holds at most `held` bytes; otherwise they
    /// are written to its file.
    ///
    /// # Errors
    /// Returns an error if the matches cannot be written to the file of the store.
    pub(crate) fn new(matches: &[Match], store: &StoreWriter, held: usize) -> Result<Self, Error> {
        let mut bytes = Vec::new();
        let (mut heads, mut ends) = (Vec::with_capacity(matches.len()), Vec::with_capacity(matches.len()));
        for found in matches {
            heads.push(MatchHead::new(found, ends.len() as u32));
            pack(found, &mut bytes);
            ends.push(u32::try_from(bytes.len()).expect("a thousand matches take less than 4 GiB"));
        }
        Ok(Self { heads: store.put(heads, held)?, bytes: store.put(bytes, held)?, ends })
    }
}

impl Matches {
    /// Keeps matches in memory.
    pub fn new(matches: &[Match]) -> Self {
        let store = StoreWriter::new(Path::new(""), usize::MAX);
        let chunks = matches.chunks(CHUNK).map(|chunk| PackedMatches::new(chunk, &store, usize::MAX));
        let packed = chunks.collect::<Result<_, _>>();
        let heads = StoreWriter::new(Path::new(""), usize::MAX);
        let matches = packed.and_then(|chunks| Self::from_packed(chunks, store, heads, usize::MAX, 0));
        matches.expect("a store in memory needs no file")
    }

    /// Combines matches that were packed into a store. Their heads, in order, are put into the empty `head_store`, and stay
    /// in memory if they take at most `held` bytes; `shown` is that of [`StoreWriter::close`].
    ///
    /// # Errors
    /// Returns an error if the heads cannot be written to the file of their store.
    pub(crate) fn from_packed(
        mut chunks: Vec<PackedMatches>,
        store: StoreWriter,
        head_store: StoreWriter,
        held: usize,
        shown: usize,
    ) -> Result<Self, Error> {
        let store = store.close(shown)?;
        let mut heads: Vec<MatchHead> =
            Vec::with_capacity(chunks.iter().map(|chunk| chunk.heads.len()).sum());
        for (number, chunk) in (0..).zip(&mut chunks) {
            let of_chunk = std::mem::take(&mut chunk.heads);
            heads.extend(store.get(&of_chunk).iter().map(|&head| MatchHead { chunk: number, ..head }));
        }
        heads.par_sort_unstable_by_key(|head| (head.a.min(head.b), head.a.max(head.b)));
        Ok(Self { heads: head_store.put(heads, held)?, head_store: head_store.close(shown)?, chunks, store })
    }

    /// Returns the number of matches.
    pub fn len(&self) -> usize {
        self.heads.len()
    }

    /// Returns whether there are no matches.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the heads of all matches.
    pub fn heads(&self) -> &[MatchHead] {
        self.head_store.get(&self.heads)
    }

    /// Returns the head of the match at `index`.
    pub(crate) fn head(&self, index: usize) -> &MatchHead {
        &self.head_store.part(&self.heads, index..index + 1)[0]
    }

    /// Unpacks the match that a head belongs to.
    pub fn unpack(&self, head: &MatchHead) -> Match {
        let chunk = &self.chunks[head.chunk as usize];
        let mut buffer = Vec::new();
        let bytes = self.store.read(&chunk.bytes, list_range(&chunk.ends, head.index as usize), &mut buffer);
        unpack(head, bytes)
    }

    /// Unpacks all matches, one after another.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Match> + '_ {
        self.heads().iter().map(|head| self.unpack(head))
    }
}

impl Match {
    /// Encodes all of the match apart from its articles.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = vec![self.relation as u8, self.is_other_news.into()];
        push_leb128(&mut out, self.longest);
        pack(self, &mut out);
        out
    }

    /// Decodes the match of two articles.
    pub(crate) fn decode(a: ArticleId, b: ArticleId, bytes: &[u8]) -> Option<Self> {
        let [relation, is_other_news, rest @ ..] = bytes else { return None };
        Relation::with_number((*relation).into())?;
        let mut bytes = rest.iter();
        let head = MatchHead {
            a,
            b,
            longest: take_leb128(&mut bytes),
            relation: (*relation).into(),
            is_other_news: (*is_other_news).into(),
            chunk: 0,
            index: 0,
        };
        Some(unpack(&head, bytes.as_slice()))
    }
}

/// Appends everything that is not in the head of a match.
fn pack(found: &Match, out: &mut Vec<u8>) {
    for number in found.shingles.into_iter().chain(found.words) {
        push_leb128(out, number);
    }
    for region in [&found.region_a, &found.region_b] {
        region.pack(out);
    }
    pack_passages(&found.passages, out);
    // No match has a core of no words, so no words mean that there is no boilerplate.
    let Some(boilerplate) = &found.boilerplate else { return push_leb128(out, 0) };
    let SharedBoilerplate { passages, words, covered } = &**boilerplate;
    for number in words.iter().chain(covered) {
        push_leb128(out, *number);
    }
    pack_passages(passages, out);
}

fn unpack(head: &MatchHead, bytes: &[u8]) -> Match {
    let mut bytes = bytes.iter();
    let shingles = std::array::from_fn(|_| take_leb128(&mut bytes));
    let words = std::array::from_fn(|_| take_leb128(&mut bytes));
    let region_a = Region::unpack(&mut bytes);
    let region_b = Region::unpack(&mut bytes);
    let passages = unpack_passages(&mut bytes);
    let boilerplate = match take_leb128(&mut bytes) {
        0 => None,
        words_a => {
            let words = [words_a, take_leb128(&mut bytes)];
            let covered = std::array::from_fn(|_| take_leb128(&mut bytes));
            let passages = unpack_passages(&mut bytes);
            Some(Box::new(SharedBoilerplate { passages, words, covered }))
        }
    };
    Match {
        a: head.a,
        b: head.b,
        relation: head.relation(),
        passages,
        shingles,
        region_a,
        region_b,
        words,
        longest: head.longest,
        is_other_news: head.is_other_news(),
        boilerplate,
    }
}

/// Appends the number of passages, then each passage.
fn pack_passages(passages: &[Passage], out: &mut Vec<u8>) {
    push_leb128(out, passages.len() as u32);
    for passage in passages {
        pack_passage(passage, out);
    }
}

fn unpack_passages(bytes: &mut Iter<'_, u8>) -> Vec<Passage> {
    (0..take_leb128(bytes)).map(|_| unpack_passage(bytes)).collect()
}

/// Appends the number of blocks, then each block as its distances from the one before and its length.
fn pack_passage(passage: &Passage, out: &mut Vec<u8>) {
    push_leb128(out, passage.blocks.len() as u32);
    let (mut end_a, mut end_b) = (0, 0);
    for block in &passage.blocks {
        // The blocks of a passage ascend in both articles. If they did not, the distances would wrap around, and
        // wrap back when they are unpacked.
        push_leb128(out, block.a.wrapping_sub(end_a));
        push_leb128(out, block.b.wrapping_sub(end_b));
        push_leb128(out, block.length);
        (end_a, end_b) = (block.a_end(), block.b_end());
    }
}

fn unpack_passage(bytes: &mut Iter<'_, u8>) -> Passage {
    let (mut end_a, mut end_b) = (0_u32, 0_u32);
    let blocks = (0..take_leb128(bytes)).map(|_| {
        let a = end_a.wrapping_add(take_leb128(bytes));
        let b = end_b.wrapping_add(take_leb128(bytes));
        let block = Block { a, b, length: take_leb128(bytes) };
        (end_a, end_b) = (block.a_end(), block.b_end());
        block
    });
    Passage { blocks: blocks.collect() }
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

    fn any_boilerplate() -> impl Strategy<Value = Option<Box<SharedBoilerplate>>> {
        let passages = prop::collection::vec(any_passage(), 0..4);
        prop::option::of(
            (passages, [1_u32.., 0..], any::<[u32; 2]>()).prop_map(|(passages, words, covered)| {
                Box::new(SharedBoilerplate { passages, words, covered })
            }),
        )
    }

    fn any_match() -> impl Strategy<Value = Match> {
        let relations = [Relation::Exact, Relation::NearDuplicate, Relation::Excerpt, Relation::Partial];
        let ids = (0_usize..30, 0_usize..30);
        let passages = prop::collection::vec(any_passage(), 0..4);
        let numbers = (any::<[u32; 3]>(), any::<[u32; 2]>(), any::<u32>(), any::<bool>());
        let regions = (any_region(), any_region());
        (ids, prop::sample::select(relations.to_vec()), passages, regions, numbers, any_boilerplate())
            .prop_map(|((a, b), relation, passages, (region_a, region_b), numbers, boilerplate)| {
                let [a, b] = [a, 30 + b].map(ArticleId::new);
                let (shingles, words, longest, is_other_news) = numbers;
                Match {
                    a,
                    b,
                    relation,
                    passages,
                    shingles,
                    region_a,
                    region_b,
                    words,
                    longest,
                    is_other_news,
                    boilerplate,
                }
            })
    }

    proptest! {
        #[test]
        fn matches_are_unpacked_as_they_were_packed(
            chunks in prop::collection::vec(prop::collection::vec(any_match(), 0..9), 0..4),
            held in prop::sample::select(vec![0, 200, usize::MAX]),
        ) {
            let store = StoreWriter::new(&std::env::temp_dir(), 0);
            let packed = chunks.iter().map(|chunk| PackedMatches::new(chunk, &store, held).unwrap()).collect();
            let heads = StoreWriter::new(&std::env::temp_dir(), 0);
            let matches = Matches::from_packed(packed, store, heads, held, 0).unwrap();
            let described = |found: &Match| format!("{found:?}");
            let mut expected: Vec<String> = chunks.iter().flatten().map(described).collect();
            let mut found: Vec<String> = matches.iter().map(|found| described(&found)).collect();
            let one_by_one = (0..matches.len()).map(|index| described(&matches.unpack(matches.head(index))));
            prop_assert_eq!(one_by_one.collect::<Vec<_>>(), found.clone());
            prop_assert!(matches.heads().is_sorted_by_key(|head| (head.a, head.b)));
            prop_assert_eq!((matches.heads().len(), matches.len()), (expected.len(), expected.len()));
            prop_assert_eq!(matches.is_empty(), expected.is_empty());
            expected.sort();
            found.sort();
            prop_assert_eq!(found, expected);
        }
    }
}
