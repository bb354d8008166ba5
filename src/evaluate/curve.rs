//! Scored pairs with their labels in, what every threshold makes of them out: precision, recall, F1, their intervals,
//! the best threshold, and what it costs to choose another.
//!
//! Cost: one pass over the pairs; resamples and folds work on counts of pairs that have units, bin and label in
//! common.

use std::collections::BTreeMap;

use super::bootstrap::{Interval, Resampling};
use super::choice::{Choice, best, folds};
use super::confusion::Confusion;
use super::ranking::average_precision;

/// A pair with its label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoredPair {
    /// What hangs together with the pair: the units of its two articles.
    pub units: [u32; 2],
    /// Whether it is labeled a copy.
    pub positive: bool,
    /// The greatest threshold at which it is called one; 0 where it is at none.
    pub score: f64,
}

/// What a threshold makes of the pairs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairPoint {
    /// The threshold.
    pub threshold: f64,
    /// What is called, and what should be.
    pub confusion: Confusion,
    /// Where resamples put precision, recall and F1; nothing without resamples.
    pub intervals: Option<[Interval; 3]>,
}

/// What every threshold makes of the pairs, by one score.
#[derive(Clone, Debug, PartialEq)]
pub struct PairCurve {
    /// One point a threshold, ascending.
    pub points: Vec<PairPoint>,
    /// The average precision over all thresholds there can be.
    pub average_precision: f64,
    /// The best of the thresholds by F1.
    pub best: Choice,
}

/// Pairs that a score called or that should have been, counted by what they have in common.
struct Tally<'t> {
    thresholds: &'t [f64],
    units: usize,
    /// By units, and by the number of thresholds that call the pair: positive and negative ones.
    cells: BTreeMap<([u32; 2], usize), [f64; 2]>,
}

impl Tally<'_> {
    /// Gives what each threshold makes of pairs that count as often as `weight` says, and of `others` that are
    /// negative and not called.
    fn confusions(&self, weight: impl Fn([u32; 2]) -> f64, others: f64) -> Vec<Confusion> {
        let mut bins = vec![[0.0; 2]; self.thresholds.len() + 1];
        for (&(units, bin), counts) in &self.cells {
            let weight = weight(units);
            for (sum, count) in bins[bin].iter_mut().zip(counts) {
                *sum += weight * count;
            }
        }
        bins[0][1] += others;
        let [all_positive, all_negative] = [0, 1].map(|label| bins.iter().map(|bin| bin[label]).sum::<f64>());
        let (mut missed, mut spared) = (0.0, 0.0);
        let at = |bin: &[f64; 2]| {
            missed += bin[0];
            spared += bin[1];
            Confusion {
                true_positives: all_positive - missed,
                false_positives: all_negative - spared,
                false_negatives: missed,
                true_negatives: spared,
            }
        };
        bins[..self.thresholds.len()].iter().map(at).collect()
    }
}

/// Says how often a pair counts where units are drawn so often: as often as both are drawn together, and a pair inside
/// a unit as often as that.
pub(super) fn pair_weight(weights: &[f64], [one, other]: [u32; 2]) -> f64 {
    let (left, right) = (weights[one as usize], weights[other as usize]);
    if one == other { left } else { left * right }
}

impl PairCurve {
    /// Follows pairs over ascending thresholds. `pairs` holds every positive pair and every one that some threshold
    /// calls, each once; `others` counts the negative ones that are left. `units` is above the number of any unit.
    pub fn new(
        pairs: &[ScoredPair],
        others: f64,
        units: usize,
        thresholds: &[f64],
        resampling: Resampling,
    ) -> Self {
        let mut tally = Tally { thresholds, units, cells: BTreeMap::new() };
        for pair in pairs {
            let [one, other] = pair.units;
            let bin = thresholds.partition_point(|&threshold| threshold <= pair.score);
            let cell = tally.cells.entry(([one.min(other), one.max(other)], bin)).or_default();
            cell[usize::from(!pair.positive)] += 1.0;
        }
        let confusions = tally.confusions(|_| 1.0, others);
        let resamples =
            resampling.each(units, |weights| tally.confusions(|units| pair_weight(weights, units), 0.0));
        let interval = |measure: fn(&Confusion) -> f64, place: usize| {
            Interval::new(resamples.iter().map(|resample| measure(&resample[place])).collect())
        };
        let point = |(place, (&threshold, &confusion))| PairPoint {
            threshold,
            confusion,
            intervals: interval(Confusion::precision, place)
                .zip(interval(Confusion::recall, place))
                .zip(interval(Confusion::f1, place))
                .map(|((precision, recall), f1)| [precision, recall, f1]),
        };
        let ranked = pairs.iter().map(|pair| {
            (pair.score, f64::from(u8::from(pair.positive)), f64::from(u8::from(!pair.positive)))
        });
        let f1s: Vec<Vec<f64>> =
            resamples.iter().map(|resample| resample.iter().map(Confusion::f1).collect()).collect();
        let parts = tally.parts(resampling.seed);
        Self {
            points: thresholds.iter().zip(&confusions).enumerate().map(point).collect(),
            average_precision: average_precision(ranked.chain([(0.0, 0.0, others)]).collect()),
            best: Choice::new(thresholds, &confusions, &f1s, &parts),
        }
    }

    /// Gives the point of the best threshold; nothing where there are no thresholds.
    pub fn best_point(&self) -> Option<&PairPoint> {
        let f1s: Vec<f64> = self.points.iter().map(|point| point.confusion.f1()).collect();
        best(&f1s).map(|place| &self.points[place])
    }
}

impl Tally<'_> {
    /// Divides the pairs into parts, for each what each threshold makes of it.
    fn parts(&self, seed: u64) -> Vec<Vec<Confusion>> {
        let folds = folds(self.units, seed);
        let parts = folds.iter().copied().max().map_or(0, |last| last + 1);
        (0..parts)
            .map(|part| {
                // A pair of two units goes with one of them; which part that is in is left to chance.
                self.confusions(|[one, _]| f64::from(u8::from(folds[one as usize] == part)), 0.0)
            })
            .collect()
    }
}
