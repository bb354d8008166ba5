//! Chooses the threshold with the greatest F1 on labeled pairs, and estimates how certain that choice is, its F1 on
//! other pairs, and the loss by other thresholds.

use super::argmax::argmax;
use super::bootstrap::Interval;
use super::confusion_matrix::ConfusionMatrix;
use super::cross_validation::cross_validated_f1;

/// Thresholds that differ by less than this are the same.
const THRESHOLD_TOLERANCE: f64 = 1e-9;

/// The threshold that labels recommend.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    /// The threshold with the greatest F1; of consecutive ones with the same F1, the middle one.
    pub threshold: f64,
    /// The interval of the best thresholds of the resamples.
    pub interval: Option<Interval>,
    /// The F1 on the pairs that the threshold was chosen by. It is higher than the F1 to be expected on other
    /// pairs.
    pub f1: f64,
    /// The F1 by cross-validation: thresholds are chosen on four fifths of the labels and measured on the remaining
    /// fifth, and all fifths are added up. `None` if there are fewer units than fifths.
    pub cross_validated_f1: Option<f64>,
    /// The losses by all thresholds that were tried, in their order.
    pub losses: Vec<Loss>,
}

/// The loss of F1 by using another threshold than the best one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Loss {
    /// The other threshold.
    pub threshold: f64,
    /// The F1 of the best threshold minus the F1 of this one.
    pub f1: f64,
    /// The interval of this difference in the resamples.
    pub interval: Option<Interval>,
}

impl Choice {
    /// Chooses one of `thresholds`. Takes for each of them the confusion matrix of all pairs, its F1 in each
    /// resample, and its confusion matrix in each fold for cross-validation.
    pub(super) fn new(
        thresholds: &[f64],
        confusions: &[ConfusionMatrix],
        resamples: &[Vec<f64>],
        folds: &[Vec<ConfusionMatrix>],
    ) -> Self {
        let f1s: Vec<f64> = confusions.iter().map(ConfusionMatrix::f1).collect();
        let Some(best) = argmax(&f1s) else {
            return Self::default();
        };
        let chosen = resamples.iter().filter_map(|f1s| argmax(f1s)).map(|index| thresholds[index]);
        let losses = thresholds.iter().enumerate().map(|(other, &threshold)| {
            let lost = resamples.iter().map(|f1s| f1s[best] - f1s[other]);
            Loss { threshold, f1: f1s[best] - f1s[other], interval: Interval::new(lost.collect()) }
        });
        Self {
            threshold: thresholds[best],
            interval: Interval::new(chosen.collect()),
            f1: f1s[best],
            cross_validated_f1: cross_validated_f1(folds),
            losses: losses.collect(),
        }
    }

    /// Returns the loss by a threshold; `None` if it was not tried.
    pub fn loss(&self, threshold: f64) -> Option<&Loss> {
        self.losses.iter().find(|loss| is_same_threshold(loss.threshold, threshold))
    }
}

/// Returns whether two thresholds are the same, apart from rounding.
pub fn is_same_threshold(one: f64, other: f64) -> bool {
    (one - other).abs() < THRESHOLD_TOLERANCE
}
