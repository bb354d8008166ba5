//! Finds the boilerplate of sites in the fingerprints of their pages.

use super::criteria::Criteria;
use super::judged_texts::JudgedTexts;
use super::masking_budget::MaskingBudget;
use super::masking_rule::MaskingRule;
use super::page::Pages;
use super::page_group::{GroupMap, PageGroup};
use super::posting_lists::PostingLists;
use super::shared_texts::SharedTexts;
use super::site_boilerplate::SiteBoilerplate;
use super::stories_elsewhere::ReportedText;
use super::story_pages::{StoryPages, TextId};
use crate::error::Error;
use crate::sketch::BloomFilter;

/// The texts that sites repeat around different stories, and a filter of the fingerprints that occur several times.
///
/// If most other sites have a text only once, as they would have a story, it is not boilerplate. If sites are
/// unknown, a text that many pages share may be a story that many sites publish, each on a page with much text of its
/// own. So on unknown sites a text is boilerplate only if it frames its pages, is mostly shorter than what it frames,
/// and hardly any page contains nothing else.
#[derive(Debug)]
pub struct RepeatedTexts {
    /// For each page the index of its site.
    site_of_page: Vec<u32>,
    sites: Vec<SiteBoilerplate>,
    stories: StoryPages,
    reported: Vec<ReportedText>,
    shared: BloomFilter,
}

impl RepeatedTexts {
    /// Finds what sites repeat. `sites` divide `pages` in order: each begins where the one before it ends.
    ///
    /// # Errors
    /// [`Error::Storage`] if data that does not fit into memory cannot be written to a file or read from it.
    pub fn new(
        pages: &dyn Pages,
        sites: &[PageGroup],
        rule: MaskingRule,
        budget: &MaskingBudget,
    ) -> Result<Self, Error> {
        Self::with_criteria(pages, sites, rule, budget, &Criteria::default())
    }

    /// Finds what sites repeat by other criteria than the default ones.
    ///
    /// # Errors
    /// As [`RepeatedTexts::new`].
    pub(super) fn with_criteria(
        pages: &dyn Pages,
        sites: &[PageGroup],
        rule: MaskingRule,
        budget: &MaskingBudget,
        criteria: &Criteria,
    ) -> Result<Self, Error> {
        let site_map = GroupMap::new(sites);
        let lists = PostingLists::new(pages, budget)?;
        let mut shared = BloomFilter::new(lists.len());
        let mut judged = JudgedTexts::new(pages, &site_map, rule, criteria);
        for slice in lists.slices() {
            let texts = SharedTexts::new(pages, &lists, &slice, &site_map, criteria);
            texts.values().iter().for_each(|&value| shared.insert(value));
            judged.add(&texts);
        }
        let (sites, stories, reported) = judged.finish();
        Ok(Self { site_of_page: site_map.into_indices(), sites, stories, reported, shared })
    }

    /// Creates what one site repeats, of which `pages` pages are known. What others repeat, and which fingerprints several
    /// pages have, is left out.
    pub(super) fn of_one_site(pages: usize, site: SiteBoilerplate, stories: StoryPages) -> Self {
        let (reported, shared) = (Vec::new(), BloomFilter::new(0));
        Self { site_of_page: vec![0; pages], sites: vec![site], stories, reported, shared }
    }

    /// Returns what the site of a page repeats.
    pub(super) fn on_site_of(&self, page: u32) -> &SiteBoilerplate {
        &self.sites[self.site_of_page[page as usize] as usize]
    }

    /// Returns one page of each story around a text.
    pub(super) fn story_pages(&self, text: TextId) -> &[u32] {
        self.stories.of(text)
    }

    /// Returns the long texts that are boilerplate of a site, but are on a page of another site, which does not repeat
    /// them, ascending.
    pub(crate) fn reported(&self) -> &[ReportedText] {
        &self.reported
    }

    /// Returns a filter that contains all fingerprints that several pages have, of one site or of several, unless only
    /// pages with recorded masks have them. Rarely it contains another fingerprint, too.
    pub(crate) fn into_shared_fingerprints(self) -> BloomFilter {
        self.shared
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::super::criteria::Fraction;
    use super::super::naive;
    use super::super::page::Page;
    use super::super::page_group::GroupKind;
    use super::*;
    use crate::sketch::Fingerprint;

    const RULE: MaskingRule = MaskingRule { shortest: 12, shingle_size: 5, reach: 13 };

    /// Returns the fingerprints of a page: blocks that other pages may have, each followed by some that no other page
    /// has.
    fn fingerprints(page: usize, blocks: &[(u32, u32)]) -> Vec<Fingerprint> {
        let mut values: Vec<u32> = Vec::new();
        for (index, &(block, own)) in (0..).zip(blocks) {
            values.extend((0..3 + block).map(|at| 100 * block + at));
            values.extend((0..own).map(|at| 1_000_000 * (page as u32 + 1) + 50 * index + at));
        }
        // Postings are divided by the upper bits of a value, so these have to differ.
        let spread = |value: u32| value.wrapping_mul(0x9E37_79B1);
        (0..).zip(values).map(|(position, value)| Fingerprint { value: spread(value), position }).collect()
    }

    /// Returns the pages of the stories around each fingerprint of each site that is boilerplate.
    fn found(repeated: &RepeatedTexts) -> BTreeMap<(usize, u32), Vec<u32>> {
        let mut out = BTreeMap::new();
        for (site, boilerplate) in repeated.sites.iter().enumerate() {
            for &(value, text) in boilerplate.values() {
                out.insert((site, value), repeated.story_pages(text).to_vec());
            }
        }
        out
    }

    /// The default criteria, with no page so short that its shingles are compared.
    fn by_fingerprints() -> Criteria {
        Criteria { short_page: 0, ..Criteria::default() }
    }

    fn fraction() -> impl Strategy<Value = Fraction> {
        prop::sample::select(vec![(1, 8), (1, 3), (1, 2), (2, 3), (1, 1)])
            .prop_map(|(numerator, denominator)| Fraction::new(numerator, denominator))
    }

    prop_compose! {
        fn any_criteria()(
            nearly_all in prop::sample::select(vec![(3, 5), (4, 5), (1, 1)]),
            (story_fingerprints, stories_if_clear, more_stories) in (1_usize..10, 2_usize..4, 0_usize..3),
            (piece_fingerprints, telling_pages) in (1_usize..6, 1_usize..6),
            (stories_if_unknown, stories_beyond_versions) in (2_usize..8, 2_usize..8),
            (linked, without_story, without_story_if_unknown) in (fraction(), fraction(), fraction()),
            (longer_rest_if_unknown, framed_if_unknown) in (fraction(), fraction()),
            (longer_rest_of_versions, reprinted) in (fraction(), fraction()),
        ) -> Criteria {
            Criteria {
                nearly_all: Fraction::new(nearly_all.0, nearly_all.1),
                story_fingerprints,
                linked,
                stories: stories_if_clear + more_stories,
                stories_if_clear,
                piece_fingerprints,
                without_story,
                stories_if_unknown,
                without_story_if_unknown,
                longer_rest_if_unknown,
                framed_if_unknown,
                stories_beyond_versions,
                longer_rest_of_versions,
                reprinted,
                telling_pages,
                ..by_fingerprints()
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn finds_what_the_naive_search_finds_with_any_criteria_and_memory(
            blocks in prop::collection::vec(prop::collection::vec((0_u32..9, 0_u32..30), 1..4), 0..40),
            cuts in prop::collection::vec(0_usize..40, 0..3),
            last in prop::sample::select(vec![GroupKind::OneSite, GroupKind::UnknownSites, GroupKind::SinglePages]),
            criteria in prop_oneof![Just(by_fingerprints()), any_criteria()],
            addresses in prop::sample::select(vec![1_u64, 3, 50]),
        ) {
            let fingerprints: Vec<Vec<Fingerprint>> =
                blocks.iter().enumerate().map(|(page, blocks)| fingerprints(page, blocks)).collect();
            // With 50 addresses nearly every page has its own.
            let address = |page: u64| Some(page * 7 % addresses).filter(|&address| address < 40);
            let pages: Vec<Page<'_>> = (0..)
                .zip(&fingerprints)
                .map(|(page, fingerprints)| Page { tokens: &[], fingerprints, address: address(page) })
                .collect();
            let mut ends: Vec<usize> = cuts.into_iter().map(|cut| cut.min(pages.len())).collect();
            ends.push(pages.len());
            ends.sort_unstable();
            let begins = std::iter::once(0).chain(ends.iter().copied());
            let mut sites: Vec<PageGroup> = begins
                .zip(&ends)
                .map(|(begin, &end)| PageGroup { kind: GroupKind::OneSite, pages: begin..end })
                .collect();
            if let Some(site) = sites.last_mut() {
                site.kind = last;
            }
            let naive = naive::repeated(&pages, &sites, &criteria);
            let mut holders: BTreeMap<u32, BTreeSet<usize>> = BTreeMap::new();
            for (page, all) in fingerprints.iter().enumerate() {
                for found in all {
                    holders.entry(found.value).or_default().insert(page);
                }
            }
            holders.retain(|_, pages| pages.len() > 1);
            let several: Vec<u32> = holders.into_keys().collect();
            for bytes in [0, 2000, usize::MAX] {
                let folder = std::env::temp_dir();
                let budget = MaskingBudget { folder, reserve: 0, held: bytes, sorted: bytes, found: bytes };
                let repeated = RepeatedTexts::with_criteria(&pages, &sites, RULE, &budget, &criteria).unwrap();
                prop_assert_eq!(&found(&repeated), &naive);
                let shared = repeated.into_shared_fingerprints();
                prop_assert!(several.iter().all(|&value| shared.may_contain(value)));
            }
        }
    }
}
