//! Verifies whether two articles can be in one cluster.

use super::rule::ClusterRule;
use super::threshold_range::ThresholdRange;
use crate::article::ArticleId;
use crate::verify::{JudgeRule, Match, Measure, Verifier};

/// Verifies pairs of articles and returns the matches that put both into one cluster.
#[derive(Clone)]
pub(super) struct MemberVerifier<'a> {
    verifier: Verifier<'a>,
    rule: ClusterRule,
    same_answers: ThresholdRange,
}

impl<'a> MemberVerifier<'a> {
    pub(super) fn new(verifier: Verifier<'a>, rule: ClusterRule) -> Self {
        Self { verifier, rule, same_answers: ThresholdRange::ALL }
    }

    /// Verifies a center and a neighbor of one of its neighbors, and returns the match with `center` as its first article;
    /// `None` if there is no match, or none that joins.
    pub(super) fn verify(&mut self, center: ArticleId, id: ArticleId) -> Option<Match> {
        self.verify_up_to(center, id, ClusterRule::joins_through_another_up_to)
    }

    /// Verifies two articles that both join the center of one star, and returns the match with `representative` as its
    /// first article; `None` if there is no match that allows them to be in one cluster.
    pub(super) fn verify_member(&mut self, representative: ArticleId, id: ArticleId) -> Option<Match> {
        self.verify_up_to(representative, id, ClusterRule::stays_up_to)
    }

    /// Verifies a pair and returns the match with `one` as its first article; `None` if the threshold is greater than
    /// `limit`, which a pair has by the rule.
    fn verify_up_to(
        &mut self,
        one: ArticleId,
        other: ArticleId,
        limit: fn(ClusterRule, &Measure, &JudgeRule) -> f64,
    ) -> Option<Match> {
        let measure = self.verifier.measure(one, other)?;
        let judge = *self.verifier.rule();
        if !self.same_answers.joins_at(judge.threshold, limit(self.rule, &measure, &judge)) {
            return None;
        }
        measure.into_match(&judge).map(|found| found.seen_from(one))
    }

    /// Returns the thresholds at which every pair since the last [`forget`](Self::forget) would join or not join as it
    /// does at the threshold of the rule.
    pub(super) fn same_answers(&self) -> ThresholdRange {
        self.same_answers
    }

    /// Adds the pairs that another verifier verified: those that have the same answers in a range of thresholds.
    pub(super) fn narrow(&mut self, same_answers: ThresholdRange) {
        self.same_answers = self.same_answers.intersection(same_answers);
    }

    /// Forgets the pairs that were verified.
    pub(super) fn forget(&mut self) {
        self.same_answers = ThresholdRange::ALL;
    }
}
