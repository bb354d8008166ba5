//! Tokens in, sketches out; those of whole articles are kept in columns beside the articles they were made of.
//!
//! Fingerprints are made of whole articles as they are taken in: what a site repeats shows in them. When it is masked
//! they have done their work, and what is left of every article that is compared is signed and fingerprinted. So no
//! signature is made that is not used.

use rayon::prelude::*;

use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::error::Error;
use crate::settings::Settings;
use crate::shingle::shingle;
use crate::sketch::{Banding, Context, ContextRule, Fingerprint, MinHasher, winnow};
use crate::store::Budget;
use crate::store::{Column, Store, StoreWriter, list_at};
use crate::text::Token;

/// Makes sketches.
#[derive(Clone, Debug)]
pub(super) struct Sketcher {
    shingle_size: usize,
    window: usize,
    banding: Banding,
    /// The fewest words of an article that is sketched.
    pub(super) shortest: usize,
    hasher: MinHasher,
    context: ContextRule,
}

/// The memory of one thread that makes sketches.
#[derive(Default)]
pub(super) struct Scratch {
    shingles: Vec<u64>,
    signature: Vec<u32>,
    /// Where fingerprints stand.
    positions: Vec<u32>,
}

impl Sketcher {
    pub(super) fn new(settings: &Settings) -> Self {
        Self {
            shingle_size: settings.shingle_size,
            window: settings.window,
            banding: settings.banding(),
            shortest: settings.shortest_article(),
            hasher: MinHasher::new(settings.bands * settings.rows),
            context: settings.context_rule(),
        }
    }

    /// Puts the fingerprints of an article behind those of others; one that is too short has none.
    pub(super) fn fingerprint(&self, tokens: &[Token], scratch: &mut Scratch, out: &mut Fingerprints) {
        if tokens.len() >= self.shortest {
            shingle(tokens, self.shingle_size, &mut scratch.shingles);
            let shingles = &scratch.shingles;
            winnow(shingles, self.window, |position| {
                out.values.push(Fingerprint { value: value(shingles[position]), position: position as u32 });
            });
        }
        out.ends.push(out.values.len() as u32);
    }

    /// Hands out the buckets of a core, band after band, and then the values of its fingerprints with what stands
    /// around them, of those of which `is_wanted` by their values and positions. `seed` is another one for each article.
    pub(super) fn index(
        &self,
        tokens: &[Token],
        seed: u64,
        scratch: &mut Scratch,
        bucket: impl FnMut(u32),
        mut is_wanted: impl FnMut(u32, usize) -> bool,
        mut fingerprint: impl FnMut(u32, Context),
    ) {
        let Scratch { shingles, signature, positions } = scratch;
        shingle(tokens, self.shingle_size, shingles);
        self.hasher.sign(shingles, signature);
        self.banding.buckets(signature).for_each(bucket);
        positions.clear();
        winnow(shingles, self.window, |position| positions.push(position as u32));
        // Which are wanted may be a look into far memory: nothing waits for one of them.
        let mut wanted = 0;
        for at in 0..positions.len() {
            let position = positions[at];
            positions[wanted] = position;
            wanted += usize::from(is_wanted(value(shingles[position as usize]), position as usize));
        }
        for position in positions[..wanted].iter().map(|&position| position as usize) {
            fingerprint(value(shingles[position]), self.context.around(tokens, position, seed));
        }
    }
}

/// What is kept of a chosen shingle.
fn value(shingle: u64) -> u32 {
    (shingle >> 32) as u32
}

/// The fingerprints of a stretch of articles, as they are made.
#[derive(Debug, Default)]
pub(super) struct Fingerprints {
    values: Vec<Fingerprint>,
    ends: Vec<u32>,
}

impl Fingerprints {
    /// Puts them away.
    pub(super) fn put_away(mut self, store: &StoreWriter, held: usize) -> Result<StoredFingerprints, Error> {
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
    fn of<'a>(&'a self, index: usize, shelf: &'a Store) -> &'a [Fingerprint] {
        shelf.part(&self.values, list_at(&self.ends, index))
    }
}

/// The fingerprints of all articles, whole.
#[derive(Debug)]
pub(super) struct Sketchbook {
    /// By the parts of the corpus.
    parts: Vec<StoredFingerprints>,
    shelf: Store,
}

impl Sketchbook {
    /// Opens a book with the fingerprints of the articles of each part of a corpus, which were put into `store`.
    pub(super) fn new(
        parts: Vec<StoredFingerprints>,
        store: StoreWriter,
        budget: Budget,
    ) -> Result<Self, Error> {
        Ok(Self { parts, shelf: store.close(budget.shown())? })
    }

    /// Makes the fingerprints of all articles of a corpus, in parallel.
    pub(super) fn of_all(
        corpus: &Corpus,
        sketcher: &Sketcher,
        store: StoreWriter,
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

    /// Gives the fingerprints of an article, by position.
    pub(super) fn fingerprints(&self, corpus: &Corpus, id: ArticleId) -> &[Fingerprint] {
        let (part, index) = corpus.place_in_parts(id);
        self.parts[part].of(index, &self.shelf)
    }

    /// Gives them in `room` where they have to be read: for those who look at articles here and there.
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
