//! The arguments of `compare`.

use clap::{Args, ValueEnum};

use super::comparison::{JudgeArgs, ShingleArgs};
use super::read::ReadArgs;
use super::report::OffsetsArg;

/// Explain how two articles relate, side by side
///
/// Prints the relation and the scores, then both texts with the shared passages marked. An article is a file that contains
/// one article, or a record of a larger file: FILE#KEY by its key, FILE:LINE by the line on which it begins, or the number
/// of its row in Parquet. In such records, boilerplate is masked as `cluster` and `pairs` do. The exit code is 1 if the two
/// are unrelated.
#[derive(Debug, Args)]
#[command(after_help = COMPARE_EXAMPLES)]
pub(crate) struct CompareArgs {
    /// An article: FILE, FILE#KEY or FILE:LINE; `-` is standard input
    #[arg(value_name = "A")]
    pub(crate) a: String,
    /// The other article
    #[arg(value_name = "B")]
    pub(crate) b: String,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    #[command(flatten)]
    pub(crate) judge: JudgeArgs,
    /// Compare whole pages. Without this, boilerplate is masked in records of larger files: what their sites repeat around
    /// different stories
    #[arg(long, help_heading = "What counts as a copy")]
    pub(crate) no_boilerplate: bool,
    #[command(flatten)]
    pub(crate) shingles: ShingleArgs,
    /// The format of the result: two texts side by side, or the record that `pairs` would write
    #[arg(long, short, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    pub(crate) format: CompareFormat,
    /// The unit of the offsets in the record
    #[arg(long, value_name = "UNIT", default_value = "bytes", help_heading = "Output")]
    pub(crate) offsets: OffsetsArg,
}

const COMPARE_EXAMPLES: &str = "\
Examples:
  wirecopy compare a.txt b.txt
  wirecopy compare articles.jsonl#wire-17 articles.jsonl:204
  wirecopy compare --color always a.txt b.txt | less -R";

/// The formats of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CompareFormat {
    Text,
    Json,
}
