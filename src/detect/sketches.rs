//! Tokens in, sketches out, kept in columns beside the articles they were made of.
//!
//! Fingerprints are made of whole articles as they are taken in: what a site repeats shows in them. When it is masked,
//! every article that is compared is signed, and those that were masked get new fingerprints. So no signature is made
//! that is not used.

use rayon::prelude::*;

use super::budget::Budget;
use crate::article::ArticleId;
use crate::config::Settings;
use crate::corpus::Corpus;
use crate::error::Error;
use crate::shingle::shingle;
use crate::sketch::{Banding, Fingerprint, MinHasher, winnow};
use crate::store::{Column, Shelf, Store, list_at};
use crate::text::Token;

/// Makes sketches.
#[derive(Clone, Debug)]
pub(super) struct Sketcher {
    shingle_size: usize,
    window: usize,
    banding: Banding,
    shortest: usize,
    hasher: MinHasher,
}

/// The memory of one thread that makes sketches.
#[derive(Default)]
pub(super) struct Scratch {
    shingles: Vec<u64>,
    signature: Vec<u32>,
}

impl Sketcher {
    pub(super) fn new(settings: &Settings) -> Self {
        Self {
            shingle_size: settings.shingle_size,
            window: settings.window,
            banding: settings.banding(),
            shortest: settings.shortest_article(),
            hasher: MinHasher::new(settings.bands * settings.rows),
        }
    }

    /// Puts the fingerprints of an article behind those of others; one that is too short has none.
    pub(super) fn fingerprint(&self, tokens: &[Token], scratch: &mut Scratch, out: &mut Fingerprints) {
        if tokens.len() >= self.shortest {
            shingle(tokens, self.shingle_size, &mut scratch.shingles);
            self.winnow(&scratch.shingles, &mut out.values);
        }
        out.ends.push(out.values.len() as u32);
    }

    fn winnow(&self, shingles: &[u64], out: &mut Vec<Fingerprint>) {
        winnow(shingles, self.window, |position| {
            let value = (shingles[position] >> 32) as u32;
            out.push(Fingerprint { value, position: position as u32 });
        });
    }
}

/// The fingerprints of a stretch of articles, as they are made.
#[derive(Debug, Default)]
pub(super) struct Fingerprints {
    values: Vec<Fingerprint>,
    ends: Vec<u32>,
}

impl Fingerprints {
    /// Puts them away.
    pub(super) fn put_away(mut self, store: &Store, held: usize) -> Result<StoredFingerprints, Error> {
        self.ends.shrink_to_fit();
        Ok(StoredFingerprints { values: store.put(self.values, held)?, ends: self.ends })
    }
}

/// The fingerprints of a stretch of articles that were put away.
#[derive(Debug, Default)]
pub(super) struct StoredFingerprints {
    values: Column<Fingerprint>,
    ends: Vec<u32>,
}

impl StoredFingerprints {
    fn of<'a>(&'a self, index: usize, shelf: &'a Shelf) -> &'a [Fingerprint] {
        shelf.part(&self.values, list_at(&self.ends, index))
    }
}

/// The sketches of all articles.
#[derive(Debug, Default)]
pub(super) struct Sketchbook {
    /// The fingerprints of whole articles, by the parts of the corpus.
    parts: Vec<StoredFingerprints>,
    shelf: Shelf,
    signed: Signed,
}

impl Sketchbook {
    /// Opens a book with the fingerprints of the articles of each part of a corpus, which were put into `store`.
    pub(super) fn new(parts: Vec<StoredFingerprints>, store: Store, budget: Budget) -> Result<Self, Error> {
        Ok(Self { parts, shelf: store.close(budget.shown())?, signed: Signed::default() })
    }

    /// Makes the fingerprints of all articles of a corpus, in parallel.
    pub(super) fn of_all(
        corpus: &Corpus,
        sketcher: &Sketcher,
        store: Store,
        budget: Budget,
    ) -> Result<Self, Error> {
        let part = |part: usize| {
            let (mut scratch, mut out) = (Scratch::default(), Fingerprints::default());
            for &id in corpus.ids_of_part(part) {
                sketcher.fingerprint(corpus.all_tokens(id), &mut scratch, &mut out);
            }
            out.put_away(&store, budget.sketches_held())
        };
        let parts: Result<_, Error> = (0..corpus.parts()).into_par_iter().map(part).collect();
        Self::new(parts?, store, budget)
    }

    /// Signs the cores of leaders, and makes the fingerprints of those again of which something is masked.
    pub(super) fn sign(
        &mut self,
        corpus: &Corpus,
        sketcher: &Sketcher,
        leaders: &[ArticleId],
        store: Store,
        budget: Budget,
    ) -> Result<(), Error> {
        self.signed = Signed::new(corpus, sketcher, leaders, store, budget)?;
        Ok(())
    }

    /// Gives the articles that have a signature, in the order of their buckets in [`Sketchbook::band`].
    pub(super) fn signed(&self) -> impl Iterator<Item = ArticleId> + '_ {
        self.signed.chunks.iter().flat_map(|chunk| chunk.ids.iter().copied())
    }

    /// Gives their buckets in one band.
    pub(super) fn band(&self, band: usize) -> impl Iterator<Item = u32> + '_ {
        self.signed
            .chunks
            .iter()
            .flat_map(move |chunk| self.signed.shelf.get(&chunk.bands[band]).iter().copied())
    }

    /// Gives an article's buckets, one a band; none where it is too short.
    pub(super) fn buckets(&self, id: ArticleId) -> Vec<u32> {
        let Some((chunk, index)) = self.signed.find(id) else {
            return Vec::new();
        };
        chunk.bands.iter().map(|band| self.signed.shelf.get(band)[index]).collect()
    }

    /// Gives an article's fingerprints, by position; of its core, once it is signed.
    pub(super) fn fingerprints(&self, corpus: &Corpus, id: ArticleId) -> &[Fingerprint] {
        if corpus.is_masked(id) {
            let found = self.signed.find(id);
            return found.map_or(&[], |(chunk, index)| chunk.fingerprints.of(index, &self.signed.shelf));
        }
        let (part, index) = corpus.place_in_parts(id);
        self.parts[part].of(index, &self.shelf)
    }

    /// Gives the fingerprints of a whole article, in `room` where they have to be read: for those who look at articles
    /// here and there.
    pub(super) fn read_fingerprints<'a>(
        &'a self,
        corpus: &Corpus,
        id: ArticleId,
        room: &'a mut Vec<Fingerprint>,
    ) -> &'a [Fingerprint] {
        let (part, index) = corpus.place_in_parts(id);
        let part = &self.parts[part];
        self.shelf.read(&part.values, list_at(&part.ends, index), room)
    }
}

/// Signatures, and fingerprints of cores, of the articles that are compared.
#[derive(Debug, Default)]
struct Signed {
    chunks: Vec<Chunk>,
    /// For each article its place among those that are signed, from 1.
    places: Vec<u32>,
    shelf: Shelf,
}

/// Articles that are signed together.
const CHUNK: usize = 1024;

/// Some signed articles.
#[derive(Debug)]
struct Chunk {
    ids: Vec<ArticleId>,
    /// For each band the buckets of these articles.
    bands: Vec<Column<u32>>,
    /// The fingerprints of those of them that are masked; none of the others.
    fingerprints: StoredFingerprints,
}

impl Signed {
    fn new(
        corpus: &Corpus,
        sketcher: &Sketcher,
        leaders: &[ArticleId],
        store: Store,
        budget: Budget,
    ) -> Result<Self, Error> {
        let long_enough = |id: &ArticleId| corpus.words(*id) >= sketcher.shortest;
        let mut is_leader = vec![false; corpus.len()];
        leaders.iter().filter(|&id| long_enough(id)).for_each(|id| is_leader[id.index()] = true);
        let in_order = corpus.ids_as_put_in().iter().copied();
        let ids: Vec<ArticleId> = in_order.filter(|id| is_leader[id.index()]).collect();
        let mut places = vec![0; corpus.len()];
        for (place, id) in (1..).zip(&ids) {
            places[id.index()] = place;
        }
        let chunk = |ids: &[ArticleId]| Chunk::new(corpus, sketcher, ids, &store, budget.signed_held());
        let chunks: Result<_, Error> = ids.par_chunks(CHUNK).map(chunk).collect();
        Ok(Self { chunks: chunks?, places, shelf: store.close(budget.shown())? })
    }

    fn find(&self, id: ArticleId) -> Option<(&Chunk, usize)> {
        let place = self.places.get(id.index())?.checked_sub(1)? as usize;
        Some((&self.chunks[place / CHUNK], place % CHUNK))
    }
}

impl Chunk {
    fn new(
        corpus: &Corpus,
        sketcher: &Sketcher,
        ids: &[ArticleId],
        store: &Store,
        held: usize,
    ) -> Result<Self, Error> {
        let mut scratch = Scratch::default();
        let mut bands = vec![Vec::with_capacity(ids.len()); sketcher.banding.bands];
        let mut fingerprints = Fingerprints::default();
        for &id in ids {
            shingle(corpus.tokens(id), sketcher.shingle_size, &mut scratch.shingles);
            sketcher.hasher.sign(&scratch.shingles, &mut scratch.signature);
            for (band, bucket) in bands.iter_mut().zip(sketcher.banding.buckets(&scratch.signature)) {
                band.push(bucket);
            }
            if corpus.is_masked(id) {
                sketcher.winnow(&scratch.shingles, &mut fingerprints.values);
            }
            fingerprints.ends.push(fingerprints.values.len() as u32);
        }
        let bands: Result<_, Error> = bands.into_iter().map(|band| store.put(band, held)).collect();
        Ok(Self { ids: ids.to_vec(), bands: bands?, fingerprints: fingerprints.put_away(store, held)? })
    }
}
