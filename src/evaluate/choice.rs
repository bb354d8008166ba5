//! What every threshold makes of labeled pairs in, the best threshold out: how sure that is, what it is worth on pairs
//! that it was not chosen by, and what others cost.

use super::bootstrap::Interval;
use super::confusion::Confusion;
use crate::sketch::SplitMix64;

/// Thresholds that people choose without looking.
const USUAL: [f64; 3] = [0.5, 0.7, 0.8];
/// Parts for cross-validation: chosen on four, measured on the fifth.
const PARTS: usize = 5;

/// A threshold that was chosen because of labels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    /// The threshold with the greatest F1; of several in a row with the same the middle one.
    pub threshold: f64,
    /// Where the best threshold of resamples is.
    pub interval: Option<Interval>,
    /// Its F1 on the pairs that it was chosen by, which flatters it.
    pub f1: f64,
    /// The F1 of thresholds chosen on four fifths of the labels and measured on the fifth that is left, all fifths
    /// taken together; nothing where there are fewer units than parts.
    pub cross_validated_f1: Option<f64>,
    /// What is lost by choosing a usual threshold instead, of those that were tried.
    pub losses: Vec<Loss>,
}

/// What choosing another threshold than the best one costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Loss {
    /// The other threshold.
    pub threshold: f64,
    /// The F1 of the best one less its own.
    pub f1: f64,
    /// Where resamples put that.
    pub interval: Option<Interval>,
}

impl Choice {
    /// Chooses among thresholds by what they make of all pairs, of resamples of them (F1), and of parts of them.
    pub(super) fn new(
        thresholds: &[f64],
        confusions: &[Confusion],
        resamples: &[Vec<f64>],
        parts: &[Vec<Confusion>],
    ) -> Self {
        let f1s: Vec<f64> = confusions.iter().map(Confusion::f1).collect();
        let Some(place) = best(&f1s) else {
            return Self::default();
        };
        let chosen = resamples.iter().filter_map(|f1s| best(f1s)).map(|place| thresholds[place]);
        let usual = USUAL.iter().filter_map(|usual| {
            let other = thresholds.iter().position(|threshold| (threshold - usual).abs() < 1e-9)?;
            let lost = resamples.iter().map(|f1s| f1s[place] - f1s[other]);
            Some(Loss {
                threshold: *usual,
                f1: f1s[place] - f1s[other],
                interval: Interval::new(lost.collect()),
            })
        });
        Self {
            threshold: thresholds[place],
            interval: Interval::new(chosen.collect()),
            f1: f1s[place],
            cross_validated_f1: cross_validated_f1(parts),
            losses: usual.collect(),
        }
    }
}

/// Finds the greatest value: the middle one of the first run of equals. Nothing among none.
pub(super) fn best(values: &[f64]) -> Option<usize> {
    /// Values that differ by rounding only are equal.
    const ROUNDING: f64 = 1e-12;
    let greatest = values.iter().copied().max_by(f64::total_cmp)?;
    let is_best = |value: &f64| greatest - value <= ROUNDING;
    let first = values.iter().position(is_best)?;
    let run = values[first..].iter().take_while(|value| is_best(value)).count();
    Some(first + (run - 1) / 2)
}

/// Deals units out to parts by chance; nothing where there are fewer units than parts.
pub(super) fn folds(units: usize, seed: u64) -> Vec<usize> {
    if units < PARTS {
        return Vec::new();
    }
    let mut order: Vec<usize> = (0..units).collect();
    let mut random = SplitMix64::new(seed);
    for place in (1..units).rev() {
        order.swap(place, random.below(place + 1));
    }
    let mut parts = vec![0; units];
    for (place, unit) in order.into_iter().enumerate() {
        parts[unit] = place % PARTS;
    }
    parts
}

/// Chooses on all parts but one and measures on that one.
fn cross_validated_f1(parts: &[Vec<Confusion>]) -> Option<f64> {
    let mut measured = Confusion::default();
    for (left_out, part) in parts.iter().enumerate() {
        let others = || parts.iter().enumerate().filter(|&(number, _)| number != left_out);
        let f1s: Vec<f64> = (0..part.len())
            .map(|place| others().fold(Confusion::default(), |sum, (_, other)| sum + other[place]).f1())
            .collect();
        measured += part[best(&f1s)?];
    }
    (!parts.is_empty()).then(|| measured.f1())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_best() {
        let cases: [(&str, &[f64], Option<usize>); 5] = [
            ("none", &[], None),
            ("one", &[0.1, 0.9, 0.3], Some(1)),
            ("the middle of a plateau", &[0.1, 0.9, 0.9, 0.9, 0.3], Some(2)),
            ("the first plateau", &[0.9, 0.1, 0.9], Some(0)),
            ("rounding", &[0.1, 0.3, 0.1 + 0.2, 0.3], Some(2)),
        ];
        for (name, values, expected) in cases {
            assert_eq!(best(values), expected, "{name}");
        }
    }

    #[test]
    fn deals_evenly() {
        let parts = folds(23, 7);
        let counts: Vec<usize> =
            (0..PARTS).map(|part| parts.iter().filter(|&&one| one == part).count()).collect();
        assert_eq!(counts, [5, 5, 5, 4, 4]);
        assert_ne!(parts, folds(23, 8));
        assert!(folds(4, 7).is_empty());
    }

    /// Four parts say that the second threshold is best, one that the first is: it is measured with the second, the
    /// others with whatever the rest says.
    #[test]
    fn measures_on_what_was_not_chosen_by() {
        let confusion = |right: f64, wrong: f64| Confusion {
            true_positives: right,
            false_positives: wrong,
            ..Confusion::default()
        };
        let mut parts = vec![vec![confusion(5.0, 5.0), confusion(9.0, 1.0)]; 4];
        parts.push(vec![confusion(9.0, 1.0), confusion(1.0, 9.0)]);
        let expected = confusion(37.0, 13.0).f1();
        assert_eq!(cross_validated_f1(&parts), Some(expected));
        assert_eq!(cross_validated_f1(&[]), None);
    }
}
