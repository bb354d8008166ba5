//! Clusters of any origin in, how many and how good they are at every threshold out.

use std::collections::{BTreeMap, BTreeSet};

use super::methods::{Method, Scorer};
use super::pairs::LabeledSet;
use super::{SweepOptions, compared};
use crate::article::ArticleId;
use crate::cluster::{DisjointSets, Group};
use crate::detect::survey::Survey;
use crate::evaluate::{ClusterQuality, Confusion, Interval, Profile, Truth, linkage};
use crate::verify::Score;

/// What labels say of clusters.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Compared {
    pub(super) pairs: Option<(Confusion, Option<Interval>)>,
    pub(super) quality: Option<ClusterQuality>,
}

/// What clusters are at one threshold.
#[derive(Clone, Debug, PartialEq)]
pub struct ClusterPoint {
    /// The threshold; nothing for what another tool found.
    pub threshold: Option<f64>,
    /// How many clusters there are.
    pub clusters: usize,
    /// The members of the largest.
    pub largest: usize,
    /// The articles that are in a cluster.
    pub clustered: usize,
    /// The articles that could go: they stand, to the threshold, in what a cluster carries, and represent none.
    pub removable: usize,
    /// Of the labeled pairs: together in a cluster, labeled copies; and where resamples put the F1.
    pub pairs: Option<(Confusion, Option<Interval>)>,
    /// How good the clusters are, where groups are labeled.
    pub quality: Option<ClusterQuality>,
}

/// What clusters are at every threshold.
#[derive(Clone, Debug, PartialEq)]
pub struct ClusterSeries {
    /// The score that must reach the threshold.
    pub method: Method,
    /// Whether whatever hangs together by any chain of pairs is a cluster, as other tools have it; else clusters are
    /// those of `wirecopy cluster`.
    pub linked: bool,
    /// One point a threshold, ascending.
    pub points: Vec<ClusterPoint>,
    /// Where the number of removable articles is flat and where it is steep.
    pub profile: Option<Profile>,
}

impl ClusterSeries {
    pub(super) fn of_ladder(
        survey: &Survey,
        by: Score,
        options: &SweepOptions,
        set: Option<&LabeledSet<'_>>,
    ) -> Self {
        let mut ladder = survey.ladder(by);
        // From the top, where hardly anything hangs together, down.
        let mut points: Vec<ClusterPoint> = options
            .thresholds
            .iter()
            .rev()
            .map(|&threshold| ClusterPoint::new(Some(threshold), &ladder.step(threshold), options, set))
            .collect();
        points.reverse();
        Self::new(Method::score(by), false, points)
    }

    pub(super) fn linked(
        survey: &Survey,
        scorer: &Scorer<'_>,
        method: Method,
        options: &SweepOptions,
        set: Option<&LabeledSet<'_>>,
    ) -> Self {
        let thresholds = &options.thresholds;
        let groups = linkage(scorer.all(method), survey.corpus().len(), survey.copies(), thresholds);
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

    /// Gives the point with the greatest F1 of pairs, the first of equals; nothing without labels.
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
        let compared = compared(set, groups, options.resampling);
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

    /// Sees what another tool found as clusters: groups as they are, pairs by what hangs together.
    pub(super) fn of_predicted(
        survey: &Survey,
        found: &Truth,
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
                for pair in pairs.iter().filter(|pair| pair.positive) {
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
