//! A page and the boilerplate of its site in, what is masked of the page out.

use super::repeated::{Boilerplate, Repeated};
use super::{BoilerplateRule, Mask, Page};
use crate::text::Token;

/// A fingerprint that is boilerplate, and the number of its stories.
type Mark = ((u32, u32), u32);

/// Masks a page: runs of boilerplate fingerprints with none but such between them, as far as the text around them is
/// the same on pages with other stories.
pub(super) fn mask(
    page: &Page<'_>,
    pages: &[Page<'_>],
    boilerplate: &Boilerplate,
    repeated: &Repeated,
    rule: BoilerplateRule,
) -> Mask {
    let mut out = Mask::new();
    for (first, last) in runs(page, boilerplate) {
        let before = equal_beyond(page, pages, rule, first, repeated, |tokens, at, step| {
            at.checked_sub(step).and_then(|place| tokens.get(place)).copied()
        });
        let end = last.0.1 + rule.shingle_size;
        let behind = equal_beyond(page, pages, rule, last, repeated, |tokens, at, step| {
            tokens.get(at + rule.shingle_size as usize - 1 + step).copied()
        });
        let begin = first.0.1 - before.min(first.0.1);
        let end = (end + behind).min(page.tokens.len() as u32);
        match out.last_mut() {
            Some(before) if before.end >= begin => before.end = end,
            _ => out.push(begin..end),
        }
    }
    out.retain(|range| range.end - range.start >= rule.shortest);
    out
}

/// Gives the first and the last fingerprint of each run of such that are boilerplate.
fn runs(page: &Page<'_>, boilerplate: &Boilerplate) -> Vec<(Mark, Mark)> {
    let mut out: Vec<(Mark, Mark)> = Vec::new();
    let mut in_run = false;
    for &fingerprint in page.fingerprints {
        let Some(stories) = boilerplate.stories_of(fingerprint.0) else {
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

/// Counts how many tokens beyond a fingerprint are the same on pages with other stories: the median, since one of
/// them may carry this page's own story.
fn equal_beyond(
    page: &Page<'_>,
    pages: &[Page<'_>],
    rule: BoilerplateRule,
    ((value, at), stories): Mark,
    repeated: &Repeated,
    token: impl Fn(&[Token], usize, usize) -> Option<Token>,
) -> u32 {
    let mut lengths: Vec<u32> = repeated
        .stories(stories)
        .iter()
        .map(|&other| &pages[other as usize])
        .filter(|other| !std::ptr::eq(other.tokens, page.tokens))
        .filter_map(|other| {
            let place = other.fingerprints.iter().find(|&&(found, _)| found == value)?.1;
            let equal = |&step: &usize| {
                let ours = token(page.tokens, at as usize, step);
                ours.is_some() && ours == token(other.tokens, place as usize, step)
            };
            Some((1..=rule.reach as usize).take_while(equal).count() as u32)
        })
        .collect();
    lengths.sort_unstable();
    lengths.get(lengths.len().saturating_sub(1) / 2).copied().unwrap_or(0)
}
