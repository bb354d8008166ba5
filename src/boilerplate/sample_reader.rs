//! Compares a few pages that share a text, and judges whether the text is boilerplate.
//!
//! Input: a sample of pages. Output: a page of each story around the text, if the text is boilerplate.
//!
//! Pages are compared by their fingerprints, or by all their shingles if all pages of the sample are short: fewer than
//! ten fingerprints are chosen by chance.
//!
//! Cost: two look-ups of a bit for each fingerprint of the pages, and a look-up in a small table for each fingerprint
//! that several pages have.

use super::criteria::{Criteria, SAMPLE, Unit, Weight};
use super::evidence::Evidence;
use super::layout::Layout;
use super::layout_collector::LayoutCollector;
use super::page::Pages;
use super::page_group::GroupKind;
use super::page_set::PageSet;
use super::value_table::ValueTable;
use crate::shingle::shingle;
use crate::sketch::{Fingerprint, keep_repeated};
use crate::text::Token;

/// Reads samples of pages and judges their texts. Holds the buffers of one thread.
pub(super) struct SampleReader<'a> {
    pages: &'a dyn Pages,
    criteria: &'a Criteria,
    shingle_size: u32,
    /// The values of a sample, each with the index of its page in the sample.
    values: Vec<(u32, u32)>,
    table: ValueTable,
    fingerprints: Vec<Fingerprint>,
    tokens: Vec<Token>,
    shingles: Vec<u64>,
    /// The values of one page.
    of_page: Vec<u32>,
}

/// The stories around a text that is boilerplate.
pub(super) struct StoriesAround {
    /// The first page of each story.
    pub(super) pages: Vec<u32>,
    /// The weight of the evidence.
    pub(super) weight: Weight,
}

impl<'a> SampleReader<'a> {
    pub(super) fn new(pages: &'a dyn Pages, criteria: &'a Criteria, shingle_size: u32) -> Self {
        Self {
            pages,
            criteria,
            shingle_size,
            values: Vec::new(),
            table: ValueTable::new(),
            fingerprints: Vec::new(),
            tokens: Vec::new(),
            shingles: Vec::new(),
            of_page: Vec::new(),
        }
    }

    /// Returns the stories around the text that a sample of pages shares, or nothing if the text is no boilerplate.
    pub(super) fn judge(&mut self, sample: &[u32], kind: GroupKind) -> Option<StoriesAround> {
        let criteria = self.criteria;
        let words = sample.iter().map(|&page| self.pages.words(page)).max();
        let unit = criteria.unit(words.unwrap_or(0));
        if !self.may_be_framed(sample, unit) {
            return None;
        }
        let evidence = self.collect(sample, unit);
        let first_page = |story: &PageSet| story.iter().next().map(|page| sample[page]);
        // One site: a page of each story is enough. Unknown sites: all pages are counted.
        let first = |story: &PageSet| story.iter().next();
        let pages = match kind {
            GroupKind::UnknownSites => evidence.story_pages,
            _ => evidence.stories.iter().filter_map(first).collect(),
        };
        let layout = || self.layout(sample, pages, unit);
        criteria.is_boilerplate(kind, unit, &evidence, layout).then(|| StoriesAround {
            pages: evidence.stories.iter().filter_map(first_page).collect(),
            weight: criteria.weight(&evidence),
        })
    }

    /// Returns whether a sample may have a text that is boilerplate, from the ends of its pages. Two pages have to share
    /// something near their beginning or end: most pairs of pages do not, and are sorted out here.
    fn may_be_framed(&mut self, sample: &[u32], unit: Unit) -> bool {
        let &[one, other] = sample else { return true };
        let (one, other) = (self.ends(one, unit), self.ends(other, unit));
        let have_common = |one: &[u32], other: &[u32]| one.iter().any(|value| other.contains(value));
        one.iter().zip(&other).any(|(one, other)| have_common(one, other))
    }

    /// Returns the values near the beginning and near the end of a page.
    fn ends(&mut self, page: u32, unit: Unit) -> [Vec<u32>; 2] {
        let near = self.criteria.near_end(unit);
        let values = self.values_of(page, unit);
        let near = near.min(values.len());
        [values[..near].to_vec(), values[values.len() - near..].to_vec()]
    }

    /// Collects the evidence about the text that a sample of pages shares.
    fn collect(&mut self, sample: &[u32], unit: Unit) -> Evidence {
        let criteria = self.criteria;
        let lengths = self.fill_table(sample, unit);
        let mut rests = lengths;
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
        let is_story = |&page: &usize| criteria.is_story(unit, rests[page], lengths[page]);
        let story_pages: PageSet = (0..sample.len()).filter(is_story).collect();
        let is_alone = |&page: &usize| {
            !is_story(&page) && criteria.is_nearly_all(lengths[page] - rests[page], lengths[page])
        };
        let addresses: [Option<u64>; SAMPLE] =
            std::array::from_fn(|page| sample.get(page).and_then(|&page| self.pages.address(page)));
        let is_mostly_text = |page: usize| criteria.is_mostly(lengths[page] - rests[page], lengths[page]);
        // Of one address, the text is the article if it is most of a scrape; the template of a changing page is not.
        let is_one_article = |one: usize, other: usize| {
            addresses[one].is_some()
                && addresses[one] == addresses[other]
                && (is_mostly_text(one) || is_mostly_text(other))
        };
        let stories = groups(story_pages, |one| {
            let is_linked = |&other: &usize| {
                criteria.are_linked(common[one][other] as usize, rests[one], rests[other])
                    || is_one_article(one, other)
            };
            story_pages.iter().filter(is_linked).collect()
        });
        let alone = (0..sample.len()).filter(is_alone).collect();
        Evidence { pages: sample.len(), text, rests, story_pages, alone, stories }
    }

    /// Puts the values that may be repeated into the table. Returns the number of different values of each page.
    fn fill_table(&mut self, sample: &[u32], unit: Unit) -> [usize; PageSet::CAPACITY] {
        let mut counts = [0; PageSet::CAPACITY];
        let mut values = std::mem::take(&mut self.values);
        values.clear();
        for (index, &page) in sample.iter().enumerate() {
            let before = values.len();
            values.extend(self.values_of(page, unit).iter().map(|&value| (value, index as u32)));
            counts[index] = values.len() - before;
        }
        let repeats = self.table.fill(keep_repeated(&mut values, |&(value, _)| value));
        self.values = values;
        std::array::from_fn(|page| counts[page] - repeats[page])
    }

    /// Returns the values of a page, in the order of their positions.
    fn values_of(&mut self, page: u32, unit: Unit) -> &[u32] {
        self.of_page.clear();
        match unit {
            Unit::Fingerprint => {
                let fingerprints = self.pages.read_fingerprints(page, &mut self.fingerprints);
                self.of_page.extend(fingerprints.iter().map(|fingerprint| fingerprint.value));
            }
            Unit::Shingle => {
                let tokens = self.pages.tokens(page, 0..self.pages.words(page), &mut self.tokens);
                shingle(tokens, self.shingle_size as usize, &mut self.shingles);
                self.of_page.extend(self.shingles.iter().map(|&shingle| Fingerprint::value_of(shingle)));
            }
        }
        &self.of_page
    }

    /// Returns where the text is on some pages of a sample.
    fn layout(&mut self, sample: &[u32], pages: PageSet, unit: Unit) -> Layout {
        let mut collector = LayoutCollector::default();
        let mut values = Vec::new();
        for page in pages.iter() {
            values.clear();
            values.extend(self.values_of(sample[page], unit).iter().map(|&value| (value, false)));
            values.iter_mut().for_each(|(value, is_of_text)| *is_of_text = self.table.is_of_text(*value));
            collector.add(page, &values, unit, self.criteria);
        }
        collector.finish(self.criteria)
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
