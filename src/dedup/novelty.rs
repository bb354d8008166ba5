//! Decides whether an article says something that given other articles do not say.

use std::collections::BTreeSet;
use std::ops::Range;

use super::removal::Support;
use super::rule::DedupRule;
use super::uncovered::uncovered_runs;
use crate::article::ArticleId;
use crate::corpus::{Corpus, IdenticalArticles};
use crate::text::Token;
use crate::verify::Region;

/// Compares an article with its supports: the articles that may contain what it says.
#[derive(Clone, Copy)]
pub(super) struct NoveltyCheck<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) identical: &'a IdenticalArticles,
    pub(super) rule: DedupRule,
}

impl NoveltyCheck<'_> {
    /// Returns whether supports say everything that an article says. `region` is the part of the article that the
    /// supports contain together.
    pub(super) fn says_nothing_new(&self, id: ArticleId, region: &Region, supports: &[&Support]) -> bool {
        let words = self.corpus.words(id) as f64;
        if region.is_empty() || f64::from(region.len()) < self.rule.coverage * words {
            return false;
        }
        let tokens = self.corpus.tokens(id);
        let uncovered = uncovered_runs(tokens.len(), region);
        self.are_phrases(&tokens, &uncovered) && !self.is_filled_form(id, &tokens, &uncovered, supports)
    }

    /// Returns whether a support contains a story of an article that other supports lack: a run of more words than a
    /// quote. `others` and `support` are the parts of the article that they contain.
    pub(super) fn adds_story(&self, id: ArticleId, others: &Region, support: &Region) -> bool {
        // A page with two stories consists of such runs. But a text that is put together from short runs, such as a
        // form letter whose blanks are filled as in several other letters, says something that none of these says.
        let lacking = uncovered_runs(self.corpus.words(id), others);
        lacking.into_iter().any(|run| support.overlap(&Region::new([run])) >= self.rule.story_words)
    }

    /// Returns whether runs of an article's tokens are too short to say something, and contain no number.
    fn are_phrases(&self, tokens: &[Token], runs: &[Range<u32>]) -> bool {
        runs.iter().all(|run| {
            let run = tokens_in(tokens, run);
            (run.len() as u32) < self.rule.novel_words && !run.iter().any(|token| token.has_digit())
        })
    }

    /// Returns whether the uncovered words of an article are the blanks of a form that is filled in differently in the
    /// supports. Letters that announce a grant to two towns differ by the name of the town, which a reprint does not
    /// change.
    fn is_filled_form(
        &self,
        id: ArticleId,
        tokens: &[Token],
        uncovered: &[Range<u32>],
        supports: &[&Support],
    ) -> bool {
        if uncovered.is_empty() {
            return false;
        }
        // A name shows as a word that no support contains anywhere.
        let known: BTreeSet<Token> =
            supports.iter().flat_map(|support| self.corpus.all_tokens(support.id)).copied().collect();
        let names = |run: &Range<u32>| {
            tokens_in(tokens, run)
                .iter()
                .filter(|token| !known.contains(token))
                .copied()
                .collect::<Vec<Token>>()
        };
        // An article that says a name twice or more is about it.
        if contains_repetition(uncovered.iter().flat_map(names).collect()) {
            return true;
        }
        // A name that is said once inside the text is another site's spelling. But on one site, or if a site is
        // unknown, it is the other letter or a correction. At the ends of a text are headlines, credits and notes.
        let is_inside = |run: &&Range<u32>| run.start > 0 && (run.end as usize) < tokens.len();
        uncovered.iter().filter(is_inside).any(|run| !names(run).is_empty())
            && self.may_share_site(id, supports)
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

fn tokens_in<'t>(tokens: &'t [Token], run: &Range<u32>) -> &'t [Token] {
    &tokens[run.start as usize..run.end as usize]
}

/// Returns whether a token is in the list twice or more.
fn contains_repetition(mut tokens: Vec<Token>) -> bool {
    tokens.sort_unstable();
    tokens.windows(2).any(|pair| pair[0] == pair[1])
}
