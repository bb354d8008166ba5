//! A component in, clusters out: stars around the articles with most neighbors, until every match is in one.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::by_threshold::Holds;
use super::component::Component;
use super::overlap::group;
use super::representative::{Choice, Spoke};
use super::{Cluster, ClusterRule, Preference, joins_up_to};
use crate::article::ArticleId;
use crate::corpus::{Corpus, IdenticalArticles};
use crate::provenance::Seconds;
use crate::verify::{Match, Region, Verifier};

/// Makes the stars of components, one after another.
pub(super) struct Stars<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) copies: &'a IdenticalArticles,
    pub(super) rule: ClusterRule,
    pub(super) preference: &'a Preference,
    /// For which thresholds everything holds that was made since this was set.
    pub(super) holds: Holds,
    verifier: Verifier<'a>,
}

impl<'a> Stars<'a> {
    pub(super) fn new(
        corpus: &'a Corpus,
        copies: &'a IdenticalArticles,
        verifier: Verifier<'a>,
        rule: ClusterRule,
        preference: &'a Preference,
    ) -> Self {
        Self { corpus, copies, rule, preference, holds: Holds::default(), verifier }
    }

    /// Verifies a pair and gives the match with `center` as `a`, if it joins.
    pub(super) fn spoke(&mut self, center: ArticleId, id: ArticleId) -> Option<Match> {
        let measure = self.verifier.measure(center, id)?;
        let rule = *self.verifier.rule();
        if !self.holds.note(joins_up_to(&measure, &rule, self.rule), rule.threshold) {
            return None;
        }
        measure.into_match(&rule).map(|found| found.seen_from(center))
    }

    /// Makes the clusters of a component; some may be contained in others.
    pub(super) fn clusters(&mut self, component: &Component<'_>) -> Vec<Cluster> {
        let mut graph = Graph::new(component);
        let mut out = Vec::new();
        while let Some(center) = graph.next_center() {
            let spokes = self.spokes(center, &graph);
            let regions: Vec<Region> = spokes.iter().map(|spoke| spoke.region_a.clone()).collect();
            let groups = self.near_in_time(center, &spokes, group(&regions));
            let mut groups_of = vec![0; spokes.len()];
            for &index in groups.iter().flatten() {
                groups_of[index] += 1;
            }
            for members in &groups {
                let spokes: Vec<Spoke<'_>> = members
                    .iter()
                    .map(|&index| Spoke { found: &spokes[index], alone: groups_of[index] == 1 })
                    .collect();
                graph.cover(center, &spokes);
                out.push(Choice::new(self, center, &spokes).cluster());
            }
        }
        out
    }

    /// Divides the groups around an undated center, which is near to all, by the dates of their members: from the
    /// first one so far as is asked for, and so on. Undated members are near to all, too.
    fn near_in_time(&self, center: ArticleId, spokes: &[Match], groups: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
        let Some(within) = self.rule.within.filter(|_| self.corpus.time(center).is_none()) else {
            return groups;
        };
        let time = |index: usize| self.corpus.time(spokes[index].b);
        let mut out: Vec<Vec<usize>> = Vec::new();
        for group in groups {
            let undated: Vec<usize> = group.iter().copied().filter(|&index| time(index).is_none()).collect();
            let mut dated: Vec<(Seconds, usize)> =
                group.iter().filter_map(|&index| Some((time(index)?, index))).collect();
            dated.sort_unstable();
            if dated.is_empty() {
                out.push(undated);
                continue;
            }
            let mut rest = dated.as_slice();
            while let [(first, _), ..] = rest {
                let near = rest.partition_point(|(time, _)| time.abs_diff(*first) <= within);
                let members = rest[..near].iter().map(|&(_, index)| index);
                let mut members: Vec<usize> = members.chain(undated.iter().copied()).collect();
                members.sort_unstable();
                out.push(members);
                rest = &rest[near..];
            }
        }
        out
    }

    /// Gives the matches of a center with its neighbors, and with theirs that share with a neighbor something of what
    /// the center does, the center as `a`, by neighbor. A page of many stories has neighbors that share nothing.
    fn spokes(&mut self, center: ArticleId, graph: &Graph<'_>) -> Vec<Match> {
        let neighbors = &graph.neighbors[&center];
        let mut spokes: BTreeMap<ArticleId, Match> =
            neighbors.iter().map(|(&id, found)| (id, found.seen_from(center))).collect();
        let further: BTreeSet<ArticleId> = neighbors
            .iter()
            .flat_map(|(&id, found)| {
                let shared = region_of(id, found);
                let others = graph.neighbors[&id].iter();
                let near = move |found: &Match| region_of(id, found).overlap(shared) > 0;
                others.filter(move |(_, found)| near(found)).map(|(&other, _)| other)
            })
            .filter(|&id| id != center && !neighbors.contains_key(&id))
            .collect();
        for id in further {
            if let Some(found) = self.spoke(center, id) {
                spokes.insert(id, found);
            }
        }
        spokes.into_values().collect()
    }
}

/// Gives what a match shares, in one of its two articles.
fn region_of(id: ArticleId, found: &Match) -> &Region {
    if found.a == id { &found.region_a } else { &found.region_b }
}

/// The matches of a component, and which of them no cluster holds yet.
struct Graph<'a> {
    neighbors: BTreeMap<ArticleId, BTreeMap<ArticleId, &'a Match>>,
    uncovered: BTreeMap<ArticleId, BTreeSet<ArticleId>>,
    /// Articles by the number of their uncovered matches; entries may be out of date.
    queue: BinaryHeap<(usize, std::cmp::Reverse<ArticleId>)>,
}

impl<'a> Graph<'a> {
    fn new(component: &Component<'a>) -> Self {
        let mut neighbors: BTreeMap<ArticleId, BTreeMap<ArticleId, &'a Match>> =
            component.articles.iter().map(|&id| (id, BTreeMap::new())).collect();
        for &found in &component.matches {
            for (one, other) in [(found.a, found.b), (found.b, found.a)] {
                neighbors.entry(one).or_default().insert(other, found);
            }
        }
        let uncovered: BTreeMap<ArticleId, BTreeSet<ArticleId>> =
            neighbors.iter().map(|(&id, matches)| (id, matches.keys().copied().collect())).collect();
        let queue = uncovered.iter().map(|(&id, others)| (others.len(), std::cmp::Reverse(id))).collect();
        Self { neighbors, uncovered, queue }
    }

    /// Gives the article with most uncovered matches, the first by number of equals; nothing when all are covered.
    fn next_center(&mut self) -> Option<ArticleId> {
        while let Some((count, std::cmp::Reverse(id))) = self.queue.pop() {
            let now = self.uncovered[&id].len();
            if now == 0 {
                continue;
            }
            if now == count {
                return Some(id);
            }
            self.queue.push((now, std::cmp::Reverse(id)));
        }
        None
    }

    /// Marks the matches that a star holds: those with its center, and those between two of its members that are
    /// mostly about what both share with the center.
    fn cover(&mut self, center: ArticleId, spokes: &[Spoke<'_>]) {
        let carried: BTreeMap<ArticleId, &Region> =
            spokes.iter().map(|spoke| (spoke.found.b, &spoke.found.region_b)).collect();
        for (&one, region) in &carried {
            self.cover_match(center, one);
            let held: Vec<ArticleId> = self.uncovered[&one]
                .iter()
                .copied()
                .filter(|other| carried.contains_key(other))
                .filter(|other| {
                    let shared = region_of(one, self.neighbors[&one][other]);
                    shared.overlap(region) * 2 >= shared.len()
                })
                .collect();
            for other in held {
                self.cover_match(one, other);
            }
        }
    }

    fn cover_match(&mut self, one: ArticleId, other: ArticleId) {
        for (from, to) in [(one, other), (other, one)] {
            if let Some(others) = self.uncovered.get_mut(&from) {
                others.remove(&to);
            }
        }
    }
}
