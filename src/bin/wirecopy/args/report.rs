//! The arguments that decide where a report is written, and in which format.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use wirecopy::report::Offsets;
use wirecopy::write::CellStyle;

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
    /// Write the report to a file, which appears only when it is complete
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
    /// Write CSV that spreadsheets open as it is: with a byte order mark, and an apostrophe before what they would run as a
    /// formula
    #[arg(long)]
    pub(crate) spreadsheet: bool,
}

impl CellArgs {
    /// Returns the style of cells.
    pub(crate) fn style(&self) -> CellStyle {
        if self.spreadsheet { CellStyle::Spreadsheet } else { CellStyle::Exact }
    }
}

/// The formats of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// One JSON record a line
    Jsonl,
    /// A table: a row for each pair, or for each member of a cluster
    Csv,
    /// A listing for people
    Text,
    /// A page to review in a browser: filters, and texts side by side; one file that needs no network
    Html,
}

/// Returns the format that the name of an output file ends with, if it is one; `.txt` is text.
pub(crate) fn format_of<Format: ValueEnum>(output: Option<&Path>) -> Option<Format> {
    let ending = output?.extension()?.to_str()?;
    Format::from_str(if ending.eq_ignore_ascii_case("txt") { "text" } else { ending }, true).ok()
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
