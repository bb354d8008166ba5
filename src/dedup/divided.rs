//! Finds what can be removed in a collection that is too large for one machine: each function looks at one article, at the
//! articles of a component, or at those that share a value, and whoever calls it brings together what belongs together.
//!
//! Invariant: together they find the removals that `dedup` finds, since both call the same functions.

use std::collections::BTreeSet;

pub use super::headlines::{Headline, needed_for_other_headlines};
pub use super::masked_text::{LackingArticle, needed_for_runs};

use super::covered_articles::covered_articles;
use super::headlines::same_text_of_outlet;
use super::masked_text::{all_runs, doubtful, masked_runs};
use super::order::StayOrder;
use super::removal::Removal;
use super::rule::DedupRule;
use super::site_lines::{STORIES, SiteLines, line_hashes};
use crate::article::ArticleId;
use crate::cluster::{Clusters, Preference, Rank};
use crate::corpus::{Corpus, IdenticalArticles};
use crate::verify::{Matches, Verifier};

/// The number of stories around a line of a site from which on it matters.
pub const ENOUGH_STORIES: usize = STORIES;

/// A short line that a site has on pages of different stories.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SiteLine<'a> {
    /// The outlet of the site.
    pub outlet: &'a str,
    /// The hash of the line.
    pub line: u64,
    /// The number of stories around it.
    pub stories: usize,
}

/// An article whose words are in articles that stay.
#[derive(Clone, Debug)]
pub struct CoveredArticle {
    /// The removal, unless its masked text or its headline is needed.
    pub removal: Removal,
    /// The rank in which it is considered to stay.
    pub rank: Rank,
    /// True if something of it is masked, and no identical article stays.
    pub is_masked_text_doubtful: bool,
    /// The article in favor of which it is removed, if both have the same text and are of one outlet.
    pub same_text: Option<SameText>,
}

/// An article that stays, and one that is removed in favor of it: both have the same text and are of one outlet.
#[derive(Clone, Debug)]
pub struct SameText {
    /// The headline of the article that is removed, if it has one.
    pub headline: Option<Headline>,
    /// The article that stays.
    pub stays: ArticleId,
    /// Its headline, if it has one.
    pub headline_that_stays: Option<Headline>,
}

/// Finds the articles whose words are in articles that stay. No chain of matches connects the articles with others.
///
/// `lines` are the lines of the sites of these articles that are around enough stories of the collection.
pub(crate) fn covered_articles_of_part(
    (corpus, identical): (&Corpus, &IdenticalArticles),
    matches: &Matches,
    clusters: &Clusters,
    verifier: &Verifier<'_>,
    (rule, preference): (DedupRule, &Preference),
    lines: &[SiteLine<'_>],
) -> Vec<CoveredArticle> {
    let order = StayOrder { corpus, identical, preference };
    let site_lines = SiteLines::of_counts(lines.iter().map(|line| (line.outlet, line.line, line.stories)));
    let removals = covered_articles(order, matches, clusters, verifier, rule, &site_lines);
    let doubtful: BTreeSet<ArticleId> = doubtful(order, &removals).collect();
    let same_text = |removal: &Removal| {
        same_text_of_outlet(corpus, removal).map(|stays| SameText {
            headline: Headline::of(corpus, removal.id),
            stays,
            headline_that_stays: Headline::of(corpus, stays),
        })
    };
    let covered = removals.into_iter().map(|removal| CoveredArticle {
        rank: order.rank(removal.id),
        is_masked_text_doubtful: doubtful.contains(&removal.id),
        same_text: same_text(&removal),
        removal,
    });
    covered.collect()
}

/// Returns the hash of each short line of an article.
pub(crate) fn short_line_hashes(corpus: &Corpus, id: ArticleId) -> Vec<u64> {
    line_hashes(corpus, id).collect()
}

/// Returns the runs of an article's masked text.
pub(crate) fn runs_of_masked_text(corpus: &Corpus, id: ArticleId, rule: DedupRule) -> Vec<u64> {
    masked_runs(corpus, id, rule)
}

/// Returns the runs of all text of an article.
pub(crate) fn runs_of_text(corpus: &Corpus, id: ArticleId, rule: DedupRule) -> Vec<u64> {
    let mut runs = Vec::new();
    all_runs(corpus, id, rule, &mut runs);
    runs
}
