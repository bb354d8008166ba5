//! The arguments that decide where a report is written, and in which format.

use std::path::{Path, PathBuf};

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use wirecopy::report::Offsets;
use wirecopy::write::CellStyle;

use crate::output_name::{CSV, HTML, JSON, JSON_LINES, PARQUET, TEXT, ending_of, unknown_ending};
use crate::stream_name::named_file;

/// The destination and the format of a report.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct ReportArgs {
    /// The format of the report [default: by the name of --output; else text on a terminal, jsonl elsewhere]
    #[arg(long, short, value_name = "FORMAT")]
    pub(crate) format: Option<ReportFormat>,
    /// The unit of the offsets in records
    #[arg(long, value_name = "UNIT", default_value = "bytes")]
    pub(crate) offsets: OffsetsArg,
    /// Write the report to a file, which appears only when it is complete; .gz or .zst at the end of its name compress it
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) cells: CellArgs,
    /// Leave `excerpt` out of records: then no texts are kept in temporary files, whose size is that of the texts
    #[arg(long)]
    pub(crate) no_excerpts: bool,
}

/// The way in which cells of tables are written.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct CellArgs {
    /// Write CSV that spreadsheets open as it is: with a byte order mark
    #[arg(long)]
    pub(crate) spreadsheet: bool,
    /// Write the exact text into cells of CSV, for programs; without it, an apostrophe is before what a spreadsheet would
    /// run as a formula
    #[arg(long, conflicts_with = "spreadsheet")]
    pub(crate) csv_raw: bool,
}

impl CellArgs {
    /// Returns the style of cells.
    pub(crate) fn style(&self) -> CellStyle {
        match (self.spreadsheet, self.csv_raw) {
            (true, _) => CellStyle::Spreadsheet,
            (false, true) => CellStyle::Exact,
            (false, false) => CellStyle::Safe,
        }
    }
}

/// The formats of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// One JSON record a line
    Jsonl,
    /// A table: a row for each pair, or for each member of a cluster
    Csv,
    /// The same table with typed columns, for pandas, polars and DuckDB
    #[cfg(feature = "parquet")]
    Parquet,
    /// A listing for people
    Text,
    /// A page to review in a browser: filters, and texts side by side; one file that needs no network
    Html,
}

/// Returns the format that the name of an output file says, if it has an ending; `.txt` is text.
///
/// # Errors
/// Returns an error if the ending is that of no format.
pub(crate) fn format_of<Format: ValueEnum>(output: Option<&Path>) -> anyhow::Result<Option<Format>> {
    let Some(path) = named_file(output) else { return Ok(None) };
    let Some(ending) = ending_of(path) else { return Ok(None) };
    let is_named = |format: &Format| {
        format.to_possible_value().is_some_and(|value| endings_of(&value).contains(&&*ending))
    };
    match Format::value_variants().iter().find(|format| is_named(format)) {
        Some(format) => Ok(Some(format.clone())),
        None => {
            let values: Vec<PossibleValue> =
                Format::value_variants().iter().filter_map(ValueEnum::to_possible_value).collect();
            let usual: Vec<&str> =
                values.iter().filter_map(|value| endings_of(value).first().copied()).collect();
            Err(unknown_ending(path, &ending, &usual))
        }
    }
}

/// Returns the endings of names of files in a format, the usual one first.
pub(crate) fn endings<Format: ValueEnum>(format: &Format) -> &'static [&'static str] {
    format.to_possible_value().map_or(&[], |value| endings_of(&value))
}

/// Returns the endings of names of files in the format with this name.
fn endings_of(format: &PossibleValue) -> &'static [&'static str] {
    match format.get_name() {
        "jsonl" => JSON_LINES,
        "json" => JSON,
        "csv" => CSV,
        "text" => TEXT,
        "html" => HTML,
        "parquet" => PARQUET,
        _ => &[],
    }
}

/// The units of offsets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum OffsetsArg {
    /// UTF-8 bytes of the text
    Bytes,
    /// Characters of the text
    Chars,
}

impl OffsetsArg {
    /// Returns the unit.
    pub(crate) fn offsets(self) -> Offsets {
        match self {
            Self::Bytes => Offsets::Bytes,
            Self::Chars => Offsets::Chars,
        }
    }
}
