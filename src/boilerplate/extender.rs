//! Measures how far text beyond a boilerplate fingerprint is the same on pages of other stories.
//!
//! Input: the first or the last fingerprint of a run of boilerplate. Output: a number of tokens before or after it.
//!
//! Most pages of a site begin and end their boilerplate with the same fingerprints. So the tokens around a fingerprint
//! on the pages of its stories are read once and cached for the next pages.
//!
//! Invariant: results do not depend on what is cached, only time does.
//! Cost: for all successive pages that have the same fingerprint together, a search for it and a few tokens on as many
//! of the pages of its stories as are needed to decide.

use std::ops::Range;

use super::masking_rule::MaskingRule;
use super::page::Pages;
use super::repeated_texts::RepeatedTexts;
use super::story_pages::TextId;
use crate::sketch::Fingerprint;
use crate::text::Token;

/// The number of neighborhoods that are cached. They take four megabytes for a site whose boilerplate begins and ends
/// with many different fingerprints.
const CACHED: usize = 4096;

/// A fingerprint of a page that is boilerplate.
#[derive(Clone, Copy)]
pub(super) struct BoilerplateFingerprint {
    pub(super) value: u32,
    pub(super) position: u32,
    /// The text that it belongs to.
    pub(super) text: TextId,
}

/// A side of a fingerprint.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

impl Side {
    /// Returns the positions of the tokens on this side of a fingerprint to which a shared text can extend.
    /// `words` is the number of tokens of the page.
    fn range(self, position: u32, words: u32, rule: MaskingRule) -> Range<usize> {
        let range = match self {
            Self::Before => position.saturating_sub(rule.reach)..position,
            Self::After => {
                let begin = position + rule.shingle_size;
                begin.min(words)..(begin + rule.reach).min(words)
            }
        };
        range.start as usize..range.end as usize
    }

    /// Returns the number of equal tokens, counted away from the fingerprint.
    fn equal_tokens(self, one: &[Token], other: &[Token]) -> u32 {
        let is_equal = |(one, other): &(&Token, &Token)| one == other;
        let count = match self {
            Self::Before => one.iter().rev().zip(other.iter().rev()).take_while(is_equal).count(),
            Self::After => one.iter().zip(other).take_while(is_equal).count(),
        };
        count as u32
    }
}

/// Extends runs of boilerplate fingerprints. Holds the buffers of one thread.
pub(super) struct Extender<'a> {
    pages: &'a dyn Pages,
    repeated: &'a RepeatedTexts,
    rule: MaskingRule,
    cache: Vec<Neighborhood>,
    fingerprints: Vec<Fingerprint>,
    tokens: Vec<Token>,
    lengths: Vec<u32>,
}

/// The tokens on one side of a fingerprint, on the pages of its stories that have been read so far.
#[derive(Clone, Default)]
struct Neighborhood {
    /// The fingerprint's value, its text, and the side.
    key: Option<(u32, TextId, Side)>,
    /// The tokens of all pages that were read, by page.
    tokens: Vec<Token>,
    /// For each page that was read, where its tokens end, and whether it has the fingerprint.
    pages: Vec<(usize, bool)>,
}

impl<'a> Extender<'a> {
    pub(super) fn new(pages: &'a dyn Pages, repeated: &'a RepeatedTexts, rule: MaskingRule) -> Self {
        let (fingerprints, tokens) = (Vec::new(), Vec::new());
        Self { pages, repeated, rule, cache: Vec::new(), fingerprints, tokens, lengths: Vec::new() }
    }

    /// Returns the number of tokens beyond a fingerprint of a page that are the same on pages of other stories. `own`
    /// are the tokens of the page.
    ///
    /// It is the median over these pages, because one of them may be of the same story as this page.
    pub(super) fn equal_tokens(
        &mut self,
        page: u32,
        own: &[Token],
        fingerprint: BoilerplateFingerprint,
        side: Side,
    ) -> u32 {
        let BoilerplateFingerprint { value, position, text } = fingerprint;
        let own = &own[side.range(position, own.len() as u32, self.rule)];
        if own.is_empty() {
            return 0;
        }
        let others = self.repeated.story_pages(text);
        let at = self.neighborhood_of(value, text, side);
        self.lengths.clear();
        let mut begin = 0;
        for (index, &other) in others.iter().enumerate() {
            if is_settled(&self.lengths, others.len() - index, own.len() as u32) {
                break;
            }
            if index == self.cache[at].pages.len() {
                self.read_page(at, other, value, side);
            }
            let neighborhood = &self.cache[at];
            let (end, has_fingerprint) = neighborhood.pages[index];
            if has_fingerprint && other != page {
                let length = side.equal_tokens(own, &neighborhood.tokens[begin..end]);
                let rank = self.lengths.partition_point(|&other| other < length);
                self.lengths.insert(rank, length);
            }
            begin = end;
        }
        median(&self.lengths)
    }

    /// Returns the index of a fingerprint's neighborhood in the cache, and empties it if it was that of another
    /// fingerprint.
    fn neighborhood_of(&mut self, value: u32, text: TextId, side: Side) -> usize {
        if self.cache.is_empty() {
            self.cache.resize(CACHED, Neighborhood::default());
        }
        // A value is the least of several hashes, so its upper bits are not random, but its lower bits are.
        let at = value as usize % (CACHED / 2) * 2 + usize::from(side == Side::After);
        let key = Some((value, text, side));
        let cached = &mut self.cache[at];
        if cached.key != key {
            cached.key = key;
            cached.tokens.clear();
            cached.pages.clear();
        }
        at
    }

    /// Adds the tokens of one more page to a neighborhood.
    fn read_page(&mut self, at: usize, page: u32, value: u32, side: Side) {
        let cached = &mut self.cache[at];
        let fingerprints = self.pages.read_fingerprints(page, &mut self.fingerprints);
        let found = fingerprints.iter().find(|fingerprint| fingerprint.value == value);
        if let Some(found) = found {
            let range = side.range(found.position, self.pages.words(page) as u32, self.rule);
            cached.tokens.extend_from_slice(self.pages.tokens(page, range, &mut self.tokens));
        }
        cached.pages.push((cached.tokens.len(), found.is_some()));
    }
}

/// Returns the median of ascending lengths: the lower one of two, and 0 if there are none.
fn median(lengths: &[u32]) -> u32 {
    lengths.get(lengths.len().saturating_sub(1) / 2).copied().unwrap_or(0)
}

/// Returns whether the median of ascending lengths stays the same whatever up to `left` more lengths, each at most
/// `most`, are added.
fn is_settled(lengths: &[u32], left: usize, most: u32) -> bool {
    if lengths.is_empty() {
        return false;
    }
    let middle = (lengths.len() + left - 1) / 2;
    // The median if all others are 0, and if all others are the greatest possible.
    let least = middle.checked_sub(left).map_or(0, |at| lengths[at]);
    let greatest = lengths.get(middle).copied().unwrap_or(most);
    least == greatest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_settled_median_stays(
            lengths in prop::collection::vec(0_u32..4, 1..9),
            more in prop::collection::vec(0_u32..4, 0..9),
            left in 0_usize..9,
        ) {
            let sorted = |mut all: Vec<u32>| {
                all.sort_unstable();
                all
            };
            let lengths = sorted(lengths);
            let more = &more[..more.len().min(left)];
            let all = sorted([&lengths, more].concat());
            prop_assert!(!is_settled(&lengths, left, 3) || median(&all) == median(&lengths));
            prop_assert!(is_settled(&lengths, 0, 3));
            prop_assert!(!is_settled(&[], left + 1, 3));
        }

        #[test]
        fn only_an_unsettled_median_can_change(lengths in prop::collection::vec(0_u32..4, 1..9), left in 0_usize..9) {
            let mut lengths = lengths;
            lengths.sort_unstable();
            let with = |length: u32| {
                let mut all = [lengths.as_slice(), &vec![length; left]].concat();
                all.sort_unstable();
                median(&all)
            };
            prop_assert_eq!(is_settled(&lengths, left, 3), with(0) == with(3));
        }
    }
}
