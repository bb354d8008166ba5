//! The table of pairs of outlets.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::lag::median_hours;
use super::printed_story::PrintedStory;
use crate::cluster::StoryId;
use crate::corpus::Corpus;
use crate::provenance::Seconds;

/// Two outlets, the second of which prints texts that the first one had before.
#[derive(Clone, Debug, Serialize)]
pub struct SitePairRecord<'a> {
    /// The outlet that had the texts first; the first by name if the order is not known.
    pub earlier_site: &'a str,
    /// The other outlet.
    pub later_site: &'a str,
    /// True if dates or credits show the order.
    pub order_known: bool,
    /// The number of stories that the later outlet prints, at least in part, as the earlier one does.
    pub stories: usize,
    /// The number of these whose text is credited to an agency, so that both outlets may have it from there. Stories of
    /// the earlier outlet are not counted if it is that agency.
    pub agency_stories: usize,
    /// The number of these for which the later outlet names the earlier one.
    pub credited_stories: usize,
    /// The median time between the first articles of both, in hours.
    pub median_lag_hours: Option<f64>,
    /// One of these stories: the first that is not an agency's, by id.
    pub example_story_id: StoryId,
    /// The title of the later outlet's article.
    pub example_title: Option<&'a str>,
    /// The address of that article.
    pub example_url: Option<&'a str>,
}

/// A pair, and the times between both outlets.
struct Collected<'a> {
    pair: SitePairRecord<'a>,
    lags: Vec<Seconds>,
}

/// Returns the pairs of outlets: first those with the most stories that are not an agency's.
pub(super) fn site_pairs<'a>(corpus: &'a Corpus, stories: &[PrintedStory<'a>]) -> Vec<SitePairRecord<'a>> {
    // By the names of both outlets, and whether their order is known.
    let mut pairs: BTreeMap<(&str, &str, bool), Collected<'_>> = BTreeMap::new();
    let mut in_order: Vec<&PrintedStory<'_>> = stories.iter().collect();
    in_order.sort_by_key(|story| story.id);
    for story in in_order {
        for (&(earlier, later), copy) in &story.copies {
            let [first, second] = [&story.printings[earlier], &story.printings[later]];
            let is_agency = first.own_agency.is_none() && first.agency().or(second.agency()).is_some();
            let header = corpus.header(copy.later);
            let Collected { pair, lags } =
                pairs.entry((earlier, later, copy.is_ordered)).or_insert_with(|| {
                    let pair = SitePairRecord::new(earlier, later, copy.is_ordered, story.id);
                    Collected { pair, lags: Vec::new() }
                });
            if pair.stories == pair.agency_stories && (pair.stories == 0 || !is_agency) {
                pair.example_story_id = story.id;
                (pair.example_title, pair.example_url) = (header.title, header.url);
            }
            pair.stories += 1;
            pair.agency_stories += usize::from(is_agency);
            pair.credited_stories += usize::from(copy.is_credited);
            lags.extend(copy.lag);
        }
    }
    let finished = pairs
        .into_values()
        .map(|Collected { pair, lags }| SitePairRecord { median_lag_hours: median_hours(lags), ..pair });
    let mut pairs: Vec<SitePairRecord<'_>> = finished.collect();
    pairs.sort_by_key(|pair| {
        (Reverse(pair.stories - pair.agency_stories), Reverse(pair.stories), !pair.order_known)
    });
    pairs
}

impl<'a> SitePairRecord<'a> {
    fn new(earlier_site: &'a str, later_site: &'a str, order_known: bool, example_story_id: StoryId) -> Self {
        Self {
            earlier_site,
            later_site,
            order_known,
            stories: 0,
            agency_stories: 0,
            credited_stories: 0,
            median_lag_hours: None,
            example_story_id,
            example_title: None,
            example_url: None,
        }
    }
}
