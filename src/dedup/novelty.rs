//! An article and others that are to hold it in, whether it says something that they do not out.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{DedupRule, Support};
use crate::article::ArticleId;
use crate::corpus::{Corpus, IdenticalArticles};
use crate::text::Token;
use crate::verify::Region;

impl DedupRule {
    /// Finds what of an article's tokens no region covers, as runs.
    pub(super) fn alone(tokens: &[Token], region: &Region) -> Vec<Range<u32>> {
        let mut begin = 0;
        let end = tokens.len() as u32;
        let gaps = region.ranges().iter().cloned().chain(std::iter::once(end..end)).map(|covered| {
            let gap = begin..covered.start;
            begin = covered.end;
            gap
        });
        gaps.filter(|gap| !gap.is_empty()).collect()
    }

    /// Tells whether runs of an article's tokens are too short to say something, and hold no number.
    pub(super) fn are_phrases(self, tokens: &[Token], alone: &[Range<u32>]) -> bool {
        alone.iter().all(|run| {
            let run = &tokens[run.start as usize..run.end as usize];
            (run.len() as u32) < self.novel_words && !run.iter().any(|token| token.has_digit())
        })
    }
}

/// Judges what articles have alone.
#[derive(Clone, Copy)]
pub(super) struct News<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) copies: &'a IdenticalArticles,
    pub(super) rule: DedupRule,
}

impl News<'_> {
    /// Tells whether all that an article says stands in the supports, which hold `region` of it together.
    pub(super) fn is_held(&self, id: ArticleId, region: &Region, supports: &[&Support]) -> bool {
        let words = self.corpus.words(id) as f64;
        if region.is_empty() || f64::from(region.len()) < self.rule.coverage * words {
            return false;
        }
        let tokens = self.corpus.tokens(id);
        let alone = DedupRule::alone(&tokens, region);
        self.rule.are_phrases(&tokens, &alone) && !self.is_form(id, &alone, supports)
    }

    /// Tells whether a support holds a story of an article that others lack: as many words of one run as are more than
    /// a quote. A page with two stories is made of such; a report that is put together of words from here and there, as
    /// a form letter is whose blanks stand in other letters, says something that none of them says.
    pub(super) fn adds_story(&self, id: ArticleId, others: &Region, support: &Region) -> bool {
        let lacking = DedupRule::alone(&self.corpus.tokens(id), others);
        lacking.into_iter().any(|run| support.overlap(&Region::new([run])) >= self.rule.story_words)
    }

    /// Tells whether what an article has alone are the blanks of a form: letters that announce a grant to two towns
    /// differ by the town's name, which a reprint does not change.
    ///
    /// A name shows as a word that stands nowhere in the supports. Several times, it is what the article is about.
    /// Once, inside the text, it is another site's spelling, but on one site, or where sites are unknown, the other
    /// letter or a correction. At the ends of a text stand headlines, credits and notes.
    fn is_form(&self, id: ArticleId, alone: &[Range<u32>], supports: &[&Support]) -> bool {
        if alone.is_empty() {
            return false;
        }
        let tokens = self.corpus.tokens(id);
        let known: BTreeSet<Token> =
            supports.iter().flat_map(|support| self.corpus.all_tokens(support.id)).copied().collect();
        let new = |run: &Range<u32>| {
            let run = &tokens[run.start as usize..run.end as usize];
            run.iter().filter(|token| !known.contains(token)).copied().collect::<Vec<Token>>()
        };
        let mut all: Vec<Token> = alone.iter().flat_map(new).collect();
        all.sort_unstable();
        let repeated = all.windows(2).any(|pair| pair[0] == pair[1]);
        let is_inside = |run: &&Range<u32>| run.start > 0 && (run.end as usize) < tokens.len();
        repeated
            || alone.iter().filter(is_inside).any(|run| !new(run).is_empty()) && self.share_site(id, supports)
    }

    /// Tells whether an article, or one identical to it, stands on the site of a support, or may do so.
    fn share_site(&self, id: ArticleId, supports: &[&Support]) -> bool {
        let sites = |id: ArticleId| -> BTreeSet<Option<&str>> {
            self.copies.of(id).iter().map(|&copy| self.corpus.site(copy)).collect()
        };
        let own = sites(id);
        own.contains(&None)
            || supports.iter().any(|support| {
                let others = sites(support.id);
                others.contains(&None) || !own.is_disjoint(&others)
            })
    }
}
