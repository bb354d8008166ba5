//! A page and the boilerplate of its site in, what is masked of the page out.

use super::repeated::{Boilerplate, Repeated};
use super::{BoilerplateRule, Mask, Pages};
use crate::sketch::Fingerprint;
use crate::text::Token;

/// A fingerprint that is boilerplate, and the number of its stories.
type Mark = (Fingerprint, u32);

/// Masks a page: runs of boilerplate fingerprints with none but such between them, as far as the text around them is
/// the same on pages with other stories.
pub(super) fn mask(
    page: u32,
    pages: &dyn Pages,
    boilerplate: &Boilerplate,
    repeated: &Repeated,
    rule: BoilerplateRule,
) -> Mask {
    let mut out = Mask::new();
    let words = pages.words(page) as u32;
    for (first, last) in runs(pages.fingerprints(page), boilerplate) {
        let before = equal_beyond(page, pages, rule, first, repeated, Side::Before);
        let end = last.0.position + rule.shingle_size;
        let behind = equal_beyond(page, pages, rule, last, repeated, Side::Behind);
        let begin = first.0.position - before.min(first.0.position);
        let end = (end + behind).min(words);
        match out.last_mut() {
            Some(before) if before.end >= begin => before.end = end,
            _ => out.push(begin..end),
        }
    }
    out.retain(|range| range.end - range.start >= rule.shortest);
    out
}

/// Gives the first and the last fingerprint of each run of such that are boilerplate.
fn runs(fingerprints: &[Fingerprint], boilerplate: &Boilerplate) -> Vec<(Mark, Mark)> {
    let mut out: Vec<(Mark, Mark)> = Vec::new();
    let mut in_run = false;
    for &fingerprint in fingerprints {
        let Some(stories) = boilerplate.stories_of(fingerprint.value) else {
            in_run = false;
            continue;
        };
        let mark = (fingerprint, stories);
        match out.last_mut() {
            Some((_, last)) if in_run => *last = mark,
            _ => out.push((mark, mark)),
        }
        in_run = true;
    }
    out
}

/// On which side of a fingerprint one looks.
#[derive(Clone, Copy)]
enum Side {
    Before,
    Behind,
}

impl Side {
    /// Gives the tokens of a page that stand on this side of a place, as far as a shared text can go on there.
    fn tokens<'a>(
        self,
        pages: &'a dyn Pages,
        page: u32,
        at: u32,
        rule: BoilerplateRule,
        room: &'a mut Vec<Token>,
    ) -> &'a [Token] {
        let some = match self {
            Self::Before => at.saturating_sub(rule.reach)..at,
            Self::Behind => {
                let (begin, words) = (at + rule.shingle_size, pages.words(page) as u32);
                begin.min(words)..(begin + rule.reach).min(words)
            }
        };
        pages.tokens(page, some.start as usize..some.end as usize, room)
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

/// Counts how many tokens beyond a fingerprint are the same on pages with other stories: the median, since one of
/// them may carry this page's own story.
fn equal_beyond(
    page: u32,
    pages: &dyn Pages,
    rule: BoilerplateRule,
    (Fingerprint { value, position: at }, stories): Mark,
    repeated: &Repeated,
    side: Side,
) -> u32 {
    let (mut own, mut others, mut fingerprints) = (Vec::new(), Vec::new(), Vec::new());
    let own = side.tokens(pages, page, at, rule, &mut own);
    let mut lengths: Vec<u32> = repeated
        .stories(stories)
        .iter()
        .filter(|&&other| other != page)
        .filter_map(|&other| {
            let found = pages.read_fingerprints(other, &mut fingerprints);
            let place = found.iter().find(|found| found.value == value)?.position;
            Some(side.equal(own, side.tokens(pages, other, place, rule, &mut others)))
        })
        .collect();
    lengths.sort_unstable();
    lengths.get(lengths.len().saturating_sub(1) / 2).copied().unwrap_or(0)
}
