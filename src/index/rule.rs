//! The rule by which articles are indexed.

use super::link::LinkRule;
use crate::sketch::{Banding, ContextRule};

/// The rule by which articles are indexed, and the matches that candidates are searched for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct IndexRule {
    /// The number of tokens in a shingle.
    pub(crate) shingle_size: usize,
    /// The number of shingles in a winnowing window.
    pub(crate) window: usize,
    /// The division of signatures into bands.
    pub(crate) banding: Banding,
    /// The rule by which the articles of a long list are linked.
    pub(crate) link: LinkRule,
    /// The number of words of the shortest article that is indexed.
    pub(crate) shortest_article: usize,
    /// The number of words of the shortest passage of a partial match.
    pub(crate) partial_words: u32,
    /// The lowest score of a match that candidates are searched for.
    pub(crate) lowest_score: f64,
    /// The longest time between two articles that match, in seconds, if it is limited.
    pub(crate) within: Option<u64>,
}

impl IndexRule {
    /// Returns what is stored of the words around a fingerprint.
    pub(super) fn context(&self) -> ContextRule {
        ContextRule::new(self.shingle_size, self.window)
    }
}
