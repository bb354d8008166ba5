//! Boilerplate fingerprints in, how far the text beyond them is the same on pages with other stories out.
//!
//! The pages of a site mostly begin and end their boilerplate with the same fingerprints: what stands around one of
//! them on the pages of its stories is looked up once, and kept for the next pages.
//!
//! Invariant: what is kept decides nothing but time.
//! Cost: a look at the fingerprints, and at a few tokens, of as many of the pages of a fingerprint's stories as decide,
//! for all pages that follow each other and share it.

use super::repeated::Repeated;
use super::{BoilerplateRule, Pages};
use crate::sketch::Fingerprint;
use crate::text::Token;

/// A fingerprint that is boilerplate, and the number of its stories.
pub(super) type Mark = (Fingerprint, u32);

/// On which side of a fingerprint one looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    Behind,
}

impl Side {
    /// Gives the tokens that stand on this side of a place in a page of so many words, as far as a shared text can go
    /// on there.
    fn range(self, at: u32, words: u32, rule: BoilerplateRule) -> std::ops::Range<usize> {
        let range = match self {
            Self::Before => at.saturating_sub(rule.reach)..at,
            Self::Behind => {
                let begin = at + rule.shingle_size;
                begin.min(words)..(begin + rule.reach).min(words)
            }
        };
        range.start as usize..range.end as usize
    }

    /// Counts the tokens that are equal from the place on.
    fn equal(self, one: &[Token], other: &[Token]) -> u32 {
        let equal = |(one, other): &(&Token, &Token)| one == other;
        let count = match self {
            Self::Before => one.iter().rev().zip(other.iter().rev()).take_while(equal).count(),
            Self::Behind => one.iter().zip(other).take_while(equal).count(),
        };
        count as u32
    }
}

/// Looks beyond fingerprints. Holds the memory of one thread that does.
pub(super) struct Beyond<'a> {
    pages: &'a dyn Pages,
    repeated: &'a Repeated,
    rule: BoilerplateRule,
    kept: Vec<Neighborhood>,
    fingerprints: Vec<Fingerprint>,
    tokens: Vec<Token>,
    lengths: Vec<u32>,
}

/// What stands on one side of a fingerprint, on pages of its stories, as far as these were looked at.
#[derive(Clone, Default)]
struct Neighborhood {
    /// The fingerprint's value, the number of its stories, and the side.
    of: Option<(u32, u32, Side)>,
    tokens: Vec<Token>,
    /// For each page that was looked at where its tokens end, and whether it holds the fingerprint.
    pages: Vec<(usize, bool)>,
}

/// Neighborhoods that are kept: four megabytes where a site's boilerplate has many ends.
const KEPT: usize = 4096;

impl<'a> Beyond<'a> {
    pub(super) fn new(pages: &'a dyn Pages, repeated: &'a Repeated, rule: BoilerplateRule) -> Self {
        let (fingerprints, tokens) = (Vec::new(), Vec::new());
        Self { pages, repeated, rule, kept: Vec::new(), fingerprints, tokens, lengths: Vec::new() }
    }

    /// Counts how many tokens beyond a fingerprint of a page are the same on pages with other stories: the median,
    /// since one of them may carry this page's own story. `own` are the tokens of the page.
    pub(super) fn equal(&mut self, page: u32, own: &[Token], mark: Mark, side: Side) -> u32 {
        let (Fingerprint { value, position }, stories) = mark;
        let own = &own[side.range(position, own.len() as u32, self.rule)];
        if own.is_empty() {
            return 0;
        }
        let others = self.repeated.stories(stories);
        let place = self.place(value, stories, side);
        self.lengths.clear();
        let mut begin = 0;
        for (looked, &other) in others.iter().enumerate() {
            if is_settled(&self.lengths, others.len() - looked, own.len() as u32) {
                break;
            }
            if looked == self.kept[place].pages.len() {
                self.look(place, other, value, side);
            }
            let neighborhood = &self.kept[place];
            let (end, holds) = neighborhood.pages[looked];
            if holds && other != page {
                let length = side.equal(own, &neighborhood.tokens[begin..end]);
                let rank = self.lengths.partition_point(|&other| other < length);
                self.lengths.insert(rank, length);
            }
            begin = end;
        }
        median(&self.lengths)
    }

    /// Gives where the neighborhood of a fingerprint is kept.
    fn place(&mut self, value: u32, stories: u32, side: Side) -> usize {
        if self.kept.is_empty() {
            self.kept.resize(KEPT, Neighborhood::default());
        }
        // A value is a hash, but the least of several: its lower bits are as good as random.
        let place = value as usize % (KEPT / 2) * 2 + usize::from(side == Side::Behind);
        let of = Some((value, stories, side));
        let kept = &mut self.kept[place];
        if kept.of != of {
            kept.of = of;
            kept.tokens.clear();
            kept.pages.clear();
        }
        place
    }

    /// Puts what stands there on one more page into a neighborhood.
    fn look(&mut self, place: usize, page: u32, value: u32, side: Side) {
        let kept = &mut self.kept[place];
        let found = self.pages.read_fingerprints(page, &mut self.fingerprints);
        let found = found.iter().find(|found| found.value == value);
        if let Some(found) = found {
            let range = side.range(found.position, self.pages.words(page) as u32, self.rule);
            kept.tokens.extend_from_slice(self.pages.tokens(page, range, &mut self.tokens));
        }
        kept.pages.push((kept.tokens.len(), found.is_some()));
    }
}

/// Gives the median of ascending lengths, the lower one of two; 0 where there are none.
fn median(lengths: &[u32]) -> u32 {
    lengths.get(lengths.len().saturating_sub(1) / 2).copied().unwrap_or(0)
}

/// Tells whether ascending lengths have the same median whatever is added, up to so many of up to `most` each.
fn is_settled(lengths: &[u32], left: usize, most: u32) -> bool {
    if lengths.is_empty() {
        return false;
    }
    let middle = (lengths.len() + left - 1) / 2;
    // With as many zeros before them, and with as many of the greatest behind them.
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
        fn what_is_settled_stays(
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
        fn what_is_not_settled_may_change(lengths in prop::collection::vec(0_u32..4, 1..9), left in 0_usize..9) {
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
