//! A survey in, out how many of the pairs that resemble each other its index makes candidates of, as predicted and as
//! measured, and how many an index with other settings would.
//!
//! What is measured is every pair of a sample of the articles, by their exact shingle sets.
//! Cost: sketches and candidates of all articles once more for each of the other settings; nothing is read again.

use std::collections::BTreeMap;

use super::candidates::candidates;
use super::signed::{Signed, sign};
use super::survey::Survey;
use super::sweep::LabeledSet;
use crate::article::ArticleId;
use crate::error::Error;
use crate::index::Pair;
use crate::settings::Settings;
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

/// How candidates are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndexSetting {
    /// How signatures are cut.
    pub banding: Banding,
    /// The winnowing window.
    pub window: usize,
}

impl IndexSetting {
    /// Gives the setting of a run.
    pub fn of(settings: &Settings) -> Self {
        Self { banding: settings.banding(), window: settings.window }
    }

    /// Puts it into settings; signatures become as long as it needs.
    #[must_use]
    pub fn within(self, settings: &Settings) -> Settings {
        let Self { banding: Banding { bands, rows }, window } = self;
        Settings {
            num_hashes: settings.num_hashes.max(bands * rows),
            bands,
            rows,
            window,
            ..settings.clone()
        }
    }

    /// Gives its name in reports, as `32x4/8`: bands, rows, window.
    pub fn name(self) -> String {
        format!("{}x{}/{}", self.banding.bands, self.banding.rows, self.window)
    }
}

/// IdenticalArticles that the index of a run found, and what a setting finds of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CopiesFound {
    /// All of them.
    pub all: usize,
    /// Those that are candidates.
    pub candidates: usize,
    /// Those that have a band in common: what there would be without fingerprints.
    pub in_bands: usize,
}

/// How much of what is there the index finds.
#[derive(Clone, Debug, PartialEq)]
pub struct IndexShare {
    /// How candidates are found.
    pub setting: IndexSetting,
    /// The candidates among all articles.
    pub candidates: usize,
    /// Of the pairs that the threshold of the settings calls copies.
    pub copies: CopiesFound,
    /// Of the labeled pairs that are positive: those that are candidates, and all; nothing without labels.
    pub labels: Option<(usize, usize)>,
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
    /// Compares up to `sample` different articles each with each, and sees what the index of the run makes of them, and
    /// then what it would by `others`, each once. What is masked stays as it is.
    ///
    /// # Panics
    /// Where one of the others is out of its range.
    pub(super) fn all(
        survey: &Survey,
        others: &[IndexSetting],
        sample: usize,
        seed: u64,
        labels: Option<&LabeledSet<'_>>,
    ) -> Result<Vec<Self>, Error> {
        let pile = &survey.pile;
        let ids = drawn(survey, sample, seed);
        let pairs = resemblances(survey, &ids);
        let own = IndexSetting::of(survey.settings());
        let measured = |setting, signed: &Signed, candidates: &[Pair]| {
            let is_candidate = |one, other| survey.is_among(candidates, one, other);
            Self {
                setting,
                candidates: candidates.len(),
                copies: copies(survey, signed, &is_candidate),
                labels: labels.map(|labels| labels.in_index(&is_candidate)),
                sample: ids.len(),
                bins: bins(setting.banding, signed, &pairs, &is_candidate),
            }
        };
        let mut shares = vec![measured(own, &pile.signed, &pile.pairs)];
        for &setting in others {
            if shares.iter().any(|share| share.setting == setting) {
                continue;
            }
            let settings = setting.within(survey.settings());
            assert!(settings.check().is_ok(), "{} is out of its range", setting.name());
            let (signed, posted) = sign(&pile.corpus, &pile.leaders, None, &settings, pile.budget)?;
            let found = candidates(&pile.corpus, &signed, posted, &settings, pile.lowest, pile.budget)?;
            shares.push(measured(setting, &signed, &found));
        }
        Ok(shares)
    }
}

/// Draws different articles that are long enough to be compared, ascending.
fn drawn(survey: &Survey, sample: usize, seed: u64) -> Vec<ArticleId> {
    let (pile, shortest) = (&survey.pile, survey.settings().shortest_article());
    let mut ids: Vec<ArticleId> =
        pile.leaders.iter().copied().filter(|&id| pile.corpus.words(id) >= shortest).collect();
    let mut random = SplitMix64::new(seed);
    for place in 0..sample.min(ids.len()) {
        let other = place + random.below(ids.len() - place);
        ids.swap(place, other);
    }
    ids.truncate(sample);
    ids.sort_unstable();
    ids
}

/// Counts the pairs that the threshold of the settings calls copies.
fn copies(
    survey: &Survey,
    signed: &Signed,
    is_candidate: &dyn Fn(ArticleId, ArticleId) -> bool,
) -> CopiesFound {
    let settings = survey.settings();
    let rule = survey.rule(settings.by);
    let mut counts = CopiesFound::default();
    for measure in survey.measures().iter().filter(|measure| measure.reach(&rule) >= settings.threshold) {
        let (one, other) = measure.articles();
        counts.all += 1;
        counts.candidates += usize::from(is_candidate(one, other));
        counts.in_bands += usize::from(share_a_band(signed, one, other));
    }
    counts
}

fn share_a_band(signed: &Signed, one: ArticleId, other: ArticleId) -> bool {
    let [left, right] = [one, other].map(|id| signed.buckets(id));
    left.iter().zip(&right).any(|(one, other)| one == other)
}

/// Sorts pairs into ranges of their resemblance.
fn bins(
    banding: Banding,
    signed: &Signed,
    pairs: &[((ArticleId, ArticleId), f64)],
    is_candidate: &dyn Fn(ArticleId, ArticleId) -> bool,
) -> Vec<IndexBin> {
    let mut bins = vec![(0_u32, 0.0, 0_u32, 0_u32); BINS];
    for &((one, other), resemblance) in pairs {
        let bin = &mut bins[((resemblance * BINS as f64) as usize).min(BINS - 1)];
        bin.0 += 1;
        bin.1 += banding.chance(resemblance);
        bin.2 += u32::from(share_a_band(signed, one, other));
        bin.3 += u32::from(is_candidate(one, other));
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
    bins
}

/// Gives the resemblance of every pair that has one worth counting.
fn resemblances(survey: &Survey, ids: &[ArticleId]) -> Vec<((ArticleId, ArticleId), f64)> {
    let mut postings: Vec<(u64, u32)> = Vec::new();
    let mut sizes = Vec::with_capacity(ids.len());
    let mut shingles = Vec::new();
    for (number, &id) in (0..).zip(ids) {
        shingle(&survey.corpus().tokens(id), survey.settings().shingle_size, &mut shingles);
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
