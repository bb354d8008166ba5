//! Clusters the same measured pairs at several thresholds.
//!
//! Between two thresholds most articles stay in the same clusters. The clusters of a component depend on the threshold
//! only through the pairs that join. So a component is clustered again only if one of its pairs, or one that was
//! verified meanwhile, joins at one threshold and not at the other.
//!
//! Invariant: the result for each threshold is that of [`cluster`](fn@super::cluster) with that threshold.
//! Cost: for each threshold one pass over all pairs, and the clustering of the components that changed since the
//! threshold before.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use super::cluster::Cluster;
use super::component::{Component, ComponentMatches, ConnectedPairs};
use super::contained::{covered_leaders, without_contained};
use super::preference::Preference;
use super::rule::ClusterRule;
use super::star::StarBuilder;
use super::threshold_range::ThresholdRange;
use crate::article::ArticleId;
use crate::corpus::{Corpus, IdenticalArticles};
use crate::verify::{JudgeRule, Match, Measure, Verifier};

/// The articles of a cluster, without the passages.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The article that the members were verified against.
    pub representative: ArticleId,
    /// The members, ascending, each with the share of its words that are in the passage.
    pub members: Vec<(ArticleId, f64)>,
}

impl Group {
    /// Creates the group of the articles of a cluster.
    pub fn new(cluster: &Cluster) -> Self {
        let mut members: Vec<(ArticleId, f64)> =
            cluster.members.iter().map(|member| (member.id, member.article_coverage)).collect();
        members.sort_by_key(|&(id, _)| id);
        Self { representative: cluster.representative, members }
    }
}

/// The clusters of a component.
#[derive(Debug)]
struct ComponentClusters {
    /// The thresholds at which a component of the same matches has the same clusters.
    valid_at: ThresholdRange,
    groups: Vec<Group>,
    /// The leaders of identical articles of which at least half is in the clusters.
    covered: Vec<ArticleId>,
}

/// Clusters measured pairs at one threshold after another. It is fastest when the thresholds ascend or descend.
#[derive(Debug)]
pub struct ClustersByThreshold<'a> {
    corpus: &'a Corpus,
    identical: &'a IdenticalArticles,
    verifier: Verifier<'a>,
    rule: ClusterRule,
    preference: Preference,
    /// The pairs, each with the greatest threshold at which it joins.
    pairs: Vec<(f64, &'a Match)>,
    /// The components at the last threshold, by a hash of their pairs.
    last: BTreeMap<u128, Arc<ComponentClusters>>,
}

impl<'a> ClustersByThreshold<'a> {
    /// Prepares measured pairs of leaders (the first of each set of identical articles) for clustering. The thresholds
    /// in `rule` and in the rule of `verifier` are ignored.
    pub fn new(
        corpus: &'a Corpus,
        identical: &'a IdenticalArticles,
        measures: &'a [Measure],
        verifier: Verifier<'a>,
        rule: ClusterRule,
        preference: Preference,
    ) -> Self {
        let judge = *verifier.rule();
        let pairs = measures
            .iter()
            .map(|measure| (rule.joins_up_to(measure, &judge), measure.shared()))
            .filter(|&(joins_up_to, _)| joins_up_to > 0.0)
            .collect();
        Self { corpus, identical, verifier, rule, preference, pairs, last: BTreeMap::new() }
    }

    /// Returns the clusters at a threshold above 0, largest first, then by representative.
    pub fn step(&mut self, threshold: f64) -> Vec<Group> {
        let components = self.components_at(threshold);
        let clusters = || components.iter().map(|(_, clusters)| clusters);
        let mut groups: Vec<Group> = clusters().flat_map(|of_one| of_one.groups.iter().cloned()).collect();
        let mut covered: Vec<ArticleId> = clusters().flat_map(|of_one| of_one.covered.clone()).collect();
        covered.sort_unstable();
        let uncovered = self.identical.sets().filter(|set| covered.binary_search(&set[0]).is_err());
        groups.extend(
            uncovered.map(|set| Group::new(&Cluster::of_identical(self.corpus, set, &self.preference))),
        );
        groups.sort_by_key(|group| (Reverse(group.members.len()), group.representative));
        self.last = components.into_iter().collect();
        groups
    }

    /// Returns the clusters of each component at a threshold, by the hash of its pairs. Clusters of the last
    /// threshold are reused if they are still valid.
    fn components_at(&self, threshold: f64) -> Vec<(u128, Arc<ComponentClusters>)> {
        let joining: Vec<&Match> = self
            .pairs
            .iter()
            .filter(|&&(joins_up_to, _)| threshold <= joins_up_to)
            .map(|&(_, found)| found)
            .collect();
        let connected =
            ConnectedPairs::new((0..).zip(&joining).map(|(index, found)| (index, (found.a, found.b))));
        let judge = JudgeRule { threshold, ..*self.verifier.rule() };
        let rule = ClusterRule { threshold, ..self.rule };
        let start = || {
            let verifier = self.verifier.with_rule(judge);
            StarBuilder::new(self.corpus, self.identical, verifier, rule, &self.preference)
        };
        connected
            .components()
            .map_init(start, |builder, pairs| {
                let matches = pairs.iter().map(|&pair| joining[pair as usize]).collect();
                let component = Component::new(ComponentMatches::Unpacked(matches));
                let hash = hash(&component);
                let known = self.last.get(&hash).filter(|known| known.valid_at.contains(threshold));
                (hash, known.map_or_else(|| Arc::new(self.clustered(builder, &component)), Arc::clone))
            })
            .collect()
    }

    fn clustered(&self, builder: &mut StarBuilder<'_>, component: &Component<'_>) -> ComponentClusters {
        let clusters = without_contained(builder.clusters(component));
        ComponentClusters {
            valid_at: builder.same_clusters(),
            groups: clusters.iter().map(Group::new).collect(),
            covered: covered_leaders(&clusters, self.corpus, self.identical).into_iter().collect(),
        }
    }
}

/// Returns a hash of the pairs of a component.
fn hash(component: &Component<'_>) -> u128 {
    let mut hasher = Xxh3::new();
    for (a, b) in component.matches.pairs() {
        hasher.update(&a.get().to_le_bytes());
        hasher.update(&b.get().to_le_bytes());
    }
    hasher.digest128()
}
