//! The arguments of the commands that write an edited copy of their input: `dedup`, `flag` and `restore`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use wirecopy::dedup::Known;
use wirecopy::{ReadOptions, Settings};

use super::archive::RememberArgs;
use super::comparison::JoinArgs;
use super::number::whole;
use super::prefer::PreferArgs;
use super::report::{CellArgs, OffsetsArg};
use super::search::SearchArgs;
use super::size::Size;

/// Remove duplicates; the remaining records stay byte-identical
///
/// An article is removed only if all that it says is in articles that stay, except for headlines, credits and other runs
/// of a few words without a number, and for the furniture of pages, such as "12 Comments". A page with two stories is
/// removed only if both stories stay. The remaining records are written unchanged, in the same order and format; they are
/// compressed as the name of --output says, else as the input is. The input files are never changed. --threshold does not
/// decide what is removed, only what its relation is called; with --by resemblance or containment, only articles that
/// match are removed.
#[derive(Debug, Args)]
#[command(after_help = DEDUP_EXAMPLES)]
pub(crate) struct DedupArgs {
    #[command(flatten)]
    pub(crate) search: SearchArgs,
    #[command(flatten)]
    pub(crate) remember: RememberArgs,
    /// Keep an article that has a run of N or more words found nowhere else; one with a number of its own always stays
    #[arg(long, value_name = "N", default_value_t = Settings::default().novel_words)]
    #[arg(value_parser = whole::<u32>(1, Some(100)))]
    #[arg(help_heading = "What counts as a copy")]
    pub(crate) novel_words: u32,
    #[command(flatten)]
    pub(crate) prefer: PreferArgs,
    /// What happens to articles that are in --against already [default: a record that is there byte for byte stays, so that
    /// a job can run twice; another record with the same key and text is removed]
    #[arg(long, value_name = "WHAT", requires = "against", help_heading = "Which copy is preferred")]
    pub(crate) known: Option<KnownArg>,
    #[command(flatten)]
    pub(crate) rewrite: RewriteArgs,
    /// Write the removed records to a file, as JSON Lines: each record unchanged, the articles that contain what it says,
    /// and its position, so that `wirecopy restore` can put it back; of a row of Parquet only its number and why
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(crate) removed: Option<PathBuf>,
    /// Move the records that --skip-invalid skips to a file of this kind, instead of leaving them in the output
    #[arg(long, value_name = "FILE", help_heading = "Output", requires = "skip_invalid")]
    pub(crate) invalid: Option<PathBuf>,
    /// Write no output, but a record of each article that would be removed, and why, to standard output as JSON Lines
    #[arg(long, help_heading = "Output", conflicts_with_all = ["output", "output_dir", "removed", "invalid", "archive"])]
    pub(crate) dry_run: bool,
}

/// The choice for articles that are in the reference collection already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum KnownArg {
    /// All of them stay
    Keep,
    /// All of them are removed
    Remove,
}

impl KnownArg {
    /// Returns the choice, or the default one if none was made.
    pub(crate) fn choice(argument: Option<Self>) -> Known {
        match argument {
            None => Known::default(),
            Some(Self::Keep) => Known::Keep,
            Some(Self::Remove) => Known::Remove,
        }
    }
}

const DEDUP_EXAMPLES: &str = "\
Examples:
  wirecopy dedup day.jsonl.zst > kept.jsonl.zst
  wirecopy dedup --output kept.jsonl --removed removed.jsonl day.jsonl
  wirecopy dedup --against archive/ --output-dir new/ today/
  wirecopy dedup --keep agency --prefer-site wire.example --dry-run day.jsonl | jq .key";

/// Add to each record the clusters that contain it
///
/// Each record is written unchanged, with one more member, `wirecopy`: the clusters that contain the article, those with
/// the largest share of it first, or null. The representative of a cluster is in it, too, with the relation
/// `representative`. In CSV, TSV and Parquet, these are more columns, such as `cluster_id`, `relation`, `of` and `of_url`, about the
/// cluster with the largest share of the article.
#[derive(Debug, Args)]
#[command(after_help = FLAG_EXAMPLES)]
pub(crate) struct FlagArgs {
    #[command(flatten)]
    pub(crate) search: SearchArgs,
    #[command(flatten)]
    pub(crate) remember: RememberArgs,
    #[command(flatten)]
    pub(crate) join: JoinArgs,
    #[command(flatten)]
    pub(crate) prefer: PreferArgs,
    /// The name of the member [default: wirecopy]; of columns, the beginning of their names, such as `NAME_cluster_id`
    /// [default: none]
    #[arg(long, value_name = "NAME", help_heading = "Output")]
    pub(crate) member: Option<String>,
    /// The unit of the offsets in records
    #[arg(long, value_name = "UNIT", default_value = "bytes", help_heading = "Output")]
    pub(crate) offsets: OffsetsArg,
    #[command(flatten)]
    pub(crate) cells: CellArgs,
    #[command(flatten)]
    pub(crate) rewrite: RewriteArgs,
}

const FLAG_EXAMPLES: &str = "\
Examples:
  wirecopy flag day.jsonl | jq -c 'select(.wirecopy == null)'
  wirecopy flag --against wire.jsonl -o flagged.csv day.csv
  wirecopy flag --spreadsheet -o flagged.csv day.csv";

/// Put removed records back
///
/// The output equals the input of `dedup`, byte for byte, which is checked by its hash. It is compressed as the name of
/// --output says, else as the input was; the compressed bytes may differ. After `dedup --output-dir`, give that folder as
/// KEPT, and --output-dir for the result.
#[derive(Debug, Args)]
#[command(after_help = RESTORE_EXAMPLES)]
pub(crate) struct RestoreArgs {
    /// The output of `dedup`; none or `-` is standard input
    #[arg(value_name = "KEPT")]
    pub(crate) kept: Option<PathBuf>,
    /// The file that `dedup --removed` wrote
    #[arg(long, value_name = "FILE", required_unless_present = "invalid", help_heading = "Input")]
    pub(crate) removed: Option<PathBuf>,
    /// The file that `dedup --invalid` wrote
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub(crate) invalid: Option<PathBuf>,
    /// The largest removed record to accept, as that of `dedup`
    #[arg(long, value_name = "SIZE", default_value_t = Size::new(ReadOptions::default().max_record as u64), help_heading = "Input")]
    pub(crate) max_record: Size,
    #[command(flatten)]
    pub(crate) rewrite: RewriteArgs,
}

const RESTORE_EXAMPLES: &str = "\
Examples:
  wirecopy restore --removed removed.jsonl kept.jsonl | cmp - day.jsonl
  wirecopy restore --removed removed.jsonl --output-dir restored/ kept/";

/// The destination of the edited input.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct RewriteArgs {
    /// Write the output to a file, which appears only when it is complete [default: standard output]
    #[arg(long, short, value_name = "FILE", conflicts_with = "output_dir")]
    pub(crate) output: Option<PathBuf>,
    /// Write the output of several files and folders into a new folder, under the same names; it appears only when all
    /// files are complete
    #[arg(long, value_name = "FOLDER")]
    pub(crate) output_dir: Option<PathBuf>,
}
