//! Counts labeled pairs so that the confusion matrix of every threshold can be computed for any weights of the
//! units.

use std::collections::BTreeMap;

use super::confusion_matrix::ConfusionMatrix;
use super::cross_validation::folds;

/// A labeled pair with its score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoredPair {
    /// The units of the two articles, which are resampled; see [`Resampling`](super::Resampling).
    pub units: [u32; 2],
    /// True if the label says that the pair is a copy.
    pub positive: bool,
    /// The greatest threshold at which the pair is called a copy; 0, or minus infinity among scores of any range, if it is
    /// called one at no threshold.
    pub score: f64,
}

/// Labeled pairs, counted by units, score and label: nothing else about them changes the result of a resample.
///
/// A resample costs one pass over the cells, of which there are at most as many as pairs.
pub(super) struct PairTally {
    thresholds: usize,
    units: usize,
    /// The numbers of positive and negative pairs, by their units and by the number of thresholds that call the
    /// pair a copy.
    cells: BTreeMap<([u32; 2], usize), [f64; 2]>,
}

impl PairTally {
    /// Counts pairs. `thresholds` are ascending, and `units` is greater than the number of any unit.
    pub(super) fn new(pairs: &[ScoredPair], units: usize, thresholds: &[f64]) -> Self {
        let mut cells: BTreeMap<([u32; 2], usize), [f64; 2]> = BTreeMap::new();
        for pair in pairs {
            let [one, other] = pair.units;
            let bin = thresholds.partition_point(|&threshold| threshold <= pair.score);
            let cell = cells.entry(([one.min(other), one.max(other)], bin)).or_default();
            cell[usize::from(!pair.positive)] += 1.0;
        }
        Self { thresholds: thresholds.len(), units, cells }
    }

    /// Returns the confusion matrix of each threshold, with the pairs of two units weighted by `weight`. `others`
    /// is the number of negative pairs that are not in the tally and that no threshold calls copies.
    pub(super) fn confusions(&self, weight: impl Fn([u32; 2]) -> f64, others: f64) -> Vec<ConfusionMatrix> {
        let mut bins = vec![[0.0; 2]; self.thresholds + 1];
        for (&(units, bin), counts) in &self.cells {
            let weight = weight(units);
            for (sum, count) in bins[bin].iter_mut().zip(counts) {
                *sum += weight * count;
            }
        }
        bins[0][1] += others;
        let [positive, negative] = [0, 1].map(|label| bins.iter().map(|bin| bin[label]).sum::<f64>());
        // The pairs in bin i are called copies by the first i thresholds. So the threshold at index i misses those in
        // the bins 0 to i.
        let (mut false_negatives, mut true_negatives) = (0.0, 0.0);
        let confusion_after = |bin: &[f64; 2]| {
            false_negatives += bin[0];
            true_negatives += bin[1];
            ConfusionMatrix {
                true_positives: positive - false_negatives,
                false_positives: negative - true_negatives,
                false_negatives,
                true_negatives,
            }
        };
        bins[..self.thresholds].iter().map(confusion_after).collect()
    }

    /// Divides the pairs into folds for cross-validation. Returns for each fold the confusion matrix of each
    /// threshold.
    pub(super) fn fold_confusions(&self, seed: u64) -> Vec<Vec<ConfusionMatrix>> {
        let fold_of = folds(self.units, seed);
        let count = fold_of.iter().copied().max().map_or(0, |last| last + 1);
        (0..count)
            .map(|fold| {
                // A pair of two units is in the fold of the first one. Folds are random, so which of the two that
                // is does not matter.
                self.confusions(|[one, _]| f64::from(u8::from(fold_of[one as usize] == fold)), 0.0)
            })
            .collect()
    }
}
