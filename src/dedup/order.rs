//! Orders articles by preference for staying.

use crate::article::ArticleId;
use crate::cluster::{Preference, Rank};
use crate::corpus::{Corpus, IdenticalArticles};

/// The order in which articles are considered to stay. Reference articles come first, because they always stay.
#[derive(Clone, Copy)]
pub(super) struct StayOrder<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) identical: &'a IdenticalArticles,
    pub(super) preference: &'a Preference,
}

/// The position of an article in the order: whether it is new (not in the reference collection), and its rank.
pub(super) type Position = (bool, Rank);

impl StayOrder<'_> {
    /// Returns the rank in which an article is considered. Where dates and all other criteria are equal, the longest
    /// comes first, because it may contain the others.
    pub(super) fn rank(&self, id: ArticleId) -> Rank {
        self.preference.rank(self.corpus, id, u32::MAX - self.corpus.words(id) as u32)
    }

    /// Returns the rank of a set of identical articles by the order of clusters: where all else is equal, the set with
    /// the least text that no other one has is preferred.
    pub(super) fn rank_of_set(&self, leader: ArticleId, other_words: u32) -> Rank {
        self.preference.rank(self.corpus, self.first(self.identical.of(leader)), other_words)
    }

    fn position(&self, id: ArticleId) -> Position {
        (!self.corpus.stays(id), self.rank(id))
    }

    /// Returns the article of a set of identical articles that stays if any of them does: a reference article, or else
    /// the most preferred.
    pub(super) fn first(&self, set: &[ArticleId]) -> ArticleId {
        let first = set.iter().copied().min_by_key(|&id| self.position(id));
        first.expect("a set of identical articles contains its leader")
    }

    /// Returns the position of a set of identical articles: that of its first.
    pub(super) fn position_of_set(&self, leader: ArticleId) -> Position {
        self.position(self.first(self.identical.of(leader)))
    }
}
