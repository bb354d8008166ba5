//! Matches in, components out: articles that hang together by any chain of matches, with the matches between them.
//!
//! A component is no cluster; it only says which articles can be worked on apart from all others.

use std::collections::BTreeMap;

use crate::article::ArticleId;
use crate::verify::Match;

use super::forest::Forest;

/// Articles that hang together, ascending, and the matches between them.
pub(crate) struct Component<'a> {
    pub(crate) articles: Vec<ArticleId>,
    pub(crate) matches: Vec<&'a Match>,
}

/// Divides matches into components, by their smallest article.
pub(crate) fn components<'a>(matches: &[&'a Match]) -> Vec<Component<'a>> {
    let mut articles: Vec<ArticleId> = matches.iter().flat_map(|found| [found.a, found.b]).collect();
    articles.sort_unstable();
    articles.dedup();
    let place = |id: ArticleId| articles.binary_search(&id).expect("every matched article was collected");
    let mut forest = Forest::new(articles.len());
    for found in matches {
        forest.join(place(found.a), place(found.b));
    }
    let mut out: BTreeMap<usize, Component<'a>> = BTreeMap::new();
    for (index, &id) in articles.iter().enumerate() {
        let component = out
            .entry(forest.root(index))
            .or_insert_with(|| Component { articles: Vec::new(), matches: Vec::new() });
        component.articles.push(id);
    }
    for &found in matches {
        if let Some(component) = out.get_mut(&forest.root(place(found.a))) {
            component.matches.push(found);
        }
    }
    out.into_values().collect()
}
