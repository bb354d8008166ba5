//! The commands that copy their input: arguments of `dedup`, `flag` and `restore`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::RangedI64ValueParser;
use wirecopy::Settings;

use super::{OffsetsArg, PreferArgs, SearchArgs};

/// Copy the input without what is kept elsewhere, byte for byte
///
/// An article goes only when what it says stands in articles that are kept: all of it but headlines, credits and other
/// runs of a few words without a number. A page with two stories goes only when both are kept. The other records are
/// written as they stand in the input, in the same order, format and compression. The input itself is never changed. By
/// coverage, --threshold does not decide what goes, only how it is called; by another score, only what matches may go.
#[derive(Debug, Args)]
#[command(after_help = DEDUP_EXAMPLES)]
pub(crate) struct DedupArgs {
    #[command(flatten)]
    pub(crate) search: SearchArgs,
    /// The words in one run that keep an article in which alone they stand; a number always does
    #[arg(long, value_name = "N", default_value_t = Settings::default().novel_words)]
    #[arg(value_parser = RangedI64ValueParser::<u32>::new().range(1..=100))]
    #[arg(help_heading = "What counts as a copy")]
    pub(crate) novel_words: u32,
    #[command(flatten)]
    pub(crate) prefer: PreferArgs,
    #[command(flatten)]
    pub(crate) copy: CopyArgs,
    /// Write the articles that go to a file, as JSON Lines: each record unchanged, under what it is kept, what it
    /// alone had, and where it stood, so that `wirecopy restore` puts it back
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(crate) removed: Option<PathBuf>,
    /// Move the records that --skip-invalid skips to a file of the same kind, instead of leaving them in the copy
    #[arg(long, value_name = "FILE", help_heading = "Output", requires = "skip_invalid")]
    pub(crate) invalid: Option<PathBuf>,
    /// Write no copy, but which articles would go, and why, to standard output as JSON Lines
    #[arg(long, help_heading = "Output", conflicts_with_all = ["output", "output_dir", "removed", "invalid"])]
    pub(crate) dry_run: bool,
}

const DEDUP_EXAMPLES: &str = "\
Examples:
  wirecopy dedup day.jsonl.zst > kept.jsonl.zst
  wirecopy dedup --output kept.jsonl --removed removed.jsonl day.jsonl
  wirecopy dedup --against archive/ --output-dir new/ today/
  wirecopy dedup --keep agency --prefer-site wire.example --dry-run day.jsonl | jq .key";

/// Copy the input, each record with what it is a copy of
///
/// Each record is written as it stands in the input but for one member more, `wirecopy`: the clusters that it stands
/// in, those with the largest share of it first, or null. An article that represents a cluster stands in it, too, as
/// `representative`. In CSV and TSV that is one column more, with JSON in it.
#[derive(Debug, Args)]
#[command(after_help = FLAG_EXAMPLES)]
pub(crate) struct FlagArgs {
    #[command(flatten)]
    pub(crate) search: SearchArgs,
    /// The fewest equal words of the passage by which an article with a partial match joins a cluster; longer than
    /// any quote
    #[arg(long, value_name = "N", default_value_t = Settings::default().join_words)]
    #[arg(help_heading = "What counts as a copy")]
    pub(crate) join_words: u32,
    #[command(flatten)]
    pub(crate) prefer: PreferArgs,
    /// The name of the member or column
    #[arg(long, value_name = "NAME", default_value = "wirecopy", help_heading = "Output")]
    pub(crate) member: String,
    /// What offsets in records count
    #[arg(long, value_name = "UNIT", default_value = "bytes", help_heading = "Output")]
    pub(crate) offsets: OffsetsArg,
    #[command(flatten)]
    pub(crate) copy: CopyArgs,
}

const FLAG_EXAMPLES: &str = "\
Examples:
  wirecopy flag day.jsonl | jq -c 'select(.wirecopy == null)'
  wirecopy flag --against wire.jsonl --output flagged.csv day.csv";

/// Put records back that `dedup` cut out
///
/// What comes out is the input of `dedup` to the byte, which is checked by its hash; packed as it was, though what
/// packs it may do so in other bytes. After `dedup --output-dir`, the copy is the folder, and --output-dir is needed
/// here as well.
#[derive(Debug, Args)]
#[command(after_help = RESTORE_EXAMPLES)]
pub(crate) struct RestoreArgs {
    /// The copy that `dedup` wrote; none or `-` is standard input
    #[arg(value_name = "COPY")]
    pub(crate) kept: Option<PathBuf>,
    /// The file that `dedup --removed` wrote
    #[arg(long, value_name = "FILE", required_unless_present = "invalid", help_heading = "Input")]
    pub(crate) removed: Option<PathBuf>,
    /// The file that `dedup --invalid` wrote
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub(crate) invalid: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) copy: CopyArgs,
}

const RESTORE_EXAMPLES: &str = "\
Examples:
  wirecopy restore --removed removed.jsonl kept.jsonl | cmp - day.jsonl
  wirecopy restore --removed removed.jsonl --output-dir restored/ kept/";

/// Where copies go.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct CopyArgs {
    /// Write the copy to a file, which appears only when it is whole [default: standard output]
    #[arg(long, value_name = "FILE", conflicts_with = "output_dir")]
    pub(crate) output: Option<PathBuf>,
    /// Write the copies of several files and folders into a new folder, under the names they have; it appears only
    /// when all are whole
    #[arg(long, value_name = "FOLDER")]
    pub(crate) output_dir: Option<PathBuf>,
}
