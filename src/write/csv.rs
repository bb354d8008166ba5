//! Writes pairs and clusters as CSV: one row for each pair, or for each member of a cluster. Spans are JSON in a
//! cell.

use std::io::{self, Write};
use std::num::NonZeroU64;

use serde::Serialize;

use super::cell_style::CellStyle;
use super::csv_row::{or_empty, write_row};
use super::report_format::ReportFormat;
use crate::cluster::Cluster;
use crate::corpus::Corpus;
use crate::report::{ClusterRecord, MemberRecord, Offsets, PairRecord};
use crate::verify::Match;

/// Writes rows after a header row: cells are separated by commas, and in `"` if they need it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Csv {
    /// The unit of the spans.
    pub offsets: Offsets,
    /// True if one more column has the boilerplate of each member of a cluster.
    pub boilerplate: bool,
    /// The way in which cells are written.
    pub cells: CellStyle,
}

/// The name of a column of a pair, and its cell.
type PairColumn = (&'static str, fn(&PairRecord<'_>) -> String);

/// The columns of a pair.
const PAIR_COLUMNS: [PairColumn; 27] = [
    ("a", |pair| pair.a.to_owned()),
    ("b", |pair| pair.b.to_owned()),
    ("location_a", |pair| pair.location_a.to_string()),
    ("location_b", |pair| pair.location_b.to_string()),
    ("row_a", |pair| row_cell(pair.row_a)),
    ("row_b", |pair| row_cell(pair.row_b)),
    ("title_a", |pair| or_empty(pair.title_a)),
    ("title_b", |pair| or_empty(pair.title_b)),
    ("url_a", |pair| or_empty(pair.url_a)),
    ("url_b", |pair| or_empty(pair.url_b)),
    ("site_a", |pair| or_empty(pair.site_a)),
    ("site_b", |pair| or_empty(pair.site_b)),
    ("published_a", |pair| or_empty(pair.published_a)),
    ("published_b", |pair| or_empty(pair.published_b)),
    ("published_utc_a", |pair| or_empty(pair.published_utc_a.as_deref())),
    ("published_utc_b", |pair| or_empty(pair.published_utc_b.as_deref())),
    ("relation", |pair| or_empty(pair.relation)),
    ("kind", |pair| or_empty(pair.kind)),
    ("junk", |pair| pair.junk.to_string()),
    ("resemblance", |pair| pair.resemblance.to_string()),
    ("containment_a", |pair| pair.containment_a.to_string()),
    ("containment_b", |pair| pair.containment_b.to_string()),
    ("coverage_a", |pair| pair.coverage_a.to_string()),
    ("coverage_b", |pair| pair.coverage_b.to_string()),
    ("shared_words", |pair| pair.shared_words.to_string()),
    ("excerpt", |pair| or_empty(pair.excerpt.as_deref())),
    ("spans", |pair| json(&pair.spans)),
];

/// The name of a column of a member of a cluster, and its cell.
type MemberColumn = (&'static str, fn(&ClusterRecord<'_>, &MemberRecord<'_>) -> String);

/// The columns of a member of a cluster.
const MEMBER_COLUMNS: [MemberColumn; 32] = [
    ("cluster_id", |cluster, _| cluster.cluster_id.to_string()),
    ("story_id", |cluster, _| cluster.story_id.to_string()),
    ("size", |cluster, _| cluster.size.to_string()),
    ("sites", |cluster, _| cluster.sites.to_string()),
    ("independent_sites", |cluster, _| cluster.independent_sites.to_string()),
    ("agency", |cluster, _| or_empty(cluster.agency)),
    ("junk", |cluster, _| cluster.junk.to_string()),
    ("representative", |cluster, _| cluster.representative.to_owned()),
    ("representative_title", |cluster, _| or_empty(cluster.representative_title)),
    ("representative_url", |cluster, _| or_empty(cluster.representative_url)),
    ("representative_site", |cluster, _| or_empty(cluster.representative_site)),
    ("representative_why", |cluster, _| cluster.representative_why.to_owned()),
    ("cohesion", |cluster, _| cluster.cohesion.to_string()),
    ("key", |_, member| member.key.to_owned()),
    ("location", |_, member| member.location.to_string()),
    ("row", |_, member| row_cell(member.row)),
    ("title", |_, member| or_empty(member.title)),
    ("url", |_, member| or_empty(member.url)),
    ("site", |_, member| or_empty(member.site)),
    ("published", |_, member| or_empty(member.published)),
    ("published_utc", |_, member| or_empty(member.published_utc.as_deref())),
    ("relation", |_, member| member.relation.to_owned()),
    ("passage_relation", |_, member| member.passage_relation.to_owned()),
    ("kind", |_, member| or_empty(member.kind)),
    ("coverage", |_, member| member.coverage.to_string()),
    ("article_coverage", |_, member| member.article_coverage.to_string()),
    ("resemblance", |_, member| member.resemblance.to_string()),
    ("excerpt", |_, member| or_empty(member.excerpt.as_deref())),
    ("spans", |_, member| json(&member.spans)),
    ("representative_spans", |_, member| json(&member.representative_spans)),
    ("bridge", |_, member| member.bridge.to_string()),
    ("credit", |_, member| or_empty(member.credit)),
];

impl ReportFormat for Csv {
    fn clusters(&self, corpus: &Corpus, clusters: &[&Cluster], out: &mut dyn Write) -> io::Result<()> {
        out.write_all(self.cells.mark())?;
        let mut table = csv::Writer::from_writer(out);
        let columns = MEMBER_COLUMNS
            .iter()
            .map(|(name, _)| *name)
            .chain(corpus.has_references().then_some("reference"))
            .chain(self.boilerplate.then_some("boilerplate"));
        write_row(&mut table, columns)?;
        for cluster in clusters {
            let mut record = ClusterRecord::new(corpus, cluster, self.offsets);
            if self.boilerplate {
                record.show_boilerplate(corpus, cluster, self.offsets);
            }
            for member in &record.members {
                let cells = MEMBER_COLUMNS.iter().map(|(_, cell)| cell(&record, member));
                let reference = member.reference.map(|reference| reference.to_string());
                let boilerplate = member.boilerplate.as_ref().map(json);
                let cells: Vec<String> = cells.chain(reference).chain(boilerplate).collect();
                write_row(&mut table, cells.iter().map(|cell| self.cells.cell(cell)))?;
            }
        }
        table.flush()
    }

    fn pairs(
        &self,
        corpus: &Corpus,
        pairs: &mut dyn Iterator<Item = Match>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        out.write_all(self.cells.mark())?;
        let mut table = csv::Writer::from_writer(out);
        let references: &[&str] = if corpus.has_references() { &["reference_a", "reference_b"] } else { &[] };
        write_row(&mut table, PAIR_COLUMNS.iter().map(|(name, _)| name).chain(references))?;
        for found in pairs {
            let record = PairRecord::new(corpus, &found, self.offsets);
            let references = [record.reference_a, record.reference_b].into_iter().flatten();
            let cells: Vec<String> = PAIR_COLUMNS
                .iter()
                .map(|(_, cell)| cell(&record))
                .chain(references.map(|reference| reference.to_string()))
                .collect();
            write_row(&mut table, cells.iter().map(|cell| self.cells.cell(cell)))?;
        }
        table.flush()
    }
}

/// Returns the cell of the number of a row; empty if the record is no row.
fn row_cell(row: Option<NonZeroU64>) -> String {
    row.map(|row| row.to_string()).unwrap_or_default()
}

/// Returns spans as JSON.
fn json(spans: &impl Serialize) -> String {
    serde_json::to_string(spans).expect("lists of numbers are always valid JSON")
}
