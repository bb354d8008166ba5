//! Finds the articles that can be removed because everything they say is in articles that stay.
//!
//! # The rule
//! An article is removed only if everything it says is in articles that stay, its *supports*: one article, or several
//! together. All of the following must be true; the numbers are the fields of [`DedupRule`].
//!
//! - The supports contain the share `coverage` of the article's words, in equal runs of `shortest_run` words or more.
//!   Words that an alignment only bridges are not contained. An article with less was rewritten, if only word by word.
//! - Each run of words that no support contains is a phrase: shorter than `novel_words`, and without a number. Two
//!   results on one form differ by one number.
//! - No support negates what the article says, or the other way round: between runs that both have, one has a `not` that
//!   the other lacks, in any of the languages of `text::negations`.
//! - These words are not the blanks of a form: two appointments on one form differ by one name. A word that no support
//!   contains anywhere must not occur twice; and not once inside the text, if the article and a support may be on one
//!   site.
//! - Each of several supports contains a story that the others lack: `story_words` words or more of one run.
//! - The furniture of its page is not part of what an article says, and is left out of all of this: `12 Comments`,
//!   `Page 1 of 3`, short lines that the page repeats, or that its site has on pages of different stories.
//! - Boilerplate is not part of what an article says either, but a text may be masked by mistake. So each run of
//!   `shortest_passage` words that is masked in a removed article is in an article that stays, too.
//!
//! - What the page of the article prints besides its text, if it was extracted from a page, is in articles that stay, or
//!   on their pages ([`Exception::PageText`]).
//! - The text says what the article is about: its outlet does not have the same words under three headlines or more
//!   ([`Exception::Headlines`]).
//!
//! Junk, such as the few words that a site prints under any headline, is not removed: its text does not say what the
//! record is about. Articles of the reference collection always stay. What is there already is known: [`Known`] says
//! whether it stays.
//!
//! # The order
//! Articles are considered in the order of preference, by default the earliest first. An article is removed if articles
//! that come before it and stay are its supports. So no article is removed in favor of a less preferred one, and a
//! removed article is never a support: no text is lost by a chain of removals.
//!
//! If dates and all other criteria are equal, the longest is considered first, because it may contain the others. If
//! one of them says the same and has less other text, that one stays instead, as in clusters.
//!
//! Invariants: nothing depends on the order in which articles were read, except where the preference does.
//! Cost: linear in the number of matches, and a bounded number of verifications for each article; one thread processes
//! a component (articles that a chain of matches connects).

mod coverage_counts;
mod covered_articles;
mod deduplication;
pub mod divided;
mod headlines;
mod known;
mod masked_text;
mod novelty;
mod order;
mod other_text;
mod removal;
mod rule;
mod selection;
mod site_lines;
mod statements;
mod support_finder;
mod uncovered;

pub use self::deduplication::{Deduplication, Exception};
pub use self::known::{Known, KnownArticle};
pub use self::removal::{Reason, Removal, Support};
pub use self::rule::DedupRule;

use std::collections::BTreeMap;

use self::covered_articles::covered_articles;
use self::headlines::needed_for_headlines;
use self::known::{apply_to_known, known_articles};
use self::masked_text::needed_for_masked_text;
use self::order::StayOrder;
use self::other_text::needed_for_other_text;
use self::site_lines::SiteLines;
use crate::cluster::{Clusters, Preference};
use crate::corpus::{Corpus, IdenticalArticles};
use crate::verify::{Matches, Verifier};

/// Returns the articles that are in the reference collection already, by number.
pub fn known(corpus: &Corpus, identical: &IdenticalArticles, preference: &Preference) -> Vec<KnownArticle> {
    known_articles(StayOrder { corpus, identical, preference })
}

/// Returns the articles that can be removed, and those that stay because of what is not in their texts.
///
/// `matches` are matches between leaders (the first of each set of identical articles). Members of the same of
/// `clusters` are considered as supports even if they do not match.
pub fn dedup(
    corpus: &Corpus,
    identical: &IdenticalArticles,
    matches: &Matches,
    clusters: &Clusters,
    verifier: &Verifier<'_>,
    rule: DedupRule,
    preference: &Preference,
) -> Deduplication {
    let order = StayOrder { corpus, identical, preference };
    let site_lines = SiteLines::new(corpus, identical, matches);
    let mut removals = covered_articles(order, matches, clusters, verifier, rule, &site_lines);
    let needed = needed_for_masked_text(order, &removals, rule);
    removals.retain(|removal| !needed.contains(&removal.id));
    let removals = apply_to_known(order, rule.known, removals);
    let mut deduplication = Deduplication { removals, exceptions: BTreeMap::new() };
    deduplication.except(Exception::Headlines, |removals| needed_for_headlines(order, removals));
    deduplication.except(Exception::PageText, |removals| needed_for_other_text(order, removals, rule));
    deduplication
}
