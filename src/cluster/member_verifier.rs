//! Verifies whether two articles can be in one cluster.

use super::rule::ClusterRule;
use super::threshold_range::ThresholdRange;
use crate::article::ArticleId;
use crate::verify::{Match, Verifier};

/// Verifies pairs of articles and returns the matches that put both into one cluster.
pub(super) struct MemberVerifier<'a> {
    verifier: Verifier<'a>,
    rule: ClusterRule,
    same_answers: ThresholdRange,
}

impl<'a> MemberVerifier<'a> {
    pub(super) fn new(verifier: Verifier<'a>, rule: ClusterRule) -> Self {
        Self { verifier, rule, same_answers: ThresholdRange::ALL }
    }

    /// Verifies a pair and returns the match with `center` as its first article; `None` if there is no match, or none
    /// that joins.
    pub(super) fn verify(&mut self, center: ArticleId, id: ArticleId) -> Option<Match> {
        let measure = self.verifier.measure(center, id)?;
        let judge = *self.verifier.rule();
        if !self.same_answers.joins_at(judge.threshold, self.rule.joins_up_to(&measure, &judge)) {
            return None;
        }
        measure.into_match(&judge).map(|found| found.seen_from(center))
    }

    /// Returns the thresholds at which every pair since the last [`forget`](Self::forget) would join or not join as it
    /// does at the threshold of the rule.
    pub(super) fn same_answers(&self) -> ThresholdRange {
        self.same_answers
    }

    /// Forgets the pairs that were verified.
    pub(super) fn forget(&mut self) {
        self.same_answers = ThresholdRange::ALL;
    }
}
