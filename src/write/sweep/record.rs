//! A sweep in, its record out: everything that was counted, for programs.

use serde::Serialize;

use super::example::ExampleRecord;
use crate::evaluate::{Choice, ConfusionMatrix, Interval, Profile, Stretch};
use crate::report::rounded;
use crate::sweep::{ClusterPoint, ClusterSeries, IndexRecall, PairSeries, Sweep};
use crate::verify::Score;

/// What every threshold makes of the articles, at one shingle size.
#[derive(Clone, Debug, Serialize)]
pub struct SweepRecord<'a> {
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
    index: Vec<IndexRecord>,
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
struct PairSeriesRecord<'a> {
    method: &'static str,
    average_precision: f64,
    best: ChoiceRecord,
    points: Vec<PairPointRecord>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    kinds: Vec<KindRecord<'a>>,
}

#[derive(Clone, Debug, Serialize)]
struct ChoiceRecord {
    threshold: f64,
    interval: Option<[f64; 2]>,
    f1: f64,
    cross_validated_f1: Option<f64>,
    losses: Vec<LossRecord>,
}

#[derive(Clone, Debug, Serialize)]
struct LossRecord {
    threshold: f64,
    f1: f64,
    interval: Option<[f64; 2]>,
}

#[derive(Clone, Debug, Serialize)]
struct PairPointRecord {
    threshold: f64,
    #[serde(flatten)]
    confusion: ConfusionRecord,
    precision_interval: Option<[f64; 2]>,
    recall_interval: Option<[f64; 2]>,
    f1_interval: Option<[f64; 2]>,
}

/// A confusion, as records say it.
#[derive(Clone, Debug, Serialize)]
struct ConfusionRecord {
    true_positives: f64,
    false_positives: f64,
    false_negatives: f64,
    true_negatives: f64,
    precision: f64,
    recall: f64,
    f1: f64,
    accuracy: f64,
}

#[derive(Clone, Debug, Serialize)]
struct KindRecord<'a> {
    kind: &'a str,
    pairs: usize,
    positive: usize,
    found: usize,
    wrong: usize,
    /// At each threshold.
    found_at: Vec<usize>,
    wrong_at: Vec<usize>,
}

#[derive(Clone, Debug, Serialize)]
struct ClusterSeriesRecord {
    method: &'static str,
    linked: bool,
    profile: Option<ProfileRecord>,
    points: Vec<ClusterPointRecord>,
}

#[derive(Clone, Debug, Serialize)]
struct ProfileRecord {
    flat: StretchRecord,
    steep: StretchRecord,
}

#[derive(Clone, Debug, Serialize)]
struct StretchRecord {
    from: f64,
    to: f64,
    removable_from: usize,
    removable_to: usize,
}

#[derive(Clone, Debug, Serialize)]
struct ClusterPointRecord {
    #[serde(skip_serializing_if = "Option::is_none")]
    threshold: Option<f64>,
    clusters: usize,
    largest: usize,
    clustered: usize,
    removable: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pairs: Option<ConfusionRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    f1_interval: Option<[f64; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quality: Option<QualityRecord>,
}

#[derive(Clone, Debug, Serialize)]
struct QualityRecord {
    bcubed_precision: f64,
    bcubed_recall: f64,
    bcubed_f: f64,
    bcubed_f_interval: Option<[f64; 2]>,
    adjusted_rand_index: f64,
    glued: usize,
    largest_wrong: usize,
    fragmentation: f64,
}

#[derive(Clone, Debug, Serialize)]
struct PredictedRecord<'a> {
    name: &'a str,
    #[serde(flatten)]
    point: ClusterPointRecord,
}

#[derive(Clone, Debug, Serialize)]
struct IndexRecord {
    bands: usize,
    rows: usize,
    window: usize,
    candidates: usize,
    copies: usize,
    copies_found: usize,
    copies_in_bands: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    positive_candidates: Option<usize>,
    sample: usize,
    bins: Vec<RecallBinRecord>,
}

#[derive(Clone, Debug, Serialize)]
struct RecallBinRecord {
    from: f64,
    to: f64,
    pairs: usize,
    predicted: f64,
    in_bands: f64,
    candidates: f64,
}

impl<'a> SweepRecord<'a> {
    /// Says what a sweep says; `wrong` and `sample` are examples to show with it.
    pub fn new(sweep: &'a Sweep, wrong: &'a [ExampleRecord], sample: &'a [ExampleRecord]) -> Self {
        let labels = sweep.labeled_pairs.zip(sweep.labels_in_index);
        let counts = sweep.labels;
        Self {
            shingle_size: sweep.settings.shingle_size,
            by: by_name(sweep.settings.by),
            boilerplate: sweep.settings.boilerplate,
            articles: sweep.counts.articles,
            identical: sweep.counts.identical,
            masked: sweep.counts.masked,
            candidates: sweep.counts.candidates,
            measured: sweep.counts.matches,
            labels: labels.map(|((positive_pairs, negative_pairs), (positive_candidates, _))| LabelsRecord {
                used: counts.used,
                positive_pairs,
                negative_pairs,
                positive_candidates,
                unlabeled: counts.unlabeled,
                unknown: counts.unknown,
                ambiguous: counts.ambiguous,
                repeated: counts.repeated,
                contradictory: counts.contradictory,
            }),
            distributions: sweep
                .distributions
                .iter()
                .map(|(method, pairs)| DistributionRecord { score: method.name(), pairs })
                .collect(),
            pairs: sweep.pairs.iter().map(pair_series).collect(),
            clusters: sweep.clusters.iter().map(cluster_series).collect(),
            predicted: sweep
                .predicted
                .iter()
                .map(|(name, point)| PredictedRecord { name, point: cluster_point(point) })
                .collect(),
            index: sweep.index.iter().map(index).collect(),
            wrong,
            sample,
        }
    }
}

/// Names a score.
pub(super) fn by_name(by: Score) -> &'static str {
    crate::sweep::Method::score(by).name()
}

fn ends(interval: Option<Interval>) -> Option<[f64; 2]> {
    interval.map(|interval| [rounded(interval.low), rounded(interval.high)])
}

fn confusion(confusion: &ConfusionMatrix) -> ConfusionRecord {
    ConfusionRecord {
        true_positives: confusion.true_positives,
        false_positives: confusion.false_positives,
        false_negatives: confusion.false_negatives,
        true_negatives: confusion.true_negatives,
        precision: rounded(confusion.precision()),
        recall: rounded(confusion.recall()),
        f1: rounded(confusion.f1()),
        accuracy: rounded(confusion.accuracy()),
    }
}

fn pair_series(series: &PairSeries) -> PairSeriesRecord<'_> {
    let points = series.curve.points.iter().map(|point| {
        let interval = |place: usize| ends(point.intervals.map(|intervals| intervals[place]));
        PairPointRecord {
            threshold: point.threshold,
            confusion: confusion(&point.confusion),
            precision_interval: interval(0),
            recall_interval: interval(1),
            f1_interval: interval(2),
        }
    });
    PairSeriesRecord {
        method: series.method.name(),
        average_precision: rounded(series.curve.average_precision),
        best: choice(&series.curve.best),
        points: points.collect(),
        kinds: series
            .kinds
            .iter()
            .map(|kind| KindRecord {
                kind: &kind.kind,
                pairs: kind.pairs,
                positive: kind.positive,
                found: kind.own.found,
                wrong: kind.own.wrong,
                found_at: kind.points.iter().map(|point| point.found).collect(),
                wrong_at: kind.points.iter().map(|point| point.wrong).collect(),
            })
            .collect(),
    }
}

fn choice(choice: &Choice) -> ChoiceRecord {
    let losses = choice.losses.iter().map(|loss| LossRecord {
        threshold: loss.threshold,
        f1: rounded(loss.f1),
        interval: ends(loss.interval),
    });
    ChoiceRecord {
        threshold: choice.threshold,
        interval: ends(choice.interval),
        f1: rounded(choice.f1),
        cross_validated_f1: choice.cross_validated_f1.map(rounded),
        losses: losses.collect(),
    }
}

fn cluster_series(series: &ClusterSeries) -> ClusterSeriesRecord {
    let stretch = |stretch: Stretch| StretchRecord {
        from: stretch.from,
        to: stretch.to,
        removable_from: stretch.count_from,
        removable_to: stretch.count_to,
    };
    let profile =
        |profile: Profile| ProfileRecord { flat: stretch(profile.flat), steep: stretch(profile.steep) };
    ClusterSeriesRecord {
        method: series.method.name(),
        linked: series.linked,
        profile: series.profile.map(profile),
        points: series.points.iter().map(cluster_point).collect(),
    }
}

fn cluster_point(point: &ClusterPoint) -> ClusterPointRecord {
    let quality = point.quality.as_ref().map(|quality| QualityRecord {
        bcubed_precision: rounded(quality.bcubed[0]),
        bcubed_recall: rounded(quality.bcubed[1]),
        bcubed_f: rounded(quality.bcubed[2]),
        bcubed_f_interval: ends(quality.intervals.map(|[_, f]| f)),
        adjusted_rand_index: rounded(quality.adjusted_rand_index),
        glued: quality.glued,
        largest_wrong: quality.largest_wrong,
        fragmentation: rounded(quality.fragmentation),
    });
    ClusterPointRecord {
        threshold: point.threshold,
        clusters: point.clusters,
        largest: point.largest,
        clustered: point.clustered,
        removable: point.removable,
        pairs: point.pairs.map(|(pairs, _)| confusion(&pairs)),
        f1_interval: point.pairs.and_then(|(_, interval)| ends(interval)),
        quality,
    }
}

fn index(share: &IndexRecall) -> IndexRecord {
    let bins = share.bins.iter().map(|bin| RecallBinRecord {
        from: bin.from,
        to: bin.to,
        pairs: bin.pairs,
        predicted: rounded(bin.predicted),
        in_bands: rounded(bin.in_bands),
        candidates: rounded(bin.candidates),
    });
    IndexRecord {
        bands: share.setting.banding.bands,
        rows: share.setting.banding.rows,
        window: share.setting.window,
        candidates: share.candidates,
        copies: share.copies.all,
        copies_found: share.copies.candidates,
        copies_in_bands: share.copies.in_bands,
        positive_candidates: share.labels.map(|(found, _)| found),
        sample: share.sample,
        bins: bins.collect(),
    }
}
