//! What is read and how copies are looked for: the flags that all commands which look for copies have.

use std::path::PathBuf;

use clap::Args;

use super::{CandidateArgs, JudgeArgs, ReadArgs, ResourceArgs, ShingleArgs};

/// What is read and how copies are looked for.
#[derive(Debug, Args)]
pub(crate) struct SearchArgs {
    /// Files and folders to read: JSON Lines, JSON arrays, CSV, TSV, or one plain text a file; plain, gzip or
    /// zstd; none or `-` is standard input
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    /// A file or folder with articles to match against, such as what was archived before: nothing of it is in the
    /// output but as what a new article matches, and its articles are not matched with each other; may be given
    /// several times
    #[arg(long, value_name = "PATH", help_heading = "Input")]
    pub(crate) against: Vec<PathBuf>,
    /// Report records that cannot be read, and go on without them
    #[arg(long, help_heading = "Input")]
    pub(crate) skip_invalid: bool,
    #[command(flatten)]
    pub(crate) judge: JudgeArgs,
    #[command(flatten)]
    pub(crate) shingles: ShingleArgs,
    #[command(flatten)]
    pub(crate) candidates: CandidateArgs,
    #[command(flatten)]
    pub(crate) resources: ResourceArgs,
    /// Write what was done to a file, as JSON: version, settings, inputs with their hashes, counts, seconds
    #[arg(long, value_name = "FILE", help_heading = "Output", display_order = 900)]
    pub(crate) summary: Option<PathBuf>,
    /// Show neither progress nor the closing summary
    #[arg(long, short, help_heading = "Output", display_order = 901)]
    pub(crate) quiet: bool,
}
