//! Writes one table of a report of reprints as CSV.

use std::io::{self, Write};

use crate::report::{AgencySiteRecord, ReprintReport, SitePairRecord, SiteRecord, StoryRecord};
use crate::write::cell_style::CellStyle;
use crate::write::csv_row::{or_empty, write_row};

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

/// The name of a column, and the cell of a record in it.
type StoryColumn = (&'static str, fn(&StoryRecord<'_>) -> String);

const STORIES: [StoryColumn; 13] = [
    ("story_id", |story| story.story_id.to_string()),
    ("title", |story| or_empty(story.title)),
    ("url", |story| or_empty(story.url)),
    ("first_site", |story| or_empty(story.first_site)),
    ("first_why", |story| story.first_why.to_owned()),
    ("first_seen", |story| or_empty(story.first_seen.as_deref())),
    ("last_seen", |story| or_empty(story.last_seen.as_deref())),
    ("agency", |story| or_empty(story.agency)),
    ("sites", |story| story.sites.to_string()),
    ("credited_sites", |story| story.credited_sites.to_string()),
    ("uncredited_sites", |story| story.uncredited_sites.to_string()),
    ("articles", |story| story.articles.to_string()),
    ("median_lag_hours", |story| number(story.median_lag_hours)),
];

type SitePairColumn = (&'static str, fn(&SitePairRecord<'_>) -> String);

const SITE_PAIRS: [SitePairColumn; 10] = [
    ("earlier_site", |pair| pair.earlier_site.to_owned()),
    ("later_site", |pair| pair.later_site.to_owned()),
    ("order_known", |pair| pair.order_known.to_string()),
    ("stories", |pair| pair.stories.to_string()),
    ("agency_stories", |pair| pair.agency_stories.to_string()),
    ("credited_stories", |pair| pair.credited_stories.to_string()),
    ("median_lag_hours", |pair| number(pair.median_lag_hours)),
    ("example_story_id", |pair| pair.example_story_id.to_string()),
    ("example_title", |pair| or_empty(pair.example_title)),
    ("example_url", |pair| or_empty(pair.example_url)),
];

type SiteColumn = (&'static str, fn(&SiteRecord<'_>) -> String);

const SITES: [SiteColumn; 12] = [
    ("site", |site| site.site.to_owned()),
    ("articles", |site| site.articles.to_string()),
    ("articles_in_stories", |site| site.articles_in_stories.to_string()),
    ("share_in_stories", |site| site.share_in_stories.to_string()),
    ("stories", |site| site.stories.to_string()),
    ("first_stories", |site| site.first_stories.to_string()),
    ("later_stories", |site| site.later_stories.to_string()),
    ("credited_stories", |site| site.credited_stories.to_string()),
    ("uncredited_stories", |site| site.uncredited_stories.to_string()),
    ("earlier_sites", |site| site.earlier_sites.to_string()),
    ("later_sites", |site| site.later_sites.to_string()),
    ("median_lag_hours", |site| number(site.median_lag_hours)),
];

type AgencyColumn = (&'static str, fn(&AgencySiteRecord<'_>) -> String);

const AGENCIES: [AgencyColumn; 5] = [
    ("agency", |record| record.agency.to_owned()),
    ("site", |record| record.site.to_owned()),
    ("stories", |record| record.stories.to_string()),
    ("credited_stories", |record| record.credited_stories.to_string()),
    ("uncredited_stories", |record| record.uncredited_stories.to_string()),
];

/// Writes a table: a header, and a row for each record.
///
/// # Errors
/// The error of the writer.
pub fn write_reprints_csv(
    report: &ReprintReport<'_>,
    table: ReprintTable,
    cells: CellStyle,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut rows = Rows::new(cells, out)?;
    match table {
        ReprintTable::Stories => {
            rows.write(&STORIES.map(|(name, _)| name.to_owned()))?;
            report.stories.iter().try_for_each(|story| rows.write(&STORIES.map(|(_, cell)| cell(story))))?;
        }
        ReprintTable::SitePairs => {
            rows.write(&SITE_PAIRS.map(|(name, _)| name.to_owned()))?;
            report
                .site_pairs
                .iter()
                .try_for_each(|pair| rows.write(&SITE_PAIRS.map(|(_, cell)| cell(pair))))?;
        }
        ReprintTable::Sites => {
            rows.write(&SITES.map(|(name, _)| name.to_owned()))?;
            report.sites.iter().try_for_each(|site| rows.write(&SITES.map(|(_, cell)| cell(site))))?;
        }
        ReprintTable::Agencies => {
            rows.write(&AGENCIES.map(|(name, _)| name.to_owned()))?;
            report
                .agencies
                .iter()
                .try_for_each(|record| rows.write(&AGENCIES.map(|(_, cell)| cell(record))))?;
        }
    }
    rows.table.flush()
}

/// Writes the rows of a table.
struct Rows<'o> {
    table: csv::Writer<&'o mut dyn Write>,
    style: CellStyle,
}

impl<'o> Rows<'o> {
    fn new(style: CellStyle, out: &'o mut dyn Write) -> io::Result<Self> {
        out.write_all(style.mark())?;
        Ok(Self { table: csv::Writer::from_writer(out), style })
    }

    fn write(&mut self, cells: &[String]) -> io::Result<()> {
        write_row(&mut self.table, cells.iter().map(|cell| self.style.cell(cell)))
    }
}

/// Returns the cell of a number, empty if there is none.
fn number(number: Option<f64>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}
