//! The findings of a run, and the tables that are made of them.

use std::sync::Arc;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use serde::Serialize;
use wirecopy::cluster::Cluster;
use wirecopy::report::{
    FlagCluster, FlagRecord, Flags, Listed, MemberRecord, Offsets, PairRecord, RemovalRecord,
};
use wirecopy::write::{Html, ReportFormat as _};
use wirecopy::{ArticleId, Detector, Findings};

use crate::errors::{arrow_error, exception};
use crate::request::Request;
use crate::run::{Call, run};
use crate::schema::{self, table};
use crate::source::Taken;
use crate::table::ArrowTable;

/// The findings of a run.
#[pyclass(frozen, module = "wirecopy._wirecopy", name = "Findings")]
pub(crate) struct PyFindings {
    shared: Arc<Shared>,
    threads: usize,
}

/// What the threads need to make tables.
struct Shared {
    findings: Findings,
    taken: Taken,
    /// The number of the row of each article in the data, if these are in memory.
    rows: Vec<Option<u64>>,
}

/// A member of a cluster with the IDs of the cluster.
#[derive(Serialize)]
struct MemberRow<'a> {
    cluster_id: String,
    story_id: String,
    #[serde(flatten)]
    member: &'a MemberRecord<'a>,
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

/// What is added to a row: the cluster with the largest share of its article, and what is known of the article.
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
    text_bytes: u64,
    candidates: usize,
    matches: usize,
    clusters: usize,
    references: usize,
    collections: Vec<&'a str>,
}

/// Finds the copies in some data.
#[pyfunction]
pub(crate) fn find(py: Python<'_>, request: Request<'_>) -> PyResult<PyFindings> {
    let threads = request.threads()?;
    let mut settings = request.settings()?;
    (settings.keep_texts, settings.for_removals) = request.purpose()?.needs();
    let mut detector = Detector::new(settings).map_err(|error| exception(&error))?;
    let (sources, feeders) = request.sources()?;
    let skip_invalid = request.skip_invalid;
    let shared = Call::new(py, threads, request.progress).run(
        move |monitor| {
            let mut taken = Taken::default();
            for source in sources {
                source.take_in(&mut detector, monitor, skip_invalid, &mut taken)?;
            }
            let findings = detector.finish(monitor).map_err(|error| exception(&error))?;
            Ok(Shared::new(findings, taken))
        },
        |call| feeders.into_iter().try_for_each(|feeder| feeder.feed(call)),
    )?;
    Ok(PyFindings { shared: Arc::new(shared), threads })
}

impl Shared {
    fn new(findings: Findings, taken: Taken) -> Self {
        let mut rows = Vec::new();
        if taken.is_in_memory {
            rows = vec![None; findings.corpus().len()];
            for (number, id) in findings.records().into_iter().enumerate() {
                if let Some(id) = id {
                    rows[id.index()] = Some(number as u64);
                }
            }
        }
        Self { findings, taken, rows }
    }

    fn row(&self, id: ArticleId) -> Option<u64> {
        self.rows.get(id.index()).copied().flatten()
    }

    fn clusters(&self) -> PyResult<ArrowTable> {
        made(schema::CLUSTERS, self.findings.cluster_records(Offsets::Chars))
    }

    fn members(&self) -> PyResult<ArrowTable> {
        let records: Vec<_> = self.findings.cluster_records(Offsets::Chars).collect();
        let clusters = records.iter().zip(self.findings.clusters());
        let members = clusters.flat_map(|(record, cluster)| {
            record.members.iter().zip(&cluster.members).map(|(member, of)| MemberRow {
                cluster_id: record.cluster_id.to_string(),
                story_id: record.story_id.to_string(),
                member,
                row: self.row(of.id),
            })
        });
        made(schema::MEMBERS, members)
    }

    fn pairs(&self) -> PyResult<ArrowTable> {
        let findings = &self.findings;
        let listed = if findings.settings().all_pairs { Listed::All } else { Listed::Leaders };
        let pairs = findings.pairs(listed).map(|found| PairRow {
            pair: PairRecord::new(findings.corpus(), &found, Offsets::Chars),
            row_a: self.row(found.a),
            row_b: self.row(found.b),
        });
        made(schema::PAIRS, pairs)
    }

    fn removed(&self) -> PyResult<(ArrowTable, Vec<u64>)> {
        let findings = &self.findings;
        let removals = findings.removals();
        let mut numbers: Vec<u64> = removals.iter().filter_map(|removal| self.row(removal.id)).collect();
        numbers.sort_unstable();
        let mut rows: Vec<RemovedRow<'_>> = removals
            .iter()
            .map(|removal| {
                let text = findings.text(removal.id).unwrap_or_default();
                let removal_record = RemovalRecord::new(findings.corpus(), removal, text, Offsets::Chars);
                RemovedRow { removal: removal_record, row: self.row(removal.id) }
            })
            .collect();
        rows.sort_by_key(|row| row.row);
        Ok((made(schema::REMOVED, rows)?, numbers))
    }

    /// Returns the article of each row of the data.
    fn articles(&self) -> Vec<Option<ArticleId>> {
        self.findings.records()
    }

    fn flags(&self) -> PyResult<ArrowTable> {
        let flags = Flags::new(self.findings.corpus(), self.findings.clusters());
        let rows = self.articles().into_iter().map(|id| {
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
    fn flag_records(&self) -> PyResult<String> {
        let flags = Flags::new(self.findings.corpus(), self.findings.clusters());
        let records: Vec<Option<FlagRecord<'_>>> = self
            .articles()
            .into_iter()
            .map(|id| id.and_then(|id| flags.record(id, Offsets::Chars)))
            .collect();
        serde_json::to_string(&records).map_err(|error| PyRuntimeError::new_err(error.to_string()))
    }

    fn summary(&self) -> PyResult<ArrowTable> {
        let (corpus, counts) = (self.findings.corpus(), self.findings.counts());
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
            text_bytes: counts.text_bytes,
            candidates: counts.candidates,
            matches: counts.matches,
            clusters: self.findings.clusters().len(),
            references: counts.references,
            collections: corpus.collections().iter().map(String::as_str).collect(),
        };
        made(schema::SUMMARY, [row])
    }

    /// Returns the page of the first clusters.
    fn page(&self, most: usize) -> PyResult<String> {
        let clusters: Vec<&Cluster> = self.findings.clusters().iter().take(most).collect();
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

impl PyFindings {
    /// Runs work on the findings in threads.
    fn run<T: Send + 'static>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&Shared) -> PyResult<T> + Send + 'static,
    ) -> PyResult<T> {
        let shared = Arc::clone(&self.shared);
        run(py, self.threads, move || work(&shared))
    }
}

#[pymethods]
impl PyFindings {
    /// Returns a row for each cluster.
    fn clusters(&self, py: Python<'_>) -> PyResult<ArrowTable> {
        self.run(py, Shared::clusters)
    }

    /// Returns a row for each member of each cluster.
    fn members(&self, py: Python<'_>) -> PyResult<ArrowTable> {
        self.run(py, Shared::members)
    }

    /// Returns a row for each pair.
    fn pairs(&self, py: Python<'_>) -> PyResult<ArrowTable> {
        self.run(py, Shared::pairs)
    }

    /// Returns a row for each removed article, and the numbers of their rows, ascending.
    fn removed(&self, py: Python<'_>) -> PyResult<(ArrowTable, Vec<u64>)> {
        self.run(py, Shared::removed)
    }

    /// Returns the columns that `flag` adds, with a row for each row of the data.
    fn flags(&self, py: Python<'_>) -> PyResult<ArrowTable> {
        self.run(py, Shared::flags)
    }

    /// Returns what `flag` adds to each row that is a dict, as a JSON array.
    fn flag_records(&self, py: Python<'_>) -> PyResult<String> {
        self.run(py, Shared::flag_records)
    }

    /// Returns the figures of the run, in one row.
    fn summary(&self, py: Python<'_>) -> PyResult<ArrowTable> {
        self.run(py, Shared::summary)
    }

    /// Returns the page of the first clusters, as HTML.
    fn page(&self, py: Python<'_>, most: usize) -> PyResult<String> {
        self.run(py, move |shared| shared.page(most))
    }

    /// Returns the number of clusters.
    #[getter]
    fn cluster_count(&self) -> usize {
        self.shared.findings.clusters().len()
    }

    /// Returns the number of articles, without those of the reference collection.
    #[getter]
    fn article_count(&self) -> usize {
        self.shared.findings.counts().articles
    }

    /// Returns the number of rows of the data, with those that were skipped.
    #[getter]
    fn row_count(&self) -> usize {
        self.shared.findings.counts().articles + self.shared.taken.skipped_rows
    }

    /// Returns what is wrong with each record that was skipped.
    #[getter]
    fn skipped(&self) -> Vec<String> {
        self.shared.taken.skipped.clone()
    }

    /// Returns the names in the site field that name the collection, and no site.
    #[getter]
    fn collections(&self) -> Vec<String> {
        self.shared.findings.corpus().collections().iter().cloned().collect()
    }
}
