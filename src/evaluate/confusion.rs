//! Pairs that were called and pairs that should have been in, precision, recall, F1 and accuracy out.

use std::ops::{Add, AddAssign};

/// How many pairs were called copies, and how many are. Counts are weighted where pairs are resampled.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Confusion {
    /// Called, and right.
    pub true_positives: f64,
    /// Called, and wrong.
    pub false_positives: f64,
    /// Not called, and wrong.
    pub false_negatives: f64,
    /// Not called, and right.
    pub true_negatives: f64,
}

impl Confusion {
    /// Counts so many pairs more.
    pub fn count(&mut self, positive: bool, called: bool, pairs: f64) {
        *match (positive, called) {
            (true, true) => &mut self.true_positives,
            (false, true) => &mut self.false_positives,
            (true, false) => &mut self.false_negatives,
            (false, false) => &mut self.true_negatives,
        } += pairs;
    }

    /// Gives the share of the called pairs that are right; 0 where none is called.
    pub fn precision(&self) -> f64 {
        ratio(self.true_positives, self.true_positives + self.false_positives)
    }

    /// Gives the share of the positive pairs that are called; 0 where there are none.
    pub fn recall(&self) -> f64 {
        ratio(self.true_positives, self.true_positives + self.false_negatives)
    }

    /// Gives the harmonic mean of precision and recall; 0 where nothing is called or positive.
    pub fn f1(&self) -> f64 {
        let twice = 2.0 * self.true_positives;
        ratio(twice, twice + self.false_positives + self.false_negatives)
    }

    /// Gives the share of all pairs that are right; 0 where there are none. Where pairs of all articles are meant,
    /// nearly all are negative and this says little.
    pub fn accuracy(&self) -> f64 {
        let right = self.true_positives + self.true_negatives;
        ratio(right, right + self.false_positives + self.false_negatives)
    }
}

impl Add for Confusion {
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

impl AddAssign for Confusion {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

/// Gives the harmonic mean of two shares; 0 where both are.
pub fn harmonic_mean(one: f64, other: f64) -> f64 {
    ratio(2.0 * one * other, one + other)
}

pub(super) fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}
