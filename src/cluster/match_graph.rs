//! Keeps track of the matches of a component that no cluster contains yet.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::ops::Range;

use rayon::prelude::*;

use super::component::{Component, ComponentMatches};
use super::overlap::is_half_inside;
use crate::article::ArticleId;
use crate::store::{list_range, push_leb128, push_ranges, take_leb128, take_ranges};
use crate::verify::{Match, Region};

/// The number of matches that one thread unpacks at a time.
const MATCHES_AT_ONCE: usize = 4096;

/// The matches of a component: articles are nodes, matches are edges. A match is covered once a cluster contains it.
///
/// Cost: 30 to 40 bytes for each match. A match is unpacked when the graph is created, and again for each center.
pub(super) struct MatchGraph<'a> {
    articles: &'a [ArticleId],
    matches: &'a ComponentMatches<'a>,
    regions: MatchRegions,
    /// The edges of all nodes, those of one node after another, ascending by the other node.
    edges: Vec<Edge>,
    /// For each node the end of its edges.
    ends: Vec<u32>,
    /// The state of each match.
    states: Vec<State>,
    /// For each node the number of its uncovered matches: those that are neither covered nor removed.
    uncovered: Vec<u32>,
    /// Nodes by the number of their uncovered matches; the numbers may be out of date.
    queue: BinaryHeap<(u32, Reverse<u32>)>,
}

/// The state of a match.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Uncovered,
    Covered,
    Removed,
}

/// A match of a node. Nodes are indexes of articles of the component.
#[derive(Clone, Copy)]
struct Edge {
    /// The other node.
    other: u32,
    /// The side of the match that the node is on: twice the index of the match, and one more if the node is its second
    /// article.
    side: u32,
}

impl Edge {
    /// Returns the index of the match.
    fn index(self) -> usize {
        self.side as usize / 2
    }
}

/// A neighbor of an article: another one that matches it.
pub(super) struct Neighbor {
    pub(super) id: ArticleId,
    /// The edge from the article to the neighbor.
    edge: Edge,
}

/// The text that a neighbor of a center shares.
pub(super) struct SharedText<'a> {
    pub(super) id: ArticleId,
    /// What it shares with the center.
    pub(super) with_center: &'a Region,
    /// What it shares with another neighbor.
    pub(super) with_other: &'a [Range<u32>],
}

/// The regions of all matches, in parts of [`MATCHES_AT_ONCE`] matches.
struct MatchRegions(Vec<RegionsPart>);

/// The regions of some matches, as bytes: most articles share one range, and a position takes one or two bytes.
#[derive(Default)]
struct RegionsPart {
    /// For each match the number of ranges of its first article, these ranges, and those of its second article.
    bytes: Vec<u8>,
    /// For each match the end of its bytes.
    ends: Vec<u32>,
}

impl MatchRegions {
    fn new(matches: &ComponentMatches<'_>) -> Self {
        let begins: Vec<usize> = (0..matches.len()).step_by(MATCHES_AT_ONCE).collect();
        let part = |begin: usize| {
            let mut part = RegionsPart::default();
            for index in begin..(begin + MATCHES_AT_ONCE).min(matches.len()) {
                part.push(&matches.get(index));
            }
            part.bytes.shrink_to_fit();
            part.ends.shrink_to_fit();
            part
        };
        Self(begins.into_par_iter().map(part).collect())
    }

    /// Replaces the contents of `out` with the ranges of one side of a match.
    fn read(&self, side: usize, out: &mut Vec<Range<u32>>) {
        let index = side / 2;
        let part = &self.0[index / MATCHES_AT_ONCE];
        let mut bytes = part.bytes[list_range(&part.ends, index % MATCHES_AT_ONCE)].iter();
        let in_first = take_leb128(&mut bytes) as usize;
        out.clear();
        if side.is_multiple_of(2) {
            out.extend(take_ranges(&mut bytes).take(in_first));
        } else {
            take_ranges(&mut bytes).take(in_first).for_each(drop);
            out.extend(take_ranges(&mut bytes));
        }
    }
}

impl RegionsPart {
    fn push(&mut self, found: &Match) {
        push_leb128(&mut self.bytes, found.region_a.ranges().len() as u32);
        push_ranges(&mut self.bytes, found.region_a.ranges());
        push_ranges(&mut self.bytes, found.region_b.ranges());
        self.ends.push(self.bytes.len() as u32);
    }
}

impl<'a> MatchGraph<'a> {
    /// Creates the graph of a component, all matches uncovered.
    pub(super) fn new(component: &'a Component<'a>) -> Self {
        let (articles, matches) = (component.articles.as_slice(), &component.matches);
        let nodes: Vec<[u32; 2]> =
            matches.pairs().map(|(a, b)| [a, b].map(|id| node_in(articles, id))).collect();
        let mut uncovered = vec![0; articles.len()];
        for &node in nodes.iter().flatten() {
            uncovered[node as usize] += 1;
        }
        // Where the next edge of each node goes. When all are placed, this is the end of its edges.
        let mut ends: Vec<u32> =
            uncovered.iter().scan(0, |sum, count| Some(std::mem::replace(sum, *sum + count))).collect();
        let mut edges = vec![Edge { other: 0, side: 0 }; 2 * matches.len()];
        for (index, [a, b]) in (0..).zip(nodes) {
            for (node, other, side) in [(a, b, 2 * index), (b, a, 2 * index + 1)] {
                let end = &mut ends[node as usize];
                edges[*end as usize] = Edge { other, side };
                *end += 1;
            }
        }
        for node in 0..ends.len() {
            edges[list_range(&ends, node)].sort_unstable_by_key(|edge| edge.other);
        }
        let queue = (0..).zip(&uncovered).map(|(node, &count)| (count, Reverse(node))).collect();
        let states = vec![State::Uncovered; matches.len()];
        Self { articles, matches, regions: MatchRegions::new(matches), edges, ends, states, uncovered, queue }
    }

    /// Returns the neighbors of an article, ascending, without those of removed matches.
    pub(super) fn neighbors(&self, id: ArticleId) -> impl Iterator<Item = Neighbor> {
        let edges = self.edges_left(node_in(self.articles, id));
        edges.map(|edge| Neighbor { id: self.articles[edge.other as usize], edge })
    }

    /// Returns the neighbors of an article, those of removed matches included.
    pub(super) fn all_neighbors(&self, id: ArticleId) -> impl Iterator<Item = ArticleId> {
        let edges = self.edges[self.edges_of(node_in(self.articles, id))].iter();
        edges.map(|edge| self.articles[edge.other as usize])
    }

    /// Returns the match with a neighbor.
    pub(super) fn found(&self, neighbor: &Neighbor) -> Cow<'a, Match> {
        self.matches.get(neighbor.edge.index())
    }

    /// Replaces the contents of `out` with the ranges of the article that it shares with a neighbor.
    pub(super) fn read_own(&self, neighbor: &Neighbor, out: &mut Vec<Range<u32>>) {
        self.regions.read(neighbor.edge.side as usize, out);
    }

    /// Replaces the contents of `out` with the ranges of a neighbor that it shares with the article.
    pub(super) fn read_others(&self, neighbor: &Neighbor, out: &mut Vec<Range<u32>>) {
        self.regions.read(neighbor.edge.side as usize ^ 1, out);
    }

    /// Returns the article with the most uncovered matches, the first by number of equals; `None` when all matches are
    /// covered.
    pub(super) fn next_center(&mut self) -> Option<ArticleId> {
        self.pop().map(|(_, Reverse(node))| self.articles[node as usize])
    }

    /// Returns a center, and up to `count` further articles that will probably be centers soon: those with the most
    /// uncovered matches of which none is near one before it, so that no star covers matches of the center of another.
    pub(super) fn next_centers(
        &mut self,
        center: ArticleId,
        count: usize,
        is_known: impl Fn(ArticleId) -> bool,
    ) -> Vec<ArticleId> {
        /// The articles that are looked at for each that is returned.
        const TRIED: usize = 8;
        let (mut centers, mut popped, mut near) = (vec![center], Vec::new(), BTreeSet::new());
        self.add_near(node_in(self.articles, center), &mut near);
        while centers.len() <= count && popped.len() < TRIED * count {
            let Some(next) = self.pop() else { break };
            popped.push(next);
            let node = next.1.0;
            let id = self.articles[node as usize];
            if !near.contains(&node) && !is_known(id) {
                self.add_near(node, &mut near);
                centers.push(id);
            }
        }
        self.queue.extend(popped);
        centers
    }

    /// Adds the nodes whose matches the star around a node may cover: its neighbors, and theirs.
    fn add_near(&self, node: u32, near: &mut BTreeSet<u32>) {
        for edge in self.edges_left(node) {
            near.extend(self.edges_left(edge.other).map(|edge| edge.other));
        }
    }

    /// Covers the matches that a star contains: those of its center with its members, and those between two members if
    /// the center has at least half of the text that the two share. `shared` has the members, each with the text that it
    /// shares with the center.
    pub(super) fn cover(&mut self, center: ArticleId, shared: &BTreeMap<ArticleId, Region>) {
        let has_half = |text: &SharedText<'_>| is_half_inside(text.with_other, text.with_center.ranges());
        self.set_state(State::Covered, center, shared, |texts| texts.iter().any(has_half));
    }

    /// Removes the matches of a center with others of its series, and those between two of these, unless `may_be_version`
    /// says of one of them that it may be a version of the other. `series` has the others, each with the text that it shares
    /// with the center.
    pub(super) fn remove_series(
        &mut self,
        center: ArticleId,
        series: &BTreeMap<ArticleId, Region>,
        may_be_version: impl Fn(&SharedText<'_>) -> bool,
    ) {
        self.set_state(State::Removed, center, series, |texts| !texts.iter().any(&may_be_version));
    }

    /// Sets the state of the matches of a center with some of its neighbors, and of those between two of these that
    /// `includes` includes. `shared` has the neighbors, each with the text that it shares with the center.
    fn set_state(
        &mut self,
        state: State,
        center: ArticleId,
        shared: &BTreeMap<ArticleId, Region>,
        includes: impl Fn([SharedText<'_>; 2]) -> bool,
    ) {
        let center = node_in(self.articles, center);
        let shared: BTreeMap<u32, &Region> =
            shared.iter().map(|(&id, region)| (node_in(self.articles, id), region)).collect();
        let mut ranges = [Vec::new(), Vec::new()];
        for (&one, &region) in &shared {
            for place in self.edges_of(one) {
                let edge = self.edges[place];
                if edge.other == center {
                    self.set_state_of(one, edge, state);
                    continue;
                }
                let Some(&other) = shared.get(&edge.other) else { continue };
                // A match of two of them is seen from both.
                if edge.other < one || self.states[edge.index()] >= state {
                    continue;
                }
                let [own, others] = &mut ranges;
                self.regions.read(edge.side as usize, own);
                self.regions.read(edge.side as usize ^ 1, others);
                let [id, other_id] = [one, edge.other].map(|node| self.articles[node as usize]);
                let texts = [
                    SharedText { id, with_center: region, with_other: own },
                    SharedText { id: other_id, with_center: other, with_other: others },
                ];
                if includes(texts) {
                    self.set_state_of(one, edge, state);
                }
            }
        }
    }

    /// Sets the state of the match of an edge of a node.
    fn set_state_of(&mut self, node: u32, edge: Edge, state: State) {
        if std::mem::replace(&mut self.states[edge.index()], state) == State::Uncovered {
            self.uncovered[node as usize] -= 1;
            self.uncovered[edge.other as usize] -= 1;
        }
    }

    /// Returns some articles and their neighbors.
    pub(super) fn with_neighbors(&self, ids: impl Iterator<Item = ArticleId>) -> BTreeSet<ArticleId> {
        let with_neighbors = |id| self.neighbors(id).map(|neighbor| neighbor.id).chain([id]);
        ids.flat_map(with_neighbors).collect()
    }

    /// Takes the node with the most uncovered matches from the queue.
    fn pop(&mut self) -> Option<(u32, Reverse<u32>)> {
        while let Some((count, Reverse(node))) = self.queue.pop() {
            let now = self.uncovered[node as usize];
            if now == 0 {
                continue;
            }
            if now == count {
                return Some((count, Reverse(node)));
            }
            self.queue.push((now, Reverse(node)));
        }
        None
    }

    /// Returns the edges of a node, without those of removed matches.
    fn edges_left(&self, node: u32) -> impl Iterator<Item = Edge> {
        let edges = self.edges[self.edges_of(node)].iter().copied();
        edges.filter(|edge| self.states[edge.index()] != State::Removed)
    }

    fn edges_of(&self, node: u32) -> Range<usize> {
        list_range(&self.ends, node as usize)
    }
}

/// Returns the index of an article of a component.
fn node_in(articles: &[ArticleId], id: ArticleId) -> u32 {
    articles.binary_search(&id).expect("the articles of a component match each other") as u32
}
