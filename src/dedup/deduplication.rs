//! Defines the result of deduplication.

use std::collections::{BTreeMap, BTreeSet};

use super::removal::Removal;
use crate::article::ArticleId;

/// The reason why an article stays of which every word is in articles that stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exception {
    /// Its outlet has the same words under three headlines or more: they do not say what the article is about.
    Headlines,
    /// Its page prints words besides its text that no page of an article that stays prints.
    PageText,
}

/// The articles that can be removed, and those that stay although their words are elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deduplication {
    /// The articles that can be removed, by number.
    pub removals: Vec<Removal>,
    /// The articles that stay because of what is not in their texts.
    pub exceptions: BTreeMap<ArticleId, Exception>,
}

impl Deduplication {
    /// Takes those articles out of the removals that `needed` returns of them.
    pub(super) fn except(
        &mut self,
        exception: Exception,
        needed: impl FnOnce(&[Removal]) -> BTreeSet<ArticleId>,
    ) {
        let needed = needed(&self.removals);
        self.removals.retain(|removal| !needed.contains(&removal.id));
        self.exceptions.extend(needed.into_iter().map(|id| (id, exception)));
    }

    /// Returns the number of articles that stay for a reason.
    pub fn excepted(&self, exception: Exception) -> usize {
        self.exceptions.values().filter(|&&found| found == exception).count()
    }
}
