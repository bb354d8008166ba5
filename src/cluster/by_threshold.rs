//! Measured pairs in, the clusters at one threshold after another out.
//!
//! Between two thresholds most articles keep their clusters. What a component becomes depends on the threshold only
//! through the pairs that join, so it is worked on again only where one of its pairs, or one that was looked at on the
//! way, joins at one threshold and not at the other.
//!
//! Invariant: each step gives the clusters that [`cluster`](super::cluster) gives at that threshold.
//! Cost: a step from one threshold to the next costs what changes, and a look at each pair.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use super::component::{Component, Linked};
use super::contained::{covered_leaders, without_contained};
use super::star::Stars;
use super::{Cluster, ClusterRule, Preference, joins_up_to, representative};
use crate::article::ArticleId;
use crate::corpus::{Corpus, IdenticalArticles};
use crate::verify::{JudgeRule, Match, Measure, Verifier};

/// For which thresholds something holds: those above `above` and not above `up_to`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Holds {
    above: f64,
    up_to: f64,
}

impl Default for Holds {
    /// It holds for all.
    fn default() -> Self {
        Self { above: f64::NEG_INFINITY, up_to: f64::INFINITY }
    }
}

impl Holds {
    /// Tells whether a pair that joins up to `reach` does at a threshold, and notes where that would be otherwise.
    pub(super) fn note(&mut self, reach: f64, threshold: f64) -> bool {
        if threshold <= reach {
            self.up_to = self.up_to.min(reach);
            true
        } else {
            self.above = self.above.max(reach);
            false
        }
    }

    fn at(self, threshold: f64) -> bool {
        self.above < threshold && threshold <= self.up_to
    }
}

/// What a threshold makes of a cluster: who is in it, without the passages.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The article that the members were checked against.
    pub representative: ArticleId,
    /// The members, ascending, each with the share of its words that stand in the passage.
    pub members: Vec<(ArticleId, f64)>,
}

impl Group {
    /// Gives who is in a cluster.
    pub fn new(cluster: &Cluster) -> Self {
        let mut members: Vec<(ArticleId, f64)> =
            cluster.members.iter().map(|member| (member.id, member.article_coverage)).collect();
        members.sort_by_key(|&(id, _)| id);
        Self { representative: cluster.representative, members }
    }
}

/// What became of a component.
#[derive(Debug)]
struct Rung {
    holds: Holds,
    groups: Vec<Group>,
    /// Leaders of identical articles that stand in clusters.
    covered: Vec<ArticleId>,
}

/// Clusters measured pairs at one threshold after another; neighboring thresholds are best asked for in order.
#[derive(Debug)]
pub struct Ladder<'a> {
    corpus: &'a Corpus,
    copies: &'a IdenticalArticles,
    verifier: Verifier<'a>,
    rule: ClusterRule,
    preference: Preference,
    /// The pairs with the greatest threshold at which each joins.
    pairs: Vec<(f64, &'a Match)>,
    /// The components of the last step, by a hash of their pairs.
    done: BTreeMap<u128, Arc<Rung>>,
}

impl<'a> Ladder<'a> {
    /// Makes a ladder of pairs of leaders. What the rules of `verifier` and `rule` say of thresholds is not asked for.
    pub fn new(
        corpus: &'a Corpus,
        copies: &'a IdenticalArticles,
        measures: &'a [Measure],
        verifier: Verifier<'a>,
        rule: ClusterRule,
        preference: Preference,
    ) -> Self {
        let judge = *verifier.rule();
        let pairs = measures
            .iter()
            .map(|measure| (joins_up_to(measure, &judge, rule), measure.shared()))
            .filter(|&(reach, _)| reach > 0.0)
            .collect();
        Self { corpus, copies, verifier, rule, preference, pairs, done: BTreeMap::new() }
    }

    /// Gives the clusters at a threshold above 0: largest first, then by representative.
    pub fn step(&mut self, threshold: f64) -> Vec<Group> {
        let joining: Vec<&Match> =
            self.pairs.iter().filter(|&&(reach, _)| threshold <= reach).map(|&(_, found)| found).collect();
        let linked = Linked::new(joining.iter().map(|found| (found.a, found.b)));
        let judge = JudgeRule { threshold, ..*self.verifier.rule() };
        let rule = ClusterRule { threshold, ..self.rule };
        let start = || {
            let verifier = self.verifier.judging(judge);
            Stars::new(self.corpus, self.copies, verifier, rule, &self.preference)
        };
        let rungs: Vec<(u128, Arc<Rung>)> = linked
            .components()
            .map_init(start, |stars, pairs| {
                let component = Component::new(pairs.iter().map(|&pair| joining[pair as usize]).collect());
                let key = key(&component);
                let known = self.done.get(&key).filter(|rung| rung.holds.at(threshold));
                (key, known.map_or_else(|| Arc::new(self.rung(stars, &component)), Arc::clone))
            })
            .collect();
        let mut groups: Vec<Group> = rungs.iter().flat_map(|(_, rung)| rung.groups.iter().cloned()).collect();
        let mut covered: Vec<ArticleId> = rungs.iter().flat_map(|(_, rung)| rung.covered.clone()).collect();
        covered.sort_unstable();
        let apart = self.copies.sets().filter(|set| covered.binary_search(&set[0]).is_err());
        groups.extend(
            apart.map(|set| Group::new(&representative::identical(self.corpus, set, &self.preference))),
        );
        groups.sort_by_key(|group| (std::cmp::Reverse(group.members.len()), group.representative));
        self.done = rungs.into_iter().collect();
        groups
    }

    fn rung(&self, stars: &mut Stars<'_>, component: &Component<'_>) -> Rung {
        stars.holds = Holds::default();
        let clusters = without_contained(stars.clusters(component));
        let covered = covered_leaders(&clusters, self.corpus, self.copies).into_iter().collect();
        Rung { holds: stars.holds, groups: clusters.iter().map(Group::new).collect(), covered }
    }
}

/// Hashes what a component is made of.
fn key(component: &Component<'_>) -> u128 {
    let mut hasher = Xxh3::new();
    for found in &component.matches {
        hasher.update(&found.a.get().to_le_bytes());
        hasher.update(&found.b.get().to_le_bytes());
    }
    hasher.digest128()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_where_it_would_be_otherwise() {
        let mut holds = Holds::default();
        assert!(holds.note(0.8, 0.6));
        assert!(!holds.note(0.4, 0.6));
        assert!(holds.note(f64::INFINITY, 0.6));
        assert!(!holds.note(0.0, 0.6));
        for (threshold, expected) in [(0.4, false), (0.41, true), (0.6, true), (0.8, true), (0.81, false)] {
            assert_eq!(holds.at(threshold), expected, "{threshold}");
        }
    }
}
