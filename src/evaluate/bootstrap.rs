//! Estimates by bootstrap how much a measure depends on which articles were labeled: draws resamples, and computes
//! intervals from the values that they give.
//!
//! Pairs of one story are not independent. So it is not pairs that are drawn, with replacement, but units: stories,
//! or sets of labeled pairs that are connected by common articles. A resample gives each unit a weight: the number
//! of times that it was drawn.
//!
//! Source: Efron, "Bootstrap methods: another look at the jackknife", 1979; percentile intervals.

use rayon::prelude::*;

use crate::sketch::SplitMix64;

/// The share of the values that is below an interval, and the share above it: the interval is a 95 % interval.
const TAIL: f64 = 0.025;

/// Multiplies the seed before the number of the resample is added. Without it, a resample of one seed would be the
/// previous one of the next seed. Source: Steele and Vigna, "Computationally easy, spectrally good multipliers for
/// congruential pseudorandom number generators", 2021.
const SEED_MULTIPLIER: u64 = 0xD134_2543_DE82_EF95;

/// The percentile interval that contains the middle 95 % of the values of resamples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// Creates the interval of some values, or returns `None` if there are none.
    pub fn new(mut values: Vec<f64>) -> Option<Self> {
        values.sort_by(f64::total_cmp);
        let quantile =
            |share: f64| values.get((share * values.len().saturating_sub(1) as f64).round() as usize);
        Some(Self { low: *quantile(TAIL)?, high: *quantile(1.0 - TAIL)? })
    }
}

/// The number of resamples, and the seed by which they are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resampling {
    /// The number of resamples. With 0, no intervals are computed.
    pub resamples: usize,
    /// The seed of the random numbers: equal seeds draw equal resamples.
    pub seed: u64,
}

impl Default for Resampling {
    fn default() -> Self {
        Self { resamples: 1000, seed: 1 }
    }
}

impl Resampling {
    /// Draws each resample of `units` units and calls `evaluate` with the weights of the units. Returns the results
    /// in the order of the resamples, the same on any number of threads.
    pub fn each<T: Send>(self, units: usize, evaluate: impl Fn(&[f64]) -> T + Sync) -> Vec<T> {
        let resample = |number: usize| {
            let seed = self.seed.wrapping_mul(SEED_MULTIPLIER).wrapping_add(number as u64);
            let mut random = SplitMix64::new(seed);
            let mut weights = vec![0.0; units];
            for _ in 0..units {
                weights[random.below(units)] += 1.0;
            }
            evaluate(&weights)
        };
        (0..self.resamples).into_par_iter().map(resample).collect()
    }
}

/// Returns the weight of a pair whose articles are of two units: the product of the weights of both units. A pair
/// within one unit has the weight of that unit.
pub(super) fn pair_weight(weights: &[f64], [one, other]: [u32; 2]) -> f64 {
    let (left, right) = (weights[one as usize], weights[other as usize]);
    if one == other { left } else { left * right }
}
