//! Compares two articles.

use std::iter;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use wirecopy::read::{Records as _, RowParser};
use wirecopy::report::Offsets;
use wirecopy::write::{Html, ReportFormat as _};
use wirecopy::{Article, Comparison};

use crate::errors::{data_type_error, exception};
use crate::names::ROW;
use crate::object_rows::ObjectReader;
use crate::request::Request;
use crate::run::run;

/// Two articles and what they share.
#[pyclass(frozen, module = "wirecopy._wirecopy", name = "Comparison")]
pub(crate) struct PyComparison {
    comparison: Comparison,
}

/// Compares two articles: the rows of the data.
#[pyfunction]
pub(crate) fn compare(py: Python<'_>, request: Request<'_>) -> PyResult<PyComparison> {
    let settings = request.settings()?;
    let names = request.fields.names();
    let rows = request.rows()?;
    let parser = RowParser::new(ROW, &names).into();
    let mut reader = ObjectReader::new(parser, ROW, request.fields.text_name(), rows);
    let mut articles: Vec<Article<'static>> = Vec::new();
    while let Some(rows) = reader.next_rows()? {
        for index in 0..rows.count() {
            articles.push(rows.article(index).map_err(|error| exception(&error))?.into_owned());
        }
    }
    let Ok([a, b]) = <[Article<'static>; 2]>::try_from(articles) else {
        return Err(data_type_error("expected two articles"));
    };
    let threads = request.threads()?;
    let comparison =
        run(py, threads, move || wirecopy::compare(a, b, &settings).map_err(|error| exception(&error)))?;
    Ok(PyComparison { comparison })
}

#[pymethods]
impl PyComparison {
    /// Returns the record of the pair, as JSON.
    fn json(&self) -> PyResult<String> {
        let record = self.comparison.record(Offsets::Chars);
        serde_json::to_string(&record).map_err(|error| PyRuntimeError::new_err(error.to_string()))
    }

    /// Returns the page of the pair, as HTML.
    fn page(&self) -> PyResult<String> {
        let mut page = Vec::new();
        let mut pairs = iter::once(self.comparison.shared().clone());
        Html::new(self.comparison.matcher()).pairs(self.comparison.corpus(), &mut pairs, &mut page)?;
        Ok(String::from_utf8_lossy(&page).into_owned())
    }
}
