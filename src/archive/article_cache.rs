//! Keeps in memory the articles that were loaded lately, with their fingerprints.
//!
//! To look up one article, dozens of others are loaded: those near it, and pages that show what its site repeats. The next
//! look-up in the same site or story needs the same articles, and to read, decompress and decode them takes longer than to
//! compare them.
//!
//! Invariants: an article with a number never changes, and its number is never used again, whichever segment it is in; what
//! is masked of it changes only when all masks are recorded anew, and then another cache is begun. So what is kept is what
//! the archive has, also after a commit. The bytes that are kept are bounded.
//! Cost: one look-up in a hash table for each article. The articles are in two generations. If the younger one takes half of
//! the bytes, it becomes the older one, which is dropped; what is used moves to the younger one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::corpus::ArticleColumns;
use crate::index::Fingerprints;

/// The bytes that are kept by default.
const BYTES: usize = 128 << 20;

/// An article as it was loaded, with its fingerprints.
pub(super) struct CachedArticle {
    pub(super) columns: ArticleColumns<'static>,
    pub(super) fingerprints: Fingerprints,
}

/// The articles that were loaded lately, by number.
pub(super) struct ArticleCache {
    generations: Mutex<Generations>,
    bytes: usize,
}

#[derive(Default)]
struct Generations {
    young: HashMap<u32, Arc<CachedArticle>>,
    old: HashMap<u32, Arc<CachedArticle>>,
    young_bytes: usize,
}

impl Default for ArticleCache {
    fn default() -> Self {
        Self::new(BYTES)
    }
}

impl std::fmt::Debug for ArticleCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ArticleCache").field("bytes", &self.bytes).finish_non_exhaustive()
    }
}

impl ArticleCache {
    /// Creates an empty cache that keeps about so many bytes.
    pub(super) fn new(bytes: usize) -> Self {
        Self { generations: Mutex::default(), bytes }
    }

    /// Returns the articles with these numbers, where they are kept.
    pub(super) fn get(&self, numbers: &[u32]) -> Vec<Option<Arc<CachedArticle>>> {
        let mut generations = self.generations.lock().unwrap_or_else(PoisonError::into_inner);
        numbers.iter().map(|&number| generations.get(number, self.bytes)).collect()
    }

    /// Adds articles.
    pub(super) fn insert(&self, articles: impl IntoIterator<Item = (u32, Arc<CachedArticle>)>) {
        let mut generations = self.generations.lock().unwrap_or_else(PoisonError::into_inner);
        articles.into_iter().for_each(|(number, article)| generations.insert(number, article, self.bytes));
    }
}

impl Generations {
    fn get(&mut self, number: u32, bytes: usize) -> Option<Arc<CachedArticle>> {
        if let Some(article) = self.young.get(&number) {
            return Some(Arc::clone(article));
        }
        let article = self.old.remove(&number)?;
        self.insert(number, Arc::clone(&article), bytes);
        Some(article)
    }

    fn insert(&mut self, number: u32, article: Arc<CachedArticle>, bytes: usize) {
        let size = article.columns.bytes() + article.fingerprints.bytes();
        if self.young.insert(number, article).is_none() {
            self.young_bytes += size;
        }
        if self.young_bytes > bytes / 2 {
            self.old = std::mem::take(&mut self.young);
            self.young_bytes = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_article_is_returned_as_it_was_added(
            steps in prop::collection::vec((0_u32..40, any::<bool>()), 1..200),
            bytes in prop::sample::select(vec![0, 1000, 100_000]),
        ) {
            let cache = ArticleCache::new(bytes);
            let mut added: HashMap<u32, Arc<CachedArticle>> = HashMap::new();
            for (number, is_added) in steps {
                if is_added && !added.contains_key(&number) {
                    let (columns, fingerprints) = (ArticleColumns::default(), Fingerprints::default());
                    let article = Arc::new(CachedArticle { columns, fingerprints });
                    added.insert(number, Arc::clone(&article));
                    cache.insert([(number, article)]);
                }
                match (&cache.get(&[number])[0], added.get(&number)) {
                    (Some(found), Some(expected)) => prop_assert!(Arc::ptr_eq(found, expected)),
                    (found, _) => prop_assert!(found.is_none()),
                }
                let generations = cache.generations.lock().unwrap();
                prop_assert!(generations.young_bytes <= bytes / 2);
                if bytes == 100_000 {
                    let kept = |number: &u32| {
                        generations.young.contains_key(number) || generations.old.contains_key(number)
                    };
                    prop_assert!(added.keys().all(kept), "all fit");
                }
            }
        }
    }
}
