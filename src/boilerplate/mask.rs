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
    for (first, last) in runs(pages.fingerprints(page), boilerplate) {
        let before = equal_beyond(page, pages, rule, first, repeated, |tokens, at, step| {
            at.checked_sub(step).and_then(|place| tokens.get(place)).copied()
        });
        let end = last.0.position + rule.shingle_size;
        let behind = equal_beyond(page, pages, rule, last, repeated, |tokens, at, step| {
            tokens.get(at + rule.shingle_size as usize - 1 + step).copied()
        });
        let begin = first.0.position - before.min(first.0.position);
        let end = (end + behind).min(pages.tokens(page).len() as u32);
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

/// Counts how many tokens beyond a fingerprint are the same on pages with other stories: the median, since one of
/// them may carry this page's own story.
fn equal_beyond(
    page: u32,
    pages: &dyn Pages,
    rule: BoilerplateRule,
    (Fingerprint { value, position: at }, stories): Mark,
    repeated: &Repeated,
    token: impl Fn(&[Token], usize, usize) -> Option<Token>,
) -> u32 {
    let own = pages.tokens(page);
    let mut lengths: Vec<u32> = repeated
        .stories(stories)
        .iter()
        .filter(|&&other| other != page)
        .filter_map(|&other| {
            let place = pages.fingerprints(other).iter().find(|found| found.value == value)?.position;
            let others = pages.tokens(other);
            let equal = |&step: &usize| {
                let ours = token(own, at as usize, step);
                ours.is_some() && ours == token(others, place as usize, step)
            };
            Some((1..=rule.reach as usize).take_while(equal).count() as u32)
        })
        .collect();
    lengths.sort_unstable();
    lengths.get(lengths.len().saturating_sub(1) / 2).copied().unwrap_or(0)
}
