//! Verifies single pairs again, for reports that show what a member of a cluster shares with the representative.

use crate::article::ArticleId;
use crate::detect::{Comparison, Findings};
use crate::verify::{Match, Verifier};

/// Verifies single pairs of a run. Each thread needs one of its own.
#[derive(Clone, Debug)]
pub struct Matcher<'a> {
    verifier: Verifier<'a>,
}

impl Matcher<'_> {
    /// Returns the match of two articles with `one` as `a`; nothing if they do not match.
    pub fn between(&mut self, one: ArticleId, other: ArticleId) -> Option<Match> {
        self.verifier.verify(one, other).map(|found| found.seen_from(one))
    }
}

impl Comparison {
    /// Returns a matcher of the two articles.
    pub fn matcher(&self) -> Matcher<'_> {
        Matcher { verifier: self.verifier() }
    }
}

impl Findings {
    /// Returns a matcher of the articles of the run.
    pub fn matcher(&self) -> Matcher<'_> {
        Matcher { verifier: self.verifier() }
    }
}
