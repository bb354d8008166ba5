//! The arguments of `report`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use wirecopy::write::ReprintTable;

use super::comparison::JoinArgs;
use super::number::whole;
use super::report::CellArgs;
use super::search::SearchArgs;

/// Show who reprints whom: stories by reach, outlet by outlet, agency by outlet
///
/// A story is the clusters that belong together. For each story the report says which outlets print it, who had it first,
/// who says where it is from, and how much later it is. An outlet is a site, of which address variants such as `m.` and
/// `amp.` count once.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ReprintsArgs {
    #[command(flatten)]
    pub(crate) search: SearchArgs,
    #[command(flatten)]
    pub(crate) join: JoinArgs,
    /// The smallest number of outlets of a story
    #[arg(long, value_name = "N", default_value_t = 2, help_heading = "Selection")]
    #[arg(value_parser = whole::<usize>(2, None))]
    pub(crate) min_sites: usize,
    /// Show only the first N rows of each table [default: 10 in text, 1000 in a page, all elsewhere]
    #[arg(long, value_name = "N", help_heading = "Selection")]
    #[arg(value_parser = whole::<usize>(1, None))]
    pub(crate) top: Option<usize>,
    /// The table that CSV or Parquet contains
    #[arg(long, value_name = "TABLE", help_heading = "Output")]
    pub(crate) table: Option<TableArg>,
    /// The format of the report [default: by the name of --output; else text on a terminal, json elsewhere]
    #[arg(long, short, value_name = "FORMAT", help_heading = "Output")]
    pub(crate) format: Option<ReprintsFormat>,
    /// Write the report to a file, which appears only when it is complete; .gz or .zst at the end of its name compress it
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) cells: CellArgs,
}

const EXAMPLES: &str = "\
Examples:
  wirecopy report articles.jsonl
  wirecopy report --output reprints.html archive/
  wirecopy report --table site-pairs --output pairs.csv --spreadsheet articles.csv
  wirecopy report --min-sites 5 articles.jsonl | jq '.stories[].title'";

/// The formats of a report of reprints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReprintsFormat {
    /// Tables for people
    Text,
    /// One table, which --table names
    Csv,
    /// The same table with typed columns
    #[cfg(feature = "parquet")]
    Parquet,
    /// One JSON document with all tables
    Json,
    /// A page with all tables, stories over time and a matrix of outlets; one file that needs no network
    Html,
}

/// The tables of a report of reprints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableArg {
    /// A row for each story
    Stories,
    /// A row for each pair of outlets
    SitePairs,
    /// A row for each outlet
    Sites,
    /// A row for each outlet of each agency
    Agencies,
}

impl TableArg {
    /// Returns the table.
    pub(crate) fn table(self) -> ReprintTable {
        match self {
            Self::Stories => ReprintTable::Stories,
            Self::SitePairs => ReprintTable::SitePairs,
            Self::Sites => ReprintTable::Sites,
            Self::Agencies => ReprintTable::Agencies,
        }
    }
}
