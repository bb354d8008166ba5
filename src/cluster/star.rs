//! Builds the clusters of a component as stars, around the articles with the most matches, until every match is in a
//! cluster.

use std::collections::{BTreeMap, BTreeSet};

use super::cluster::Cluster;
use super::component::Component;
use super::match_graph::{MatchGraph, region_in};
use super::member_verifier::MemberVerifier;
use super::overlap::group_by_overlap;
use super::preference::Preference;
use super::representative;
use super::rule::ClusterRule;
use super::star_group::{Satellite, StarGroup};
use super::threshold_range::ThresholdRange;
use crate::article::ArticleId;
use crate::corpus::{Corpus, IdenticalArticles};
use crate::provenance::Seconds;
use crate::verify::{Match, Region, Verifier};

/// Builds the clusters of one component after another.
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
        self.verifier.forget();
        let mut graph = MatchGraph::new(component);
        let mut clusters = Vec::new();
        while let Some(center) = graph.next_center() {
            let matches = self.matches_around(center, &graph);
            for group in self.groups(center, &matches) {
                graph.cover(center, group.satellites.iter().map(|satellite| satellite.found));
                self.push_clusters(group, &mut clusters);
            }
        }
        clusters
    }

    /// Returns the thresholds at which a component of the same matches as the last one has the same clusters.
    pub(super) fn same_clusters(&self) -> ThresholdRange {
        self.verifier.same_answers()
    }

    /// Returns the matches of a center with its neighbors, and with neighbors of these, ordered by the other article. The
    /// center is the first article of each match.
    ///
    /// A neighbor of a neighbor is verified only if the neighbor shares with it some of the text that it shares with the
    /// center: a page of many stories has neighbors that share nothing.
    fn matches_around(&mut self, center: ArticleId, graph: &MatchGraph<'_>) -> Vec<Match> {
        let neighbors = graph.matches_of(center);
        let mut matches: BTreeMap<ArticleId, Match> =
            neighbors.iter().map(|(&id, found)| (id, found.seen_from(center))).collect();
        let mut further: BTreeSet<ArticleId> = BTreeSet::new();
        for (&id, found) in neighbors {
            let shared = region_in(id, found);
            let others = graph.matches_of(id).iter();
            let near = others.filter(|(_, found)| region_in(id, found).overlap(shared) > 0);
            further.extend(near.map(|(&other, _)| other));
        }
        further.retain(|id| *id != center && !neighbors.contains_key(id));
        for id in further {
            if let Some(found) = self.verifier.verify(center, id) {
                matches.insert(id, found);
            }
        }
        matches.into_values().collect()
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
