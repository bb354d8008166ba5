//! Separates what an article says from the furniture of its page.
//!
//! Furniture is
//!
//! - what is furniture by its form (`provenance`), such as `12 Comments`;
//! - a short line that the article's site has on pages of different stories ([`SiteLines`]);
//! - a short line without a number that the page has twice, such as `Story continues below`. The first line is none:
//!   pages repeat their headline.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::site_lines::{SiteLines, hash_line, token_range};
use crate::article::ArticleId;
use crate::corpus::{Corpus, ShortLine};
use crate::text::Token;
use crate::verify::Region;

/// The words of an article, and which of them are furniture. All positions are of its core.
pub(super) struct Statements<'a> {
    pub(super) id: ArticleId,
    pub(super) tokens: Cow<'a, [Token]>,
    pub(super) furniture: Region,
    /// The short lines that are no furniture.
    pub(super) short_lines: Vec<Range<u32>>,
}

impl<'a> Statements<'a> {
    pub(super) fn new(corpus: &'a Corpus, site_lines: &SiteLines<'a>, id: ArticleId) -> Self {
        let all = corpus.all_tokens(id);
        let outlet = corpus.outlet(id);
        let lines = corpus.short_lines(id);
        let mut counts: HashMap<u64, usize> = HashMap::new();
        for line in &lines {
            *counts.entry(hash_line(&all[token_range(&line.tokens)])).or_default() += 1;
        }
        let headline = lines.first().filter(|line| line.tokens.start == 0);
        let headline = headline.map(|line| &all[token_range(&line.tokens)]);
        let is_furniture = |line: &ShortLine| {
            let words = &all[token_range(&line.tokens)];
            let is_repeated = || {
                let has_number = words.iter().any(|token| token.has_digit());
                counts[&hash_line(words)] > 1 && !has_number && headline != Some(words)
            };
            line.is_furniture || is_repeated() || site_lines.are_around_stories(outlet, words)
        };
        let (furniture, others): (Vec<ShortLine>, Vec<ShortLine>) = lines.into_iter().partition(is_furniture);
        let masked: Vec<Range<u32>> = corpus.masked_ranges(id).collect();
        let in_core =
            |lines: Vec<ShortLine>| lines.into_iter().map(|line| core_range(&line.tokens, &masked)).collect();
        let (furniture, short_lines): (Vec<_>, Vec<_>) = (in_core(furniture), in_core(others));
        Self { id, tokens: corpus.tokens(id), furniture: Region::new(furniture), short_lines }
    }
}

/// Returns the range in the core of an article for a range of all its tokens; `masked` are the ranges that are not in
/// the core.
fn core_range(range: &Range<u32>, masked: &[Range<u32>]) -> Range<u32> {
    let masked_before = |at: u32| -> u32 {
        let before = masked.iter().take_while(|range| range.start < at);
        before.map(|range| range.end.min(at) - range.start).sum()
    };
    range.start - masked_before(range.start)..range.end - masked_before(range.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_all_tokens_are_ranges_of_the_core() {
        let masked = [2..5, 8..10];
        let cases = [(0..2, 0..2), (0..3, 0..2), (2..5, 2..2), (4..8, 2..5), (5..12, 2..7), (10..12, 5..7)];
        for (range, expected) in cases {
            assert_eq!(core_range(&range, &masked), expected, "{range:?}");
        }
    }
}
