//! Masks the boilerplate of pages.
//!
//! Input: pages, and the boilerplate of their sites. Output: the ranges of tokens of each page that are masked.

use std::ops::Range;

use rayon::prelude::*;

use super::extender::{BoilerplateFingerprint, Extender, Side};
use super::masking_rule::MaskingRule;
use super::masks::{Mask, Masks};
use super::page::Pages;
use super::repeated_texts::RepeatedTexts;
use super::site_boilerplate::SiteBoilerplate;
use crate::sketch::Fingerprint;
use crate::text::Token;

/// The number of pages that one thread masks with the same cache before others may take over.
const PAGES_AT_ONCE: usize = 4096;

/// Masks the boilerplate of pages. Returns the masks, each with the number of its page, ascending.
pub fn mask_pages(pages: &dyn Pages, repeated: &RepeatedTexts, rule: MaskingRule) -> Masks<u32> {
    mask_some_pages(pages, |_| true, repeated, rule)
}

/// Masks the boilerplate of the pages for which `is_wanted` is true, as [`mask_pages`] does.
pub fn mask_some_pages(
    pages: &dyn Pages,
    is_wanted: impl Fn(usize) -> bool + Sync,
    repeated: &RepeatedTexts,
    rule: MaskingRule,
) -> Masks<u32> {
    let pages_in_parallel = (0..pages.count()).into_par_iter().with_max_len(PAGES_AT_ONCE);
    let start = || (Masker::new(pages, repeated, rule), Masks::default());
    let stretches = pages_in_parallel.fold(start, |(mut masker, mut masks), page| {
        if is_wanted(page) {
            masks.push(page as u32, &masker.mask(page as u32));
        }
        (masker, masks)
    });
    Masks::joined(stretches.map(|(_, masks)| masks).collect())
}

/// Masks one page at a time. Holds the buffers of one thread.
struct Masker<'a> {
    pages: &'a dyn Pages,
    repeated: &'a RepeatedTexts,
    rule: MaskingRule,
    extender: Extender<'a>,
    fingerprints: Vec<Fingerprint>,
    tokens: Vec<Token>,
}

impl<'a> Masker<'a> {
    fn new(pages: &'a dyn Pages, repeated: &'a RepeatedTexts, rule: MaskingRule) -> Self {
        let extender = Extender::new(pages, repeated, rule);
        Self { pages, repeated, rule, extender, fingerprints: Vec::new(), tokens: Vec::new() }
    }

    /// Returns the mask of a page: runs of fingerprints that are boilerplate, each extended to the point where the
    /// text differs from pages of other stories.
    fn mask(&mut self, page: u32) -> Mask {
        let Self { pages, repeated, rule, extender, fingerprints, tokens } = self;
        let mut out = Mask::new();
        let boilerplate = repeated.on_site_of(page);
        if boilerplate.is_empty() {
            return out;
        }
        let runs = runs(pages.read_fingerprints(page, fingerprints), boilerplate);
        if runs.is_empty() {
            return out;
        }
        let words = pages.words(page);
        let tokens = pages.tokens(page, 0..words, tokens);
        for (first, last) in runs {
            let before = extender.equal_tokens(page, tokens, first, Side::Before);
            let after = extender.equal_tokens(page, tokens, last, Side::After);
            let begin = first.position - before.min(first.position);
            let end = (last.position + rule.shingle_size + after).min(words as u32);
            add(&mut out, begin..end);
        }
        out.retain(|range| range.end - range.start >= rule.shortest);
        out
    }
}

/// Adds a range to a mask. No range of the mask begins after it, but the last one may overlap it, because a run can be
/// extended into the next one.
pub(super) fn add(mask: &mut Mask, range: Range<u32>) {
    match mask.last_mut() {
        Some(before) if before.end >= range.start => before.end = before.end.max(range.end),
        _ => mask.push(range),
    }
}

/// Returns the first and the last fingerprint of each run of fingerprints that are boilerplate.
fn runs(
    fingerprints: &[Fingerprint],
    boilerplate: &SiteBoilerplate,
) -> Vec<(BoilerplateFingerprint, BoilerplateFingerprint)> {
    let mut out: Vec<(BoilerplateFingerprint, BoilerplateFingerprint)> = Vec::new();
    let mut in_run = false;
    for &Fingerprint { value, position } in fingerprints {
        let Some(text) = boilerplate.text_of(value) else {
            in_run = false;
            continue;
        };
        let fingerprint = BoilerplateFingerprint { value, position, text };
        match out.last_mut() {
            Some((_, last)) if in_run => *last = fingerprint,
            _ => out.push((fingerprint, fingerprint)),
        }
        in_run = true;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ranges, and the mask that they are merged into.
    type Case<'a> = (&'a [(u32, u32)], &'a [(u32, u32)]);

    #[test]
    fn ranges_that_touch_are_merged() {
        let cases: [Case<'_>; 5] = [
            (&[], &[]),
            (&[(2, 9), (12, 20)], &[(2, 9), (12, 20)]),
            (&[(2, 9), (9, 20)], &[(2, 20)]),
            (&[(2, 9), (5, 20)], &[(2, 20)]),
            (&[(2, 30), (5, 20), (25, 28)], &[(2, 30)]),
        ];
        for (ranges, expected) in cases {
            let mut mask = Mask::new();
            ranges.iter().for_each(|&(begin, end)| add(&mut mask, begin..end));
            let found: Vec<(u32, u32)> = mask.iter().map(|range| (range.start, range.end)).collect();
            assert_eq!(found, expected, "{ranges:?}");
        }
    }
}
