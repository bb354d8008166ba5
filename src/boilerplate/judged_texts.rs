//! Judges each text that pages share once, and collects those that are boilerplate.
//!
//! The fingerprints of one text are found in several slices of values. The text is judged in the first one; the
//! fingerprints of the others are added to it.

use rayon::prelude::*;

use super::criteria::{Criteria, Weight};
use super::masking_rule::MaskingRule;
use super::page::Pages;
use super::page_group::GroupMap;
use super::sample_reader::{SampleReader, StoriesAround};
use super::shared_texts::{SharedFingerprint, SharedTexts, TextKey};
use super::site_boilerplate::SiteBoilerplate;
use super::stories_elsewhere::{FoundElsewhere, ReportedText, StoriesElsewhere};
use super::story_pages::{StoryPages, TextId};

/// The texts that one thread judges before others may take over.
const TEXTS_AT_ONCE: usize = 256;

/// The texts that have been judged so far.
pub(super) struct JudgedTexts<'a> {
    pages: &'a dyn Pages,
    sites: &'a GroupMap<'a>,
    rule: MaskingRule,
    criteria: &'a Criteria,
    /// All texts, ordered by their keys.
    texts: Vec<JudgedText>,
    /// The fingerprints of the texts that are boilerplate: the index of the site, the value, and the text.
    values: Vec<(u32, u32, TextId)>,
    /// For each of them that is on a page elsewhere, the text and that page.
    elsewhere: Vec<(TextId, u32)>,
    /// For each text that is boilerplate the weight of the evidence, and the number of its fingerprints.
    weights: Vec<(Weight, u32)>,
    stories: StoryPages,
}

/// A text with its verdict.
struct JudgedText {
    key: TextKey,
    /// Its number, if it is boilerplate.
    boilerplate: Option<TextId>,
}

impl<'a> JudgedTexts<'a> {
    /// Creates an empty collection.
    pub(super) fn new(
        pages: &'a dyn Pages,
        sites: &'a GroupMap<'a>,
        rule: MaskingRule,
        criteria: &'a Criteria,
    ) -> Self {
        Self {
            pages,
            sites,
            rule,
            criteria,
            texts: Vec::new(),
            values: Vec::new(),
            elsewhere: Vec::new(),
            weights: Vec::new(),
            stories: StoryPages::default(),
        }
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
        let start = || SampleReader::new(self.pages, self.criteria, self.rule.shingle_size);
        let judge = |reader: &mut SampleReader<'_>, text: &&[SharedFingerprint]| {
            let kind = self.sites.site_of(text[0].text.page).kind;
            reader.judge(shared.sample(&text[0]), kind)
        };
        // One thread judges neighbors: texts with the same first page, which often have other pages in common, too.
        let verdicts: Vec<Option<StoriesAround>> =
            new.par_iter().with_max_len(TEXTS_AT_ONCE).map_init(start, judge).collect();
        for (text, verdict) in new.iter().zip(verdicts) {
            let boilerplate = verdict.map(|stories| {
                self.weights.push((stories.weight, 0));
                self.stories.push(&stories.pages)
            });
            self.texts.push(JudgedText { key: text[0].text, boilerplate });
        }
        // A stable sort merges the two ascending runs in linear time.
        self.texts.sort_by_key(|judged| judged.key);
    }

    /// Adds the fingerprints of all texts of a slice. All of them have been judged.
    fn add_fingerprints(&mut self, shared: &SharedTexts) {
        // Both are ordered by the same keys.
        let mut judged = self.texts.iter();
        for text in shared.texts() {
            let key = text[0].text;
            let Some(judged) = judged.find(|judged| judged.key == key) else { continue };
            if let Some(boilerplate) = judged.boilerplate {
                let site = self.sites.index_of(key.page);
                self.values.extend(text.iter().map(|shared| (site, shared.value, boilerplate)));
                self.elsewhere
                    .extend(text.iter().filter_map(|shared| Some((boilerplate, shared.elsewhere?))));
                self.weights[boilerplate.index()].1 += text.len() as u32;
            }
        }
    }

    /// Returns the boilerplate of each site, the stories around it, and the texts of it that have to be reported.
    pub(super) fn finish(mut self) -> (Vec<SiteBoilerplate>, StoryPages, Vec<ReportedText>) {
        self.values.par_sort_unstable();
        let sites = divide(&self.values, self.sites.len());
        // Whether a text is the story of another page depends on all its fingerprints, and on what that page's site
        // repeats. So it is known only now.
        let FoundElsewhere { stories, reported } = StoriesElsewhere {
            pages: self.pages,
            sites: self.sites,
            criteria: self.criteria,
            boilerplate: &sites,
            stories: &self.stories,
        }
        .find(self.elsewhere, &self.weights);
        if stories.is_empty() {
            return (sites, self.stories, reported);
        }
        self.values.retain(|(_, _, text)| stories.binary_search(text).is_err());
        (divide(&self.values, self.sites.len()), self.stories, reported)
    }
}

/// Divides ascending values by site.
fn divide(values: &[(u32, u32, TextId)], sites: usize) -> Vec<SiteBoilerplate> {
    let mut left = values;
    let of_site = |site: usize| {
        let (of_site, of_others) = left.split_at(left.partition_point(|value| value.0 as usize <= site));
        left = of_others;
        SiteBoilerplate::new(of_site.iter().map(|&(_, value, text)| (value, text)).collect())
    };
    (0..sites).map(of_site).collect()
}
