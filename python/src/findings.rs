//! Finds copies, and returns the findings.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use wirecopy::Detector;
use wirecopy::archive::Purpose;
use wirecopy::provenance::Seconds;

use crate::errors::exception;
use crate::memory::PlannedMemory;
use crate::request::Request;
use crate::results::Results;
use crate::run::{Call, run, run_to_the_end};
use crate::source::Taken;
use crate::table::ArrowTable;
use crate::warnings::warnings;

/// The findings of a run.
#[pyclass(frozen, module = "wirecopy._wirecopy", name = "Findings")]
pub(crate) struct PyFindings {
    results: Arc<Results>,
    threads: usize,
    /// The articles, before an archive remembers them. It is locked until then.
    memory: Mutex<Option<PlannedMemory>>,
}

/// Finds the copies in some data, and in the archive that the request names.
#[pyfunction]
pub(crate) fn find(py: Python<'_>, request: Request<'_>) -> PyResult<PyFindings> {
    let threads = request.threads()?;
    let mut settings = request.settings()?;
    (settings.keep_texts, settings.for_removals) = request.purpose()?.needs();
    let memory = request.memory()?;
    memory.apply(&mut settings);
    let mut detector = Detector::new(settings).map_err(|error| exception(&error))?;
    let (sources, feeders) = request.sources()?;
    let skip_invalid = request.skip_invalid;
    let mut call = Call::new(py, threads, request.progress);
    if memory.is_changed() {
        call = call.that_changes_an_archive();
    }
    let (results, memory) = call.run(
        move |monitor| {
            let memory = memory.open().map_err(|error| exception(&error))?;
            let mut taken = Taken::default();
            for source in sources {
                source.take_in(&mut detector, monitor, skip_invalid, &mut taken)?;
            }
            let (findings, memory) = memory.find(detector, monitor).map_err(|error| exception(&error))?;
            Ok((Results::new(findings, taken), memory))
        },
        |call| feeders.into_iter().try_for_each(|feeder| feeder.feed(call)),
    )?;
    Ok(PyFindings::new(results, threads, memory))
}

impl PyFindings {
    /// Creates the findings of a run.
    pub(crate) fn new(results: Results, threads: usize, memory: Option<PlannedMemory>) -> Self {
        Self { results: Arc::new(results), threads, memory: Mutex::new(memory) }
    }

    /// Takes the articles that are to be remembered.
    fn take_memory(&self) -> Option<PlannedMemory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Runs work on the findings in threads.
    fn run<T: Send + 'static>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&Results) -> PyResult<T> + Send + 'static,
    ) -> PyResult<T> {
        let results = Arc::clone(&self.results);
        run(py, self.threads, move || work(&results))
    }
}

#[pymethods]
impl PyFindings {
    /// Returns a row for each cluster.
    fn clusters(&self, py: Python<'_>) -> PyResult<ArrowTable> {
        self.run(py, Results::clusters)
    }

    /// Returns a row for each member of each cluster.
    fn members(&self, py: Python<'_>) -> PyResult<ArrowTable> {
        self.run(py, Results::members)
    }

    /// Returns a row for each pair.
    fn pairs(&self, py: Python<'_>) -> PyResult<ArrowTable> {
        self.run(py, Results::pairs)
    }

    /// Returns the numbers of the rows that can be removed, ascending.
    fn removed_rows(&self, py: Python<'_>) -> PyResult<Vec<u64>> {
        self.run(py, |results| Ok(results.removed_rows()))
    }

    /// Returns a row for each removed article, in the order of the data.
    fn removed(&self, py: Python<'_>) -> PyResult<ArrowTable> {
        self.run(py, Results::removed)
    }

    /// Returns the columns that `flag` adds, with a row for each row of the data.
    fn flags(&self, py: Python<'_>) -> PyResult<ArrowTable> {
        self.run(py, Results::flags)
    }

    /// Returns what `flag` adds to each row that is a dict, as a JSON array.
    fn flag_records(&self, py: Python<'_>) -> PyResult<String> {
        self.run(py, Results::flag_records)
    }

    /// Returns the figures of the run, in one row.
    fn summary(&self, py: Python<'_>) -> PyResult<ArrowTable> {
        self.run(py, Results::summary)
    }

    /// Returns the page of the first clusters, as HTML.
    fn page(&self, py: Python<'_>, most: usize) -> PyResult<String> {
        self.run(py, move |results| results.page(most))
    }

    /// Returns who reprints whom, as JSON.
    fn report(&self, py: Python<'_>, min_sites: usize) -> PyResult<String> {
        self.run(py, move |results| results.report(min_sites))
    }

    /// Returns the page of that report, as HTML. `date` is the day of the run.
    fn report_page(&self, py: Python<'_>, min_sites: usize, date: String) -> PyResult<String> {
        self.run(py, move |results| results.report_page(min_sites, date))
    }

    /// Remembers the articles in the archive, and unlocks it. Returns what changed, as JSON; nothing if there is nothing to
    /// remember. `now` is the time of the clock.
    fn remember(&self, py: Python<'_>, now: Seconds) -> PyResult<Option<String>> {
        let Some(memory) = self.take_memory() else { return Ok(None) };
        let results = Arc::clone(&self.results);
        let changed = run_to_the_end(py, self.threads, move || {
            let removed = match memory.purpose() {
                Purpose::Removal => results.removals().iter().map(|removal| removal.id).collect(),
                _ => BTreeSet::new(),
            };
            memory.commit(&results.findings, &removed, now).map_err(|error| exception(&error))
        })?;
        serde_json::to_string(&changed).map(Some).map_err(|error| PyRuntimeError::new_err(error.to_string()))
    }

    /// Unlocks the archive without remembering anything, unless that has happened.
    fn forget(&self) {
        drop(self.take_memory());
    }

    /// Returns the number of clusters.
    #[getter]
    fn cluster_count(&self) -> usize {
        self.results.findings.clusters().len()
    }

    /// Returns the number of articles, without those of the reference collection.
    #[getter]
    fn article_count(&self) -> usize {
        self.results.findings.counts().articles
    }

    /// Returns the number of rows of the data, with those that were skipped.
    #[getter]
    fn row_count(&self) -> usize {
        self.results.findings.counts().articles + self.results.taken.skipped_rows
    }

    /// Returns what the caller should be warned of: records that were skipped, and fields that do not mean what they seem to.
    fn warnings(&self, py: Python<'_>) -> PyResult<Vec<String>> {
        self.run(py, |results| Ok([results.taken.skipped.clone(), warnings(&results.findings)].concat()))
    }
}
