//! The tables of results: one row for each record that the command writes.

use std::sync::{Arc, OnceLock};

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use serde::Serialize;
use serde_json::Value;
use wirecopy::cluster::ListedClusters;
use wirecopy::dedup::Removal;
use wirecopy::report::{
    ClusterRecord, FlagCluster, FlagRecord, Flags, Listed, MemberRecord, MemberRecords, Offsets, PairRecord,
    RemovalRecord, ReprintReport,
};
use wirecopy::write::{Html, ReportFormat as _, RunInputs, write_reprints_html};
use wirecopy::{ArticleId, Findings};

use crate::errors::arrow_error;
use crate::schema::{self, table};
use crate::source::Taken;
use crate::table::ArrowTable;
use crate::warnings::missing_sites;

/// The number of rows of each table in the page of a report, as in that of the command.
const PAGE_ROWS: usize = 1000;

/// The findings of a run, of which tables are made in threads.
pub(crate) struct Results {
    pub(crate) findings: Findings,
    pub(crate) taken: Taken,
    /// The number of the row of each article in the data, if these are in memory.
    rows: Vec<Option<u64>>,
    /// The articles that can be removed, after they were asked for.
    removals: OnceLock<Vec<Removal>>,
}

/// A member of a cluster with the IDs of the cluster.
#[derive(Serialize)]
struct MemberRow<'a> {
    cluster_id: String,
    story_id: String,
    #[serde(flatten)]
    member: MemberRecord<'a>,
    /// The number of the row in memory.
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<u64>,
}

/// A pair with the numbers of the rows in memory.
#[derive(Serialize)]
struct PairRow<'a> {
    #[serde(flatten)]
    pair: PairRecord<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    row_a: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    row_b: Option<u64>,
}

/// A removed article with the number of its row in memory.
#[derive(Serialize)]
struct RemovedRow<'a> {
    #[serde(flatten)]
    removal: RemovalRecord<'a>,
    row: Option<u64>,
}

/// The columns that are added to a row: the cluster with the largest share of its article, and what is known of the article.
#[derive(Serialize)]
struct FlagRow<'a> {
    #[serde(flatten)]
    first: Option<FlagCluster<'a>>,
    published_utc: Option<String>,
    other_cluster_ids: Vec<String>,
}

#[derive(Serialize)]
struct SummaryRow<'a> {
    version: &'static str,
    articles: usize,
    invalid: usize,
    too_short: usize,
    copies: usize,
    masked: usize,
    without_site: usize,
    without_date: usize,
    dates_not_understood: usize,
    dates_doubted: usize,
    decoded_wrongly: u64,
    with_references: u64,
    with_markup: u64,
    masked_printed_elsewhere: usize,
    preferred_sites_missing: Vec<&'a str>,
    text_bytes: u64,
    candidates: usize,
    matches: usize,
    clusters: usize,
    references: usize,
    collections: Vec<&'a str>,
}

impl Results {
    /// Creates the results of a run.
    pub(crate) fn new(findings: Findings, taken: Taken) -> Self {
        let mut rows = Vec::new();
        if taken.is_in_memory {
            rows = vec![None; findings.corpus().len()];
            for (number, id) in findings.records().into_iter().enumerate() {
                if let Some(id) = id {
                    rows[id.index()] = Some(number as u64);
                }
            }
        }
        Self { findings, taken, rows, removals: OnceLock::new() }
    }

    /// Returns the articles that can be removed.
    pub(crate) fn removals(&self) -> &[Removal] {
        self.removals.get_or_init(|| self.findings.removals())
    }

    /// Returns the number of the row of an article, if it is in memory.
    fn row(&self, id: ArticleId) -> Option<u64> {
        self.rows.get(id.index()).copied().flatten()
    }

    /// Returns a row for each cluster.
    pub(crate) fn clusters(&self) -> PyResult<ArrowTable> {
        made(
            schema::CLUSTERS,
            self.findings.cluster_records(Offsets::Chars).map(ClusterRecord::without_members),
        )
    }

    /// Returns a row for each member of each cluster.
    pub(crate) fn members(&self) -> PyResult<ArrowTable> {
        let corpus = self.findings.corpus();
        let members = self.findings.clusters().iter().flat_map(|cluster| {
            let cluster = Arc::new(cluster);
            let records = MemberRecords::new(corpus, Arc::clone(&cluster), Offsets::Chars);
            records.iter().enumerate().map(move |(index, member)| {
                let of = cluster.members[index].id;
                let row = MemberRow {
                    cluster_id: cluster.id.to_string(),
                    story_id: cluster.story_id.to_string(),
                    member,
                    row: self.row(of),
                };
                (row, [("spans", of), ("representative_spans", cluster.representative)])
            })
        });
        if self.knows_all_texts() {
            return made(schema::MEMBERS, members.map(|(row, _)| row));
        }
        made(schema::MEMBERS, members.map(|(row, fields)| self.without_unknown(row, &fields)))
    }

    /// Returns whether the texts of all articles are known: an archive that keeps none has only the words.
    fn knows_all_texts(&self) -> bool {
        let corpus = self.findings.corpus();
        let mut references = corpus.ids().filter(|&id| corpus.is_reference(id));
        self.findings.settings().keep_texts && references.all(|id| corpus.text(id).is_some())
    }

    /// Returns a row in which the given fields, each with its article, are null if the text of that is not known: then the
    /// characters before a passage are not counted.
    fn without_unknown(&self, row: impl Serialize, fields: &[(&str, ArticleId)]) -> Value {
        let mut row = serde_json::to_value(row).unwrap_or_default();
        for (field, _) in fields.iter().filter(|(_, id)| self.findings.text(*id).is_none()) {
            row[*field] = Value::Null;
        }
        row
    }

    /// Returns a row for each pair.
    pub(crate) fn pairs(&self) -> PyResult<ArrowTable> {
        let findings = &self.findings;
        let listed = if findings.settings().all_pairs { Listed::All } else { Listed::Leaders };
        let pairs = findings.pairs(listed).map(|found| {
            let row = PairRow {
                pair: PairRecord::new(findings.corpus(), &found, Offsets::Chars),
                row_a: self.row(found.a),
                row_b: self.row(found.b),
            };
            (row, [("a", found.a), ("b", found.b)])
        });
        if self.knows_all_texts() {
            return made(schema::PAIRS, pairs.map(|(row, _)| row));
        }
        let pairs = pairs.map(|(row, sides)| {
            let spans = row.pair.spans.iter().map(|spans| self.without_unknown(spans, &sides)).collect();
            let mut row = serde_json::to_value(row).unwrap_or_default();
            row["spans"] = Value::Array(spans);
            row
        });
        made(schema::PAIRS, pairs)
    }

    /// Returns the numbers of the rows that can be removed, ascending.
    pub(crate) fn removed_rows(&self) -> Vec<u64> {
        let mut rows: Vec<u64> = self.removals().iter().filter_map(|removal| self.row(removal.id)).collect();
        rows.sort_unstable();
        rows
    }

    /// Returns a row for each article that can be removed, in the order of the data.
    pub(crate) fn removed(&self) -> PyResult<ArrowTable> {
        let findings = &self.findings;
        let mut rows: Vec<RemovedRow<'_>> = self
            .removals()
            .iter()
            .map(|removal| {
                let text = findings.text(removal.id).unwrap_or_default();
                let removal_record = RemovalRecord::new(findings.corpus(), removal, text, Offsets::Chars);
                RemovedRow { removal: removal_record, row: self.row(removal.id) }
            })
            .collect();
        rows.sort_by_key(|row| row.row);
        made(schema::REMOVED, rows)
    }

    /// Returns the columns that `flag` adds, with a row for each row of the data.
    pub(crate) fn flags(&self) -> PyResult<ArrowTable> {
        let flags = Flags::new(self.findings.corpus(), self.findings.clusters());
        let rows = self.findings.records().into_iter().map(|id| {
            let flag = id.and_then(|id| flags.record(id, Offsets::Chars));
            let published_utc = id.and_then(|id| flags.published_utc(id));
            let mut clusters = flag.map(|flag| flag.clusters).unwrap_or_default().into_iter();
            let first = clusters.next();
            let other_cluster_ids = clusters.map(|cluster| cluster.cluster_id.to_string()).collect();
            FlagRow { first, published_utc, other_cluster_ids }
        });
        made(schema::FLAGS, rows)
    }

    /// Returns what `flag` adds to each row that is a dict, as a JSON array.
    pub(crate) fn flag_records(&self) -> PyResult<String> {
        let flags = Flags::new(self.findings.corpus(), self.findings.clusters());
        let records: Vec<Option<FlagRecord<'_>>> = self
            .findings
            .records()
            .into_iter()
            .map(|id| id.and_then(|id| flags.record(id, Offsets::Chars)))
            .collect();
        serde_json::to_string(&records).map_err(|error| PyRuntimeError::new_err(error.to_string()))
    }

    /// Returns the figures of the run, in one row.
    pub(crate) fn summary(&self) -> PyResult<ArrowTable> {
        let (corpus, counts) = (self.findings.corpus(), self.findings.counts());
        let suspects = self.findings.suspect_texts();
        let new = || corpus.ids().filter(|&id| !corpus.is_reference(id));
        let row = SummaryRow {
            version: env!("CARGO_PKG_VERSION"),
            articles: counts.articles,
            invalid: self.taken.skipped.len(),
            too_short: counts.too_short,
            copies: counts.identical,
            masked: counts.masked,
            without_site: new().filter(|&id| corpus.site(id).is_none()).count(),
            without_date: new().filter(|&id| corpus.time(id).is_none()).count(),
            dates_not_understood: corpus.unknown_dates().ids.len(),
            dates_doubted: corpus.doubted_dates().len(),
            decoded_wrongly: suspects.decoded_wrongly,
            with_references: suspects.with_references,
            with_markup: suspects.with_markup,
            masked_printed_elsewhere: self.findings.printed_elsewhere().len(),
            preferred_sites_missing: missing_sites(&self.findings),
            text_bytes: counts.text_bytes,
            candidates: counts.candidates,
            matches: counts.matches,
            clusters: self.findings.clusters().len(),
            references: counts.references,
            collections: corpus.collections().iter().map(String::as_str).collect(),
        };
        made(schema::SUMMARY, [row])
    }

    /// Returns who reprints whom, in stories of at least so many sites, as JSON.
    pub(crate) fn report(&self, min_sites: usize) -> PyResult<String> {
        let report = ReprintReport::new(self.findings.corpus(), self.findings.clusters(), min_sites);
        serde_json::to_string(&report).map_err(|error| PyRuntimeError::new_err(error.to_string()))
    }

    /// Returns the page of that report. `date` is the day of the run.
    pub(crate) fn report_page(&self, min_sites: usize, date: String) -> PyResult<String> {
        let corpus = self.findings.corpus();
        let report = ReprintReport::new(corpus, self.findings.clusters(), min_sites);
        let inputs = RunInputs { date, ..RunInputs::default() };
        let mut page = Vec::new();
        write_reprints_html(&report, corpus, PAGE_ROWS, &inputs, &mut page)?;
        Ok(String::from_utf8_lossy(&page).into_owned())
    }

    /// Returns the page of the first clusters.
    pub(crate) fn page(&self, most: usize) -> PyResult<String> {
        let clusters = self.findings.clusters();
        let clusters = ListedClusters::new(clusters, 0..clusters.len().min(most));
        let mut page = Vec::new();
        Html::new(self.findings.matcher()).clusters(self.findings.corpus(), &clusters, &mut page)?;
        Ok(String::from_utf8_lossy(&page).into_owned())
    }
}

/// Makes a table of records.
fn made<T: Serialize>(
    columns: &[schema::ColumnKind],
    records: impl IntoIterator<Item = T>,
) -> PyResult<ArrowTable> {
    let batches = table(columns, records).map_err(|error| arrow_error(&error))?;
    Ok(ArrowTable::new(columns, batches))
}
