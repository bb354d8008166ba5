//! A page and the boilerplate of its site in, what is masked of the page out.

use super::site::Boilerplate;
use super::{BoilerplateRule, Mask, Page};
use crate::sketch::Fingerprint;
use crate::text::Token;

/// Masks a page: runs of boilerplate fingerprints with none but such between them, as far as the text around them is
/// the same on pages with other stories.
pub(super) fn mask(
    page: &Page<'_>,
    pages: &[Page<'_>],
    boilerplate: &Boilerplate,
    rule: BoilerplateRule,
) -> Mask {
    let is_boilerplate = |found: &Fingerprint| boilerplate.stories_of(found.value).is_some();
    let mut out = Mask::new();
    for run in page.fingerprints.chunk_by(|one, other| is_boilerplate(one) == is_boilerplate(other)) {
        let (first, last) = (run[0], run[run.len() - 1]);
        let (Some(at_first), Some(at_last)) =
            (boilerplate.stories_of(first.value), boilerplate.stories_of(last.value))
        else {
            continue;
        };
        let before = equal_beyond(page, pages, rule, first, at_first, |tokens, at, step| {
            at.checked_sub(step).and_then(|place| tokens.get(place)).copied()
        });
        let end = last.position + rule.shingle_size;
        let behind = equal_beyond(page, pages, rule, last, at_last, |tokens, at, step| {
            tokens.get(at + rule.shingle_size as usize - 1 + step).copied()
        });
        let begin = first.position - before.min(first.position);
        let end = (end + behind).min(page.tokens.len() as u32);
        match out.last_mut() {
            Some(before) if before.end >= begin => before.end = end,
            _ => out.push(begin..end),
        }
    }
    out.retain(|range| range.end - range.start >= rule.shortest);
    out
}

/// Counts how many tokens beyond a fingerprint are the same on pages with other stories: the median, since one of
/// them may carry this page's own story.
fn equal_beyond(
    page: &Page<'_>,
    pages: &[Page<'_>],
    rule: BoilerplateRule,
    Fingerprint { value, position: at }: Fingerprint,
    others: &[u32],
    token: impl Fn(&[Token], usize, usize) -> Option<Token>,
) -> u32 {
    let mut lengths: Vec<u32> = others
        .iter()
        .map(|&other| &pages[other as usize])
        .filter(|other| !std::ptr::eq(other.tokens, page.tokens))
        .filter_map(|other| {
            let place = other.fingerprints.iter().find(|found| found.value == value)?.position;
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
