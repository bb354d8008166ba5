//! Counts pairs in a confusion matrix, and computes precision, recall, F1 and accuracy from it.

use std::ops::{Add, AddAssign};

/// A confusion matrix: counts of pairs, by whether they are copies and whether they were called copies. Counts are
/// not whole numbers if pairs are weighted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ConfusionMatrix {
    /// Pairs that were called copies and are.
    pub true_positives: f64,
    /// Pairs that were called copies but are not.
    pub false_positives: f64,
    /// Pairs that were not called copies but are.
    pub false_negatives: f64,
    /// Pairs that were not called copies and are not.
    pub true_negatives: f64,
}

impl ConfusionMatrix {
    /// Adds a number of pairs. `positive` says whether they are copies, `called` whether they were called copies.
    pub fn count(&mut self, positive: bool, called: bool, pairs: f64) {
        *match (positive, called) {
            (true, true) => &mut self.true_positives,
            (false, true) => &mut self.false_positives,
            (true, false) => &mut self.false_negatives,
            (false, false) => &mut self.true_negatives,
        } += pairs;
    }

    /// Returns the share of the pairs called copies that are copies, or 0 if no pair was called a copy.
    pub fn precision(&self) -> f64 {
        ratio(self.true_positives, self.true_positives + self.false_positives)
    }

    /// Returns the share of the copies that were called copies, or 0 if there are no copies.
    pub fn recall(&self) -> f64 {
        ratio(self.true_positives, self.true_positives + self.false_negatives)
    }

    /// Returns the harmonic mean of precision and recall, or 0 if no pair is a copy and none was called one.
    pub fn f1(&self) -> f64 {
        let twice = 2.0 * self.true_positives;
        ratio(twice, twice + self.false_positives + self.false_negatives)
    }

    /// Returns the share of all pairs that were called correctly, or 0 if there are no pairs. It says little if all
    /// pairs of many articles are counted, because nearly all of them are negative.
    pub fn accuracy(&self) -> f64 {
        let correct = self.true_positives + self.true_negatives;
        ratio(correct, correct + self.false_positives + self.false_negatives)
    }
}

impl Add for ConfusionMatrix {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            true_positives: self.true_positives + other.true_positives,
            false_positives: self.false_positives + other.false_positives,
            false_negatives: self.false_negatives + other.false_negatives,
            true_negatives: self.true_negatives + other.true_negatives,
        }
    }
}

impl AddAssign for ConfusionMatrix {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

/// Returns the harmonic mean of two shares, or 0 if both are 0.
pub fn harmonic_mean(one: f64, other: f64) -> f64 {
    ratio(2.0 * one * other, one + other)
}

/// Returns `part / whole`, or 0 if `whole` is 0.
pub(super) fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}
