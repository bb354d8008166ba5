//! Measures the recall of the index: the share of similar pairs that become candidates, as predicted by theory and as
//! measured, with the settings of the run and with others.
//!
//! All pairs of a sample of articles are compared by their exact shingle sets.
//! Cost: for each of the other settings, the sketches and the candidates of all articles; nothing is read again.

use std::collections::BTreeMap;

use super::labels::LabeledSet;
use super::survey::Survey;
use crate::article::ArticleId;
use crate::error::Error;
use crate::index::{Pair, Signatures, candidates, sign};
use crate::settings::Settings;
use crate::shingle::shingle;
use crate::sketch::{Banding, SplitMix64};

/// The pairs with a resemblance in a range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RecallBin {
    /// The least resemblance of the range, included.
    pub from: f64,
    /// The end of the range, excluded; the last range includes 1.
    pub to: f64,
    /// The number of pairs of the sample with a resemblance in the range.
    pub pairs: usize,
    /// The share of these pairs that is expected, from their resemblances, to have an equal band.
    pub predicted: f64,
    /// The share of these pairs that has an equal band.
    pub in_bands: f64,
    /// The share of these pairs that are candidates, by bands or by fingerprints.
    pub candidates: f64,
}

/// The settings of an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndexSetting {
    /// The division of signatures into bands.
    pub banding: Banding,
    /// The number of shingles in a winnowing window.
    pub window: usize,
}

impl IndexSetting {
    /// Returns the settings of a run.
    pub fn of(settings: &Settings) -> Self {
        Self { banding: settings.banding(), window: settings.window }
    }

    /// Returns other settings with these; signatures become as long as the bands need.
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

    /// Returns the name in reports, such as `32x4/8`: bands, rows, window.
    pub fn name(self) -> String {
        format!("{}x{}/{}", self.banding.bands, self.banding.rows, self.window)
    }
}

/// The number of copies that a run found, and how many of them an index finds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CopiesFound {
    /// The number of copies.
    pub all: usize,
    /// The number of copies that are candidates.
    pub candidates: usize,
    /// The number of copies with an equal band: what the index would find without fingerprints.
    pub in_bands: usize,
}

/// The recall of an index.
#[derive(Clone, Debug, PartialEq)]
pub struct IndexRecall {
    /// The settings of the index.
    pub setting: IndexSetting,
    /// The number of candidates among all articles.
    pub candidates: usize,
    /// The copies by the threshold of the settings.
    pub copies: CopiesFound,
    /// The number of positive labeled pairs that are candidates, and the number of all positive labeled pairs;
    /// nothing without labels.
    pub labels: Option<(usize, usize)>,
    /// The number of different articles that were compared each with each.
    pub sample: usize,
    /// The ranges of resemblance, ascending.
    pub bins: Vec<RecallBin>,
}

/// The number of ranges of resemblance.
const BINS: usize = 10;
/// The lowest resemblance that counts. Pairs with less share phrases.
const LOWEST: f64 = 0.05;

impl IndexRecall {
    /// Compares up to `sample` different articles each with each, and returns the recall of the index of the run and then
    /// of `others`, each once. Masks stay as they are.
    ///
    /// # Errors
    /// [`Error::Storage`] if what does not fit into memory cannot be stored.
    ///
    /// # Panics
    /// If one of the others is out of its range.
    pub(super) fn all(
        survey: &Survey,
        others: &[IndexSetting],
        sample: usize,
        seed: u64,
        labels: Option<&LabeledSet<'_>>,
    ) -> Result<Vec<Self>, Error> {
        let prepared = &survey.prepared;
        let ids = drawn(survey, sample, seed);
        let pairs = resemblances(survey, &ids);
        let own = IndexSetting::of(survey.settings());
        let measured = |setting, signatures: &Signatures, candidates: &[Pair]| {
            let is_candidate = |one, other| survey.is_among(candidates, one, other);
            Self {
                setting,
                candidates: candidates.len(),
                copies: copies(survey, signatures, &is_candidate),
                labels: labels.map(|labels| labels.in_index(&is_candidate)),
                sample: ids.len(),
                bins: bins(setting.banding, signatures, &pairs, &is_candidate),
            }
        };
        let mut recalls = vec![measured(own, &prepared.signatures, &prepared.pairs)];
        for &setting in others {
            if recalls.iter().any(|recall: &Self| recall.setting == setting) {
                continue;
            }
            let settings = setting.within(survey.settings());
            assert!(settings.check().is_ok(), "{} is out of its range", setting.name());
            let rule = settings.index_rule_for(prepared.lowest_score);
            let (corpus, storage) = (&prepared.corpus, &prepared.storage);
            let (signatures, postings) = sign(corpus, &prepared.leaders, None, &rule, storage)?;
            let found = candidates(corpus, &signatures, postings, &rule, storage)?;
            recalls.push(measured(setting, &signatures, &found));
        }
        Ok(recalls)
    }
}

/// Returns a random sample of the different articles that are long enough to be compared, ascending.
fn drawn(survey: &Survey, sample: usize, seed: u64) -> Vec<ArticleId> {
    let (prepared, shortest) = (&survey.prepared, survey.settings().shortest_article());
    let mut ids: Vec<ArticleId> =
        prepared.leaders.iter().copied().filter(|&id| prepared.corpus.words(id) >= shortest).collect();
    let mut random = SplitMix64::new(seed);
    for place in 0..sample.min(ids.len()) {
        let other = place + random.below(ids.len() - place);
        ids.swap(place, other);
    }
    ids.truncate(sample);
    ids.sort_unstable();
    ids
}

/// Counts the copies by the threshold of the settings.
fn copies(
    survey: &Survey,
    signatures: &Signatures,
    is_candidate: &dyn Fn(ArticleId, ArticleId) -> bool,
) -> CopiesFound {
    let settings = survey.settings();
    let rule = survey.rule(settings.by);
    let mut counts = CopiesFound::default();
    for measure in
        survey.measures().iter().filter(|measure| measure.copy_threshold(&rule) >= settings.threshold)
    {
        let (one, other) = measure.articles();
        counts.all += 1;
        counts.candidates += usize::from(is_candidate(one, other));
        counts.in_bands += usize::from(share_a_band(signatures, one, other));
    }
    counts
}

fn share_a_band(signatures: &Signatures, one: ArticleId, other: ArticleId) -> bool {
    let [left, right] = [one, other].map(|id| signatures.buckets(id));
    left.iter().zip(&right).any(|(one, other)| one == other)
}

/// Counts pairs by ranges of their resemblance.
fn bins(
    banding: Banding,
    signatures: &Signatures,
    pairs: &[((ArticleId, ArticleId), f64)],
    is_candidate: &dyn Fn(ArticleId, ArticleId) -> bool,
) -> Vec<RecallBin> {
    let mut bins = vec![(0_u32, 0.0, 0_u32, 0_u32); BINS];
    for &((one, other), resemblance) in pairs {
        let bin = &mut bins[((resemblance * BINS as f64) as usize).min(BINS - 1)];
        bin.0 += 1;
        bin.1 += banding.candidate_probability(resemblance);
        bin.2 += u32::from(share_a_band(signatures, one, other));
        bin.3 += u32::from(is_candidate(one, other));
    }
    let bins = (0..).zip(bins).map(|(number, (pairs, predicted, in_bands, candidates))| {
        let share = |part: f64| if pairs == 0 { 0.0 } else { part / f64::from(pairs) };
        RecallBin {
            from: f64::from(number) / BINS as f64,
            to: f64::from(number + 1) / BINS as f64,
            pairs: pairs as usize,
            predicted: share(predicted),
            in_bands: share(f64::from(in_bands)),
            candidates: share(f64::from(candidates)),
        }
    });
    let mut bins: Vec<RecallBin> = bins.collect();
    bins[0].from = LOWEST;
    bins
}

/// Returns all pairs with a resemblance of at least [`LOWEST`].
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
    // A sparse matrix: for each article the later ones with which it shares shingles, and the number of these.
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
            if resemblance >= LOWEST {
                out.push(((ids[one], ids[other]), resemblance));
            }
        }
    }
    out
}
