//! Signatures and fingerprints in, candidate pairs out.
//!
//! Both channels come down to the same thing: lists of articles that share a value (a bucket of a band, or a
//! fingerprint). They are made by sorting, so that the answer does not depend on threads, and turned into pairs by
//! one rule (`link`) that stays linear where a list is long.

mod link;
mod postings;

pub use link::{LinkRule, link, link_near};
pub use postings::{Posting, for_each_list};

use crate::article::ArticleId;

/// Two articles that share a bucket or a fingerprint; nothing is proved of them. The smaller number comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    /// The article with the smaller number.
    pub a: ArticleId,
    /// The article with the greater number.
    pub b: ArticleId,
}

impl Pair {
    /// Makes the pair of two different articles, in either order.
    pub fn new(one: ArticleId, other: ArticleId) -> Self {
        Self { a: one.min(other), b: one.max(other) }
    }
}
