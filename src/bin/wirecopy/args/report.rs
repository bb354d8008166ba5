//! Where reports go and how they look: flags in, the choices they make out.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use wirecopy::report::Offsets;

/// Where reports go and how they look.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct ReportArgs {
    /// How to write the report [default: as the name of --output ends; text on a terminal, else jsonl]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<ReportFormat>,
    /// What offsets in records count
    #[arg(long, value_name = "UNIT", default_value = "bytes")]
    pub(crate) offsets: OffsetsArg,
    /// Write the report to a file, which appears only when it is whole
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// The formats of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// One JSON record a line
    Jsonl,
    /// A table: a row each pair, or each member of a cluster
    Csv,
    /// A listing for people
    Text,
    /// A page to review in a browser: filters, and texts side by side; one file that needs no network
    Html,
}

/// Tells a format by the ending of the file that it is to be written to, where that is the name of one; `.txt` is text.
pub(crate) fn format_of<Format: ValueEnum>(output: Option<&Path>) -> Option<Format> {
    let ending = output?.extension()?.to_str()?;
    Format::from_str(if ending.eq_ignore_ascii_case("txt") { "text" } else { ending }, true).ok()
}

/// What offsets count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum OffsetsArg {
    /// UTF-8 bytes of the text
    Bytes,
    /// Characters of the text
    Chars,
}

impl OffsetsArg {
    /// Gives what the library calls it.
    pub(crate) fn offsets(self) -> Offsets {
        match self {
            Self::Bytes => Offsets::Bytes,
            Self::Chars => Offsets::Chars,
        }
    }
}
