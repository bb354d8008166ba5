//! Writes the report of a sweep and its other outputs: a page, a table of pairs to label, and a page to label them.

use std::io::{self, Write as _};
use std::path::PathBuf;

use serde::Serialize;
use wirecopy::sweep::{Example, Survey, Sweep};
use wirecopy::write::{
    ExampleRecord, RunInputs, SweepRecord, SweepTable, write_examples_csv, write_labeling_html,
    write_sweeps_csv, write_sweeps_html,
};

use super::examples::Examples;
use crate::args::{SweepArgs, SweepFormat, endings, format_of};
use crate::command_line;
use crate::new_file::NewFile;
use crate::option_names::option_names;
use crate::output::{Output, is_shown_on_terminal};
use crate::output_mode::OutputMode;
use crate::output_name::{CSV, HTML};
use crate::publication::{CompleteOutput, publish};
use crate::run_inputs::run_inputs;

/// The outputs of a sweep.
pub(super) struct Outputs {
    report: Output,
    format: SweepFormat,
    report_page: Option<NewFile>,
    sample_table: Option<NewFile>,
    labeling_page: Option<NewFile>,
}

/// The report in JSON.
#[derive(Serialize)]
struct Report<'a> {
    version: &'static str,
    date: &'a str,
    inputs: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    label_file: Option<&'a str>,
    arguments: Vec<String>,
    thresholds: &'a [f64],
    sweeps: Vec<SweepRecord<'a>>,
}

impl Outputs {
    /// Creates the outputs that the arguments name. New files have the permissions `mode`.
    pub(super) fn create(arguments: &SweepArgs, mode: OutputMode) -> anyhow::Result<Self> {
        let asked = &arguments.asked;
        let path = arguments.report.output.as_deref();
        let default = if is_shown_on_terminal(path) { SweepFormat::Text } else { SweepFormat::Json };
        let format = match arguments.report.format {
            Some(format) => format,
            None => format_of(path)?.unwrap_or(default),
        };
        let report = Output::open(path, endings(&format), mode)?;
        let file = |path: &Option<PathBuf>, endings| {
            path.as_deref().map(|path| NewFile::create(path, endings, mode)).transpose()
        };
        let sample_table = file(&asked.sample_output, CSV)?;
        let labeling_page = file(&asked.sample_html, HTML)?;
        let report_page = file(&arguments.report.html, HTML)?;
        Ok(Self { report, format, report_page, sample_table, labeling_page })
    }

    /// Writes the page on which a person labels these pairs, if it was asked for.
    pub(super) fn write_labeling_page(&mut self, survey: &Survey, pairs: &[Example]) -> anyhow::Result<()> {
        if let Some(file) = &mut self.labeling_page {
            file.fill(|out| write_labeling_html(survey.corpus(), pairs, option_names(), out))?;
        }
        Ok(())
    }

    /// Writes the report, its page, and the table of pairs to label.
    pub(super) fn write_report(
        &mut self,
        arguments: &SweepArgs,
        sweeps: &[(Sweep, Examples)],
        thresholds: &[f64],
    ) -> anyhow::Result<()> {
        let inputs = run_inputs(&arguments.paths, arguments.labels.labels.as_deref());
        let titled: Vec<Vec<(String, &[ExampleRecord])>> =
            sweeps.iter().map(|(_, examples)| examples.titled(arguments)).collect();
        match self.format {
            SweepFormat::Text => {
                let screen = self.report.screen();
                let table = SweepTable { screen, all_thresholds: arguments.report.all_thresholds };
                for ((sweep, _), titled) in sweeps.iter().zip(&titled) {
                    table.write(sweep, &inputs, titled, &mut self.report)?;
                }
            }
            SweepFormat::Csv => write_sweeps_csv(sweeps.iter().map(|(sweep, _)| sweep), &mut self.report)?,
            SweepFormat::Json => self.write_json(arguments, &inputs, sweeps, thresholds)?,
        }
        if let Some(file) = &mut self.report_page {
            let sweeps = sweeps.iter().map(|(sweep, _)| sweep).zip(&titled);
            file.fill(|out| write_sweeps_html(sweeps, &inputs, out))?;
        }
        if let (Some(file), Some((_, examples))) = (&mut self.sample_table, sweeps.first()) {
            file.fill(|out| write_examples_csv(&examples.sample, out))?;
        }
        Ok(())
    }

    fn write_json(
        &mut self,
        arguments: &SweepArgs,
        inputs: &RunInputs,
        sweeps: &[(Sweep, Examples)],
        thresholds: &[f64],
    ) -> anyhow::Result<()> {
        let records = sweeps.iter().map(|(sweep, examples)| {
            // If the sample has a file of its own, the report does not repeat it.
            let sample = if arguments.asked.shows_sample() { examples.sample.as_slice() } else { &[] };
            SweepRecord::new(sweep, &examples.wrong, sample)
        });
        let report = Report {
            version: env!("CARGO_PKG_VERSION"),
            date: &inputs.date,
            inputs: &inputs.articles,
            label_file: inputs.labels.as_deref(),
            arguments: command_line::arguments(),
            thresholds,
            sweeps: records.collect(),
        };
        serde_json::to_writer(&mut self.report, &report).map_err(io::Error::from)?;
        writeln!(self.report)?;
        Ok(())
    }

    /// Completes the outputs. Files appear under their names.
    pub(super) fn finish(self) -> anyhow::Result<()> {
        let mut outputs: Vec<CompleteOutput> = self.report.finish()?.into_iter().collect();
        for file in [self.report_page, self.sample_table, self.labeling_page].into_iter().flatten() {
            outputs.extend(file.finish()?);
        }
        Ok(publish(outputs)?)
    }
}
