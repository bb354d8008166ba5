//! Defines the tables of a report of reprints: their columns, and the cells of their rows.

use std::io;

use CellKind::{Flag, Score, Text, Whole};

use crate::report::{
    AgencySiteRecord, Cell, CellKind, ReprintReport, SitePairRecord, SiteRecord, StoryRecord,
};

/// A table of a report of reprints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReprintTable {
    /// The stories.
    Stories,
    /// The pairs of outlets.
    SitePairs,
    /// The outlets.
    Sites,
    /// The agencies and their outlets.
    Agencies,
}

/// The name and the type of a column, and the cell of a record in it.
type StoryColumn = (&'static str, CellKind, for<'r> fn(&'r StoryRecord<'_>) -> Cell<'r>);

const STORIES: [StoryColumn; 13] = [
    ("story_id", Text, |story| Cell::written(&story.story_id)),
    ("title", Text, |story| Cell::optional(story.title)),
    ("url", Text, |story| Cell::optional(story.url)),
    ("first_site", Text, |story| Cell::optional(story.first_site)),
    ("first_why", Text, |story| Cell::text(story.first_why)),
    ("first_seen", Text, |story| Cell::optional(story.first_seen.as_deref())),
    ("last_seen", Text, |story| Cell::optional(story.last_seen.as_deref())),
    ("agency", Text, |story| Cell::optional(story.agency)),
    ("sites", Whole, |story| Cell::count(story.sites)),
    ("credited_sites", Whole, |story| Cell::count(story.credited_sites)),
    ("uncredited_sites", Whole, |story| Cell::count(story.uncredited_sites)),
    ("articles", Whole, |story| Cell::count(story.articles)),
    ("median_lag_hours", Score, |story| Cell::number(story.median_lag_hours)),
];

type SitePairColumn = (&'static str, CellKind, for<'r> fn(&'r SitePairRecord<'_>) -> Cell<'r>);

const SITE_PAIRS: [SitePairColumn; 10] = [
    ("earlier_site", Text, |pair| Cell::text(pair.earlier_site)),
    ("later_site", Text, |pair| Cell::text(pair.later_site)),
    ("order_known", Flag, |pair| Cell::Flag(pair.order_known)),
    ("stories", Whole, |pair| Cell::count(pair.stories)),
    ("agency_stories", Whole, |pair| Cell::count(pair.agency_stories)),
    ("credited_stories", Whole, |pair| Cell::count(pair.credited_stories)),
    ("median_lag_hours", Score, |pair| Cell::number(pair.median_lag_hours)),
    ("example_story_id", Text, |pair| Cell::written(&pair.example_story_id)),
    ("example_title", Text, |pair| Cell::optional(pair.example_title)),
    ("example_url", Text, |pair| Cell::optional(pair.example_url)),
];

type SiteColumn = (&'static str, CellKind, for<'r> fn(&'r SiteRecord<'_>) -> Cell<'r>);

const SITES: [SiteColumn; 12] = [
    ("site", Text, |site| Cell::text(site.site)),
    ("articles", Whole, |site| Cell::count(site.articles)),
    ("articles_in_stories", Whole, |site| Cell::count(site.articles_in_stories)),
    ("share_in_stories", Score, |site| Cell::Score(site.share_in_stories)),
    ("stories", Whole, |site| Cell::count(site.stories)),
    ("first_stories", Whole, |site| Cell::count(site.first_stories)),
    ("later_stories", Whole, |site| Cell::count(site.later_stories)),
    ("credited_stories", Whole, |site| Cell::count(site.credited_stories)),
    ("uncredited_stories", Whole, |site| Cell::count(site.uncredited_stories)),
    ("earlier_sites", Whole, |site| Cell::count(site.earlier_sites)),
    ("later_sites", Whole, |site| Cell::count(site.later_sites)),
    ("median_lag_hours", Score, |site| Cell::number(site.median_lag_hours)),
];

type AgencyColumn = (&'static str, CellKind, for<'r> fn(&'r AgencySiteRecord<'_>) -> Cell<'r>);

const AGENCIES: [AgencyColumn; 5] = [
    ("agency", Text, |record| Cell::text(record.agency)),
    ("site", Text, |record| Cell::text(record.site)),
    ("stories", Whole, |record| Cell::count(record.stories)),
    ("credited_stories", Whole, |record| Cell::count(record.credited_stories)),
    ("uncredited_stories", Whole, |record| Cell::count(record.uncredited_stories)),
];

impl ReprintTable {
    /// Returns the names and the types of the columns.
    pub(super) fn columns(self) -> Vec<(&'static str, CellKind)> {
        match self {
            Self::Stories => STORIES.map(|(name, kind, _)| (name, kind)).to_vec(),
            Self::SitePairs => SITE_PAIRS.map(|(name, kind, _)| (name, kind)).to_vec(),
            Self::Sites => SITES.map(|(name, kind, _)| (name, kind)).to_vec(),
            Self::Agencies => AGENCIES.map(|(name, kind, _)| (name, kind)).to_vec(),
        }
    }

    /// Passes the cells of each row of a report to `write`.
    ///
    /// # Errors
    /// The error of `write`.
    pub(super) fn rows(
        self,
        report: &ReprintReport<'_>,
        mut write: impl FnMut(Vec<Cell<'_>>) -> io::Result<()>,
    ) -> io::Result<()> {
        match self {
            Self::Stories => report
                .stories
                .iter()
                .try_for_each(|story| write(STORIES.iter().map(|(_, _, cell)| cell(story)).collect())),
            Self::SitePairs => report
                .site_pairs
                .iter()
                .try_for_each(|pair| write(SITE_PAIRS.iter().map(|(_, _, cell)| cell(pair)).collect())),
            Self::Sites => report
                .sites
                .iter()
                .try_for_each(|site| write(SITES.iter().map(|(_, _, cell)| cell(site)).collect())),
            Self::Agencies => report
                .agencies
                .iter()
                .try_for_each(|record| write(AGENCIES.iter().map(|(_, _, cell)| cell(record)).collect())),
        }
    }
}
