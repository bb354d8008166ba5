//! Surveys thresholds.

use std::io::Cursor;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use serde::Serialize;
use wirecopy::evaluate::{LabelCounts, Resampling, Truth};
use wirecopy::read::{LabelFields, LabelRow, read_labels};
use wirecopy::sweep::{Labeled, Prediction, Survey, Sweep, SweepOptions};
use wirecopy::write::{RunInputs, SweepRecord, write_sweeps_html};
use wirecopy::{Detector, Input, Location, Settings};

use crate::errors::{data_error, exception, setting_error};
use crate::monitor::Monitor;
use crate::request::Request;
use crate::run::{Call, run};
use crate::source::Taken;

/// The results of a sweep.
#[pyclass(frozen, module = "wirecopy._wirecopy", name = "Sweep")]
pub(crate) struct PySweep {
    sweep: Sweep,
    warnings: Vec<String>,
    skipped: Vec<String>,
}

/// The labels, and what is asked for.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct SweepRequest {
    thresholds: Option<Vec<f64>>,
    baselines: bool,
    resamples: usize,
    seed: u64,
    positive_grade: f64,
    labels: Option<Labels>,
    /// The results of other tools, with their names.
    predicted: Vec<(String, Labels)>,
    key: Option<String>,
    label: Option<String>,
    kind: Option<String>,
}

/// Labels: a file, or rows as JSON Lines.
#[derive(FromPyObject)]
pub(crate) enum Labels {
    Rows(Vec<u8>),
    Path(std::path::PathBuf),
}

/// More resamples change no digit that is shown.
const MOST_RESAMPLES: usize = 100_000;

impl Labels {
    fn read(self, fields: &LabelFields) -> PyResult<Vec<(Location, LabelRow)>> {
        let input = match self {
            Self::Rows(rows) => Input::reader("labels", Cursor::new(rows)),
            Self::Path(path) => Input::file(path),
        };
        read_labels(input, fields).map_err(|error| exception(&error))
    }
}

impl SweepRequest {
    fn options(&self, settings: &Settings) -> PyResult<SweepOptions> {
        let mut options = SweepOptions::default();
        if let Some(thresholds) = &self.thresholds {
            options.thresholds.clone_from(thresholds);
        }
        options.thresholds.push(settings.threshold);
        options.thresholds.sort_by(f64::total_cmp);
        options.thresholds.dedup();
        if let Some(wrong) = options.thresholds.iter().find(|&&share| !(share > 0.0 && share <= 1.0)) {
            let message = format!("thresholds: expected numbers above 0 and at most 1, found {wrong}");
            return Err(setting_error(message));
        }
        if self.resamples > MOST_RESAMPLES {
            let message = format!("resamples: expected 0 to {MOST_RESAMPLES}, found {}", self.resamples);
            return Err(setting_error(message));
        }
        options.resampling = Resampling { resamples: self.resamples, seed: self.seed };
        options.baselines = self.baselines;
        Ok(options)
    }

    /// Finds the articles that the labels are about. Returns also warnings of labels that are not used.
    fn labeled(self, survey: &Survey) -> PyResult<(Labeled, Vec<String>)> {
        let mut fields = LabelFields::default();
        (fields.key, fields.label, fields.kind) = (self.key, self.label, self.kind);
        let truth = |rows: &[(Location, LabelRow)]| {
            Truth::new(rows, survey.corpus(), survey.identical(), self.positive_grade)
        };
        let (mut labeled, mut warnings) = (Labeled::default(), Vec::new());
        if let Some(labels) = self.labels {
            let (found, counts) = truth(&labels.read(&fields)?);
            if counts.used == 0 {
                let reasons = unused(counts).unwrap_or_else(|| "found no labels".to_owned());
                return Err(data_error(format!(
                    "labels: no label is about an article of the data ({reasons}); name the key with the argument key"
                )));
            }
            warnings.extend(unused(counts).map(|reasons| format!("{} labels used, {reasons}", counts.used)));
            (labeled.truth, labeled.counts) = (Some(found), counts);
        }
        for (name, predicted) in self.predicted {
            let mut rows = predicted.read(&LabelFields::default())?;
            let by_score = Prediction::complete(&mut rows, self.positive_grade);
            labeled.predicted.push(Prediction { name, found: truth(&rows).0, by_score });
        }
        Ok((labeled, warnings))
    }
}

/// Returns the numbers of labels that are not used, with the reasons; nothing if all are used.
fn unused(counts: LabelCounts) -> Option<String> {
    let unused: Vec<String> = counts.unused().map(|(count, reason)| format!("{count} {reason}")).collect();
    (!unused.is_empty()).then(|| unused.join(", "))
}

/// Judges the pairs of some data at every threshold.
#[pyfunction]
pub(crate) fn sweep(py: Python<'_>, request: Request<'_>, asked: SweepRequest) -> PyResult<PySweep> {
    let threads = request.threads()?;
    let mut settings = request.settings()?;
    (settings.keep_texts, settings.for_removals) = (false, false);
    let options = asked.options(&settings)?;
    let mut detector = Detector::new(settings).map_err(|error| exception(&error))?;
    let (sources, feeders) = request.sources()?;
    let skip_invalid = request.skip_invalid;
    let work = move |monitor: &Monitor| {
        let mut taken = Taken::default();
        for source in sources {
            source.take_in(&mut detector, monitor, skip_invalid, &mut taken)?;
        }
        let lowest = options.thresholds.first().copied().unwrap_or(1.0);
        let survey = detector.survey(lowest, monitor).map_err(|error| exception(&error))?;
        let (labeled, warnings) = asked.labeled(&survey)?;
        let sweep = survey.sweep(&options, &labeled, monitor).map_err(|error| exception(&error))?;
        Ok(PySweep { sweep, warnings, skipped: taken.skipped })
    };
    let call = Call::new(py, threads, request.progress);
    call.run(work, |call| feeders.into_iter().try_for_each(|feeder| feeder.feed(call)))
}

/// The record of a sweep with its thresholds, for which the series have values.
#[derive(Serialize)]
struct Report<'a> {
    thresholds: &'a [f64],
    #[serde(flatten)]
    sweep: SweepRecord<'a>,
}

#[pymethods]
impl PySweep {
    /// Returns the results, as JSON.
    fn json(&self) -> PyResult<String> {
        let report =
            Report { thresholds: &self.sweep.thresholds, sweep: SweepRecord::new(&self.sweep, &[], &[]) };
        serde_json::to_string(&report).map_err(|error| PyRuntimeError::new_err(error.to_string()))
    }

    /// Returns the page with charts, as HTML. `date` is the day of the run.
    fn page(&self, py: Python<'_>, date: String) -> PyResult<String> {
        let sweep = self.sweep.clone();
        run(py, 1, move || {
            let inputs = RunInputs { date, ..RunInputs::default() };
            let mut page = Vec::new();
            write_sweeps_html([(&sweep, &Vec::new())].into_iter(), &inputs, &mut page)?;
            Ok(String::from_utf8_lossy(&page).into_owned())
        })
    }

    /// Returns what is wrong with labels that were not used.
    #[getter]
    fn warnings(&self) -> Vec<String> {
        self.warnings.clone()
    }

    /// Returns what is wrong with each record that was skipped.
    #[getter]
    fn skipped(&self) -> Vec<String> {
        self.skipped.clone()
    }
}
