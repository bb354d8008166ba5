//! Defines the record of a sweep: all results, for programs.

use serde::Serialize;

use super::cluster_series_record::{ClusterPointRecord, ClusterSeriesRecord};
use super::example_record::ExampleRecord;
use super::index_recall_record::IndexRecallRecord;
use super::pair_series_record::{PairCurveRecord, PairSeriesRecord};
use super::recommendation_record::RecommendationRecord;
use crate::report::score_name;
use crate::sweep::Sweep;

/// The results of a sweep by threshold, at one shingle size.
#[derive(Clone, Debug, Serialize)]
pub struct SweepRecord<'a> {
    recommendation: RecommendationRecord,
    shingle_size: usize,
    by: &'static str,
    boilerplate: bool,
    articles: usize,
    identical: usize,
    masked: usize,
    candidates: usize,
    measured: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    labels: Option<LabelsRecord>,
    distributions: Vec<DistributionRecord<'a>>,
    pairs: Vec<PairSeriesRecord<'a>>,
    clusters: Vec<ClusterSeriesRecord>,
    predicted: Vec<PredictedRecord<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    index: Vec<IndexRecallRecord>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    wrong: &'a [ExampleRecord],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    sample: &'a [ExampleRecord],
}

#[derive(Clone, Debug, Serialize)]
struct LabelsRecord {
    used: usize,
    positive_pairs: f64,
    negative_pairs: f64,
    positive_candidates: usize,
    unlabeled: usize,
    unknown: usize,
    ambiguous: usize,
    repeated: usize,
    contradictory: usize,
}

#[derive(Clone, Debug, Serialize)]
struct DistributionRecord<'a> {
    score: &'static str,
    /// Pairs in equally wide bins from 0 to 1.
    pairs: &'a [usize],
}

#[derive(Clone, Debug, Serialize)]
struct PredictedRecord<'a> {
    name: &'a str,
    #[serde(flatten)]
    point: ClusterPointRecord,
    /// The pairs by the score of the tool, if it gives one.
    #[serde(skip_serializing_if = "Option::is_none")]
    scores: Option<PairCurveRecord>,
}

impl<'a> SweepRecord<'a> {
    /// Creates the record of a sweep. `wrong` and `sample` are examples that are added to it.
    pub fn new(sweep: &'a Sweep, wrong: &'a [ExampleRecord], sample: &'a [ExampleRecord]) -> Self {
        Self {
            recommendation: RecommendationRecord::new(sweep),
            shingle_size: sweep.settings.shingle_size,
            by: score_name(sweep.settings.by),
            boilerplate: sweep.settings.boilerplate,
            articles: sweep.counts.articles,
            identical: sweep.counts.identical,
            masked: sweep.counts.masked,
            candidates: sweep.counts.candidates,
            measured: sweep.counts.matches,
            labels: LabelsRecord::new(sweep),
            distributions: sweep
                .distributions
                .iter()
                .map(|(method, pairs)| DistributionRecord { score: method.name(), pairs })
                .collect(),
            pairs: sweep.pairs.iter().map(PairSeriesRecord::new).collect(),
            clusters: sweep.clusters.iter().map(ClusterSeriesRecord::new).collect(),
            predicted: sweep
                .predicted
                .iter()
                .map(|predicted| PredictedRecord {
                    name: &predicted.name,
                    point: ClusterPointRecord::new(&predicted.clusters),
                    scores: predicted.curve.as_ref().map(PairCurveRecord::new),
                })
                .collect(),
            index: sweep.index.iter().map(IndexRecallRecord::new).collect(),
            wrong,
            sample,
        }
    }
}

impl LabelsRecord {
    /// Creates the record of the labels of a sweep; nothing if it has none.
    fn new(sweep: &Sweep) -> Option<Self> {
        let (positive_pairs, negative_pairs) = sweep.labeled_pairs?;
        let (positive_candidates, _) = sweep.labels_in_index?;
        let counts = sweep.labels;
        Some(Self {
            used: counts.used,
            positive_pairs,
            negative_pairs,
            positive_candidates,
            unlabeled: counts.unlabeled,
            unknown: counts.unknown,
            ambiguous: counts.ambiguous,
            repeated: counts.repeated,
            contradictory: counts.contradictory,
        })
    }
}
