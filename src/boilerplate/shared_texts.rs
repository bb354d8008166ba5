//! Finds the texts that pages of a site share.
//!
//! A text is the set of fingerprints whose pages have the same sample. The fingerprints come from one slice of the
//! range of values, so a text may be found in several slices.

use std::ops::Range;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::criteria::{Criteria, SAMPLE};
use super::page::Pages;
use super::page_group::{GroupKind, GroupMap, PageGroup};
use super::posting_lists::PostingLists;

/// The texts that pages share, of one slice of values, with a sample of the pages of each.
#[derive(Default)]
pub(super) struct SharedTexts {
    /// The fingerprints that enough pages of a site have, by text.
    fingerprints: Vec<SharedFingerprint>,
    /// The samples of all fingerprints.
    samples: Vec<u32>,
    /// All values that occur more than once, on one page or on several, unless only pages with recorded masks have them.
    values: Vec<u32>,
}

/// A fingerprint that enough pages of one site have. Fingerprints with the same sample of pages are one text.
pub(super) struct SharedFingerprint {
    pub(super) text: TextKey,
    pub(super) value: u32,
    /// The sampled pages, as a range of [`SharedTexts::samples`].
    sample: Range<u32>,
    /// The shortest page of another site that has it, if there is one. Pages of sites that have it only once are
    /// preferred: these show that it is a story.
    pub(super) elsewhere: Option<u32>,
}

/// Identifies a text by its sample of pages.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TextKey {
    /// The first page of the sample.
    pub(super) page: u32,
    /// A hash of all pages of the sample.
    hash: u64,
}

impl SharedTexts {
    /// Finds the texts of one slice of values.
    pub(super) fn new(
        pages: &dyn Pages,
        lists: &PostingLists,
        slice: &Range<usize>,
        sites: &GroupMap<'_>,
        criteria: &Criteria,
    ) -> Self {
        let mut out = Self::default();
        for found in lists.for_each(slice, Self::default, |found, value, holders| {
            found.add(value, holders, pages, sites, criteria);
        }) {
            out.append(found);
        }
        out.fingerprints.par_sort_unstable_by_key(|shared| (shared.text, shared.value));
        out
    }

    /// Returns all values that occur more than once, on one page or on several, unless only pages with recorded masks have
    /// them.
    pub(super) fn values(&self) -> &[u32] {
        &self.values
    }

    /// Returns the fingerprints of each text, ordered by the keys of the texts.
    pub(super) fn texts(&self) -> impl Iterator<Item = &[SharedFingerprint]> {
        self.fingerprints.chunk_by(|one, other| one.text == other.text)
    }

    /// Returns the sampled pages of a fingerprint.
    pub(super) fn sample(&self, shared: &SharedFingerprint) -> &[u32] {
        &self.samples[shared.sample.start as usize..shared.sample.end as usize]
    }

    /// Returns the fingerprints of all texts.
    pub(super) fn fingerprints(&self) -> &[SharedFingerprint] {
        &self.fingerprints
    }

    /// Adds a value that is on these ascending pages, for each site with enough of them, unless it belongs to a story
    /// that sites publish. What only pages with recorded masks have is of no interest: it neither links one of them with
    /// another page nor masks another page.
    pub(super) fn add(
        &mut self,
        value: u32,
        holders: &[u32],
        pages: &dyn Pages,
        sites: &GroupMap<'_>,
        criteria: &Criteria,
    ) {
        if holders.iter().all(|&page| pages.recorded_mask(page).is_some()) {
            return;
        }
        self.values.push(value);
        let is_on_enough = |&(site, holders): &(&PageGroup, &[u32])| {
            let fewest = criteria.fewest_pages(site.kind);
            holders.len() >= fewest && distinct(holders).count() >= fewest
        };
        if !sites.divide(holders).any(|on_site| is_on_enough(&on_site)) {
            return;
        }
        let (once, several_times) = occurrences(holders, sites, criteria);
        if Criteria::is_story_of_sites(once, several_times) {
            return;
        }
        let shortest = ShortestPages::new(holders, pages, sites);
        for (_, holders) in sites.divide(holders).filter(is_on_enough) {
            let begin = self.samples.len();
            let step = distinct(holders).count().div_ceil(SAMPLE);
            self.samples.extend(distinct(holders).step_by(step));
            let text = TextKey::new(&self.samples[begin..]);
            let sample = begin as u32..self.samples.len() as u32;
            let elsewhere = shortest.outside(sites.index_of(holders[0]));
            self.fingerprints.push(SharedFingerprint { text, value, sample, elsewhere });
        }
    }

    fn append(&mut self, other: Self) {
        let shift = self.samples.len() as u32;
        self.samples.extend(other.samples);
        self.values.extend(other.values);
        self.fingerprints.extend(other.fingerprints.into_iter().map(|shared| SharedFingerprint {
            sample: shared.sample.start + shift..shared.sample.end + shift,
            ..shared
        }));
    }
}

impl TextKey {
    /// Creates the key of the text that a sample of pages shares.
    fn new(sample: &[u32]) -> Self {
        let mut bytes = [0; SAMPLE * size_of::<u32>()];
        for (bytes, page) in bytes.chunks_exact_mut(size_of::<u32>()).zip(sample) {
            bytes.copy_from_slice(&page.to_le_bytes());
        }
        Self { page: sample[0], hash: xxh3_64(&bytes[..size_of_val(sample)]) }
    }
}

/// Counts the sites with enough pages to show what they repeat ([`Criteria::is_telling`]). Returns the number of
/// those that have a value once, and the number of those that have it several times. A page that has it twice counts
/// twice.
fn occurrences(pages: &[u32], sites: &GroupMap<'_>, criteria: &Criteria) -> (usize, usize) {
    let (mut once, mut several_times) = (0, 0);
    for (_, pages) in sites.divide(pages).filter(|(site, _)| criteria.is_telling(site)) {
        *(if pages.len() == 1 { &mut once } else { &mut several_times }) += 1;
    }
    (once, several_times)
}

/// The shortest pages of two different sites among the pages that have a value.
struct ShortestPages {
    /// For each of them the group, and the page; the shortest first.
    pages: [Option<(u32, u32)>; 2],
}

impl ShortestPages {
    fn new(holders: &[u32], pages: &dyn Pages, sites: &GroupMap<'_>) -> Self {
        /// True if the page's site repeats the value; the page's number of words, the page, and its group.
        type Found = (bool, usize, u32, u32);
        let mut best: [Option<Found>; 2] = [None; 2];
        let is_one_site = sites.index_of(holders[0]) == sites.index_of(holders[holders.len() - 1]);
        // The pages of one site are not elsewhere.
        for (site, on_site) in sites.divide(holders).filter(|_| !is_one_site) {
            let repeats = match site.kind {
                GroupKind::OneSite => on_site.len() > 1,
                GroupKind::SinglePages => false,
                GroupKind::UnknownSites | GroupKind::Junk => continue,
            };
            let group = sites.index_of(on_site[0]);
            // Single pages are in one group, but each is of a site of its own; none of them is a group's own page.
            let found = on_site.iter().map(|&page| (repeats, pages.words(page), page, group)).min();
            let [first, second] = best;
            if first.is_none() || found < first {
                best = [found, first];
            } else if second.is_none() || found < second {
                best[1] = found;
            }
        }
        Self { pages: best.map(|best| best.map(|(.., page, group)| (group, page))) }
    }

    /// Returns the shortest page that is not of a group.
    fn outside(&self, group: u32) -> Option<u32> {
        self.pages.iter().flatten().find(|(of, _)| *of != group).map(|&(_, page)| page)
    }
}

/// Returns the different pages among ascending ones.
fn distinct(pages: &[u32]) -> impl Iterator<Item = u32> {
    pages.chunk_by(|one, other| one == other).map(|run| run[0])
}
