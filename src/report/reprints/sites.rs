//! The table of outlets.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::lag::median_hours;
use super::printed_story::PrintedStory;
use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::provenance::Seconds;
use crate::report::fields::rounded;

/// An outlet that prints stories which others print, too.
#[derive(Clone, Debug, Serialize)]
pub struct SiteRecord<'a> {
    /// The outlet.
    pub site: &'a str,
    /// The number of its articles in the collection.
    pub articles: usize,
    /// The number of these in stories that other outlets print.
    pub articles_in_stories: usize,
    /// The share of these.
    pub share_in_stories: f64,
    /// The number of such stories.
    pub stories: usize,
    /// The number of those in which no text of the outlet is known to be later, and some is known to be earlier, than
    /// another outlet's.
    pub first_stories: usize,
    /// The number of those in which a text of the outlet is later than another outlet's.
    pub later_stories: usize,
    /// The number of the later ones with a credit or a source line that names someone else.
    pub credited_stories: usize,
    /// The number of the later ones without.
    pub uncredited_stories: usize,
    /// The number of outlets that had such a text earlier.
    pub earlier_sites: usize,
    /// The number of outlets that have one later.
    pub later_sites: usize,
    /// The median time by which its texts are later, in hours.
    pub median_lag_hours: Option<f64>,
}

/// The counts of an outlet, as they are collected.
#[derive(Default)]
struct Collected<'a> {
    articles: BTreeSet<ArticleId>,
    stories: usize,
    first: usize,
    later: usize,
    credited: usize,
    earlier_sites: BTreeSet<&'a str>,
    later_sites: BTreeSet<&'a str>,
    lags: Vec<Seconds>,
}

/// Returns the outlets that print the stories: those with the most stories first.
pub(super) fn sites<'a>(corpus: &'a Corpus, stories: &[PrintedStory<'a>]) -> Vec<SiteRecord<'a>> {
    let mut collected: BTreeMap<&str, Collected<'_>> = BTreeMap::new();
    for story in stories {
        let ordered = || story.copies.iter().filter(|(_, copy)| copy.is_ordered);
        let earlier: BTreeSet<&str> = ordered().map(|(&(earlier, _), _)| earlier).collect();
        let later: BTreeSet<&str> = ordered().map(|(&(_, later), _)| later).collect();
        for (&outlet, printing) in &story.printings {
            let site = collected.entry(outlet).or_default();
            // An article may be in several stories.
            site.articles.extend(&printing.articles);
            site.stories += 1;
            let is_later = later.contains(outlet);
            site.later += usize::from(is_later);
            site.first += usize::from(!is_later && earlier.contains(outlet));
            site.credited += usize::from(is_later && printing.is_credited());
        }
        for (&(earlier, later), copy) in ordered() {
            collected.entry(earlier).or_default().later_sites.insert(later);
            let site = collected.entry(later).or_default();
            site.earlier_sites.insert(earlier);
            site.lags.extend(copy.lag);
        }
    }
    let mut articles: BTreeMap<&str, usize> = BTreeMap::new();
    for outlet in corpus.ids().filter_map(|id| corpus.outlet(id)) {
        *articles.entry(outlet).or_default() += 1;
    }
    let records = collected.into_iter().map(|(site, collected)| collected.record(site, articles[site]));
    let mut records: Vec<SiteRecord<'_>> = records.collect();
    records.sort_by_key(|site| Reverse(site.stories));
    records
}

impl Collected<'_> {
    fn record(self, site: &str, articles: usize) -> SiteRecord<'_> {
        SiteRecord {
            site,
            articles,
            articles_in_stories: self.articles.len(),
            share_in_stories: rounded(self.articles.len() as f64 / articles as f64),
            stories: self.stories,
            first_stories: self.first,
            later_stories: self.later,
            credited_stories: self.credited,
            uncredited_stories: self.later - self.credited,
            earlier_sites: self.earlier_sites.len(),
            later_sites: self.later_sites.len(),
            median_lag_hours: median_hours(self.lags),
        }
    }
}
