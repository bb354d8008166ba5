//! A pair of articles.

use crate::article::ArticleId;

/// Two different articles, the one with the smaller number first. Nothing is proved of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    /// The article with the smaller number.
    pub a: ArticleId,
    /// The article with the greater number.
    pub b: ArticleId,
}

impl Pair {
    /// Creates the pair of two different articles, given in either order.
    pub fn new(one: ArticleId, other: ArticleId) -> Self {
        Self { a: one.min(other), b: one.max(other) }
    }
}
