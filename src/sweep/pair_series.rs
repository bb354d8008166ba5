//! The quality of labeled pairs at every threshold, by one method.

use std::collections::BTreeMap;

use super::kind_series::{KindSeries, Kinds, pairs_of_kinds};
use super::labels::{LabeledSet, ScoredArticles};
use super::method::Method;
use super::options::SweepOptions;
use super::scorer::Scorer;
use crate::evaluate::{PairCurve, ScoredPair};

/// The quality of labeled pairs at every threshold, by one method.
#[derive(Clone, Debug, PartialEq)]
pub struct PairSeries {
    /// The method.
    pub method: Method,
    /// Precision, recall and F1 by threshold.
    pub curve: PairCurve,
    /// The results by kind of pair; empty if labels name no kinds.
    pub kinds: Vec<KindSeries>,
}

impl PairSeries {
    /// Scores the labeled pairs by a method and judges them at every threshold.
    pub(super) fn new(
        set: &LabeledSet<'_>,
        scorer: &mut Scorer<'_>,
        method: Method,
        options: &SweepOptions,
    ) -> Self {
        let scored = set.scored(scorer, method);
        let kinds = count_kinds(set, &scored).series(scorer.threshold(), &options.thresholds);
        let pairs: Vec<ScoredPair> = scored.into_iter().map(|(pair, _)| pair).collect();
        let (positive, negative) = set.totals();
        let others = positive + negative - pairs.len() as f64;
        let curve = PairCurve::new(&pairs, others, set.units(), &options.thresholds, options.resampling);
        Self { method, curve, kinds }
    }
}

/// Counts scored pairs by kind.
fn count_kinds(set: &LabeledSet<'_>, scored: &[ScoredArticles]) -> Kinds {
    let pairs = match set {
        LabeledSet::Pairs { pairs: labels, .. } => {
            let mut pairs: BTreeMap<String, usize> = BTreeMap::new();
            for kind in labels.iter().filter_map(|label| label.kind.as_deref()) {
                *pairs.entry(kind.to_owned()).or_default() += 1;
            }
            pairs
        }
        LabeledSet::Groups { articles, .. } => pairs_of_kinds(articles.kinds()),
    };
    let mut kinds = Kinds::new(pairs);
    for (index, (pair, articles)) in scored.iter().enumerate() {
        if let Some(kind) = set.kind_of(index, *articles) {
            kinds.count(&kind, pair.positive, pair.score);
        }
    }
    kinds
}
