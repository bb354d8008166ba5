//! Cores in, what is indexed of them out: the buckets of their signatures, by band, and the postings of their
//! fingerprints, by ranges of values.
//!
//! Cost: one pass over the tokens of what is compared; four bytes a band, and 16 a posting: three and a half a
//! word at most, where all fingerprints are posted.

use rayon::prelude::*;

use super::sketches::{Scratch, Sketcher};
use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::error::Error;
use crate::index::Posting;
use crate::settings::Settings;
use crate::sketch::{Divided, DividedChunk, ValueFilter};
use crate::store::Budget;
use crate::store::{Column, Store, StoreWriter};

/// Articles that are indexed together.
const CHUNK: usize = 1024;

/// The articles that are compared, with their buckets.
#[derive(Debug, Default)]
pub(super) struct Signed {
    chunks: Vec<Chunk>,
    /// For each article its place among those that are signed, from 1.
    places: Vec<u32>,
    shelf: Store,
}

/// Some signed articles.
#[derive(Debug)]
struct Chunk {
    ids: Vec<ArticleId>,
    /// For each band the buckets of these articles.
    bands: Vec<Column<u32>>,
}

/// Signs the cores of leaders, in parallel, and posts their fingerprints; those that are too short are passed over, and
/// so are fingerprints that are not in `shared`, where that is known: what one article has alone brings no two together.
/// A run that stands in one piece in both of two articles has the same fingerprints in both, whatever is masked around
/// it; one that goes on across what is masked of one of them may have less in common than its length promises.
///
/// # Errors
/// What does not fit into memory cannot be kept.
pub(super) fn sign(
    corpus: &Corpus,
    leaders: &[ArticleId],
    shared: Option<&ValueFilter>,
    settings: &Settings,
    budget: Budget,
) -> Result<(Signed, Divided<Posting>), Error> {
    let sketcher = Sketcher::new(settings);
    let store = || StoreWriter::new(&settings.temp_folder(), settings.reserve());
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
            let (tokens, seed) = (corpus.tokens(id), u64::from(id.get()));
            let mut seams = corpus.seams(id);
            let is_wanted = |value, position| {
                let is_near = is_near(&mut seams, position, settings);
                shared.is_none_or(|shared| shared.may_hold(value) | is_near)
            };
            sketcher.index(&tokens, seed, scratch, bucket, is_wanted, |value, context| {
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

/// Tells whether a fingerprint at some place in a core may be chosen for what stands on both sides of a seam, which the
/// whole article need not have. Seams that lie behind are passed over for good.
fn is_near(seams: &mut &[u32], position: usize, settings: &Settings) -> bool {
    while let [seam, rest @ ..] = *seams
        && *seam as usize + settings.window <= position
    {
        *seams = rest;
    }
    let run = settings.window + settings.shingle_size;
    seams.first().is_some_and(|&seam| (seam as usize) < position + run)
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sketch::winnow;

    proptest! {
        #[test]
        fn far_from_seams_a_core_chooses_what_the_whole_article_does(
            before in prop::collection::vec(any::<u64>(), 0..40),
            masked in prop::collection::vec(any::<u64>(), 1..30),
            behind in prop::collection::vec(any::<u64>(), 0..40),
            shingle_size in 1_usize..7,
            window in 1_usize..12,
        ) {
            let settings = Settings { shingle_size, window, ..Settings::default() };
            let chosen = |tokens: &[u64]| -> Vec<usize> {
                // A shingle is told by all of its tokens, and sorts by them as a hash does.
                let hash = |run: &[u64]| run.iter().fold(0, |hash: u64, token| hash.rotate_left(9) ^ token);
                let shingles: Vec<u64> = tokens.windows(shingle_size).map(hash).collect();
                let mut out = Vec::new();
                winnow(&shingles, window, |position| out.push(position));
                out
            };
            let seam = before.len();
            let whole = chosen(&[before.as_slice(), &masked, &behind].concat());
            let core = [before.as_slice(), &behind].concat();
            let seams = [seam as u32];
            let mut seams = seams.as_slice();
            for position in chosen(&core) {
                let place = if position < seam { position } else { position + masked.len() };
                let is_near = is_near(&mut seams, position, &settings);
                prop_assert!(is_near || whole.contains(&place), "{position}");
            }
            prop_assert!(!is_near(&mut [].as_slice(), 3, &settings));
            prop_assert!(!is_near(&mut [seam as u32].as_slice(), seam + window, &settings));
        }
    }
}
