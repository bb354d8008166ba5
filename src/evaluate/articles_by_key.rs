//! Finds the articles that labels name by their keys.

use std::collections::BTreeMap;

use crate::article::{ArticleId, Location};
use crate::corpus::{Corpus, IdenticalArticles};

/// The articles of a corpus by their keys. Several articles may have the same key.
pub(super) struct ArticlesByKey<'a> {
    corpus: &'a Corpus,
    identical: &'a IdenticalArticles,
    by_key: BTreeMap<&'a str, Vec<ArticleId>>,
}

/// Why a key names no article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyError {
    /// No article has the key.
    Unknown,
    /// Articles with different texts have the key.
    Ambiguous,
}

impl<'a> ArticlesByKey<'a> {
    /// Collects the keys of all articles of a corpus.
    pub(super) fn new(corpus: &'a Corpus, identical: &'a IdenticalArticles) -> Self {
        let mut by_key: BTreeMap<&str, Vec<ArticleId>> = BTreeMap::new();
        for id in corpus.ids() {
            by_key.entry(corpus.key(id)).or_default().push(id);
        }
        Self { corpus, identical, by_key }
    }

    /// Returns the first article with a key.
    ///
    /// # Errors
    /// Returns an error if no article has the key, or if articles that are not identical have it.
    pub(super) fn first(&self, key: &str) -> Result<ArticleId, KeyError> {
        let ids = self.by_key.get(key).ok_or(KeyError::Unknown)?;
        let leader = self.identical.leader(ids[0]);
        if ids.iter().any(|&id| self.identical.leader(id) != leader) {
            return Err(KeyError::Ambiguous);
        }
        Ok(ids[0])
    }

    /// Returns the article with a key that was read at a location.
    pub(super) fn at(&self, location: &Location, key: &str) -> Option<ArticleId> {
        self.with_key(key).find(|&id| self.corpus.location(id) == location.borrowed())
    }

    /// Returns the article with a key that was read at a location in the form `file:line`, as reports contain it.
    pub(super) fn at_written(&self, location: &str, key: &str) -> Option<ArticleId> {
        self.with_key(key).find(|&id| self.corpus.header(id).location.to_string() == location)
    }

    fn with_key(&self, key: &str) -> impl Iterator<Item = ArticleId> {
        self.by_key.get(key).into_iter().flatten().copied()
    }
}
