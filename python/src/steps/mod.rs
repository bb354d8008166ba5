//! The steps of the pipeline over tables of a distributed engine: Arrow in, Arrow out. Each is a function of its rows and of
//! the settings, and remembers nothing (see `wirecopy::distributed`).
//!
//! Numbers of 64 bits are signed here, as engines have them; hashes keep their bits.

mod boilerplate;
mod components;
mod elsewhere;
mod folding;
mod linking;
mod masking;
mod part;
mod records;
mod removals;
mod reports;
mod rows;

use std::collections::BTreeSet;
use std::path::PathBuf;

use arrow_array::RecordBatch;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use pyo3_arrow::PyRecordBatch;
use wirecopy::boilerplate::Templates;
use wirecopy::distributed::{ENOUGH_EVIDENCE, ENOUGH_STORIES};
use wirecopy::{Input, Settings};

pub(crate) use self::boilerplate::short_page_words;
pub(crate) use self::reports::empty_result;
use self::rows::Rows;
use crate::errors::{exception, setting_error};
use crate::fields::GivenFields;
use crate::run::run_to_the_end;
use crate::settings::settings;

/// All that a step needs besides its rows.
pub(crate) struct StepSettings {
    settings: Settings,
    fields: GivenFields,
    /// The names in the site field that are those of collections.
    collections: BTreeSet<String>,
    skip_invalid: bool,
}

/// Runs a step over some rows: all rows that belong together must be among them.
///
/// # Errors
/// If a column is missing, or the rows are not what the step takes.
#[pyfunction]
#[pyo3(signature = (step, batch, given, fields, collections, skip_invalid))]
pub(crate) fn run_step<'py>(
    py: Python<'py>,
    step: &str,
    batch: PyRecordBatch,
    given: &Bound<'py, PyDict>,
    fields: GivenFields,
    collections: BTreeSet<String>,
    skip_invalid: bool,
) -> PyResult<Bound<'py, PyAny>> {
    let mut settings = settings(given, Settings::default())?;
    (settings.keep_texts, settings.for_removals) = (true, false);
    let given = StepSettings { settings, fields, collections, skip_invalid };
    let rows = Rows::new(batch.into_inner());
    let step = function_of(step)?;
    // An engine runs as many tasks as it has processors.
    let found = run_to_the_end(py, 1, || step(&rows, &given))?;
    PyRecordBatch::new(found).into_pyarrow(py)
}

/// A step of the pipeline.
type Step = fn(&Rows, &StepSettings) -> PyResult<RecordBatch>;

fn function_of(step: &str) -> PyResult<Step> {
    Ok(match step {
        "sketch" => records::sketch,
        "fold" => folding::fold,
        "doubt" => folding::doubt,
        "post_pages" => boilerplate::post_pages,
        "share" => boilerplate::share,
        "judge" => boilerplate::judge,
        "elsewhere" => elsewhere::elsewhere,
        "mask" => masking::mask,
        "mask_by_templates" => masking::mask_by_templates,
        "merge_masks" => masking::merge_masks,
        "index" => linking::index,
        "link" => linking::link,
        "verify" => linking::verify,
        "components" => linking::components,
        "clusters" => reports::clusters,
        "pairs" => reports::pairs,
        "lines" => removals::lines,
        "covered" => removals::covered,
        "masked_runs" => removals::masked_runs,
        "text_runs" => removals::text_runs,
        "keep_masked" => removals::keep_masked,
        "keep_headlines" => removals::keep_headlines,
        _ => return Err(setting_error(format!("{step}: there is no such step"))),
    })
}

/// Checks settings: a job must not learn from its workers that one is wrong.
///
/// # Errors
/// If a setting is not allowed.
#[pyfunction]
pub(crate) fn check_settings(given: &Bound<'_, PyDict>) -> PyResult<()> {
    settings(given, Settings::default()).map(|_| ())
}

/// Reads a file of templates. Returns the outlet and the text of each.
///
/// # Errors
/// If the file cannot be read, or is no file of templates.
#[pyfunction]
pub(crate) fn template_texts(path: PathBuf) -> PyResult<Vec<(String, String)>> {
    let templates = Templates::read(Input::file(&path)).map_err(|error| exception(&error))?;
    Ok(templates.given().iter().map(|template| (template.outlet(), template.text.clone())).collect())
}

/// Returns the number of words of the shortest article that is compared with others.
///
/// # Errors
/// If a setting is not allowed.
#[pyfunction]
pub(crate) fn shortest_article(given: &Bound<'_, PyDict>) -> PyResult<usize> {
    settings(given, Settings::default()).map(|settings| settings.shortest_article())
}

/// Returns the evidence from which on two articles are worth verifying.
#[pyfunction]
pub(crate) fn enough_evidence() -> u64 {
    ENOUGH_EVIDENCE
}

/// Returns the number of stories around a line of a site from which on it matters.
#[pyfunction]
pub(crate) fn enough_stories() -> usize {
    ENOUGH_STORIES
}
