//! Matches in, components out: articles that hang together by any chain of matches, with the matches between them.
//!
//! A component is no cluster; it only says which articles can be worked on apart from all others.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::forest::Forest;
use crate::article::ArticleId;
use crate::verify::{Match, MatchHead, Matches};

/// Articles that hang together, ascending, and the matches between them.
pub(crate) struct Component<'a> {
    pub(crate) articles: Vec<ArticleId>,
    pub(crate) matches: Vec<&'a Match>,
}

/// Articles that hang together, ascending, and the pairs of them that were given, by their place among all.
pub(crate) struct Linked {
    pub(crate) articles: Vec<ArticleId>,
    pub(crate) pairs: Vec<usize>,
}

/// Divides pairs of articles into what hangs together, by its smallest article.
pub(crate) fn linked(pairs: &[(ArticleId, ArticleId)]) -> Vec<Linked> {
    let mut articles: Vec<ArticleId> = pairs.iter().flat_map(|&(a, b)| [a, b]).collect();
    articles.sort_unstable();
    articles.dedup();
    let place = |id: ArticleId| articles.binary_search(&id).expect("every paired article was collected");
    let mut forest = Forest::new(articles.len());
    for &(a, b) in pairs {
        forest.join(place(a), place(b));
    }
    let mut out: BTreeMap<usize, Linked> = BTreeMap::new();
    for (index, &id) in articles.iter().enumerate() {
        let linked = out
            .entry(forest.root(index))
            .or_insert_with(|| Linked { articles: Vec::new(), pairs: Vec::new() });
        linked.articles.push(id);
    }
    for (number, &(a, _)) in pairs.iter().enumerate() {
        if let Some(linked) = out.get_mut(&forest.root(place(a))) {
            linked.pairs.push(number);
        }
    }
    out.into_values().collect()
}

/// Works on the components of matches, in parallel: those for which `joins` is true. The matches of one component at a
/// time are unpacked by each thread.
pub(crate) fn for_each_component<T: Send, S>(
    matches: &Matches,
    joins: impl Fn(&MatchHead) -> bool,
    start: impl Fn() -> S + Send + Sync,
    work: impl Fn(&mut S, &Component<'_>) -> Vec<T> + Sync,
) -> Vec<T> {
    let joining: Vec<&MatchHead> = matches.heads().iter().filter(|head| joins(head)).collect();
    let pairs: Vec<(ArticleId, ArticleId)> = joining.iter().map(|head| (head.a, head.b)).collect();
    let of_component = |state: &mut S, Linked { articles, pairs }: Linked| {
        let found: Vec<Match> = pairs.iter().map(|&pair| matches.unpacked(joining[pair])).collect();
        work(state, &Component { articles, matches: found.iter().collect() })
    };
    linked(&pairs).into_par_iter().map_init(start, of_component).flatten_iter().collect()
}
