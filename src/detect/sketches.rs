//! Tokens in, sketches out, kept in columns beside the articles they were made of.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::article::ArticleId;
use crate::config::Settings;
use crate::corpus::Corpus;
use crate::shingle::shingle;
use crate::sketch::{Banding, MinHasher, winnow};
use crate::text::Token;

/// A fingerprint: the upper half of its shingle's hash, and where the shingle begins.
pub(super) type Fingerprint = (u32, u32);

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

    /// Sketches one article and puts it behind the others; one that is too short has an empty sketch.
    pub(super) fn sketch(&self, tokens: &[Token], scratch: &mut Scratch, out: &mut Sketches) {
        if tokens.len() >= self.shortest {
            shingle(tokens, self.shingle_size, &mut scratch.shingles);
            self.hasher.sign(&scratch.shingles, &mut scratch.signature);
            out.buckets.extend(self.banding.buckets(&scratch.signature));
            winnow(&scratch.shingles, self.window, |position| {
                out.fingerprints.push(((scratch.shingles[position] >> 32) as u32, position as u32));
            });
        }
        out.bucket_ends.push(out.buckets.len() as u32);
        out.fingerprint_ends.push(out.fingerprints.len() as u32);
    }
}

/// The sketches of a stretch of articles.
#[derive(Debug, Default)]
pub(super) struct Sketches {
    /// For each article its buckets, one a band.
    buckets: Vec<u32>,
    bucket_ends: Vec<u32>,
    fingerprints: Vec<Fingerprint>,
    fingerprint_ends: Vec<u32>,
}

impl Sketches {
    /// Gives back memory that more sketches would have used.
    pub(super) fn shrink(&mut self) {
        self.buckets.shrink_to_fit();
        self.fingerprints.shrink_to_fit();
    }

    fn of<'a, T>(values: &'a [T], ends: &[u32], index: usize) -> &'a [T] {
        let begin = if index == 0 { 0 } else { ends[index - 1] };
        &values[begin as usize..ends[index] as usize]
    }
}

/// The sketches of all articles.
#[derive(Debug, Default)]
pub(super) struct Sketchbook {
    parts: Vec<Sketches>,
    /// Articles that were sketched again, and their places in `renewed`.
    places: BTreeMap<ArticleId, usize>,
    renewed: Sketches,
}

impl Sketchbook {
    pub(super) fn push(&mut self, part: Sketches) {
        self.parts.push(part);
    }

    /// Sketches all articles of a corpus, in parallel stretches.
    pub(super) fn of_all(corpus: &Corpus, sketcher: &Sketcher) -> Self {
        let stretch = |part: usize| {
            let mut scratch = Scratch::default();
            let mut sketches = Sketches::default();
            for tokens in corpus.tokens_of_part(part) {
                sketcher.sketch(tokens, &mut scratch, &mut sketches);
            }
            sketches.shrink();
            sketches
        };
        let parts = (0..corpus.parts()).into_par_iter().map(stretch).collect();
        Self { parts, ..Self::default() }
    }

    /// Sketches articles again.
    pub(super) fn renew(&mut self, corpus: &Corpus, sketcher: &Sketcher, ids: &[ArticleId]) {
        let mut scratch = Scratch::default();
        for &id in ids {
            self.places.insert(id, self.renewed.bucket_ends.len());
            sketcher.sketch(corpus.tokens(id), &mut scratch, &mut self.renewed);
        }
    }

    /// Gives an article's buckets, one a band.
    pub(super) fn buckets(&self, corpus: &Corpus, id: ArticleId) -> &[u32] {
        let (sketches, index) = self.find(corpus, id);
        Sketches::of(&sketches.buckets, &sketches.bucket_ends, index)
    }

    /// Gives an article's fingerprints, by position.
    pub(super) fn fingerprints(&self, corpus: &Corpus, id: ArticleId) -> &[Fingerprint] {
        let (sketches, index) = self.find(corpus, id);
        Sketches::of(&sketches.fingerprints, &sketches.fingerprint_ends, index)
    }

    fn find(&self, corpus: &Corpus, id: ArticleId) -> (&Sketches, usize) {
        match self.places.get(&id) {
            Some(&index) => (&self.renewed, index),
            None => {
                let (part, index) = corpus.place_in_parts(id);
                (&self.parts[part], index)
            }
        }
    }
}
