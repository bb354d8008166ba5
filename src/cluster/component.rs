//! Matches in, components out: articles that hang together by any chain of matches, with the matches between them.
//!
//! A component is no cluster; it only says which articles can be worked on apart from all others.

use rayon::prelude::*;

use super::disjoint_sets::DisjointSets;
use crate::article::ArticleId;
use crate::verify::{Match, MatchHead, Matches};

/// Articles that hang together, ascending, and the matches between them.
pub(crate) struct Component<'a> {
    pub(crate) articles: Vec<ArticleId>,
    pub(crate) matches: Vec<&'a Match>,
}

/// Which of some pairs hang together: components one behind the other, by their smallest article, and in each the
/// pairs in their order, by their place among all.
pub(crate) struct Linked {
    pairs: Vec<u32>,
    ends: Vec<usize>,
}

impl Linked {
    pub(crate) fn new(pairs: impl ExactSizeIterator<Item = (ArticleId, ArticleId)> + Clone) -> Self {
        let articles = pairs.clone().map(|(a, b)| a.max(b).index() + 1).max().unwrap_or(0);
        let mut forest = DisjointSets::new(articles);
        pairs.clone().for_each(|(a, b)| forest.join(a.index(), b.index()));
        // The pairs of each component are counted at its root, which is its smallest article.
        let mut places = vec![0_u32; articles + 1];
        pairs.clone().for_each(|(a, _)| places[forest.root(a.index()) + 1] += 1);
        for article in 0..articles {
            places[article + 1] += places[article];
        }
        let mut ends: Vec<usize> = places[1..].iter().map(|&end| end as usize).collect();
        ends.dedup();
        ends.retain(|&end| end > 0);
        let mut in_order = vec![0; pairs.len()];
        for (number, (a, _)) in (0..).zip(pairs) {
            let place = &mut places[forest.root(a.index())];
            in_order[*place as usize] = number;
            *place += 1;
        }
        Self { pairs: in_order, ends }
    }

    /// Gives the pairs of each component.
    pub(crate) fn components(&self) -> impl IndexedParallelIterator<Item = &[u32]> {
        (0..self.ends.len()).into_par_iter().map(|index| {
            let begin = if index == 0 { 0 } else { self.ends[index - 1] };
            &self.pairs[begin..self.ends[index]]
        })
    }
}

impl<'a> Component<'a> {
    /// Makes it of all its matches.
    pub(crate) fn new(matches: Vec<&'a Match>) -> Self {
        let mut articles: Vec<ArticleId> = matches.iter().flat_map(|found| [found.a, found.b]).collect();
        articles.sort_unstable();
        articles.dedup();
        Self { articles, matches }
    }
}

/// Components that one thread works on before others may take over.
const AT_ONCE: usize = 32;

/// Works on the components of matches, in parallel: those for which `joins` is true. The matches of one component at a
/// time are unpacked by each thread.
pub(crate) fn for_each_component<T: Send, S>(
    matches: &Matches,
    joins: impl Fn(&MatchHead) -> bool,
    start: impl Fn() -> S + Send + Sync,
    work: impl Fn(&mut S, &Component<'_>) -> Vec<T> + Sync,
) -> Vec<T> {
    let heads = matches.heads();
    let joining: Vec<u32> =
        (0..).zip(heads).filter(|(_, head)| joins(head)).map(|(place, _)| place).collect();
    let head = |&place: &u32| &heads[place as usize];
    let linked = Linked::new(joining.iter().map(|place| (head(place).a, head(place).b)));
    let of_component = |state: &mut S, pairs: &[u32]| {
        let found: Vec<Match> =
            pairs.iter().map(|&pair| matches.unpacked(head(&joining[pair as usize]))).collect();
        work(state, &Component::new(found.iter().collect()))
    };
    linked.components().with_max_len(AT_ONCE).map_init(start, of_component).flatten_iter().collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn same_as_by_hand(pairs in prop::collection::vec((0_usize..12, 0_usize..12), 0..20)) {
            let ids: Vec<(ArticleId, ArticleId)> =
                pairs.iter().map(|&(a, b)| (ArticleId::new(a), ArticleId::new(b))).collect();
            // The smallest that can be reached, step by step.
            let mut least: Vec<usize> = (0..12).collect();
            for _ in 0..12 {
                for &(a, b) in &pairs {
                    let smaller = least[a].min(least[b]);
                    (least[a], least[b]) = (smaller, smaller);
                }
            }
            let mut naive: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
            for (number, &(a, _)) in (0..).zip(&pairs) {
                naive.entry(least[a]).or_default().push(number);
            }
            let found: Vec<Vec<u32>> =
                Linked::new(ids.iter().copied()).components().map(<[u32]>::to_vec).collect();
            prop_assert_eq!(found, naive.into_values().collect::<Vec<_>>());
        }
    }
}
