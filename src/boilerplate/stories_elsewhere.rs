//! Finds texts that are boilerplate by the evidence of their own site, but the story of a page of another site.
//!
//! Input: for the fingerprints of each text the shortest page elsewhere that has them. Output: the texts that are
//! stories. A text that is a story is nearly all of some page; the shortest page is most likely to be that one.
//!
//! Cost: at most [`SAMPLE`] pages are read for each text that is elsewhere, and a few pages of the text's own site.

use rayon::prelude::*;

use super::criteria::{Criteria, Elsewhere, SAMPLE, Weight};
use super::page::Pages;
use super::page_group::GroupMap;
use super::site_boilerplate::SiteBoilerplate;
use super::story_pages::{StoryPages, TextId};

/// Finds texts that are the story of a page elsewhere.
pub(super) struct StoriesElsewhere<'a> {
    pub(super) pages: &'a dyn Pages,
    pub(super) sites: &'a GroupMap<'a>,
    pub(super) criteria: &'a Criteria,
    /// The text that each site repeats by its own evidence.
    pub(super) boilerplate: &'a [SiteBoilerplate],
    pub(super) stories: &'a StoryPages,
}

impl StoriesElsewhere<'_> {
    /// Returns the texts that are stories, ascending. `elsewhere` has texts, each with the shortest page elsewhere of
    /// one of its fingerprints. `weights` has for each text the weight of the evidence, and the number of its
    /// fingerprints.
    pub(super) fn find(&self, mut elsewhere: Vec<(TextId, u32)>, weights: &[(Weight, u32)]) -> Vec<TextId> {
        elsewhere.par_sort_unstable();
        let texts: Vec<&[(TextId, u32)]> = elsewhere.chunk_by(|one, other| one.0 == other.0).collect();
        let is_story = |named: &&[(TextId, u32)]| {
            let text = named[0].0;
            let (weight, fingerprints) = weights[text.index()];
            let fingerprints = fingerprints as usize;
            // Excerpts of a story are shorter than the story: its fingerprints may be on several pages. Pages with
            // few of them do not decide, and are not read.
            let pages = named.chunk_by(|one, other| one == other);
            let large = pages.filter(|page| page.len() * SAMPLE >= fingerprints);
            let large: Vec<&[(TextId, u32)]> = large.collect();
            self.criteria.is_reprinted(large.iter().map(|page| page.len()).sum(), fingerprints) && {
                let of_story = large.iter().filter(|page| self.is_story_of(text, page[0].1, weight));
                self.criteria.is_reprinted(of_story.map(|page| page.len()).sum(), fingerprints)
            }
        };
        texts.into_par_iter().filter(is_story).map(|named| named[0].0).collect()
    }

    /// Returns whether a text is the story of a page elsewhere.
    fn is_story_of(&self, text: TextId, page: u32, weight: Weight) -> bool {
        let Some(&own_page) = self.stories.of(text).first() else { return false };
        let (own, other) = (self.boilerplate_of(own_page), self.boilerplate_of(page));
        let mut values = self.values(page);
        values.retain(|&value| other.text_of(value).is_none());
        let core = values.len();
        values.retain(|&value| own.text_of(value).is_none());
        let rest = values;
        let elsewhere = Elsewhere {
            words: self.pages.words(page),
            text: core - rest.len(),
            rest: rest.len(),
            is_hardly_known: !self.criteria.is_telling(self.sites.site_of(page)),
        };
        let is_copy_of = |&own_page: &u32| {
            let mut own_rest = self.values(own_page);
            own_rest.retain(|&value| own.text_of(value).is_none());
            let shared = own_rest.iter().filter(|value| rest.binary_search(value).is_ok()).count();
            self.criteria.is_copy(shared, own_rest.len())
        };
        self.criteria.is_story_elsewhere(weight, &elsewhere) && !self.stories.of(text).iter().any(is_copy_of)
    }

    /// Returns what the site of a page repeats. Nothing is known to be repeated by the sites of single pages.
    fn boilerplate_of(&self, page: u32) -> &SiteBoilerplate {
        &self.boilerplate[self.sites.index_of(page) as usize]
    }

    /// Returns the different fingerprints of a page, ascending.
    fn values(&self, page: u32) -> Vec<u32> {
        let mut buffer = Vec::new();
        let fingerprints = self.pages.read_fingerprints(page, &mut buffer);
        let mut values: Vec<u32> = fingerprints.iter().map(|fingerprint| fingerprint.value).collect();
        values.sort_unstable();
        values.dedup();
        values
    }
}
