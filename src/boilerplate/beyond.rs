//! Boilerplate fingerprints in, how far the text beyond them is the same on pages with other stories out.
//!
//! The pages of a site mostly begin and end their boilerplate with the same fingerprints: what stands around one of
//! them on the pages of its stories is looked up once, and kept for the next pages.
//!
//! Invariant: what is kept decides nothing but time.
//! Cost: a look at the fingerprints, and at a few tokens, of each of the pages of a fingerprint's stories, for as many
//! pages as follow each other and share it.

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

/// What stands on one side of a fingerprint, on a page of each of its stories.
#[derive(Clone, Default)]
struct Neighborhood {
    /// The fingerprint's value, the number of its stories, and the side.
    of: Option<(u32, u32, Side)>,
    tokens: Vec<Token>,
    /// The pages, and where the tokens of each end.
    pages: Vec<(u32, usize)>,
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
        let place = self.place(value, stories, side);
        let neighborhood = &self.kept[place];
        self.lengths.clear();
        let mut begin = 0;
        for &(other, end) in &neighborhood.pages {
            if other != page {
                self.lengths.push(side.equal(own, &neighborhood.tokens[begin..end]));
            }
            begin = end;
        }
        self.lengths.sort_unstable();
        self.lengths.get(self.lengths.len().saturating_sub(1) / 2).copied().unwrap_or(0)
    }

    /// Gives where the neighborhood of a fingerprint is kept, once it is.
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
            let pages = self.repeated.stories(stories);
            kept.tokens.reserve(pages.len() * self.rule.reach as usize);
            kept.pages.reserve(pages.len());
            for &page in pages {
                let found = self.pages.read_fingerprints(page, &mut self.fingerprints);
                if let Some(found) = found.iter().find(|found| found.value == value) {
                    let range = side.range(found.position, self.pages.words(page) as u32, self.rule);
                    kept.tokens.extend_from_slice(self.pages.tokens(page, range, &mut self.tokens));
                    kept.pages.push((page, kept.tokens.len()));
                }
            }
        }
        place
    }
}
