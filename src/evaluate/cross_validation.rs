//! Estimates by cross-validation the F1 of a threshold on pairs that it was not chosen by.

use super::argmax::argmax;
use super::confusion_matrix::ConfusionMatrix;
use crate::sketch::SplitMix64;

/// The number of folds: a threshold is chosen on four of them and measured on the fifth.
const FOLDS: usize = 5;

/// Returns the fold of each unit, drawn at random; nothing if there are fewer units than folds. The sizes of the
/// folds differ by one unit at most.
pub(super) fn folds(units: usize, seed: u64) -> Vec<usize> {
    if units < FOLDS {
        return Vec::new();
    }
    // A Fisher-Yates shuffle.
    let mut order: Vec<usize> = (0..units).collect();
    let mut random = SplitMix64::new(seed);
    for last in (1..units).rev() {
        order.swap(last, random.below(last + 1));
    }
    let mut folds = vec![0; units];
    for (rank, unit) in order.into_iter().enumerate() {
        folds[unit] = rank % FOLDS;
    }
    folds
}

/// Returns the F1 of thresholds that are each chosen on all folds but one and measured on that one, computed from
/// the sum of these measurements. Takes for each fold the confusion matrix of each threshold. Returns `None` if
/// there are no folds or no thresholds.
pub(super) fn cross_validated_f1(folds: &[Vec<ConfusionMatrix>]) -> Option<f64> {
    let mut measured = ConfusionMatrix::default();
    for (left_out, fold) in folds.iter().enumerate() {
        let f1s: Vec<f64> =
            (0..fold.len()).map(|threshold| sum_without(folds, left_out, threshold).f1()).collect();
        measured += fold[argmax(&f1s)?];
    }
    (!folds.is_empty()).then(|| measured.f1())
}

/// Returns the sum over all folds but one of the confusion matrix of a threshold, given by its index.
fn sum_without(folds: &[Vec<ConfusionMatrix>], left_out: usize, threshold: usize) -> ConfusionMatrix {
    let others = folds.iter().enumerate().filter(|&(number, _)| number != left_out);
    others.fold(ConfusionMatrix::default(), |sum, (_, fold)| sum + fold[threshold])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_are_of_equal_size() {
        let folds_of = folds(23, 7);
        let counts: Vec<usize> =
            (0..FOLDS).map(|fold| folds_of.iter().filter(|&&one| one == fold).count()).collect();
        assert_eq!(counts, [5, 5, 5, 4, 4]);
        assert_ne!(folds_of, folds(23, 8));
        assert!(folds(4, 7).is_empty());
    }

    /// In four folds the second threshold is best, in one the first is. That one is measured with the second
    /// threshold, and so are the others.
    #[test]
    fn measures_on_the_fold_that_is_left_out() {
        let confusion = |right: f64, wrong: f64| ConfusionMatrix {
            true_positives: right,
            false_positives: wrong,
            ..ConfusionMatrix::default()
        };
        let mut folds = vec![vec![confusion(5.0, 5.0), confusion(9.0, 1.0)]; 4];
        folds.push(vec![confusion(9.0, 1.0), confusion(1.0, 9.0)]);
        let expected = confusion(37.0, 13.0).f1();
        assert_eq!(cross_validated_f1(&folds), Some(expected));
        assert_eq!(cross_validated_f1(&[]), None);
    }
}
