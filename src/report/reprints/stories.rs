//! The table of stories.

use std::cmp::{Ordering, Reverse};

use serde::Serialize;

use super::lag::median_hours;
use super::printed_story::PrintedStory;
use crate::article::ArticleId;
use crate::cluster::StoryId;
use crate::corpus::Corpus;
use crate::report::fields::utc;

/// A story that several outlets print.
#[derive(Clone, Debug, Serialize)]
pub struct StoryRecord<'a> {
    /// The id of the story, as in the records of its clusters.
    pub story_id: StoryId,
    /// The title of its first article: the representative of its cluster with the earliest representative.
    pub title: Option<&'a str>,
    /// The address of that article.
    pub url: Option<&'a str>,
    /// The outlet of that article.
    pub first_site: Option<&'a str>,
    /// Why that article is the first.
    pub first_why: &'static str,
    /// The earliest date of an article of the story, as ISO 8601 in UTC.
    pub first_seen: Option<String>,
    /// The latest date.
    pub last_seen: Option<String>,
    /// The agency to which most articles of the story are credited.
    pub agency: Option<&'static str>,
    /// The number of outlets that print it.
    pub sites: usize,
    /// The number of outlets besides the first that credit an agency or name a source.
    pub credited_sites: usize,
    /// The number of outlets besides the first that do not.
    pub uncredited_sites: usize,
    /// The number of its articles, also those of no known site.
    pub articles: usize,
    /// The median time from the first article to the first one of each other outlet, in hours.
    pub median_lag_hours: Option<f64>,
    /// The first article.
    #[serde(skip)]
    pub(crate) first: ArticleId,
}

impl<'a> StoryRecord<'a> {
    pub(super) fn new(corpus: &'a Corpus, story: &PrintedStory<'a>) -> Self {
        let header = corpus.header(story.first);
        let credited = story.reprints(corpus).filter(|printing| printing.is_credited()).count();
        Self {
            story_id: story.id,
            title: header.title,
            url: header.url,
            first_site: story.first_site(corpus),
            first_why: story.why.name(),
            first_seen: utc(story.times(corpus).min()),
            last_seen: utc(story.times(corpus).max()),
            agency: story.agency(corpus),
            sites: story.printings.len(),
            credited_sites: credited,
            uncredited_sites: story.reprints(corpus).count() - credited,
            articles: story.articles.len(),
            median_lag_hours: median_hours(story.lags(corpus)),
            first: story.first,
        }
    }

    /// Orders stories: those of the most outlets first, then those with the most articles, then the earliest.
    pub(super) fn by_reach(one: &Self, other: &Self) -> Ordering {
        let key = |story: &Self| (Reverse(story.sites), Reverse(story.articles));
        let dates = || {
            (one.first_seen.is_none(), &one.first_seen).cmp(&(other.first_seen.is_none(), &other.first_seen))
        };
        key(one).cmp(&key(other)).then_with(dates).then(one.story_id.cmp(&other.story_id))
    }
}
