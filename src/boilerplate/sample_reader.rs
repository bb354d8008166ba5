//! Compares a few pages that share a text, and judges whether the text is boilerplate.
//!
//! Input: a sample of pages. Output: a page of each story around the text, if the text is boilerplate.
//!
//! Cost: two look-ups of a bit for each fingerprint of the pages, and a look-up in a small table for each fingerprint
//! that several pages have.

use super::criteria::{Criteria, SAMPLE};
use super::evidence::Evidence;
use super::page::Pages;
use super::page_group::GroupKind;
use super::page_set::PageSet;
use super::value_table::ValueTable;
use crate::sketch::{Fingerprint, keep_repeated};

/// Reads samples of pages and judges their texts. Holds the buffers of one thread.
pub(super) struct SampleReader<'a> {
    pages: &'a dyn Pages,
    criteria: &'a Criteria,
    /// The values of all fingerprints of a sample, each with the index of its page in the sample.
    values: Vec<(u32, u32)>,
    table: ValueTable,
}

/// The stories around a text that is boilerplate.
pub(super) struct StoriesAround {
    /// The first page of each story.
    pub(super) pages: Vec<u32>,
    /// True if the text may still be a story in several versions.
    pub(super) may_be_versions: bool,
}

impl<'a> SampleReader<'a> {
    pub(super) fn new(pages: &'a dyn Pages, criteria: &'a Criteria) -> Self {
        Self { pages, criteria, values: Vec::new(), table: ValueTable::new() }
    }

    /// Returns the stories around the text that a sample of pages shares, or nothing if the text is no boilerplate.
    pub(super) fn judge(&mut self, sample: &[u32], kind: GroupKind) -> Option<StoriesAround> {
        let evidence = self.collect(sample);
        let is_framed = |page: usize| self.is_framed(sample[page]);
        let first_page = |story: &PageSet| story.iter().next().map(|page| sample[page]);
        self.criteria.is_boilerplate(kind, &evidence, is_framed).then(|| StoriesAround {
            pages: evidence.stories.iter().filter_map(first_page).collect(),
            may_be_versions: self.criteria.may_be_versions(kind, &evidence),
        })
    }

    /// Collects the evidence about the text that a sample of pages shares.
    fn collect(&mut self, sample: &[u32]) -> Evidence {
        let criteria = self.criteria;
        let mut rests = self.fill_table(sample);
        let mut text = 0;
        // For each page, the number of fingerprints of its rest that each other page has.
        let mut common = [[0_u32; SAMPLE]; SAMPLE];
        self.table.mark_text(|pages| {
            let is_of_text = criteria.is_of_text(pages.len(), sample.len());
            text += usize::from(is_of_text);
            for page in pages.iter() {
                if is_of_text {
                    rests[page] -= 1;
                } else {
                    for (other, common) in common[page].iter_mut().enumerate() {
                        *common += u32::from(pages.contains(other));
                    }
                }
            }
            is_of_text
        });
        let story_pages: PageSet = (0..sample.len()).filter(|&page| criteria.is_story(rests[page])).collect();
        let stories = groups(story_pages, |one| {
            let is_linked =
                |&other: &usize| criteria.are_linked(common[one][other] as usize, rests[one], rests[other]);
            story_pages.iter().filter(is_linked).collect()
        });
        Evidence { pages: sample.len(), text, rests, story_pages, stories }
    }

    /// Puts the fingerprints that may be repeated into the table. Returns the number of different fingerprints of each
    /// page.
    fn fill_table(&mut self, sample: &[u32]) -> [usize; PageSet::CAPACITY] {
        let mut buffer = Vec::new();
        let mut counts = [0; PageSet::CAPACITY];
        self.values.clear();
        for (index, &page) in sample.iter().enumerate() {
            let fingerprints = self.pages.read_fingerprints(page, &mut buffer);
            self.values.extend(fingerprints.iter().map(|fingerprint| (fingerprint.value, index as u32)));
            counts[index] = fingerprints.len();
        }
        let repeats = self.table.fill(keep_repeated(&mut self.values, |&(value, _)| value));
        std::array::from_fn(|page| counts[page] - repeats[page])
    }

    /// Returns whether the rest of a page is in one piece, with all of the text before and after it.
    fn is_framed(&self, page: u32) -> bool {
        let mut buffer = Vec::new();
        let fingerprints = self.pages.read_fingerprints(page, &mut buffer);
        let (mut pieces, mut in_rest) = (0, false);
        for &Fingerprint { value, .. } in fingerprints {
            let is_of_rest = !self.table.is_of_text(value);
            pieces += usize::from(is_of_rest && !in_rest);
            in_rest = is_of_rest;
        }
        pieces == 1
    }
}

/// Groups pages that are linked, directly or through other pages. The groups are ordered by their first page.
fn groups(pages: PageSet, linked: impl Fn(usize) -> PageSet) -> Vec<PageSet> {
    let mut left = pages;
    let mut out = Vec::new();
    while let Some(first) = left.iter().next() {
        let mut next = PageSet::default().with(first);
        let mut group = PageSet::default();
        while !next.is_empty() {
            group = group | next;
            left = left - next;
            next = next.iter().fold(PageSet::default(), |near, page| near | linked(page)) & left;
        }
        out.push(group);
    }
    out
}
