//! Reads settings from the keyword arguments of a call.

use std::path::{Path, PathBuf};

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};
use wirecopy::boilerplate::Templates;
use wirecopy::cluster::Keep;
use wirecopy::dedup::Known;
use wirecopy::report::score_name;
use wirecopy::verify::Score;
use wirecopy::{Input, Settings};

use crate::errors::{exception, setting_error};

/// The largest number of threads: no machine has more processors.
const MOST_THREADS: usize = 4096;

/// Returns the settings of a run: `others`, apart from those that are given. `given` has names of settings and their values;
/// lengths of time are in seconds, and sizes in bytes.
pub(crate) fn settings(given: &Bound<'_, PyDict>, others: Settings) -> PyResult<Settings> {
    let mut settings = others;
    for (name, value) in given {
        let name: String = name.extract()?;
        set(&mut settings, &name, &value)?;
    }
    settings.check().map_err(|error| exception(&error))?;
    Ok(settings)
}

fn set(settings: &mut Settings, name: &str, value: &Bound<'_, PyAny>) -> PyResult<()> {
    match name {
        "shingle_size" => settings.shingle_size = whole_number(name, value)?,
        "num_hashes" => settings.num_hashes = whole_number(name, value)?,
        "bands" => settings.bands = whole_number(name, value)?,
        "rows" => settings.rows = whole_number(name, value)?,
        "window" => settings.window = whole_number(name, value)?,
        "by" => {
            let all = [Score::Coverage, Score::Resemblance, Score::Containment];
            settings.by = choice(name, value, &all.map(|score| (score_name(score), score)))?;
        }
        "threshold" => settings.threshold = value_of(name, value, "a number")?,
        "partial_words" => settings.partial_words = whole_number(name, value)?,
        "join_words" => settings.join_words = whole_number(name, value)?,
        "within" => settings.within = Some(whole_number(name, value)?),
        "templates" => {
            let path: PathBuf = value_of(name, value, "a path")?;
            settings.templates = templates(&path)?;
        }
        "boilerplate" => settings.boilerplate = value_of(name, value, "True or False")?,
        "keep" => {
            let all = [Keep::Earliest, Keep::LongestCore, Keep::Agency, Keep::First];
            settings.preference.keep = choice(name, value, &all.map(|keep| (keep.name(), keep)))?;
        }
        "prefer_sites" => settings.preference.sites = value_of(name, value, "a list of str")?,
        "novel_words" => settings.novel_words = whole_number(name, value)?,
        "known" => {
            let all = [Known::KeepRecords, Known::Keep, Known::Remove];
            settings.known = choice(name, value, &all.map(|known| (known.name(), known)))?;
        }
        "all_pairs" => settings.all_pairs = value_of(name, value, "True or False")?,
        "memory" => settings.memory = whole_number(name, value)?,
        "temp_dir" => settings.temp_dir = Some(value_of(name, value, "a path")?),
        _ => return Err(setting_error(format!("{name}: there is no such setting"))),
    }
    Ok(())
}

/// Reads a file of templates.
pub(crate) fn templates(path: &Path) -> PyResult<Templates> {
    Templates::read(Input::file(path)).map_err(|error| exception(&error))
}

/// Returns the number of threads; 0 for one for each processor.
pub(crate) fn threads(value: Option<&Bound<'_, PyAny>>) -> PyResult<usize> {
    let Some(value) = value else { return Ok(0) };
    match value.extract() {
        Ok(threads @ 1..=MOST_THREADS) => Ok(threads),
        _ => Err(wrong("threads", value, &format!("a whole number from 1 to {MOST_THREADS}"))),
    }
}

fn whole_number<T: for<'a, 'py> FromPyObject<'a, 'py>>(name: &str, value: &Bound<'_, PyAny>) -> PyResult<T> {
    value_of(name, value, "a whole number from 0")
}

fn value_of<T: for<'a, 'py> FromPyObject<'a, 'py>>(
    name: &str,
    value: &Bound<'_, PyAny>,
    expected: &str,
) -> PyResult<T> {
    value.extract().map_err(|_| wrong(name, value, expected))
}

fn choice<T: Copy>(name: &str, value: &Bound<'_, PyAny>, all: &[(&str, T)]) -> PyResult<T> {
    let given = value.cast::<PyString>().ok().map(ToString::to_string);
    match all.iter().find(|(name, _)| given.as_deref() == Some(name)) {
        Some(&(_, choice)) => Ok(choice),
        None => {
            let names: Vec<String> = all.iter().map(|(name, _)| format!("{name:?}")).collect();
            Err(wrong(name, value, &format!("one of {}", names.join(", "))))
        }
    }
}

fn wrong(name: &str, value: &Bound<'_, PyAny>, expected: &str) -> PyErr {
    let found = value.repr().map_or_else(|_| "another value".to_owned(), |repr| repr.to_string());
    setting_error(format!("{name}: expected {expected}, found {found}"))
}
