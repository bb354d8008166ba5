//! `wirecopy report`: reports who reprints whom.

use std::io::{self, Write as _};

use anyhow::bail;
use serde::Serialize;
use wirecopy::report::ReprintReport;
use wirecopy::write::{
    CellStyle, ReprintTable, RunInputs, write_reprints_csv, write_reprints_html, write_reprints_text,
};
use wirecopy::{Findings, Settings};

use crate::args::{ReprintsArgs, ReprintsFormat, endings, format_of};
use crate::command_line;
use crate::exit::Answer;
#[cfg(feature = "parquet")]
use crate::output::refuse_table_on_terminal;
use crate::output::{Output, is_shown_on_terminal};
use crate::output_check::check_report;
use crate::output_mode::OutputMode;
use crate::run_inputs::run_inputs;
use crate::search::Search;
use crate::summary::Outcome;

/// The number of rows of each table that are shown in text without `--top`.
const TEXT_ROWS: usize = 10;
/// The number of rows of each table that are in a page without `--top`. More than some thousands make a page slow.
const PAGE_ROWS: usize = 1000;

pub(crate) fn run(arguments: &ReprintsArgs) -> anyhow::Result<Answer> {
    let mut settings = Settings::with(|settings| arguments.join.apply(settings));
    settings.for_removals = false;
    let mut search = Search::new(&arguments.search, settings)?;
    for inputs in [&search.inputs, &search.against, &search.template_file] {
        check_report(inputs, arguments.output.as_deref(), &[arguments.search.summary.as_deref()])?;
    }
    let layout = Layout::new(arguments)?;
    let mode = OutputMode::of(&search.inputs);
    let mut output = Output::open(arguments.output.as_deref(), endings(&arguments.format()?), mode)?;
    search.settings.keep_texts = matches!(layout, Layout::Text | Layout::Html);
    let found = search.find()?;
    let findings = found.findings;
    let mut report = ReprintReport::new(findings.corpus(), findings.clusters(), arguments.min_sites);
    let outcome = Outcome::Stories { reported: report.stories.len() };
    layout.write(arguments, &mut report, &findings, &mut output)?;
    found.closing.finish(&findings, outcome, [output.finish()?])?;
    Ok(Answer::Done)
}

/// The format of the report, and what it needs.
enum Layout {
    Text,
    Json,
    Html,
    Csv(ReprintTable),
    #[cfg(feature = "parquet")]
    Parquet(ReprintTable),
}

/// The report in JSON.
#[derive(Serialize)]
struct Document<'a> {
    version: &'static str,
    date: &'a str,
    inputs: &'a [String],
    arguments: Vec<String>,
    #[serde(flatten)]
    report: &'a ReprintReport<'a>,
}

impl Layout {
    /// Checks the options for the output.
    fn new(arguments: &ReprintsArgs) -> anyhow::Result<Self> {
        let format = arguments.format()?;
        let is_csv = format == ReprintsFormat::Csv;
        if arguments.cells.style() == CellStyle::Spreadsheet && !is_csv {
            bail!("--spreadsheet is for CSV; choose it with --format csv, or remove one of the options");
        }
        if arguments.cells.style() == CellStyle::Exact && !is_csv {
            bail!("--csv-raw is for CSV; choose it with --format csv, or remove one of the options");
        }
        Ok(match (format, arguments.table) {
            (ReprintsFormat::Csv, Some(table)) => Self::Csv(table.table()),
            #[cfg(feature = "parquet")]
            (ReprintsFormat::Parquet, Some(table)) => {
                refuse_table_on_terminal(arguments.output.as_deref())?;
                Self::Parquet(table.table())
            }
            (ReprintsFormat::Csv, None) => bail!(no_table("CSV")),
            #[cfg(feature = "parquet")]
            (ReprintsFormat::Parquet, None) => bail!(no_table("Parquet")),
            (_, Some(_)) => {
                bail!(
                    "--table is for CSV and Parquet, other formats have all tables; choose --format csv, or remove it"
                )
            }
            (ReprintsFormat::Text, None) => Self::Text,
            (ReprintsFormat::Json, None) => Self::Json,
            (ReprintsFormat::Html, None) => Self::Html,
        })
    }

    fn write(
        &self,
        arguments: &ReprintsArgs,
        report: &mut ReprintReport<'_>,
        findings: &Findings,
        out: &mut Output,
    ) -> anyhow::Result<()> {
        let corpus = findings.corpus();
        let inputs = run_inputs(&arguments.search.paths, None);
        match self {
            Self::Text => {
                let top = arguments.top.unwrap_or(TEXT_ROWS);
                write_reprints_text(report, corpus, top, out.screen(), out)?;
            }
            Self::Html => {
                let top = arguments.top.unwrap_or(PAGE_ROWS);
                write_reprints_html(report, corpus, top, &inputs, out)?;
            }
            Self::Json => {
                report.truncate(arguments.top.unwrap_or(usize::MAX));
                write_json(report, &inputs, out)?;
            }
            Self::Csv(table) => {
                report.truncate(arguments.top.unwrap_or(usize::MAX));
                write_reprints_csv(report, *table, arguments.cells.style(), out)?;
            }
            #[cfg(feature = "parquet")]
            Self::Parquet(table) => {
                report.truncate(arguments.top.unwrap_or(usize::MAX));
                wirecopy::write::write_reprints_parquet(report, *table, out)?;
            }
        }
        Ok(())
    }
}

/// Returns the message that a format contains one table, of which none is chosen.
fn no_table(format: &str) -> String {
    format!(
        "{format} contains one table; choose it with --table: stories, site-pairs, sites or agencies (--format json has \
         all of them)"
    )
}

fn write_json(report: &ReprintReport<'_>, inputs: &RunInputs, out: &mut Output) -> anyhow::Result<()> {
    let document = Document {
        version: env!("CARGO_PKG_VERSION"),
        date: &inputs.date,
        inputs: &inputs.articles,
        arguments: command_line::arguments(),
        report,
    };
    serde_json::to_writer(&mut *out, &document).map_err(io::Error::from)?;
    Ok(writeln!(out)?)
}

impl ReprintsArgs {
    /// Returns the format of the report.
    fn format(&self) -> anyhow::Result<ReprintsFormat> {
        let path = self.output.as_deref();
        let default = match (self.table, is_shown_on_terminal(path)) {
            (Some(_), _) => ReprintsFormat::Csv,
            (None, true) => ReprintsFormat::Text,
            (None, false) => ReprintsFormat::Json,
        };
        match self.format {
            Some(format) => Ok(format),
            None => Ok(format_of(path)?.unwrap_or(default)),
        }
    }
}
