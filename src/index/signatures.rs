//! Indexes the cores of articles: stores the buckets of their signatures by band, and the postings of their
//! fingerprints by value.
//!
//! Cost: one pass over the tokens of the articles that are compared; four bytes a band, and 16 bytes a posting (3.5 bytes
//! a word, if all fingerprints are posted).

use rayon::prelude::*;

use super::posting::Posting;
use super::rule::IndexRule;
use super::sketcher::{Scratch, Sketcher};
use crate::article::ArticleId;
use crate::corpus::{Corpus, Role};
use crate::error::Error;
use crate::shingle::shingle;
use crate::sketch::{BloomFilter, Fingerprint, Partitioned, PartitionedChunk, Winnower, articles_in_chunk};
use crate::store::{Column, Storage, Store, StoreWriter};

/// The fewest articles that one thread looks through at a time.
const FEWEST: usize = 1024;

/// The buckets of the indexed articles.
#[derive(Debug, Default)]
pub(crate) struct Signatures {
    chunks: Vec<Chunk>,
    /// The number of articles in each chunk but the last.
    chunk: usize,
    /// For each article its number among the indexed ones, counted from 1; 0 if it is not indexed.
    numbers: Vec<u32>,
    store: Store,
}

/// The buckets of some indexed articles.
#[derive(Debug)]
struct Chunk {
    ids: Vec<ArticleId>,
    /// For each band the buckets of these articles.
    bands: Vec<Column<u32>>,
}

/// Indexes the cores of `leaders`, in parallel. Articles that are too short are left out.
///
/// `shared` contains the fingerprints that several whole articles have, if that is known. Others are not posted, since
/// they cannot link two articles, unless a core has them near a seam (a position where text is masked): there, words that
/// are not masked may have another fingerprint than in the whole article. So which articles are linked does not depend on
/// what the filter contains by mistake.
///
/// # Errors
/// An [`Error::Storage`] if what does not fit into memory cannot be stored.
pub(crate) fn sign(
    corpus: &Corpus,
    leaders: &[ArticleId],
    mut shared: Option<BloomFilter>,
    rule: &IndexRule,
    storage: &Storage,
) -> Result<(Signatures, Partitioned<Posting>), Error> {
    let ids = indexed(corpus, leaders, rule.shortest_article);
    if let Some(shared) = &mut shared {
        add_values_near_seams(shared, corpus, &ids, rule);
    }
    let shared = shared.as_ref();
    let chunk = articles_in_chunk(ids.len());
    let mut numbers = vec![0; corpus.len()];
    for (number, id) in (1..).zip(&ids) {
        numbers[id.index()] = number;
    }
    let (buckets, postings) = (storage.writer(), storage.writer());
    let signer = Signer { corpus, shared, rule, sketcher: Sketcher::new(rule), storage, buckets, postings };
    let chunks: Result<Vec<_>, Error> = ids
        .par_chunks(chunk)
        .with_max_len(1)
        .map_init(Default::default, |memory, ids| signer.sign(ids, memory))
        .collect();
    let (chunks, posted) = chunks?.into_iter().unzip();
    let shown = storage.budget.mapped_files();
    let signatures = Signatures { chunks, chunk, numbers, store: signer.buckets.close(shown)? };
    Ok((signatures, Partitioned::new(posted, signer.postings.close(shown)?)))
}

/// Returns the leaders that are long enough and are matched, in the order in which they are stored.
fn indexed(corpus: &Corpus, leaders: &[ArticleId], shortest: usize) -> Vec<ArticleId> {
    let mut is_indexed = vec![false; corpus.len()];
    for &id in leaders {
        is_indexed[id.index()] = corpus.words(id) >= shortest && corpus.role(id) != Role::Context;
    }
    corpus.ids_in_storage_order().iter().copied().filter(|id| is_indexed[id.index()]).collect()
}

/// Indexes chunks of articles.
struct Signer<'a> {
    corpus: &'a Corpus,
    shared: Option<&'a BloomFilter>,
    rule: &'a IndexRule,
    sketcher: Sketcher,
    storage: &'a Storage,
    buckets: StoreWriter,
    postings: StoreWriter,
}

impl Signer<'_> {
    /// Indexes the articles of a chunk; stores their buckets and their postings.
    fn sign(
        &self,
        ids: &[ArticleId],
        (scratch, posted): &mut (Scratch, Vec<Posting>),
    ) -> Result<(Chunk, PartitionedChunk<Posting>), Error> {
        let mut bands = vec![Vec::with_capacity(ids.len()); self.rule.banding.bands];
        posted.clear();
        for &id in ids {
            self.sign_article(id, scratch, &mut bands, posted);
        }
        let budget = self.storage.budget;
        let put = |band| self.buckets.put(band, budget.buckets());
        let bands: Result<_, Error> = bands.into_iter().map(put).collect();
        let posted =
            PartitionedChunk::new(posted, |posting| posting.value, &self.postings, budget.core_postings())?;
        Ok((Chunk { ids: ids.to_vec(), bands: bands? }, posted))
    }

    /// Appends the buckets of an article to `bands` and its postings to `posted`.
    fn sign_article(
        &self,
        id: ArticleId,
        scratch: &mut Scratch,
        bands: &mut [Vec<u32>],
        posted: &mut Vec<Posting>,
    ) {
        let (tokens, seed) = (self.corpus.tokens(id), u64::from(id.get()));
        let mut bands = bands.iter_mut();
        let bucket = |bucket| bands.next().expect("a signature has a bucket for each band").push(bucket);
        let is_wanted = |value| self.shared.is_none_or(|shared| shared.may_contain(value));
        let post = |value, context| posted.push(Posting { value, id, context });
        self.sketcher.index(&tokens, seed, scratch, bucket, is_wanted, post);
    }
}

/// Adds the fingerprints of cores to a filter whose choice may depend on the text on both sides of a seam: the whole
/// article need not have them.
fn add_values_near_seams(shared: &mut BloomFilter, corpus: &Corpus, ids: &[ArticleId], rule: &IndexRule) {
    // A fingerprint is chosen among the shingles of its windows. One whose windows contain no shingle across the seam, or
    // beyond it, is one of the whole article, too.
    let reach = 2 * rule.window + rule.shingle_size;
    let of_article = |(shingles, winnower): &mut (Vec<u64>, Winnower), &id: &ArticleId| {
        let mut values = Vec::new();
        let tokens = corpus.tokens(id);
        for &seam in corpus.seams(id) {
            let seam = seam as usize;
            let near = &tokens[seam.saturating_sub(reach)..(seam + reach).min(tokens.len())];
            shingle(near, rule.shingle_size, shingles);
            winnower.winnow(shingles, rule.window, |at| values.push(Fingerprint::value_of(shingles[at])));
        }
        values
    };
    let masked = ids.par_iter().with_min_len(FEWEST).filter(|id| corpus.is_masked(**id));
    let values: Vec<u32> = masked.map_init(Default::default, of_article).flatten_iter().collect();
    values.into_iter().for_each(|value| shared.insert(value));
}

impl Signatures {
    /// Returns the number of indexed articles.
    pub(super) fn len(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.ids.len()).sum()
    }

    /// Returns the indexed articles, each with its bucket in a band.
    pub(super) fn band(&self, band: usize) -> impl Iterator<Item = (ArticleId, u32)> + '_ {
        self.chunks.iter().flat_map(move |chunk| {
            let buckets = self.store.get(&chunk.bands[band]);
            chunk.ids.iter().copied().zip(buckets.iter().copied())
        })
    }

    /// Returns an article's buckets, one a band; none if the article is not indexed.
    pub(crate) fn buckets(&self, id: ArticleId) -> Vec<u32> {
        let Some(index) = self.numbers.get(id.index()).and_then(|number| number.checked_sub(1)) else {
            return Vec::new();
        };
        let (chunk, index) = (&self.chunks[index as usize / self.chunk], index as usize % self.chunk);
        chunk.bands.iter().map(|band| self.store.get(band)[index]).collect()
    }
}
