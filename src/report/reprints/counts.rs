//! The totals of a report of reprints.

use std::collections::BTreeSet;

use serde::Serialize;

use super::lag::median_hours;
use super::printed_story::PrintedStory;
use crate::corpus::Corpus;

/// The totals of a report of reprints.
#[derive(Clone, Debug, Serialize)]
pub struct ReprintCounts {
    /// All articles.
    pub articles: usize,
    /// Articles whose site is not known. They are in no table.
    pub articles_without_site: usize,
    /// Articles whose date is not known. Nothing is earlier or later than they are.
    pub articles_without_date: usize,
    /// Known outlets: sites, of which address variants count once.
    pub sites: usize,
    /// Stories that enough outlets print. The numbers below are about these, except for `other_stories`.
    pub stories: usize,
    /// Other stories: those of one outlet, or of fewer than were asked for.
    pub other_stories: usize,
    /// Stories for which at least one article is credited to an agency.
    pub agency_stories: usize,
    /// Articles in such stories.
    pub articles_in_stories: usize,
    /// Outlets that print a story besides the one that had it first, summed over stories.
    pub reprints: usize,
    /// Reprints with a credit or a source line that names someone else.
    pub credited_reprints: usize,
    /// The median time from the first article of a story to a reprint, in hours; `None` if no dates are known.
    pub median_lag_hours: Option<f64>,
}

impl ReprintCounts {
    /// Counts the reported stories, of all that were `found`.
    pub(super) fn new(corpus: &Corpus, reported: &[PrintedStory<'_>], found: usize) -> Self {
        let outlets: BTreeSet<&str> = corpus.ids().filter_map(|id| corpus.outlet(id)).collect();
        let articles: BTreeSet<_> = reported.iter().flat_map(|story| &story.articles).collect();
        let reprints = || reported.iter().flat_map(|story| story.reprints(corpus));
        Self {
            articles: corpus.len(),
            articles_without_site: corpus.ids().filter(|&id| corpus.site(id).is_none()).count(),
            articles_without_date: corpus.ids().filter(|&id| corpus.time(id).is_none()).count(),
            sites: outlets.len(),
            stories: reported.len(),
            other_stories: found - reported.len(),
            agency_stories: reported.iter().filter(|story| story.agency(corpus).is_some()).count(),
            articles_in_stories: articles.len(),
            reprints: reprints().count(),
            credited_reprints: reprints().filter(|printing| printing.is_credited()).count(),
            median_lag_hours: median_hours(reported.iter().flat_map(|story| story.lags(corpus)).collect()),
        }
    }
}
