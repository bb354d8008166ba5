//! Divides matches into components: articles that a chain of matches connects, with the matches between them.
//!
//! A component is not a cluster. Components are independent of each other, so they are processed in parallel.

use std::borrow::Cow;

use rayon::prelude::*;

use super::disjoint_sets::DisjointSets;
use crate::article::ArticleId;
use crate::store::list_range;
use crate::verify::{Match, MatchHead, Matches};

/// The number of components that one thread processes before others may take over.
const COMPONENTS_PER_TASK: usize = 32;

/// Articles that a chain of matches connects, ascending, and the matches between them.
pub(crate) struct Component<'a> {
    pub(crate) articles: Vec<ArticleId>,
    pub(crate) matches: ComponentMatches<'a>,
}

impl<'a> Component<'a> {
    /// Creates a component from all its matches.
    pub(crate) fn new(matches: ComponentMatches<'a>) -> Self {
        let mut articles: Vec<ArticleId> = matches.pairs().flat_map(|(a, b)| [a, b]).collect();
        articles.sort_unstable();
        articles.dedup();
        articles.shrink_to_fit();
        Self { articles, matches }
    }
}

/// The matches of a component. A component may have most matches of a run, so they are unpacked one by one.
pub(crate) enum ComponentMatches<'a> {
    Unpacked(Vec<&'a Match>),
    /// Matches that are packed, and the indexes of those of the component.
    Packed(&'a Matches, &'a [u32]),
}

impl<'a> ComponentMatches<'a> {
    /// Returns the number of matches.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Unpacked(matches) => matches.len(),
            Self::Packed(_, indexes) => indexes.len(),
        }
    }

    /// Returns the two articles of the match at `index`.
    pub(crate) fn pair(&self, index: usize) -> (ArticleId, ArticleId) {
        match self {
            Self::Unpacked(matches) => (matches[index].a, matches[index].b),
            Self::Packed(matches, indexes) => {
                let head = matches.head(indexes[index] as usize);
                (head.a, head.b)
            }
        }
    }

    /// Returns the two articles of each match.
    pub(crate) fn pairs(&self) -> impl ExactSizeIterator<Item = (ArticleId, ArticleId)> {
        (0..self.len()).map(|index| self.pair(index))
    }

    /// Returns the match at `index`.
    pub(crate) fn get(&self, index: usize) -> Cow<'a, Match> {
        match self {
            Self::Unpacked(matches) => Cow::Borrowed(matches[index]),
            Self::Packed(matches, indexes) => {
                Cow::Owned(matches.unpack(matches.head(indexes[index] as usize)))
            }
        }
    }
}

/// Pairs of articles by component: components by their smallest article, and the pairs of each in the order given.
pub(super) struct ConnectedPairs {
    /// Numbers of pairs, those of one component after another.
    pairs: Vec<u32>,
    /// For each component, where its numbers end in `pairs`.
    ends: Vec<u32>,
}

impl ConnectedPairs {
    /// Finds the components of numbered pairs. There may be very many pairs, so they are iterated over several times instead
    /// of being kept.
    pub(super) fn new(pairs: impl Iterator<Item = (u32, (ArticleId, ArticleId))> + Clone) -> Self {
        let articles = pairs.clone().map(|(_, (a, b))| a.max(b).index() + 1).max().unwrap_or(0);
        let mut sets = DisjointSets::new(articles);
        pairs.clone().for_each(|(_, (a, b))| sets.join(a.index(), b.index()));
        // A counting sort: the pairs of each component are counted at its root, which is its smallest article. The
        // sums of the counts are the positions at which the components begin.
        let mut positions = vec![0_u32; articles + 1];
        pairs.clone().for_each(|(_, (a, _))| positions[sets.root(a.index()) + 1] += 1);
        for article in 0..articles {
            positions[article + 1] += positions[article];
        }
        let mut ends: Vec<u32> = Vec::new();
        for &end in &positions[1..] {
            if end > ends.last().copied().unwrap_or(0) {
                ends.push(end);
            }
        }
        let mut sorted = vec![0; positions[articles] as usize];
        for (number, (a, _)) in pairs {
            let position = &mut positions[sets.root(a.index())];
            sorted[*position as usize] = number;
            *position += 1;
        }
        Self { pairs: sorted, ends }
    }

    /// Returns the numbers of the pairs of each component.
    pub(super) fn components(&self) -> impl IndexedParallelIterator<Item = &[u32]> {
        (0..self.ends.len()).into_par_iter().map(|index| &self.pairs[list_range(&self.ends, index)])
    }
}

/// Applies `work` to each component of the matches for which `joins` is true, in parallel, and returns all results in
/// the order of components. `start` creates the state that a thread keeps between components.
pub(crate) fn flat_map_components<T: Send, S>(
    matches: &Matches,
    joins: impl Fn(&MatchHead) -> bool,
    start: impl Fn() -> S + Send + Sync,
    work: impl Fn(&mut S, &Component<'_>) -> Vec<T> + Sync,
) -> Vec<T> {
    let joining = (0..).zip(matches.heads()).filter(|(_, head)| joins(head));
    let connected = ConnectedPairs::new(joining.map(|(index, head)| (index, (head.a, head.b))));
    let process = |state: &mut S, indexes: &[u32]| {
        work(state, &Component::new(ComponentMatches::Packed(matches, indexes)))
    };
    connected.components().with_max_len(COMPONENTS_PER_TASK).map_init(start, process).flatten_iter().collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn finds_the_same_components_as_a_naive_search(pairs in prop::collection::vec((0_usize..12, 0_usize..12), 0..20)) {
            let ids: Vec<(ArticleId, ArticleId)> =
                pairs.iter().map(|&(a, b)| (ArticleId::new(a), ArticleId::new(b))).collect();
            // The smallest number that a chain of pairs reaches, found step by step.
            let mut least: Vec<usize> = (0..12).collect();
            for _ in 0..12 {
                for &(a, b) in &pairs {
                    let smaller = least[a].min(least[b]);
                    (least[a], least[b]) = (smaller, smaller);
                }
            }
            let mut naive: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
            for (index, &(a, _)) in (0..).zip(&pairs) {
                naive.entry(least[a]).or_default().push(index);
            }
            let found: Vec<Vec<u32>> =
                ConnectedPairs::new((0..).zip(ids.iter().copied())).components().map(<[u32]>::to_vec).collect();
            prop_assert_eq!(found, naive.into_values().collect::<Vec<_>>());
        }
    }
}
