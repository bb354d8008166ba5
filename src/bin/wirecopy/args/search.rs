//! The arguments of all commands that find copies.

use std::path::PathBuf;

use clap::Args;

use super::comparison::{CandidateArgs, JudgeArgs, ShingleArgs};
use super::read::ReadArgs;
use super::resources::ResourceArgs;

/// The input, and how copies are found in it.
#[derive(Debug, Args)]
pub(crate) struct SearchArgs {
    /// Files and folders to read: JSON Lines, JSON, CSV, TSV, Parquet, web archives (WARC, WET), or HTML and plain text (one
    /// article a file); uncompressed, gzip or zstd; none or `-` is standard input
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Read only files of the folders that match, such as '*.jsonl' or '2031/**'; '!*.md' leaves files out. Without this,
    /// files that are no articles by their name or content are skipped. May be given several times
    #[arg(long, value_name = "GLOB", help_heading = "Input")]
    pub(crate) include: Vec<String>,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    /// A file or folder with a reference collection, or an archive (see `wirecopy archive --help`), which is not changed. Its
    /// articles are matched with those of the input, not with each other, and are reported only if an article of the input
    /// matches them; may be given several times
    #[arg(long, value_name = "PATH", help_heading = "Input")]
    pub(crate) against: Vec<PathBuf>,
    /// Report records that cannot be read, and continue without them
    #[arg(long, help_heading = "Input")]
    pub(crate) skip_invalid: bool,
    /// Make it an error if no article was read, so that a job notices when its input is missing
    #[arg(long, help_heading = "Input")]
    pub(crate) fail_if_empty: bool,
    #[command(flatten)]
    pub(crate) judge: JudgeArgs,
    #[command(flatten)]
    pub(crate) shingles: ShingleArgs,
    #[command(flatten)]
    pub(crate) candidates: CandidateArgs,
    #[command(flatten)]
    pub(crate) resources: ResourceArgs,
    /// Write a summary of the run to a file, as JSON: version, settings, inputs with their hashes, counts, seconds
    #[arg(long, value_name = "FILE", help_heading = "Output", display_order = 900)]
    pub(crate) summary: Option<PathBuf>,
    /// Show no progress and no closing summary
    #[arg(long, short, help_heading = "Output", display_order = 901)]
    pub(crate) quiet: bool,
    /// Also say what each stage of the run took, in seconds and in processor seconds of all threads
    #[arg(long, short, help_heading = "Output", display_order = 902, conflicts_with = "quiet")]
    pub(crate) verbose: bool,
}
