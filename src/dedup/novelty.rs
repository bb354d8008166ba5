//! Decides whether an article says something that given other articles do not say.
//!
//! Furniture says nothing (see `statements`), and neither does a short line that one of the other articles has, too,
//! wherever it is there, such as a headline that a page prints again after the story.

use std::collections::BTreeSet;
use std::ops::Range;

use super::removal::Support;
use super::rule::DedupRule;
use super::site_lines::{SiteLines, token_range};
use super::statements::Statements;
use super::uncovered::uncovered_runs;
use crate::article::ArticleId;
use crate::corpus::{Corpus, IdenticalArticles};
use crate::text::{Token, negations};
use crate::verify::{Match, Region};

/// Compares an article with its supports: the articles that may contain what it says.
#[derive(Clone, Copy)]
pub(super) struct NoveltyCheck<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) identical: &'a IdenticalArticles,
    pub(super) site_lines: &'a SiteLines<'a>,
    pub(super) rule: DedupRule,
}

impl<'a> NoveltyCheck<'a> {
    /// Returns what an article says, for [`NoveltyCheck::says_nothing_new`].
    pub(super) fn statements(&self, id: ArticleId) -> Statements<'a> {
        Statements::new(self.corpus, self.site_lines, id)
    }

    /// Returns whether supports say everything that an article says. `region` is the part of the article that the
    /// supports contain together.
    pub(super) fn says_nothing_new(
        &self,
        article: &Statements<'_>,
        region: &Region,
        supports: &[&Support],
    ) -> bool {
        let words = article.tokens.len() as u32;
        // Most supports end here, before their texts are searched: all short lines together could not make up for what
        // they lack.
        let short: u32 = article.short_lines.iter().map(|line| line.len() as u32).sum();
        let (lacking, most) = (words - region.len(), article.furniture.len() + short);
        if region.is_empty()
            || f64::from(lacking.saturating_sub(most)) > (1.0 - self.rule.coverage) * f64::from(words)
        {
            return false;
        }
        let silent = article.furniture.union(&self.lines_elsewhere(article, region, supports));
        let contained = f64::from(region.len() - region.overlap(&silent));
        if contained == 0.0 || contained < self.rule.coverage * f64::from(words - silent.len()) {
            return false;
        }
        let uncovered = uncovered_runs(words as usize, region);
        let statements: Vec<Vec<Token>> =
            uncovered.iter().map(|run| tokens_outside(article, run, &silent)).collect();
        self.are_phrases(&statements)
            && !are_negated(supports)
            && !self.is_filled_form(article, &uncovered, &silent, supports)
    }

    /// Returns the positions in the first article of a match, or in the second, before which only one of the two
    /// articles negates: between two runs that both have, one has more negations than the other.
    pub(super) fn negated(&self, found: &Match, is_first: bool) -> Vec<u32> {
        if found.passages.iter().all(|passage| passage.blocks.len() == 1) {
            return Vec::new();
        }
        let tokens = [self.corpus.tokens(found.a), self.corpus.tokens(found.b)];
        let negations = |side: usize, gap: Range<u32>| negations(&tokens[side][token_range(&gap)]);
        let mut negated: Vec<u32> = Vec::new();
        for passage in &found.passages {
            for pair in passage.blocks.windows(2) {
                let (one, next) = (pair[0], pair[1]);
                if negations(0, one.a_end()..next.a) != negations(1, one.b_end()..next.b) {
                    negated.push(if is_first { next.a } else { next.b });
                }
            }
        }
        negated.sort_unstable();
        negated
    }

    /// Returns the short lines of an article that are not in `region`, but elsewhere in one of the supports.
    fn lines_elsewhere(&self, article: &Statements<'_>, region: &Region, supports: &[&Support]) -> Region {
        let is_elsewhere = |line: &Range<u32>| {
            let words = &article.tokens[token_range(line)];
            // A shorter line may be in any text.
            words.len() >= self.rule.shortest_run as usize
                && region.overlap(&Region::new([line.clone()])) < words.len() as u32
                && supports.iter().any(|support| {
                    self.corpus.all_tokens(support.id).windows(words.len()).any(|window| window == words)
                })
        };
        Region::new(article.short_lines.iter().filter(|line| is_elsewhere(line)).cloned())
    }

    /// Returns whether a support contains a story of an article that other supports lack: a run of more words than a
    /// quote. `others` and `support` are the parts of the article that they contain.
    pub(super) fn adds_story(&self, id: ArticleId, others: &Region, support: &Region) -> bool {
        // A page with two stories consists of such runs. But a text that is put together from short runs, such as a
        // form letter whose blanks are filled as in several other letters, says something that none of these says.
        let lacking = uncovered_runs(self.corpus.words(id), others);
        lacking.into_iter().any(|run| support.overlap(&Region::new([run])) >= self.rule.story_words)
    }

    /// Returns whether runs of tokens are too short to say something, and contain no number.
    fn are_phrases(&self, runs: &[Vec<Token>]) -> bool {
        runs.iter().all(|run| {
            (run.len() as u32) < self.rule.novel_words && !run.iter().any(|token| token.has_digit())
        })
    }

    /// Returns whether the uncovered words of an article are the blanks of a form that is filled in differently in the
    /// supports. Letters that announce a grant to two towns differ by the name of the town, which a reprint does not
    /// change. `silent` are words that say nothing.
    fn is_filled_form(
        &self,
        article: &Statements<'_>,
        uncovered: &[Range<u32>],
        silent: &Region,
        supports: &[&Support],
    ) -> bool {
        if uncovered.is_empty() {
            return false;
        }
        // A name shows as a word that no support contains anywhere.
        let known: BTreeSet<Token> =
            supports.iter().flat_map(|support| self.corpus.all_tokens(support.id)).copied().collect();
        let names = |run: &Range<u32>| -> Vec<Token> {
            tokens_outside(article, run, silent).into_iter().filter(|token| !known.contains(token)).collect()
        };
        // An article that says a name twice or more is about it, be it in a line that the page repeats. A word that is
        // in furniture only is no name.
        let all: BTreeSet<Token> = uncovered.iter().flat_map(names).collect();
        let occurrences = uncovered.iter().flat_map(|run| &article.tokens[token_range(run)]);
        if contains_repetition(occurrences.filter(|token| all.contains(token)).copied().collect()) {
            return true;
        }
        // A name that is said once inside the text is another site's spelling. But on one site, or if a site is
        // unknown, it is the other letter or a correction. At the ends of a text are headlines, credits and notes.
        let is_inside = |run: &&Range<u32>| run.start > 0 && (run.end as usize) < article.tokens.len();
        uncovered.iter().filter(is_inside).any(|run| !names(run).is_empty())
            && self.may_share_site(article.id, supports)
    }

    /// Returns whether an article, or one identical to it, is on the site of a support, or may be because one of the
    /// sites is unknown.
    fn may_share_site(&self, id: ArticleId, supports: &[&Support]) -> bool {
        let own = self.sites(id);
        own.contains(&None)
            || supports.iter().any(|support| {
                let others = self.sites(support.id);
                others.contains(&None) || !own.is_disjoint(&others)
            })
    }

    /// Returns the outlets of an article and of those identical to it.
    fn sites(&self, id: ArticleId) -> BTreeSet<Option<&str>> {
        self.identical.of(id).iter().map(|&id| self.corpus.outlet(id)).collect()
    }
}

/// Returns whether supports negate something that the article says: before some position, none of those that contain
/// both words around it says the same.
fn are_negated(supports: &[&Support]) -> bool {
    let says = |support: &Support, at: u32| {
        let around = Region::new(std::iter::once(at.saturating_sub(1)..at + 1));
        support.region.overlap(&around) == around.len() && support.negated.binary_search(&at).is_err()
    };
    let positions = supports.iter().flat_map(|support| &support.negated);
    positions.into_iter().any(|&at| !supports.iter().any(|support| says(support, at)))
}

/// Returns the tokens of a run that are not in `silent`.
fn tokens_outside(article: &Statements<'_>, run: &Range<u32>, silent: &Region) -> Vec<Token> {
    let is_silent = |at: u32| {
        let ranges = silent.ranges();
        let next = ranges.partition_point(|range| range.end <= at);
        ranges.get(next).is_some_and(|range| range.start <= at)
    };
    run.clone().filter(|&at| !is_silent(at)).map(|at| article.tokens[at as usize]).collect()
}

/// Returns whether a token is in the list twice or more.
fn contains_repetition(mut tokens: Vec<Token>) -> bool {
    tokens.sort_unstable();
    tokens.windows(2).any(|pair| pair[0] == pair[1])
}
