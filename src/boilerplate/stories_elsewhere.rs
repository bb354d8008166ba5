//! Finds texts that are boilerplate by the evidence of their own site, but the story of a page of another site.
//!
//! Input: for the fingerprints of each text the shortest page elsewhere that has them. Output: the texts that are
//! stories, and those that are masked though a page elsewhere has them as a part of an article. A text that is a story is
//! nearly all of some page; the shortest page is most likely to be that one.
//!
//! Cost: at most [`SAMPLE`] pages are read for each text that is elsewhere, and a few pages of the text's own site.

use rayon::prelude::*;

use super::criteria::{Criteria, Elsewhere, SAMPLE, Weight};
use super::page::{Pages, is_in_mask};
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

/// A long text that is masked on the pages of a site, and is on a page of another site, which does not repeat it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReportedText {
    /// One of the pages on which it is masked.
    pub masked: u32,
    /// The page of the other site.
    pub elsewhere: u32,
}

/// The texts that are on pages elsewhere, by what these say about them.
#[derive(Debug, Default)]
pub(super) struct FoundElsewhere {
    /// The texts that are stories, ascending.
    pub(super) stories: Vec<TextId>,
    /// The texts that are masked and have to be reported, ascending.
    pub(super) reported: Vec<ReportedText>,
}

/// The judgment of a text by a page elsewhere.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Story,
    Reported,
    Nothing,
}

impl StoriesElsewhere<'_> {
    /// Finds the texts that are stories, and those that have to be reported. `elsewhere` has texts, each with the shortest
    /// page elsewhere of one of its fingerprints. `weights` has for each text the weight of the evidence, and the number
    /// of its fingerprints.
    pub(super) fn find(
        &self,
        mut elsewhere: Vec<(TextId, u32)>,
        weights: &[(Weight, u32)],
    ) -> FoundElsewhere {
        elsewhere.par_sort_unstable();
        let texts: Vec<&[(TextId, u32)]> = elsewhere.chunk_by(|one, other| one.0 == other.0).collect();
        let judged: Vec<(TextId, Verdict, u32)> =
            texts.into_par_iter().filter_map(|named| self.judge(named, weights)).collect();
        let mut found = FoundElsewhere::default();
        for (text, verdict, elsewhere) in judged {
            match (verdict, self.stories.of(text).first()) {
                (Verdict::Story, _) => found.stories.push(text),
                (Verdict::Reported, Some(&masked)) => {
                    found.reported.push(ReportedText { masked, elsewhere });
                }
                _ => {}
            }
        }
        found.reported.sort_unstable();
        found
    }

    /// Judges a text by the pages elsewhere that have its fingerprints: `named` has the text with the page of each. Returns
    /// the text, the verdict, and a page that decides it.
    fn judge(&self, named: &[(TextId, u32)], weights: &[(Weight, u32)]) -> Option<(TextId, Verdict, u32)> {
        let text = named[0].0;
        let (weight, fingerprints) = weights[text.index()];
        let fingerprints = fingerprints as usize;
        // Excerpts of a story are shorter than the story: its fingerprints may be on several pages. Pages with few of them
        // do not decide, and are not read.
        let pages = named.chunk_by(|one, other| one == other);
        let large: Vec<&[(TextId, u32)]> = pages.filter(|page| page.len() * SAMPLE >= fingerprints).collect();
        if !self.criteria.is_reprinted(large.iter().map(|page| page.len()).sum(), fingerprints) {
            return None;
        }
        let judged: Vec<(Verdict, &[(TextId, u32)])> = large
            .into_iter()
            .map(|page| (self.judge_by(text, page[0].1, weight, fingerprints), page))
            .collect();
        [Verdict::Story, Verdict::Reported].into_iter().find_map(|verdict| {
            let mut pages = judged.iter().filter(|(found, _)| *found == verdict).map(|(_, page)| page);
            let page = pages.clone().next()?[0].1;
            let is_decided = match verdict {
                Verdict::Story => {
                    self.criteria.is_reprinted(pages.map(|page| page.len()).sum(), fingerprints)
                }
                _ => pages.next().is_some(),
            };
            is_decided.then_some((text, verdict, page))
        })
    }

    /// Returns what a page elsewhere says about a text of this number of fingerprints.
    fn judge_by(&self, text: TextId, page: u32, weight: Weight, fingerprints: usize) -> Verdict {
        let Some(&own_page) = self.stories.of(text).first() else { return Verdict::Nothing };
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
        let verdict = if self.criteria.is_story_elsewhere(weight, &elsewhere) {
            Verdict::Story
        } else if self.criteria.is_to_be_reported(fingerprints, &elsewhere) {
            Verdict::Reported
        } else {
            return Verdict::Nothing;
        };
        let is_copy_of = |&own_page: &u32| {
            let mut own_rest = self.values(own_page);
            own_rest.retain(|&value| own.text_of(value).is_none());
            let shared = own_rest.iter().filter(|value| rest.binary_search(value).is_ok()).count();
            self.criteria.is_copy(shared, own_rest.len())
        };
        if self.stories.of(text).iter().any(is_copy_of) { Verdict::Nothing } else { verdict }
    }

    /// Returns what the site of a page repeats. Nothing is known to be repeated by the sites of single pages.
    fn boilerplate_of(&self, page: u32) -> &SiteBoilerplate {
        &self.boilerplate[self.sites.index_of(page) as usize]
    }

    /// Returns the different fingerprints of a page, ascending, but for those that begin in its recorded mask.
    fn values(&self, page: u32) -> Vec<u32> {
        let mut buffer = Vec::new();
        let fingerprints = self.pages.read_fingerprints(page, &mut buffer);
        let mask = self.pages.recorded_mask(page).unwrap_or_default();
        let unmasked = fingerprints.iter().filter(|fingerprint| !is_in_mask(mask, fingerprint.position));
        let mut values: Vec<u32> = unmasked.map(|fingerprint| fingerprint.value).collect();
        values.sort_unstable();
        values.dedup();
        values
    }
}
