//! A survey in, out how many of the pairs that resemble each other its index makes candidates of, as predicted and as
//! measured.
//!
//! What is measured is every pair of a sample of the articles, by their exact shingle sets.

use std::collections::BTreeMap;

use super::survey::Survey;
use crate::article::ArticleId;
use crate::shingle::shingle;
use crate::sketch::{Banding, SplitMix64};

/// The pairs of a range of resemblance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IndexBin {
    /// The least resemblance of the range.
    pub from: f64,
    /// What is above the range; the last one holds 1.
    pub to: f64,
    /// The pairs of the sample with a resemblance in the range.
    pub pairs: usize,
    /// The share of these that should have a band in common, as their resemblances say.
    pub predicted: f64,
    /// The share that have one.
    pub in_bands: f64,
    /// The share that are candidates, by bands or by fingerprints.
    pub candidates: f64,
}

/// How much of what is there the index finds.
#[derive(Clone, Debug, PartialEq)]
pub struct IndexShare {
    /// How signatures are cut.
    pub banding: Banding,
    /// The winnowing window.
    pub window: usize,
    /// The candidates among all articles.
    pub candidates: usize,
    /// How many different articles were compared each with each.
    pub sample: usize,
    /// The ranges of resemblance, ascending.
    pub bins: Vec<IndexBin>,
}

/// Ranges of resemblance.
const BINS: usize = 10;
/// Pairs that resemble each other less share phrases.
const LEAST: f64 = 0.05;

impl IndexShare {
    /// Compares up to `sample` different articles each with each.
    pub(super) fn new(survey: &Survey, sample: usize, seed: u64) -> Self {
        let (pile, settings) = (&survey.pile, survey.settings());
        let shortest = settings.shortest_article();
        let mut ids: Vec<ArticleId> =
            pile.leaders.iter().copied().filter(|&id| pile.corpus.words(id) >= shortest).collect();
        let mut random = SplitMix64::new(seed);
        for place in 0..sample.min(ids.len()) {
            let other = place + random.below(ids.len() - place);
            ids.swap(place, other);
        }
        ids.truncate(sample);
        ids.sort_unstable();
        let banding = settings.banding();
        let mut bins = vec![(0_u32, 0.0, 0_u32, 0_u32); BINS];
        for ((one, other), resemblance) in resemblances(survey, &ids) {
            let [left, right] = [one, other].map(|id| pile.book.buckets(id));
            let in_band = left.iter().zip(&right).any(|(one, other)| one == other);
            let bin = &mut bins[((resemblance * BINS as f64) as usize).min(BINS - 1)];
            bin.0 += 1;
            bin.1 += banding.chance(resemblance);
            bin.2 += u32::from(in_band);
            bin.3 += u32::from(survey.is_candidate(one, other));
        }
        let bins = (0..).zip(bins).map(|(number, (pairs, predicted, in_bands, candidates))| {
            let share = |part: f64| if pairs == 0 { 0.0 } else { part / f64::from(pairs) };
            IndexBin {
                from: f64::from(number) / BINS as f64,
                to: f64::from(number + 1) / BINS as f64,
                pairs: pairs as usize,
                predicted: share(predicted),
                in_bands: share(f64::from(in_bands)),
                candidates: share(f64::from(candidates)),
            }
        });
        let mut bins: Vec<IndexBin> = bins.collect();
        bins[0].from = LEAST;
        Self { banding, window: settings.window, candidates: pile.pairs.len(), sample: ids.len(), bins }
    }
}

/// Gives the resemblance of every pair that has one worth counting.
fn resemblances(survey: &Survey, ids: &[ArticleId]) -> Vec<((ArticleId, ArticleId), f64)> {
    let mut postings: Vec<(u64, u32)> = Vec::new();
    let mut sizes = Vec::with_capacity(ids.len());
    let mut shingles = Vec::new();
    for (number, &id) in (0..).zip(ids) {
        shingle(survey.corpus().tokens(id), survey.settings().shingle_size, &mut shingles);
        shingles.sort_unstable();
        shingles.dedup();
        sizes.push(shingles.len());
        postings.extend(shingles.iter().map(|&value| (value, number)));
    }
    postings.sort_unstable();
    // A row a sparse matrix: for each article those behind it with which it shares shingles.
    let mut shared: Vec<BTreeMap<u32, u32>> = vec![BTreeMap::new(); ids.len()];
    for list in postings.chunk_by(|one, other| one.0 == other.0) {
        for (place, &(_, one)) in list.iter().enumerate() {
            for &(_, other) in &list[place + 1..] {
                *shared[one as usize].entry(other).or_default() += 1;
            }
        }
    }
    let mut out = Vec::new();
    for (one, row) in shared.into_iter().enumerate() {
        for (other, both) in row {
            let other = other as usize;
            let resemblance = f64::from(both) / (sizes[one] + sizes[other] - both as usize) as f64;
            if resemblance >= LEAST {
                out.push(((ids[one], ids[other]), resemblance));
            }
        }
    }
    out
}
