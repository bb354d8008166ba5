//! A page and the boilerplate of its site in, what is masked of the page out.

use std::ops::Range;

use super::beyond::{Beyond, Mark, Side};
use super::repeated::{Boilerplate, Repeated};
use super::{BoilerplateRule, Mask, Pages};
use crate::sketch::Fingerprint;
use crate::text::Token;

/// Masks pages. Holds the memory of one thread that does.
pub(super) struct Masker<'a> {
    pages: &'a dyn Pages,
    repeated: &'a Repeated,
    rule: BoilerplateRule,
    beyond: Beyond<'a>,
    fingerprints: Vec<Fingerprint>,
    tokens: Vec<Token>,
}

impl<'a> Masker<'a> {
    pub(super) fn new(pages: &'a dyn Pages, repeated: &'a Repeated, rule: BoilerplateRule) -> Self {
        let beyond = Beyond::new(pages, repeated, rule);
        Self { pages, repeated, rule, beyond, fingerprints: Vec::new(), tokens: Vec::new() }
    }

    /// Masks a page: runs of boilerplate fingerprints with none but such between them, as far as the text around them
    /// is the same on pages with other stories.
    pub(super) fn mask(&mut self, page: u32) -> Mask {
        let Self { pages, repeated, rule, beyond, fingerprints, tokens } = self;
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
            let before = beyond.equal(page, tokens, first, Side::Before);
            let end = last.0.position + rule.shingle_size;
            let behind = beyond.equal(page, tokens, last, Side::Behind);
            let begin = first.0.position - before.min(first.0.position);
            let end = (end + behind).min(words as u32);
            add(&mut out, begin..end);
        }
        out.retain(|range| range.end - range.start >= rule.shortest);
        out
    }
}

/// Adds a range to others, of which none begins behind it. What follows a run may go on beyond the next one.
fn add(mask: &mut Mask, range: Range<u32>) {
    match mask.last_mut() {
        Some(before) if before.end >= range.start => before.end = before.end.max(range.end),
        _ => mask.push(range),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Ranges, and what they make.
    type Case<'a> = (&'a [(u32, u32)], &'a [(u32, u32)]);

    #[test]
    fn ranges_that_meet_are_one() {
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
