//! Matches in, components out: articles that hang together by any chain of matches, with the matches between them.
//!
//! A component is no cluster; it only says which articles can be worked on apart from all others.

use std::collections::BTreeMap;

use crate::article::ArticleId;
use crate::verify::Match;

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
    let mut roots: Vec<usize> = (0..articles.len()).collect();
    for found in matches {
        let (one, other) = (root(&mut roots, place(found.a)), root(&mut roots, place(found.b)));
        // The smallest article is the root, whatever the order of the matches.
        roots[one.max(other)] = one.min(other);
    }
    let mut out: BTreeMap<usize, Component<'a>> = BTreeMap::new();
    for (index, &id) in articles.iter().enumerate() {
        let component = out
            .entry(root(&mut roots, index))
            .or_insert_with(|| Component { articles: Vec::new(), matches: Vec::new() });
        component.articles.push(id);
    }
    for &found in matches {
        if let Some(component) = out.get_mut(&root(&mut roots, place(found.a))) {
            component.matches.push(found);
        }
    }
    out.into_values().collect()
}

fn root(roots: &mut [usize], mut index: usize) -> usize {
    while roots[index] != index {
        roots[index] = roots[roots[index]];
        index = roots[index];
    }
    index
}
