//! Judges each text that pages share once, and collects those that are boilerplate.
//!
//! The fingerprints of one text are found in several slices of values. The text is judged in the first one; the
//! fingerprints of the others are added to it.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::criteria::Criteria;
use super::page::Pages;
use super::page_group::GroupMap;
use super::sample_reader::{SampleReader, StoriesAround};
use super::shared_texts::{SharedFingerprint, SharedTexts, TextKey};
use super::site_boilerplate::SiteBoilerplate;
use super::story_pages::{StoryPages, TextId};

/// The texts that one thread judges before others may take over.
const TEXTS_AT_ONCE: usize = 256;

/// The texts that have been judged so far.
pub(super) struct JudgedTexts<'a> {
    pages: &'a dyn Pages,
    sites: &'a GroupMap<'a>,
    criteria: &'a Criteria,
    /// All texts, ordered by their keys.
    texts: Vec<JudgedText>,
    /// The fingerprints of the texts that are boilerplate: the index of the site, the value, and the text.
    values: Vec<(u32, u32, TextId)>,
    stories: StoryPages,
}

/// A text with its verdict.
struct JudgedText {
    key: TextKey,
    /// Its number, if it is boilerplate.
    boilerplate: Option<TextId>,
    /// True if it may also be a story in several versions.
    may_be_versions: bool,
    /// The number of its fingerprints.
    fingerprints: u32,
    /// The number of its fingerprints that are also on sites of which few pages are known.
    on_hardly_known_sites: u32,
}

impl<'a> JudgedTexts<'a> {
    /// Creates an empty collection.
    pub(super) fn new(pages: &'a dyn Pages, sites: &'a GroupMap<'a>, criteria: &'a Criteria) -> Self {
        let (texts, values) = (Vec::new(), Vec::new());
        Self { pages, sites, criteria, texts, values, stories: StoryPages::default() }
    }

    /// Adds the texts of one slice of values.
    pub(super) fn add(&mut self, shared: &SharedTexts) {
        self.judge_new(shared);
        self.add_fingerprints(shared);
    }

    /// Judges the texts that were not in earlier slices.
    fn judge_new(&mut self, shared: &SharedTexts) {
        let is_new = |text: &&[SharedFingerprint]| {
            self.texts.binary_search_by_key(&text[0].text, |judged| judged.key).is_err()
        };
        let new: Vec<&[SharedFingerprint]> = shared.texts().filter(is_new).collect();
        let start = || SampleReader::new(self.pages, self.criteria);
        let judge = |reader: &mut SampleReader<'_>, text: &&[SharedFingerprint]| {
            let kind = self.sites.site_of(text[0].text.page).kind;
            reader.judge(shared.sample(&text[0]), kind)
        };
        // One thread judges neighbors: texts with the same first page, which often have other pages in common, too.
        let verdicts: Vec<Option<StoriesAround>> =
            new.par_iter().with_max_len(TEXTS_AT_ONCE).map_init(start, judge).collect();
        for (text, verdict) in new.iter().zip(verdicts) {
            self.texts.push(JudgedText {
                key: text[0].text,
                may_be_versions: verdict.as_ref().is_some_and(|stories| stories.may_be_versions),
                boilerplate: verdict.map(|stories| self.stories.push(&stories.pages)),
                fingerprints: 0,
                on_hardly_known_sites: 0,
            });
        }
        // A stable sort merges the two ascending runs in linear time.
        self.texts.sort_by_key(|judged| judged.key);
    }

    /// Adds the fingerprints of all texts of a slice. All of them have been judged.
    fn add_fingerprints(&mut self, shared: &SharedTexts) {
        // Both are ordered by the same keys.
        let mut judged = self.texts.iter_mut();
        for text in shared.texts() {
            let key = text[0].text;
            let Some(judged) = judged.find(|judged| judged.key == key) else { continue };
            let on_hardly_known_sites = text.iter().filter(|shared| shared.is_on_hardly_known_site).count();
            judged.fingerprints += text.len() as u32;
            judged.on_hardly_known_sites += on_hardly_known_sites as u32;
            if let Some(boilerplate) = judged.boilerplate {
                let site = self.sites.index_of(key.page);
                self.values.extend(text.iter().map(|shared| (site, shared.value, boilerplate)));
            }
        }
    }

    /// Returns the boilerplate of each site, and the stories around it.
    pub(super) fn finish(mut self) -> (Vec<SiteBoilerplate>, StoryPages) {
        // Whether a text is a story in several versions depends on all its fingerprints, so it is known only now.
        let versions = self.texts.iter().filter(|judged| {
            let (fingerprints, on_hardly_known_sites) = (judged.fingerprints, judged.on_hardly_known_sites);
            judged.may_be_versions
                && self.criteria.is_reprinted(fingerprints as usize, on_hardly_known_sites as usize)
        });
        let versions: BTreeSet<TextId> = versions.filter_map(|judged| judged.boilerplate).collect();
        self.values.retain(|(_, _, text)| !versions.contains(text));
        self.values.par_sort_unstable();
        let mut left = self.values.as_slice();
        let sites = (0..self.sites.len()).map(|site| {
            let (of_site, of_others) = left.split_at(left.partition_point(|value| value.0 as usize <= site));
            left = of_others;
            SiteBoilerplate::new(of_site.iter().map(|&(_, value, text)| (value, text)).collect())
        });
        (sites.collect(), self.stories)
    }
}
