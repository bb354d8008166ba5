//! Cores in, what is indexed of them out: the buckets of their signatures, by band, and the postings of their
//! fingerprints, by ranges of values.
//!
//! Cost: one pass over the tokens of what is compared; four bytes a band, and about three and a half a word.

use rayon::prelude::*;

use super::budget::Budget;
use super::sketches::{Scratch, Sketcher};
use crate::article::ArticleId;
use crate::config::Settings;
use crate::corpus::Corpus;
use crate::error::Error;
use crate::index::Posting;
use crate::sketch::{Divided, DividedChunk};
use crate::store::{Column, Shelf, Store};

/// Articles that are indexed together.
const CHUNK: usize = 1024;

/// The articles that are compared, with their buckets.
#[derive(Debug, Default)]
pub(super) struct Signed {
    chunks: Vec<Chunk>,
    /// For each article its place among those that are signed, from 1.
    places: Vec<u32>,
    shelf: Shelf,
}

/// Some signed articles.
#[derive(Debug)]
struct Chunk {
    ids: Vec<ArticleId>,
    /// For each band the buckets of these articles.
    bands: Vec<Column<u32>>,
}

/// Signs the cores of leaders, in parallel, and posts their fingerprints; those that are too short are passed over.
///
/// # Errors
/// What does not fit into memory cannot be kept.
pub(super) fn sign(
    corpus: &Corpus,
    leaders: &[ArticleId],
    settings: &Settings,
    budget: Budget,
) -> Result<(Signed, Divided<Posting>), Error> {
    let sketcher = Sketcher::new(settings);
    let store = || Store::new(&settings.temp_folder(), settings.reserve());
    let (buckets, postings) = (store(), store());
    let mut is_signed = vec![false; corpus.len()];
    let long_enough = |id: &&ArticleId| corpus.words(**id) >= sketcher.shortest;
    leaders.iter().filter(long_enough).for_each(|id| is_signed[id.index()] = true);
    let in_order = corpus.ids_as_put_in().iter().copied();
    let ids: Vec<ArticleId> = in_order.filter(|id| is_signed[id.index()]).collect();
    let mut places = vec![0; corpus.len()];
    for (place, id) in (1..).zip(&ids) {
        places[id.index()] = place;
    }
    let chunk = |memory: &mut (Scratch, Vec<Posting>), ids: &[ArticleId]| {
        let (scratch, found) = memory;
        let mut bands = vec![Vec::with_capacity(ids.len()); settings.bands];
        found.clear();
        for &id in ids {
            let mut band = 0;
            let bucket = |bucket| {
                bands[band].push(bucket);
                band += 1;
            };
            sketcher.index(&corpus.tokens(id), u64::from(id.get()), scratch, bucket, |value, context| {
                found.push(Posting { value, id, context });
            });
        }
        let put = |band| buckets.put(band, budget.signed_held());
        let bands: Result<_, Error> = bands.into_iter().map(put).collect();
        let posted = DividedChunk::new(found, |posting| posting.value, &postings, budget.posted_held())?;
        Ok((Chunk { ids: ids.to_vec(), bands: bands? }, posted))
    };
    let chunks: Result<Vec<_>, Error> =
        ids.par_chunks(CHUNK).with_max_len(1).map_init(Default::default, chunk).collect();
    let (chunks, posted) = chunks?.into_iter().unzip();
    let signed = Signed { chunks, places, shelf: buckets.close(budget.shown())? };
    Ok((signed, Divided::new(posted, postings.close(budget.shown())?)))
}

impl Signed {
    /// Gives the articles with their buckets in one band.
    pub(super) fn band(&self, band: usize) -> impl Iterator<Item = (ArticleId, u32)> + '_ {
        self.chunks.iter().flat_map(move |chunk| {
            let buckets = self.shelf.get(&chunk.bands[band]);
            chunk.ids.iter().copied().zip(buckets.iter().copied())
        })
    }

    /// Gives an article's buckets, one a band; none where it is too short.
    pub(super) fn buckets(&self, id: ArticleId) -> Vec<u32> {
        let Some(place) = self.places.get(id.index()).and_then(|place| place.checked_sub(1)) else {
            return Vec::new();
        };
        let (chunk, index) = (&self.chunks[place as usize / CHUNK], place as usize % CHUNK);
        chunk.bands.iter().map(|band| self.shelf.get(band)[index]).collect()
    }
}
