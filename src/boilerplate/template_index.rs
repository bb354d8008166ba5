//! Finds where a page has words of known texts.
//!
//! Input: texts, and the tokens of a page. Output: the runs of the page that a text has, too, each of the shortest length
//! that is masked. Every equal run of that length or more is the union of such runs, so a look-up of each run of the page
//! finds all of them, and nothing has to be extended.
//! Cost: a hash for each token of a page, and a look-up in a filter, which rejects most runs that no text has; some 20 bytes
//! for each token of the texts.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

use super::masking_rule::MaskingRule;
use crate::shingle::shingle;
use crate::sketch::BloomFilter;
use crate::text::Token;

/// The length of the runs that are looked up.
const RUN: usize = MaskingRule::SHORTEST as usize;

/// The texts of one site, by their runs of [`RUN`] tokens.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TemplateIndex {
    /// The tokens of all texts.
    tokens: Vec<Token>,
    /// For each text the end of its tokens.
    ends: Vec<u32>,
    /// For each hash of a run the position at which the first run with this hash begins. Another run with the same hash is
    /// not found; of a billion runs, two have one hash about once in 37 collections.
    runs: HashMap<u64, u32>,
    /// A filter of these hashes, which rejects most others without a look-up.
    filter: BloomFilter,
}

impl TemplateIndex {
    /// Creates an index for texts of so many tokens in all. More can be added, but are found more slowly.
    pub(super) fn for_tokens(count: usize) -> Self {
        /// The bits of the filter for each token: one of 16 other hashes passes the filter.
        const BITS: usize = 16;
        let filter = BloomFilter::new(count * BITS);
        Self { tokens: Vec::new(), ends: Vec::new(), runs: HashMap::new(), filter }
    }

    /// Adds a text.
    pub(super) fn add(&mut self, text: &[Token], hashes: &mut Vec<u64>) {
        let begin = self.tokens.len();
        self.tokens.extend_from_slice(text);
        self.ends.push(self.tokens.len() as u32);
        if text.len() < RUN {
            return;
        }
        shingle(text, RUN, hashes);
        for (at, &hash) in (begin as u32..).zip(&*hashes) {
            if let Entry::Vacant(vacant) = self.runs.entry(hash) {
                vacant.insert(at);
                self.filter.insert(hash as u32);
            }
        }
    }

    /// Calls `visit` with each run of a page that is in a text, by ascending position, and with the number of the first text
    /// that has it.
    pub(super) fn for_each_run(
        &self,
        page: &[Token],
        hashes: &mut Vec<u64>,
        mut visit: impl FnMut(Range<u32>, usize),
    ) {
        if page.len() < RUN {
            return;
        }
        shingle(page, RUN, hashes);
        for (begin, hash) in hashes.iter().enumerate() {
            if !self.filter.may_contain(*hash as u32) {
                continue;
            }
            let Some(&at) = self.runs.get(hash) else { continue };
            if self.tokens[at as usize..at as usize + RUN] == page[begin..begin + RUN] {
                let text = self.ends.partition_point(|&end| end <= at);
                visit(begin as u32..(begin + RUN) as u32, text);
            }
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{Tokens, tokenize};

    /// Returns the tokens of numbers.
    pub(in super::super) fn tokens_of(words: &[u8]) -> Vec<Token> {
        let mut tokens = Tokens::new();
        tokenize(&words.iter().map(u8::to_string).collect::<Vec<_>>().join(" "), &mut tokens);
        tokens.tokens().to_vec()
    }

    /// Compares each run of the page with each run of each text.
    fn naive(texts: &[Vec<Token>], page: &[Token]) -> Vec<(Range<u32>, usize)> {
        let first_text = |run: &[Token]| texts.iter().position(|text| text.windows(RUN).any(|of| of == run));
        let found = page
            .windows(RUN)
            .zip(0_u32..)
            .filter_map(|(run, begin)| Some((begin..begin + RUN as u32, first_text(run)?)));
        found.collect()
    }

    proptest! {
        /// Pages are pieces of the texts, and words of their own.
        #[test]
        fn finds_what_a_comparison_of_all_runs_finds(
            texts in prop::collection::vec(prop::collection::vec(0_u8..4, 0..40), 0..4),
            pieces in prop::collection::vec((0_usize..4, 0_usize..40, 0_usize..40), 0..5),
            own in prop::collection::vec(0_u8..5, 0..20),
        ) {
            let mut page = own;
            for (text, begin, length) in pieces {
                let text = texts.get(text).map(Vec::as_slice).unwrap_or_default();
                page.extend(text.iter().skip(begin).take(length));
            }
            let texts: Vec<Vec<Token>> = texts.iter().map(|text| tokens_of(text)).collect();
            let (mut index, mut hashes) = (TemplateIndex::for_tokens(20), Vec::new());
            texts.iter().for_each(|text| index.add(text, &mut hashes));
            let page = tokens_of(&page);
            let mut found = Vec::new();
            index.for_each_run(&page, &mut hashes, |run, text| found.push((run, text)));
            prop_assert_eq!(found, naive(&texts, &page));
        }
    }
}
