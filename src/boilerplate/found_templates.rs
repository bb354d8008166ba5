//! Lists the texts that are masked on the pages of each site.
//!
//! Input: pages by site, and their masks. Output: for each site its masked texts, each once, with the pages that have it.
//!
//! Masked ranges with the same words are one text. Texts that nearly agree, such as a notice with another date, would fill
//! the list; so the texts of a site are taken by the number of their pages, most first, and one is a *variant* of those that
//! were taken before if they mask it, all but fewer words in a row than are ever masked. So the listed texts mask all that is
//! masked, but for such remainders, and each of them masks some words that the texts before it do not.
//!
//! A text may be masked on some pages and be the story of others. It is listed only if it is masked on as many pages as it is
//! not masked on, since the list is used to mask all pages.
//!
//! Cost: a hash of each masked range, and a look-up for each token of the pages of sites that repeat something.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

use super::masking_rule::MaskingRule;
use super::masks::Mask;
use super::page::Pages;
use super::template_index::TemplateIndex;
use crate::text::Token;

/// A text that is masked on pages of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundTemplate {
    /// The first page that has it.
    pub page: usize,
    /// The tokens of this page that are the text.
    pub range: Range<u32>,
    /// The pages on which a run of it, of the shortest length that is masked, is masked, ascending. A run that several texts
    /// have counts for the first of them.
    pub pages: Vec<usize>,
    /// The number of its variants.
    pub variants: usize,
}

/// Returns the texts that are masked on the pages of each site, in the order of `sites`; those on most pages first. `masks`
/// are the masks of pages, by ascending page; `sites` are ranges of pages, ascending.
pub fn found_templates(
    pages: &dyn Pages,
    sites: &[Range<usize>],
    masks: &[(usize, Mask)],
) -> Vec<Vec<FoundTemplate>> {
    let of_site = |site: &Range<usize>| {
        let masks = &masks[masks.partition_point(|&(page, _)| page < site.start)..];
        let masks = &masks[..masks.partition_point(|&(page, _)| page < site.end)];
        let (mut texts, index) = without_variants(pages, different_texts(pages, masks));
        if !texts.is_empty() {
            retain_mostly_masked(&mut texts, &index, pages, site.clone(), masks);
        }
        sort(&mut texts);
        texts
    };
    sites.par_iter().map(of_site).collect()
}

/// Returns the different texts that are masked on pages of one site.
fn different_texts(pages: &dyn Pages, masks: &[(usize, Mask)]) -> Vec<FoundTemplate> {
    let mut texts: Vec<FoundTemplate> = Vec::new();
    let mut by_content: HashMap<u128, usize> = HashMap::new();
    let mut buffer = Vec::new();
    for (page, mask) in masks {
        let words = pages.words(*page as u32);
        let tokens = pages.tokens(*page as u32, 0..words, &mut buffer);
        for range in mask {
            let content = bytemuck::cast_slice(&tokens[range.start as usize..range.end as usize]);
            let index = *by_content.entry(xxh3_128(content)).or_insert_with(|| {
                let (range, pages) = (range.clone(), Vec::new());
                texts.push(FoundTemplate { page: *page, range, pages, variants: 0 });
                texts.len() - 1
            });
            // A page may have a text twice.
            if texts[index].pages.last() != Some(page) {
                texts[index].pages.push(*page);
            }
        }
    }
    texts
}

/// Returns the texts of one site that are no variants of others, with their index.
fn without_variants(pages: &dyn Pages, mut texts: Vec<FoundTemplate>) -> (Vec<FoundTemplate>, TemplateIndex) {
    sort(&mut texts);
    let mut kept: Vec<FoundTemplate> = Vec::new();
    let mut index = TemplateIndex::for_tokens(texts.iter().map(|text| text.range.len()).sum());
    let (mut buffer, mut hashes) = (Vec::new(), Vec::new());
    for text in texts {
        let range = text.range.start as usize..text.range.end as usize;
        let tokens = pages.tokens(text.page as u32, range, &mut buffer);
        match variant_of(&index, tokens, &mut hashes) {
            Some(others) => others.into_iter().for_each(|other| kept[other].variants += 1),
            None => {
                index.add(tokens, &mut hashes);
                kept.push(text);
            }
        }
    }
    (kept, index)
}

/// Finds the pages of a site on which each text of its index is masked, and those on which it is not. Retains the texts
/// that are masked on as many pages as they are not masked on.
fn retain_mostly_masked(
    texts: &mut Vec<FoundTemplate>,
    index: &TemplateIndex,
    pages: &dyn Pages,
    site: Range<usize>,
    masks: &[(usize, Mask)],
) {
    let mut not_masked = vec![0; texts.len()];
    texts.iter_mut().for_each(|text| text.pages.clear());
    let (mut buffer, mut hashes, mut masks) = (Vec::new(), Vec::new(), masks.iter().peekable());
    for page in site {
        let mask = masks.next_if(|(masked, _)| *masked == page).map_or(&[][..], |(_, mask)| mask);
        let tokens = pages.tokens(page as u32, 0..pages.words(page as u32), &mut buffer);
        // For each text on this page whether it is masked there.
        let mut found: BTreeMap<usize, bool> = BTreeMap::new();
        index.for_each_run(tokens, &mut hashes, |run, text| {
            let at = mask.partition_point(|range| range.end < run.end);
            let is_masked = mask.get(at).is_some_and(|range| range.start <= run.start);
            *found.entry(text).or_default() |= is_masked;
        });
        for (text, is_masked) in found {
            match is_masked {
                true => texts[text].pages.push(page),
                false => not_masked[text] += 1,
            }
        }
    }
    let mut not_masked = not_masked.into_iter();
    texts.retain(|text| not_masked.next().is_some_and(|count| text.pages.len() >= count));
}

/// Sorts texts: those on most pages first, then the longest, then by their first page.
fn sort(texts: &mut [FoundTemplate]) {
    texts.sort_by_key(|text| {
        let length = text.range.len();
        (usize::MAX - text.pages.len(), usize::MAX - length, text.page, text.range.start)
    });
}

/// Returns the numbers of the texts of `index` that mask another text, ascending, if they leave no run of it that is long
/// enough to be masked.
fn variant_of(index: &TemplateIndex, text: &[Token], hashes: &mut Vec<u64>) -> Option<Vec<usize>> {
    let (mut others, mut masked_to, mut longest_rest) = (Vec::new(), 0, 0);
    index.for_each_run(text, hashes, |run, other| {
        longest_rest = longest_rest.max(run.start.saturating_sub(masked_to));
        masked_to = run.end;
        others.push(other);
    });
    longest_rest = longest_rest.max(text.len() as u32 - masked_to);
    others.sort_unstable();
    others.dedup();
    (longest_rest < MaskingRule::SHORTEST).then_some(others)
}

#[cfg(test)]
mod tests {
    use std::slice::from_ref;

    use proptest::prelude::*;

    use super::*;
    use crate::boilerplate::Page;
    use crate::boilerplate::template_index::tests::tokens_of;

    /// Returns for each text its first page, the numbers of its words, its pages and its variants. All words of a page are
    /// masked in the given pieces.
    fn found(pages: &[&[&[u8]]]) -> Vec<(usize, usize, Vec<usize>, usize)> {
        let tokens: Vec<Vec<Token>> = pages.iter().map(|pieces| tokens_of(&pieces.concat())).collect();
        let masks: Vec<(usize, Mask)> = pages.iter().map(|pieces| ranges(pieces)).enumerate().collect();
        let pages: Vec<Page<'_>> =
            tokens.iter().map(|tokens| Page { tokens, fingerprints: &[], address: None }).collect();
        let all = 0..pages.len();
        let [found] = <[_; 1]>::try_from(found_templates(&pages, &[all], &masks)).unwrap();
        let found: Vec<FoundTemplate> = found;
        found.into_iter().map(|text| (text.page, text.range.len(), text.pages, text.variants)).collect()
    }

    fn ranges(pieces: &[&[u8]]) -> Mask {
        let mut end = 0;
        let range = |piece: &&[u8]| {
            let begin = end;
            end += piece.len() as u32;
            begin..end
        };
        pieces.iter().map(range).collect()
    }

    fn mask_of(range: Range<u32>) -> Mask {
        std::iter::once(range).collect()
    }

    /// Returns numbers that follow each other.
    fn words(from: u8, count: u8) -> Vec<u8> {
        (from..from + count).collect()
    }

    #[test]
    fn equal_texts_are_one_and_variants_none() {
        let (a, b) = (words(0, 30), words(100, 20));
        let both = [&a[..], &b].concat();
        let mut changed = a.clone();
        changed[15] = 200;
        let with_more = [&a[..], &words(210, 11)].concat();
        let with_sentence = [&a[..], &words(210, 12)].concat();
        type Case<'a> = (&'a str, &'a [&'a [&'a [u8]]], &'a [(usize, usize, &'a [usize], usize)]);
        let cases: [Case<'_>; 9] = [
            ("equal", &[&[&a], &[&a]], &[(0, 30, &[0, 1], 0)]),
            ("twice on a page", &[&[&a, &a]], &[(0, 30, &[0], 0)]),
            ("two texts", &[&[&b], &[&a], &[&a]], &[(1, 30, &[1, 2], 0), (0, 20, &[0], 0)]),
            ("a part", &[&[&a[3..20]], &[&a], &[&a]], &[(1, 30, &[0, 1, 2], 1)]),
            ("a part on more pages", &[&[&a[..20]], &[&a[..20]], &[&a]], &[(0, 20, &[0, 1, 2], 1)]),
            ("another word inside", &[&[&changed], &[&a], &[&a]], &[(1, 30, &[0, 1, 2], 1)]),
            ("a few words more", &[&[&a], &[&a], &[&with_more]], &[(0, 30, &[0, 1, 2], 1)]),
            (
                "a sentence more",
                &[&[&a], &[&a], &[&with_sentence]],
                &[(0, 30, &[0, 1, 2], 0), (2, 42, &[2], 0)],
            ),
            (
                "two texts that meet",
                &[&[&a], &[&b], &[&a], &[&b], &[&both]],
                &[(0, 30, &[0, 2, 4], 1), (1, 20, &[1, 3, 4], 1)],
            ),
        ];
        for (name, pages, expected) in cases {
            let expected: Vec<_> = expected
                .iter()
                .map(|&(page, words, pages, more)| (page, words, pages.to_vec(), more))
                .collect();
            assert_eq!(found(pages), expected, "{name}");
        }
    }

    #[test]
    fn sites_have_texts_of_their_own() {
        let tokens = tokens_of(&words(0, 20));
        let page = Page { tokens: &tokens, fingerprints: &[], address: None };
        let masks: Vec<(usize, Mask)> = [0, 1, 3].map(|number| (number, mask_of(0..20))).to_vec();
        let found = found_templates(&vec![page; 4], &[0..2, 2..3, 3..4], &masks);
        let pages: Vec<Vec<Vec<usize>>> =
            found.into_iter().map(|texts| texts.into_iter().map(|text| text.pages).collect()).collect();
        assert_eq!(pages, [vec![vec![0, 1]], vec![], vec![vec![3]]]);
    }

    #[test]
    fn what_most_pages_print_unmasked_is_not_listed() {
        let text = words(0, 30);
        let pages = [tokens_of(&text), tokens_of(&[&words(50, 9)[..], &text].concat())];
        let page = |number: usize| Page { tokens: &pages[number], fingerprints: &[], address: None };
        for (masked, not_masked, expected) in [(1, 0, 1), (1, 1, 1), (1, 2, 0), (3, 2, 1), (3, 4, 0)] {
            let all: Vec<Page<'_>> =
                (0..masked).map(|_| page(0)).chain((0..not_masked).map(|_| page(1))).collect();
            let masks: Vec<(usize, Mask)> = (0..masked).map(|number| (number, mask_of(0..30))).collect();
            let found = found_templates(&all, from_ref(&(0..all.len())), &masks).remove(0);
            assert_eq!(found.len(), expected, "{masked} of {}", all.len());
            assert!(found.iter().all(|text| text.pages.len() == masked));
        }
    }

    proptest! {
        /// The listed texts mask what is masked, but for runs that are too short to be masked.
        #[test]
        fn listed_texts_mask_what_is_masked(
            pages in prop::collection::vec(prop::collection::vec((0_u8..8, 12_u8..30), 1..4), 1..8),
        ) {
            let pieces: Vec<Vec<Vec<u8>>> = pages
                .iter()
                .map(|pieces| pieces.iter().map(|&(from, count)| words(from * 3, count)).collect())
                .collect();
            let pages: Vec<Vec<&[u8]>> =
                pieces.iter().map(|pieces| pieces.iter().map(Vec::as_slice).collect()).collect();
            let tokens: Vec<Vec<Token>> = pages.iter().map(|pieces| tokens_of(&pieces.concat())).collect();
            let masks: Vec<(usize, Mask)> = pages.iter().map(|pieces| ranges(pieces)).enumerate().collect();
            let all: Vec<Page<'_>> =
                tokens.iter().map(|tokens| Page { tokens, fingerprints: &[], address: None }).collect();
            let found = found_templates(&all, from_ref(&(0..all.len())), &masks).remove(0);
            let (mut index, mut hashes) = (TemplateIndex::for_tokens(100), Vec::new());
            for FoundTemplate { page, range, .. } in &found {
                index.add(&tokens[*page][range.start as usize..range.end as usize], &mut hashes);
            }
            for (page, mask) in &masks {
                for range in mask {
                    let text = &tokens[*page][range.start as usize..range.end as usize];
                    prop_assert!(variant_of(&index, text, &mut hashes).is_some());
                }
            }
            let mut pages: Vec<usize> = found.iter().flat_map(|text| text.pages.clone()).collect();
            pages.sort_unstable();
            pages.dedup();
            prop_assert_eq!(pages.len(), masks.len());
        }
    }
}
