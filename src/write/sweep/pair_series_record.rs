//! Defines the record of the results of pairs by threshold.

use serde::Serialize;

use super::confusion_record::{ConfusionRecord, ends};
use crate::evaluate::{Choice, PairCurve};
use crate::report::rounded;
use crate::sweep::{KindSeries, PairSeries};

/// Results of pairs by threshold, for one method.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PairSeriesRecord<'a> {
    method: &'static str,
    #[serde(flatten)]
    curve: PairCurveRecord,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    kinds: Vec<KindRecord<'a>>,
}

/// Results of pairs by threshold, by one score.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PairCurveRecord {
    average_precision: f64,
    best: ChoiceRecord,
    points: Vec<PairPointRecord>,
}

/// The best threshold.
#[derive(Clone, Debug, Serialize)]
struct ChoiceRecord {
    threshold: f64,
    interval: Option<[f64; 2]>,
    f1: f64,
    cross_validated_f1: Option<f64>,
    losses: Vec<LossRecord>,
}

/// The F1 that another threshold loses.
#[derive(Clone, Debug, Serialize)]
struct LossRecord {
    threshold: f64,
    f1: f64,
    interval: Option<[f64; 2]>,
}

/// Results of pairs at one threshold.
#[derive(Clone, Debug, Serialize)]
struct PairPointRecord {
    threshold: f64,
    #[serde(flatten)]
    confusion: ConfusionRecord,
    precision_interval: Option<[f64; 2]>,
    recall_interval: Option<[f64; 2]>,
    f1_interval: Option<[f64; 2]>,
}

/// Results for one kind of pair.
#[derive(Clone, Debug, Serialize)]
struct KindRecord<'a> {
    kind: &'a str,
    pairs: usize,
    positive: usize,
    found: usize,
    wrong: usize,
    /// The number of copies that are found at each threshold.
    found_at: Vec<usize>,
    /// The number of other pairs that are called copies at each threshold.
    wrong_at: Vec<usize>,
}

impl<'a> PairSeriesRecord<'a> {
    /// Creates the record of a series.
    pub(super) fn new(series: &'a PairSeries) -> Self {
        Self {
            method: series.method.name(),
            curve: PairCurveRecord::new(&series.curve),
            kinds: series.kinds.iter().map(KindRecord::new).collect(),
        }
    }
}

impl PairCurveRecord {
    /// Creates the record of a curve.
    pub(super) fn new(curve: &PairCurve) -> Self {
        let points = curve.points.iter().map(|point| {
            let interval = |index: usize| ends(point.intervals.map(|intervals| intervals[index]));
            PairPointRecord {
                threshold: point.threshold,
                confusion: ConfusionRecord::new(&point.confusion),
                precision_interval: interval(0),
                recall_interval: interval(1),
                f1_interval: interval(2),
            }
        });
        Self {
            average_precision: rounded(curve.average_precision),
            best: ChoiceRecord::new(&curve.best),
            points: points.collect(),
        }
    }
}

impl ChoiceRecord {
    fn new(choice: &Choice) -> Self {
        let losses = choice.losses.iter().map(|loss| LossRecord {
            threshold: loss.threshold,
            f1: rounded(loss.f1),
            interval: ends(loss.interval),
        });
        Self {
            threshold: choice.threshold,
            interval: ends(choice.interval),
            f1: rounded(choice.f1),
            cross_validated_f1: choice.cross_validated_f1.map(rounded),
            losses: losses.collect(),
        }
    }
}

impl<'a> KindRecord<'a> {
    fn new(kind: &'a KindSeries) -> Self {
        Self {
            kind: &kind.kind,
            pairs: kind.pairs,
            positive: kind.positive,
            found: kind.own.found,
            wrong: kind.own.wrong,
            found_at: kind.points.iter().map(|point| point.found).collect(),
            wrong_at: kind.points.iter().map(|point| point.wrong).collect(),
        }
    }
}
