//! Compares the results of another tool with the labels: its clusters, and the scores of its pairs at every threshold.

use std::collections::BTreeMap;

use super::cluster_series::ClusterPoint;
use super::labels::LabeledSet;
use super::options::{Prediction, SweepOptions};
use super::survey::Survey;
use crate::article::ArticleId;
use crate::evaluate::{LabeledPair, PairCurve, ScoredPair, Truth};

/// The largest number of thresholds of a curve: as many as a chart shows apart. If the copies have more different scores,
/// these are chosen evenly among them.
const MOST_THRESHOLDS: usize = 100;

/// The results of another tool, compared with the labels.
#[derive(Clone, Debug, PartialEq)]
pub struct Predicted {
    /// The name of the result.
    pub name: String,
    /// Its clusters: its groups, or the articles that its pairs connect. If only scores decide, these are the pairs whose
    /// score reaches the best threshold.
    pub clusters: ClusterPoint,
    /// The quality of labeled pairs by its score, if it gives scores. The thresholds are scores of labeled copies, of
    /// which one is always the best threshold.
    pub curve: Option<PairCurve>,
}

impl Predicted {
    /// Compares a result with the labels, if there are any.
    pub(super) fn new(
        survey: &Survey,
        prediction: &Prediction,
        options: &SweepOptions,
        set: Option<&LabeledSet<'_>>,
    ) -> Self {
        let scores = scores(&prediction.found);
        let curve = set.filter(|_| !scores.is_empty()).map(|set| {
            let pairs = set.scored_by(&scores);
            let (positive, negative) = set.totals();
            let others = positive + negative - pairs.len() as f64;
            PairCurve::new(&pairs, others, set.units(), &thresholds(&pairs), options.resampling)
        });
        let least = curve.as_ref().filter(|_| prediction.by_score).map(|curve| curve.best.threshold);
        let clusters = ClusterPoint::of_predicted(survey, &prediction.found, least, options, set);
        Self { name: prediction.name.clone(), clusters, curve }
    }
}

/// Returns the scores of the pairs of a result, by the articles in ascending order.
fn scores(found: &Truth) -> BTreeMap<[ArticleId; 2], f64> {
    match found {
        Truth::Pairs(pairs) => {
            let score = |pair: &LabeledPair| Some(([pair.a.min(pair.b), pair.a.max(pair.b)], pair.score?));
            pairs.iter().filter_map(score).collect()
        }
        Truth::Groups(_) => BTreeMap::new(),
    }
}

/// Returns the thresholds of a curve, ascending: scores of copies, since F1 is greatest at one of them.
fn thresholds(pairs: &[ScoredPair]) -> Vec<f64> {
    let copies = pairs.iter().filter(|pair| pair.positive && pair.score.is_finite());
    let mut scores: Vec<f64> = copies.map(|pair| pair.score).collect();
    scores.sort_by(f64::total_cmp);
    scores.dedup();
    if scores.len() <= MOST_THRESHOLDS {
        return scores;
    }
    let last = scores.len() - 1;
    (0..MOST_THRESHOLDS).map(|number| scores[number * last / (MOST_THRESHOLDS - 1)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_are_scores_of_copies() {
        let pair = |positive, score| ScoredPair { units: [0, 0], positive, score };
        let few = [pair(true, 80.0), pair(false, 90.0), pair(true, 70.0), pair(true, 80.0)];
        assert_eq!(thresholds(&few), [70.0, 80.0]);
        assert!(thresholds(&[pair(true, f64::NEG_INFINITY), pair(false, 1.0)]).is_empty());
        let many: Vec<ScoredPair> = (0..1000).map(|score| pair(true, f64::from(score))).collect();
        let chosen = thresholds(&many);
        assert_eq!((chosen.len(), chosen[0], chosen[99]), (MOST_THRESHOLDS, 0.0, 999.0));
        assert!(chosen.is_sorted_by(|one, other| one < other));
    }
}
