//! The occasions on which articles were published.

use super::corpus::Corpus;
use crate::article::ArticleId;
use crate::provenance::Seconds;

/// The most seconds between the dates of two articles of one occasion: a week. A later article is about another one, though
/// it may tell again what came before.
const OCCASION_SECONDS: u64 = 7 * 24 * 3600;

/// Returns whether two times are of one occasion.
pub(crate) fn is_one_occasion(one: Seconds, other: Seconds) -> bool {
    one.abs_diff(other) <= OCCASION_SECONDS
}

impl Corpus {
    /// Returns whether two articles were published on two occasions. An article without a date may be of any.
    pub(crate) fn are_of_two_occasions(&self, [a, b]: [ArticleId; 2]) -> bool {
        self.time(a).zip(self.time(b)).is_some_and(|(a, b)| !is_one_occasion(a, b))
    }
}
