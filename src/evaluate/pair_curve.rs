//! Computes precision, recall and F1 of labeled pairs at every threshold, their intervals, the average precision,
//! and the best threshold with the loss by others.
//!
//! Cost: one pass over the pairs; resamples and folds work on the counts of [`PairTally`].

use super::argmax::argmax;
use super::average_precision::average_precision;
use super::bootstrap::{Interval, Resampling, pair_weight};
use super::choice::Choice;
use super::confusion_matrix::ConfusionMatrix;
use super::pair_tally::{PairTally, ScoredPair};

/// The result at one threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairPoint {
    /// The threshold.
    pub threshold: f64,
    /// The confusion matrix of all pairs.
    pub confusion: ConfusionMatrix,
    /// The intervals of precision, recall and F1; `None` without resamples.
    pub intervals: Option<[Interval; 3]>,
}

/// The results at all thresholds, by one score.
#[derive(Clone, Debug, PartialEq)]
pub struct PairCurve {
    /// One point for each threshold, ascending.
    pub points: Vec<PairPoint>,
    /// The average precision over all possible thresholds.
    pub average_precision: f64,
    /// The threshold with the best F1.
    pub best: Choice,
}

impl PairCurve {
    /// Evaluates pairs at ascending thresholds. `pairs` contains, once each, every positive pair and every pair
    /// that some threshold calls a copy; `others` is the number of the remaining negative pairs. `units` is greater
    /// than the number of any unit.
    pub fn new(
        pairs: &[ScoredPair],
        others: f64,
        units: usize,
        thresholds: &[f64],
        resampling: Resampling,
    ) -> Self {
        let tally = PairTally::new(pairs, units, thresholds);
        let confusions = tally.confusions(|_| 1.0, others);
        // Precision, recall and F1 do not depend on the number of true negatives, so resamples leave `others` out.
        let resamples =
            resampling.each(units, |weights| tally.confusions(|units| pair_weight(weights, units), 0.0));
        let points = thresholds.iter().zip(&confusions).enumerate();
        let points = points.map(|(index, (&threshold, &confusion))| PairPoint {
            threshold,
            confusion,
            intervals: intervals(&resamples, index),
        });
        let f1s: Vec<Vec<f64>> =
            resamples.iter().map(|resample| resample.iter().map(ConfusionMatrix::f1).collect()).collect();
        Self {
            points: points.collect(),
            average_precision: average_precision(ranked(pairs, others)),
            best: Choice::new(thresholds, &confusions, &f1s, &tally.fold_confusions(resampling.seed)),
        }
    }

    /// Returns the point of the best threshold, or `None` if there are no thresholds.
    pub fn best_point(&self) -> Option<&PairPoint> {
        let f1s: Vec<f64> = self.points.iter().map(|point| point.confusion.f1()).collect();
        argmax(&f1s).map(|index| &self.points[index])
    }
}

/// Returns the intervals of precision, recall and F1 at the threshold with this index.
fn intervals(resamples: &[Vec<ConfusionMatrix>], index: usize) -> Option<[Interval; 3]> {
    let interval = |measure: fn(&ConfusionMatrix) -> f64| {
        Interval::new(resamples.iter().map(|resample| measure(&resample[index])).collect())
    };
    Some([
        interval(ConfusionMatrix::precision)?,
        interval(ConfusionMatrix::recall)?,
        interval(ConfusionMatrix::f1)?,
    ])
}

/// Returns the scores with their numbers of positive and negative pairs.
fn ranked(pairs: &[ScoredPair], others: f64) -> Vec<(f64, f64, f64)> {
    let one_each = pairs.iter().map(|pair| {
        let (positive, negative) = if pair.positive { (1.0, 0.0) } else { (0.0, 1.0) };
        (pair.score, positive, negative)
    });
    // Pairs that are not listed are called copies at no threshold.
    let lowest = pairs.iter().map(|pair| pair.score).fold(0.0, f64::min);
    one_each.chain([(lowest, 0.0, others)]).collect()
}
