//! The number and the quality of clusters at every threshold.

use std::collections::{BTreeMap, BTreeSet};

use super::labels::{Compared, LabeledSet};
use super::method::Method;
use super::options::SweepOptions;
use super::scorer::Scorer;
use super::survey::Survey;
use crate::article::ArticleId;
use crate::cluster::{DisjointSets, Group};
use crate::evaluate::{
    ClusterQuality, ConfusionMatrix, Interval, LabeledPair, Profile, Truth, is_same_threshold, linkage,
};
use crate::verify::Score;

/// The clusters at one threshold.
#[derive(Clone, Debug, PartialEq)]
pub struct ClusterPoint {
    /// The threshold; nothing for the results of another tool.
    pub threshold: Option<f64>,
    /// The number of clusters.
    pub clusters: usize,
    /// The number of members of the largest cluster.
    pub largest: usize,
    /// The number of articles in clusters.
    pub clustered: usize,
    /// The number of articles that could be removed: the share of the article that is in the passage of a cluster
    /// reaches the threshold, and it represents no cluster.
    pub removable: usize,
    /// The confusion matrix of the labeled pairs: whether they are in one cluster, compared with their labels; and
    /// the confidence interval of its F1. Nothing without labels.
    pub pairs: Option<(ConfusionMatrix, Option<Interval>)>,
    /// The quality of the clusters, if groups are labeled.
    pub quality: Option<ClusterQuality>,
}

/// The clusters at every threshold.
#[derive(Clone, Debug, PartialEq)]
pub struct ClusterSeries {
    /// The score that must reach the threshold.
    pub method: Method,
    /// True if articles that any chain of pairs connects are a cluster, as in other tools (single linkage); otherwise
    /// clusters are those of [`cluster`](crate::cluster).
    pub linked: bool,
    /// One point for each threshold, ascending.
    pub points: Vec<ClusterPoint>,
    /// The ranges of thresholds in which the number of removable articles hardly changes, and in which it changes most.
    pub profile: Option<Profile>,
}

impl ClusterSeries {
    /// Clusters as [`cluster`](crate::cluster) does.
    pub(super) fn of_thresholds(
        survey: &Survey,
        by: Score,
        options: &SweepOptions,
        set: Option<&LabeledSet<'_>>,
    ) -> Self {
        let mut ladder = survey.clusters_by_threshold(by);
        // From the highest threshold, at which clusters are small, to the lowest: each step reuses the one before.
        let mut points: Vec<ClusterPoint> = options
            .thresholds
            .iter()
            .rev()
            .map(|&threshold| ClusterPoint::new(Some(threshold), &ladder.step(threshold), options, set))
            .collect();
        points.reverse();
        Self::new(Method::score(by), false, points)
    }

    /// Clusters by single linkage.
    pub(super) fn linked(
        survey: &Survey,
        scorer: &Scorer<'_>,
        method: Method,
        options: &SweepOptions,
        set: Option<&LabeledSet<'_>>,
    ) -> Self {
        let thresholds = &options.thresholds;
        let groups = linkage(scorer.all(method), survey.corpus().len(), survey.identical(), thresholds);
        let points = thresholds.iter().zip(&groups);
        let point = |(&threshold, groups): (&f64, &Vec<Group>)| {
            ClusterPoint::new(Some(threshold), groups, options, set)
        };
        Self::new(method, true, points.map(point).collect())
    }

    fn new(method: Method, linked: bool, points: Vec<ClusterPoint>) -> Self {
        let thresholds: Vec<f64> = points.iter().filter_map(|point| point.threshold).collect();
        let removable: Vec<usize> = points.iter().map(|point| point.removable).collect();
        Self { method, linked, profile: Profile::new(&thresholds, &removable), points }
    }

    /// Returns the point of a threshold; `None` if it was not tried.
    pub fn point(&self, threshold: f64) -> Option<&ClusterPoint> {
        self.points
            .iter()
            .find(|point| point.threshold.is_some_and(|tried| is_same_threshold(tried, threshold)))
    }

    /// Returns the point with the greatest F1 of pairs, the first one of equal ones; nothing without labels.
    pub fn best(&self) -> Option<&ClusterPoint> {
        let f1 = |point: &ClusterPoint| point.pairs.map_or(0.0, |(confusion, _)| confusion.f1());
        let labeled = self.points.iter().filter(|point| point.pairs.is_some());
        labeled.rev().max_by(|one, other| f1(one).total_cmp(&f1(other)))
    }
}

impl ClusterPoint {
    fn new(
        threshold: Option<f64>,
        groups: &[Group],
        options: &SweepOptions,
        set: Option<&LabeledSet<'_>>,
    ) -> Self {
        let representatives: BTreeSet<ArticleId> = groups.iter().map(|group| group.representative).collect();
        let members = || groups.iter().flat_map(|group| &group.members);
        let clustered: BTreeSet<ArticleId> = members().map(|&(id, _)| id).collect();
        let covered = threshold.unwrap_or(0.0);
        let removable: BTreeSet<ArticleId> = members()
            .filter(|&&(id, share)| share >= covered && !representatives.contains(&id))
            .map(|&(id, _)| id)
            .collect();
        let compared = set.map_or_else(Compared::default, |set| set.compare(groups, options.resampling));
        Self {
            threshold,
            clusters: groups.len(),
            largest: groups.iter().map(|group| group.members.len()).max().unwrap_or(0),
            clustered: clustered.len(),
            removable: removable.len(),
            pairs: compared.pairs,
            quality: compared.quality,
        }
    }

    /// Returns the clusters of another tool: its groups, or the articles that its pairs connect, of pairs with a score only
    /// those that reach `least`.
    pub(super) fn of_predicted(
        survey: &Survey,
        found: &Truth,
        least: Option<f64>,
        options: &SweepOptions,
        set: Option<&LabeledSet<'_>>,
    ) -> Self {
        let mut sets: BTreeMap<usize, Vec<ArticleId>> = BTreeMap::new();
        match found {
            Truth::Groups(groups) => {
                for article in groups {
                    for &group in &article.groups {
                        sets.entry(group as usize).or_default().push(article.id);
                    }
                }
            }
            Truth::Pairs(pairs) => {
                let mut forest = DisjointSets::new(survey.corpus().len());
                let reaches = |pair: &LabeledPair| {
                    least.is_none_or(|least| pair.score.is_none_or(|score| score >= least))
                };
                for pair in pairs.iter().filter(|pair| pair.positive && reaches(pair)) {
                    forest.join(pair.a.index(), pair.b.index());
                }
                for id in survey.corpus().ids() {
                    sets.entry(forest.root(id.index())).or_default().push(id);
                }
            }
        }
        let groups: Vec<Group> = sets
            .into_values()
            .filter(|set| set.len() > 1)
            .map(|set| Group {
                representative: set[0],
                members: set.into_iter().map(|id| (id, 1.0)).collect(),
            })
            .collect();
        Self::new(None, &groups, options, set)
    }
}
