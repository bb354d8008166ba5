//! A number of units in, how often each counts in one resample after another out; and values of resamples in, an
//! interval out.
//!
//! Pairs of one story hang together, so it is not pairs that are drawn, with replacement, but units: stories, or
//! labeled pairs that have no article in common. A pair of two units counts as often as both together.
//! Source: Efron, "Bootstrap methods: another look at the jackknife", 1979; percentile intervals.

use rayon::prelude::*;

use crate::sketch::SplitMix64;

/// The range that holds the middle 95 % of what resamples give.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

impl Interval {
    /// Finds the interval of some values; nothing where there are none.
    pub fn new(mut values: Vec<f64>) -> Option<Self> {
        /// What lies outside, on each side.
        const TAIL: f64 = 0.025;
        values.sort_by(f64::total_cmp);
        let at = |share: f64| values.get((share * values.len().saturating_sub(1) as f64).round() as usize);
        Some(Self { low: *at(TAIL)?, high: *at(1.0 - TAIL)? })
    }
}

/// Resamples of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resampling {
    /// How many resamples; none make no intervals.
    pub resamples: usize,
    /// Where the draw begins: equal seeds draw alike.
    pub seed: u64,
}

impl Default for Resampling {
    fn default() -> Self {
        Self { resamples: 1000, seed: 1 }
    }
}

impl Resampling {
    /// Draws `units` units as many times, and hands what each counts to `evaluate`; gives what that makes of each
    /// resample, in order. The same on any number of threads.
    pub fn each<T: Send>(self, units: usize, evaluate: impl Fn(&[f64]) -> T + Sync) -> Vec<T> {
        let resample = |number: usize| {
            let mut random =
                SplitMix64::new(self.seed.wrapping_mul(0xD134_2543_DE82_EF95).wrapping_add(number as u64));
            let mut weights = vec![0.0; units];
            for _ in 0..units {
                weights[random.below(units)] += 1.0;
            }
            evaluate(&weights)
        };
        (0..self.resamples).into_par_iter().map(resample).collect()
    }
}
