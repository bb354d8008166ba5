//! An archive, which remembers articles from one call to the next.

use std::path::PathBuf;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};
use wirecopy::archive::{Archive, Snapshot};
use wirecopy::provenance::{Seconds, published_time};
use wirecopy::report::GivenTemplateRecord;
use wirecopy::{Error, Settings};

use crate::errors::{arrow_error, exception};
use crate::findings::PyFindings;
use crate::monitor::Monitor;
use crate::results::Results;
use crate::run::{Call, run, run_to_the_end};
use crate::schema::{self, TableWriter};
use crate::settings;
use crate::source::Taken;
use crate::table::ArrowTable;

/// An archive that is open.
///
/// It reads and writes in threads of the call, as all runs do: opening an archive uses threads, too.
#[pyclass(frozen, module = "wirecopy._wirecopy", name = "Archive")]
pub(crate) struct PyArchive {
    archive: Archive,
}

/// The part of a call that concerns an archive.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct AskedArchive<'py> {
    pub(crate) archive: Bound<'py, PyArchive>,
    /// True if the articles are remembered.
    pub(crate) remember: bool,
    /// The time at which they were taken in.
    pub(crate) seen: Seconds,
    /// The number of seconds after which articles are removed from the archive.
    pub(crate) expire_after: Option<u64>,
}

impl PyArchive {
    /// Returns the settings of a call, checked: those of the archive, apart from those that are given, which must not
    /// contradict them.
    ///
    /// # Errors
    /// If they do, or if one is not allowed.
    pub(crate) fn settings(&self, given: &Bound<'_, PyDict>) -> PyResult<Settings> {
        // The settings of an archive never change, so any commit has them.
        let snapshot = self.archive.snapshot();
        let settings = settings::settings(given, snapshot.settings())?;
        snapshot.check_settings(&settings).map_err(|error| exception(&error))?;
        Ok(settings)
    }

    /// Returns the archive, for the threads of a call.
    pub(crate) fn archive(&self) -> Archive {
        self.archive.clone()
    }

    /// Reads the last commit, and works with it.
    fn read<T: Send + 'static>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&Snapshot) -> Result<T, Error> + Send + 'static,
    ) -> PyResult<T> {
        let archive = self.archive.clone();
        run(py, 0, move || {
            archive.refresh().and_then(|snapshot| work(&snapshot)).map_err(|error| exception(&error))
        })
    }
}

#[pymethods]
impl PyArchive {
    /// Creates an empty archive in a folder that is empty or does not exist.
    #[staticmethod]
    fn create(py: Python<'_>, path: PathBuf, given: &Bound<'_, PyDict>, keep_texts: bool) -> PyResult<Self> {
        let settings = settings::settings(given, Settings::default())?;
        let create = move || Archive::create(&path, &settings, keep_texts).map_err(|error| exception(&error));
        Ok(Self { archive: run_to_the_end(py, 0, create)? })
    }

    /// Opens an archive.
    #[staticmethod]
    fn open(py: Python<'_>, path: PathBuf, given: &Bound<'_, PyDict>) -> PyResult<Self> {
        let open = move || Archive::open(&path).map_err(|error| exception(&error));
        let archive = Self { archive: run(py, 0, open)? };
        archive.settings(given)?;
        Ok(archive)
    }

    /// Returns whether a folder is an archive.
    #[staticmethod]
    fn is_archive(path: PathBuf) -> bool {
        Archive::is_archive(&path)
    }

    /// Returns whether texts are kept.
    #[getter]
    fn keeps_texts(&self) -> bool {
        self.archive.snapshot().keeps_texts()
    }

    /// Returns the number of articles.
    fn __len__(&self, py: Python<'_>) -> PyResult<usize> {
        self.read(py, |snapshot| Ok(snapshot.len()))
    }

    /// Returns the archive in numbers, as JSON.
    fn info(&self, py: Python<'_>) -> PyResult<String> {
        let info = self.read(py, |snapshot| Ok(snapshot.info()))?;
        serde_json::to_string(&info).map_err(|error| PyRuntimeError::new_err(error.to_string()))
    }

    /// Finds the stories of all articles.
    fn stories(
        &self,
        py: Python<'_>,
        given: &Bound<'_, PyDict>,
        threads: Option<Bound<'_, PyAny>>,
        progress: Option<Bound<'_, PyAny>>,
    ) -> PyResult<PyFindings> {
        let threads = settings::threads(threads.as_ref())?;
        let mut settings = self.settings(given)?;
        let archive = self.archive.clone();
        let work = move |monitor: &Monitor| {
            let snapshot = archive.refresh().map_err(|error| exception(&error))?;
            settings.keep_texts = snapshot.keeps_texts();
            let findings = snapshot.stories(settings, monitor).map_err(|error| exception(&error))?;
            Ok(Results::new(findings, Taken::default()))
        };
        let results = Call::new(py, threads, progress).run(work, |_| Ok(()))?;
        Ok(PyFindings::new(results, threads, None))
    }

    /// Returns a row for each event, oldest first.
    fn events(&self, py: Python<'_>) -> PyResult<ArrowTable> {
        let events = self.read(py, Snapshot::events)?;
        let batches = schema::table(schema::EVENTS, events).map_err(|error| arrow_error(&error))?;
        Ok(ArrowTable::new(schema::EVENTS, batches))
    }

    /// Returns a row for each template that was given, in the order in which they were given.
    fn templates(&self, py: Python<'_>) -> PyResult<ArrowTable> {
        let given = self.read(py, |snapshot| Ok(snapshot.given_templates().to_vec()))?;
        let records = given.iter().map(GivenTemplateRecord::new);
        let batches = schema::table(schema::TEMPLATES, records).map_err(|error| arrow_error(&error))?;
        Ok(ArrowTable::new(schema::TEMPLATES, batches))
    }

    /// Removes the templates of a file. Returns the number of those that were given before.
    fn remove_templates(&self, py: Python<'_>, path: PathBuf, now: Seconds) -> PyResult<usize> {
        let archive = self.archive.clone();
        run_to_the_end(py, 0, move || {
            let templates = settings::templates(&path)?;
            archive
                .write()
                .and_then(|mut writer| writer.remove_templates(&templates, now))
                .map_err(|error| exception(&error))
        })
    }

    /// Returns a row for each article, in the order in which they were taken in.
    fn articles(&self, py: Python<'_>) -> PyResult<ArrowTable> {
        let archive = self.archive.clone();
        let batches = run(py, 0, move || {
            let snapshot = archive.refresh().map_err(|error| exception(&error))?;
            let mut table = TableWriter::new(schema::ARTICLES).map_err(|error| arrow_error(&error))?;
            snapshot.for_each_article(|article| -> Result<(), RowError> {
                let row = serde_json::to_value(article)
                    .map_err(|error| RowError(PyRuntimeError::new_err(error.to_string())))?;
                table.push(row).map_err(|error| RowError(arrow_error(&error)))
            })?;
            table.finish().map_err(|error| arrow_error(&error))
        })?;
        Ok(ArrowTable::new(schema::ARTICLES, batches))
    }

    /// Removes the articles with these keys. Returns the number of those that were there.
    fn remove(&self, py: Python<'_>, keys: Vec<String>, now: Seconds) -> PyResult<usize> {
        let archive = self.archive.clone();
        run_to_the_end(py, 0, move || {
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            archive
                .write()
                .and_then(|mut writer| writer.remove(&keys, now))
                .map_err(|error| exception(&error))
        })
    }

    /// Removes all articles that were taken in before a time. Returns their number.
    fn expire(&self, py: Python<'_>, before: Seconds, now: Seconds) -> PyResult<usize> {
        let archive = self.archive.clone();
        run_to_the_end(py, 0, move || {
            archive
                .write()
                .and_then(|mut writer| writer.expire(before, now))
                .map_err(|error| exception(&error))
        })
    }

    /// Finds the stories of all articles again, and writes all segments as one.
    fn compact(
        &self,
        py: Python<'_>,
        given: &Bound<'_, PyDict>,
        threads: Option<Bound<'_, PyAny>>,
        progress: Option<Bound<'_, PyAny>>,
        now: Seconds,
    ) -> PyResult<()> {
        let threads = settings::threads(threads.as_ref())?;
        let (archive, settings) = (self.archive.clone(), self.settings(given)?);
        let work = move |monitor: &Monitor| {
            let compact = archive.write().and_then(|mut writer| writer.compact(settings, now, monitor));
            compact.map_err(|error| exception(&error))
        };
        Call::new(py, threads, progress).that_changes_an_archive().run(work, |_| Ok(()))
    }

    /// Reads every byte.
    fn check(&self, py: Python<'_>) -> PyResult<()> {
        self.read(py, Snapshot::check)
    }
}

/// The error of a row of an archive.
struct RowError(PyErr);

impl From<Error> for RowError {
    fn from(error: Error) -> Self {
        Self(exception(&error))
    }
}

impl From<RowError> for PyErr {
    fn from(RowError(error): RowError) -> Self {
        error
    }
}

/// Returns the time that a date says, in seconds since 1970; nothing if it is not understood.
#[pyfunction]
pub(crate) fn time_of(date: &Bound<'_, PyString>) -> PyResult<Option<Seconds>> {
    Ok(published_time(date.to_str()?, None))
}
