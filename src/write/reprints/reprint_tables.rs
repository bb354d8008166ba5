//! The tables of a report of reprints as people read them, on a terminal and in a page.

use super::hours::hours_text;
use crate::corpus::Corpus;
use crate::report::{AgencySiteRecord, ReprintReport, SitePairRecord, SiteRecord, StoryRecord};
use crate::write::headline::{address, headline};
use crate::write::number::grouped;
use crate::write::percent::percent;

/// A table.
pub(super) struct Table<'a> {
    pub(super) title: &'static str,
    /// The meaning of its columns.
    pub(super) about: &'static str,
    /// The heading of the names of rows.
    pub(super) name: &'static str,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row<'a>>,
}

impl Table<'_> {
    fn without_empty_columns(mut self) -> Self {
        for column in (0..self.columns.len()).rev() {
            if self.rows.iter().all(|row| row.cells[column].text().is_empty()) {
                self.columns.remove(column);
                for row in &mut self.rows {
                    row.cells.remove(column);
                }
            }
        }
        self
    }

    /// Returns whether a column contains names, which are aligned to the left.
    pub(super) fn has_names(&self, column: usize) -> bool {
        self.rows.first().is_some_and(|row| matches!(row.cells[column], Cell::Name(_)))
    }
}

/// A column other than that of names.
pub(super) struct Column {
    pub(super) head: &'static str,
    /// True if it is also shown where there is little room.
    pub(super) is_main: bool,
}

/// A row: its name, and a cell for each column.
pub(super) struct Row<'a> {
    pub(super) name: String,
    /// An address on the web to which the name is linked.
    pub(super) address: Option<&'a str>,
    pub(super) cells: Vec<Cell<'a>>,
}

/// A cell.
pub(super) enum Cell<'a> {
    Count(usize),
    Share(f64),
    /// A time, in hours.
    Hours(Option<f64>),
    /// A time as ISO 8601, in UTC.
    Time(Option<&'a str>),
    Name(Option<&'a str>),
}

impl Cell<'_> {
    /// Returns the cell as people read it.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Count(count) => grouped(*count),
            Self::Share(share) => percent(*share),
            Self::Hours(hours) => hours.map(hours_text).unwrap_or_default(),
            Self::Time(time) => time.map(day).unwrap_or_default().to_owned(),
            Self::Name(name) => name.unwrap_or_default().to_owned(),
        }
    }

    /// Returns the value by which cells of the column are ordered; `None` if they are by their text.
    pub(super) fn value(&self) -> Option<f64> {
        match self {
            Self::Count(count) => Some(*count as f64),
            Self::Share(share) => Some(*share),
            Self::Hours(hours) => *hours,
            Self::Time(_) | Self::Name(_) => None,
        }
    }
}

/// Returns the day of a time in ISO 8601.
fn day(time: &str) -> &str {
    time.split('T').next().unwrap_or(time)
}

fn main(head: &'static str) -> Column {
    Column { head, is_main: true }
}

fn wide(head: &'static str) -> Column {
    Column { head, is_main: false }
}

/// Returns all tables, without columns in which nothing is.
pub(super) fn tables<'a>(report: &'a ReprintReport<'_>, corpus: &'a Corpus) -> [Table<'a>; 4] {
    [stories(report, corpus), site_pairs(report), sites(report), agencies(report)]
        .map(Table::without_empty_columns)
}

fn stories<'a>(report: &'a ReprintReport<'_>, corpus: &'a Corpus) -> Table<'a> {
    let row = |story: &'a StoryRecord<'_>| Row {
        name: headline(corpus, story.first),
        address: address(&corpus.header(story.first)),
        cells: vec![
            Cell::Name(story.first_site),
            Cell::Count(story.sites),
            Cell::Count(story.credited_sites),
            Cell::Count(story.uncredited_sites),
            Cell::Count(story.articles),
            Cell::Time(story.first_seen.as_deref()),
            Cell::Hours(story.median_lag_hours),
            Cell::Name(story.agency),
        ],
    };
    Table {
        title: "Stories by reach",
        about: "Outlets that print the story; those besides the first that say where it is from, and those that do \
                not; the median time after the first article.",
        name: "story",
        columns: vec![
            wide("first outlet"),
            main("outlets"),
            main("credited"),
            main("uncredited"),
            wide("articles"),
            main("first seen"),
            main("median lag"),
            main("agency"),
        ],
        rows: report.stories.iter().map(row).collect(),
    }
}

fn site_pairs<'a>(report: &'a ReprintReport<'_>) -> Table<'a> {
    let row = |pair: &'a SitePairRecord<'_>| {
        let sign = if pair.order_known { "→" } else { "·" };
        Row {
            name: format!("{} {sign} {}", pair.earlier_site, pair.later_site),
            address: None,
            cells: vec![
                Cell::Count(pair.stories - pair.agency_stories),
                Cell::Count(pair.agency_stories),
                Cell::Count(pair.credited_stories),
                Cell::Hours(pair.median_lag_hours),
                Cell::Name(pair.example_title),
            ],
        }
    };
    Table {
        title: "Who prints what another had before",
        about: "Stories that the second outlet prints after the first; those of an agency, which both may have from \
                there, are counted apart; those for which it names the first. A dot instead of an arrow: the dates do \
                not say who was first.",
        name: "earlier → later outlet",
        columns: vec![
            main("own stories"),
            main("agency stories"),
            main("credited"),
            main("median lag"),
            wide("for example"),
        ],
        rows: report.site_pairs.iter().map(row).collect(),
    }
}

fn sites<'a>(report: &'a ReprintReport<'_>) -> Table<'a> {
    let row = |site: &'a SiteRecord<'_>| Row {
        name: site.site.to_owned(),
        address: None,
        cells: vec![
            Cell::Count(site.articles),
            Cell::Share(site.share_in_stories),
            Cell::Count(site.stories),
            Cell::Count(site.first_stories),
            Cell::Count(site.later_stories),
            Cell::Count(site.credited_stories),
            Cell::Count(site.uncredited_stories),
            Cell::Count(site.earlier_sites),
            Cell::Count(site.later_sites),
            Cell::Hours(site.median_lag_hours),
        ],
    };
    Table {
        title: "Outlets",
        about: "Articles, and the share of them in stories that others print, too; stories that the outlet had first, \
                and later than another; how many of the later ones say where they are from.",
        name: "outlet",
        columns: vec![
            wide("articles"),
            main("shared"),
            main("stories"),
            main("first"),
            main("later"),
            main("credited"),
            main("uncredited"),
            wide("earlier outlets"),
            wide("later outlets"),
            main("median lag"),
        ],
        rows: report.sites.iter().map(row).collect(),
    }
}

fn agencies<'a>(report: &'a ReprintReport<'_>) -> Table<'a> {
    let row = |record: &'a AgencySiteRecord<'_>| Row {
        name: format!("{} → {}", record.agency, record.site),
        address: None,
        cells: vec![
            Cell::Count(record.stories),
            Cell::Count(record.credited_stories),
            Cell::Count(record.uncredited_stories),
        ],
    };
    Table {
        title: "Agencies and their outlets",
        about: "Stories of the agency that the outlet prints; with a credit, and without one though other outlets \
                credit the agency.",
        name: "agency → outlet",
        columns: vec![main("stories"), main("credited"), main("uncredited")],
        rows: report.agencies.iter().map(row).collect(),
    }
}
