//! Builds the clusters of a component as stars, around the articles with the most matches, until every match is in a
//! cluster.
//!
//! Which articles become centers depends on the stars before them, but the star around an article hardly does: only matches
//! between two articles of a series are removed with a star. So the stars of a large component are built in parallel, for
//! centers that are probably next, and the centers are then taken in their order. A star that was built with a match that
//! has been removed since is built again: the clusters are the same however many stars are built ahead.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::cluster::Cluster;
use super::component::Component;
use super::match_graph::{MatchGraph, Neighbor};
use super::member_verifier::MemberVerifier;
use super::overlap::group_by_overlap;
use super::preference::Preference;
use super::representative;
use super::rule::ClusterRule;
use super::series::{Series, may_be_version};
use super::star_group::{Satellite, StarGroup};
use super::threshold_range::ThresholdRange;
use crate::article::ArticleId;
use crate::corpus::{Corpus, IdenticalArticles};
use crate::provenance::Seconds;
use crate::verify::{Match, Region, Verifier, overlap};

/// The number of articles from which on the stars of a component are built in parallel.
const LARGE_COMPONENT: usize = 512;
/// The number of stars that each thread builds ahead.
const STARS_AHEAD: usize = 16;

/// The star around an article.
struct Star {
    /// For each group of articles that share one passage with the center, its members, each with the text that it shares
    /// with the center.
    shared: Vec<BTreeMap<ArticleId, Region>>,
    /// Other articles of a series, each with the text that it shares with the center. They are in no cluster of the star.
    series: BTreeMap<ArticleId, Region>,
    clusters: Vec<Cluster>,
}

/// Builds the clusters of one component after another.
#[derive(Clone)]
pub(super) struct StarBuilder<'a> {
    corpus: &'a Corpus,
    identical: &'a IdenticalArticles,
    preference: &'a Preference,
    rule: ClusterRule,
    verifier: MemberVerifier<'a>,
}

impl<'a> StarBuilder<'a> {
    pub(super) fn new(
        corpus: &'a Corpus,
        identical: &'a IdenticalArticles,
        verifier: Verifier<'a>,
        rule: ClusterRule,
        preference: &'a Preference,
    ) -> Self {
        Self { corpus, identical, preference, rule, verifier: MemberVerifier::new(verifier, rule) }
    }

    /// Builds the clusters of a component; some may be contained in others.
    pub(super) fn clusters(&mut self, component: &Component<'_>) -> Vec<Cluster> {
        let is_large = component.articles.len() >= LARGE_COMPONENT;
        let ahead = if is_large { STARS_AHEAD * rayon::current_num_threads() } else { 1 };
        self.clusters_building_ahead(component, ahead)
    }

    /// Builds the clusters of a component. Up to `ahead` stars are built before it is known whether their centers are
    /// centers.
    pub(super) fn clusters_building_ahead(
        &mut self,
        component: &Component<'_>,
        ahead: usize,
    ) -> Vec<Cluster> {
        self.verifier.forget();
        let mut graph = MatchGraph::new(component);
        let mut stars: BTreeMap<ArticleId, Star> = BTreeMap::new();
        let mut clusters = Vec::new();
        while let Some(center) = graph.next_center() {
            let star = match stars.remove(&center) {
                Some(star) => star,
                None if ahead <= 1 => self.star(center, &graph),
                None => {
                    let free = ahead.saturating_sub(stars.len());
                    let centers = graph.next_centers(center, free, |id| stars.contains_key(&id));
                    stars.extend(self.stars(&centers, &graph));
                    stars.remove(&center).expect("the star around the next center is built")
                }
            };
            star.shared.iter().for_each(|shared| graph.cover(center, shared));
            if !star.series.is_empty() {
                // Stars that were built with a removed match are built again.
                let changed = graph.with_neighbors(star.series.keys().copied().chain([center]));
                stars.retain(|id, _| !changed.contains(id));
                graph.remove_series(center, &star.series, |text| may_be_version(self.corpus, text));
            }
            clusters.extend(star.clusters);
        }
        clusters
    }

    /// Returns the thresholds at which a component of the same matches as the last one has the same clusters.
    pub(super) fn same_clusters(&self) -> ThresholdRange {
        self.verifier.same_answers()
    }

    /// Builds the stars around articles, in parallel.
    fn stars(&mut self, centers: &[ArticleId], graph: &MatchGraph<'_>) -> Vec<(ArticleId, Star)> {
        let build = |builder: &mut Self, &center: &ArticleId| {
            builder.verifier.forget();
            let star = builder.star(center, graph);
            ((center, star), builder.same_clusters())
        };
        let (stars, ranges): (Vec<_>, Vec<_>) = centers.par_iter().map_init(|| self.clone(), build).unzip();
        ranges.into_iter().for_each(|range| self.verifier.narrow(range));
        stars
    }

    /// Builds the star around an article.
    fn star(&mut self, center: ArticleId, graph: &MatchGraph<'_>) -> Star {
        let [matches, series] = self.matches_around(center, graph);
        let matches: Vec<Match> = matches.into_values().collect();
        let series = series.into_iter().map(|(id, found)| (id, found.region_b)).collect();
        let (mut shared, mut clusters) = (Vec::new(), Vec::new());
        for group in self.groups(center, &matches) {
            let members =
                group.satellites.iter().map(|member| (member.found.b, member.found.region_b.clone()));
            shared.push(members.collect());
            self.push_clusters(group, &mut clusters);
        }
        Star { shared, series, clusters }
    }

    /// Returns the matches of a center with its neighbors, and with neighbors of these, ordered by the other article. The
    /// center is the first article of each match. Those with other articles of a series are returned apart.
    fn matches_around(
        &mut self,
        center: ArticleId,
        graph: &MatchGraph<'_>,
    ) -> [BTreeMap<ArticleId, Match>; 2] {
        let found = |neighbor: Neighbor| (neighbor.id, graph.found(&neighbor).seen_from(center));
        let mut matches: BTreeMap<ArticleId, Match> = graph.neighbors(center).map(found).collect();
        // The neighbors of another article of the series are most of the series.
        let series = Series::around(self.corpus, center, &matches);
        let is_near = |neighbor: &Neighbor| !series.has_another(&matches[&neighbor.id]);
        for id in self.further(center, graph, is_near) {
            if let Some(found) = self.verifier.verify(center, id) {
                matches.insert(id, found);
            }
        }
        let series = Series::around(self.corpus, center, &matches);
        let (series, matches) = matches.into_iter().partition(|(_, found)| series.has_another(found));
        [matches, series]
    }

    /// Returns the neighbors of some neighbors of a center that are none of its own, if the neighbor between them shares some text
    /// with the other that it shares with the center: a page of many stories has neighbors that share nothing.
    fn further(
        &self,
        center: ArticleId,
        graph: &MatchGraph<'_>,
        is_near: impl Fn(&Neighbor) -> bool,
    ) -> BTreeSet<ArticleId> {
        let mut further: BTreeSet<ArticleId> = BTreeSet::new();
        let (mut shared, mut own) = (Vec::new(), Vec::new());
        for neighbor in graph.neighbors(center).filter(is_near) {
            graph.read_others(&neighbor, &mut shared);
            for other in graph.neighbors(neighbor.id).filter(|other| other.id != center) {
                let mut shares_text = || {
                    graph.read_own(&other, &mut own);
                    overlap(&own, &shared) > 0
                };
                if !further.contains(&other.id) && shares_text() {
                    further.insert(other.id);
                }
            }
        }
        graph.all_neighbors(center).for_each(|id| {
            further.remove(&id);
        });
        further
    }

    /// Groups the matches of a center so that the articles of each group share one passage and are near in time.
    fn groups<'m>(&self, center: ArticleId, matches: &'m [Match]) -> Vec<StarGroup<'m>> {
        let regions: Vec<Region> = matches.iter().map(|found| found.region_a.clone()).collect();
        let mut groups = group_by_overlap(&regions);
        // Articles that match a dated center are near to it in time, but an undated center matches articles of any date.
        if let Some(within) = self.rule.within.filter(|_| self.corpus.time(center).is_none()) {
            let time = |index: usize| self.corpus.time(matches[index].b);
            groups = groups.iter().flat_map(|group| split_by_date(group, within, time)).collect();
        }
        let mut groups_of = vec![0; matches.len()];
        for &index in groups.iter().flatten() {
            groups_of[index] += 1;
        }
        let satellite =
            |&index: &usize| Satellite { found: &matches[index], is_in_one_group: groups_of[index] == 1 };
        groups.iter().map(|group| StarGroup::new(center, group.iter().map(satellite).collect())).collect()
    }

    /// Appends the cluster of a group. Satellites that do not match its representative have a cluster of their own, which
    /// also contains the center. So each match of the group is of two articles that are in clusters with the center.
    fn push_clusters(&mut self, mut group: StarGroup<'_>, clusters: &mut Vec<Cluster>) {
        loop {
            let (identical, verifier) = (self.identical, &mut self.verifier);
            let chosen = representative::choose(self.corpus, identical, self.preference, verifier, &group);
            let unseen = chosen.view.unseen.clone();
            clusters.push(Cluster::new(self.corpus, identical, chosen, self.rule.threshold));
            if unseen.is_empty() {
                return;
            }
            group = StarGroup::new(group.center, unseen);
        }
    }
}

/// Divides a group by date. Each part begins with the earliest member that is in no part yet and contains the members
/// of the next `within` seconds. Members without a date are in every part.
fn split_by_date(group: &[usize], within: u64, time: impl Fn(usize) -> Option<Seconds>) -> Vec<Vec<usize>> {
    let undated: Vec<usize> = group.iter().copied().filter(|&index| time(index).is_none()).collect();
    let mut dated: Vec<(Seconds, usize)> =
        group.iter().filter_map(|&index| Some((time(index)?, index))).collect();
    dated.sort_unstable();
    if dated.is_empty() {
        return vec![undated];
    }
    let mut parts = Vec::new();
    let mut rest = dated.as_slice();
    while let [(first, _), ..] = rest {
        let (near, later) = rest.split_at(rest.partition_point(|(time, _)| time.abs_diff(*first) <= within));
        let mut part: Vec<usize> =
            near.iter().map(|&(_, index)| index).chain(undated.iter().copied()).collect();
        part.sort_unstable();
        parts.push(part);
        rest = later;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn divides_groups_by_date() {
        type Case<'a> = (&'a str, &'a [Option<Seconds>], &'a [&'a [usize]]);
        let cases: [Case<'_>; 5] = [
            ("no dates", &[None, None], &[&[0, 1]]),
            ("near dates", &[Some(13), Some(10)], &[&[0, 1]]),
            ("far dates", &[Some(14), Some(10)], &[&[1], &[0]]),
            ("a chain of dates", &[Some(10), Some(12), Some(14), Some(16)], &[&[0, 1], &[2, 3]]),
            ("an undated member", &[Some(20), None, Some(10)], &[&[1, 2], &[0, 1]]),
        ];
        for (name, times, expected) in cases {
            let group: Vec<usize> = (0..times.len()).collect();
            assert_eq!(split_by_date(&group, 3, |index| times[index]), expected, "{name}");
        }
    }
}
