//! Defines the record of a confusion matrix, and that of an interval.

use serde::Serialize;

use crate::evaluate::{ConfusionMatrix, Interval};
use crate::report::rounded;

/// A confusion matrix, with the scores computed from it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ConfusionRecord {
    true_positives: f64,
    false_positives: f64,
    false_negatives: f64,
    true_negatives: f64,
    precision: f64,
    recall: f64,
    f1: f64,
    accuracy: f64,
}

impl ConfusionRecord {
    /// Creates the record of a confusion matrix.
    pub(super) fn new(confusion: &ConfusionMatrix) -> Self {
        Self {
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
}

/// Returns the ends of an interval, as records have them.
pub(super) fn ends(interval: Option<Interval>) -> Option<[f64; 2]> {
    interval.map(|interval| [rounded(interval.low), rounded(interval.high)])
}
