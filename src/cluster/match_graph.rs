//! Keeps track of the matches of a component that no cluster contains yet.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::component::Component;
use super::overlap::is_half_inside;
use crate::article::ArticleId;
use crate::verify::{Match, Region};

/// The matches of a component: articles are nodes, matches are edges. A match is covered once a cluster contains it.
pub(super) struct MatchGraph<'a> {
    neighbors: BTreeMap<ArticleId, BTreeMap<ArticleId, &'a Match>>,
    uncovered: BTreeMap<ArticleId, BTreeSet<ArticleId>>,
    /// Articles by the number of their uncovered matches; the numbers may be out of date.
    queue: BinaryHeap<(usize, Reverse<ArticleId>)>,
}

impl<'a> MatchGraph<'a> {
    /// Creates the graph of a component, all matches uncovered.
    pub(super) fn new(component: &Component<'a>) -> Self {
        let mut neighbors: BTreeMap<ArticleId, BTreeMap<ArticleId, &'a Match>> =
            component.articles.iter().map(|&id| (id, BTreeMap::new())).collect();
        for &found in &component.matches {
            for (one, other) in [(found.a, found.b), (found.b, found.a)] {
                neighbors.entry(one).or_default().insert(other, found);
            }
        }
        let uncovered: BTreeMap<ArticleId, BTreeSet<ArticleId>> =
            neighbors.iter().map(|(&id, matches)| (id, matches.keys().copied().collect())).collect();
        let queue = uncovered.iter().map(|(&id, others)| (others.len(), Reverse(id))).collect();
        Self { neighbors, uncovered, queue }
    }

    /// Returns the matches of an article by the other article.
    pub(super) fn matches_of(&self, id: ArticleId) -> &BTreeMap<ArticleId, &'a Match> {
        &self.neighbors[&id]
    }

    /// Returns the article with the most uncovered matches, the first by number of equals; `None` when all matches are
    /// covered.
    pub(super) fn next_center(&mut self) -> Option<ArticleId> {
        while let Some((count, Reverse(id))) = self.queue.pop() {
            let now = self.uncovered[&id].len();
            if now == 0 {
                continue;
            }
            if now == count {
                return Some(id);
            }
            self.queue.push((now, Reverse(id)));
        }
        None
    }

    /// Covers the matches that a star contains: those of its center with its members, and those between two members if
    /// the center has at least half of the text that the two share. `star` contains the matches of the center, which is
    /// the first article of each.
    pub(super) fn cover<'m>(&mut self, center: ArticleId, star: impl Iterator<Item = &'m Match>) {
        let shared_with_center: BTreeMap<ArticleId, &Region> =
            star.map(|found| (found.b, &found.region_b)).collect();
        for (&one, region) in &shared_with_center {
            self.cover_match(center, one);
            let covered: Vec<ArticleId> = self.uncovered[&one]
                .iter()
                .copied()
                .filter(|other| shared_with_center.contains_key(other))
                .filter(|other| is_half_inside(region_in(one, self.neighbors[&one][other]), region))
                .collect();
            for other in covered {
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

/// Returns the region of `id`, one of the two articles of a match, that it shares with the other.
pub(super) fn region_in(id: ArticleId, found: &Match) -> &Region {
    if found.a == id { &found.region_a } else { &found.region_b }
}
