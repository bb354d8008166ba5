//! The arguments of `templates`, and those of `archive templates`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::read::ReadArgs;
use super::resources::ResourceArgs;

/// Show what sites repeat around different stories
///
/// These texts are masked as boilerplate before articles are compared: menus, notes, footers, background. Each is shown as
/// one of its pages prints it. The records can be edited, and be used with --templates on a collection that is too small to
/// show what its sites repeat.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct TemplatesArgs {
    /// Files and folders to read, as for `cluster`; none or `-` is standard input
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Read only files of the folders that match, such as '*.jsonl' or '2031/**'; '!*.md' leaves files out; may be given
    /// several times
    #[arg(long, value_name = "GLOB", help_heading = "Input")]
    pub(crate) include: Vec<String>,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    /// Report records that cannot be read, and continue without them
    #[arg(long, help_heading = "Input")]
    pub(crate) skip_invalid: bool,
    /// Make it an error if no article was read
    #[arg(long, help_heading = "Input")]
    pub(crate) fail_if_empty: bool,
    #[command(flatten)]
    pub(crate) output: TemplatesOutputArgs,
    #[command(flatten)]
    pub(crate) resources: ResourceArgs,
}

const EXAMPLES: &str = "\
Examples:
  wirecopy templates --output templates.jsonl 2031/
  wirecopy templates --format text articles.jsonl | less
  wirecopy cluster --templates templates.jsonl today.jsonl";

/// Show the templates that were given to an archive, and what sites repeat by all its articles, if it keeps texts
///
/// First come those that were given with --templates, each with the file and the date; then those that `wirecopy templates`
/// shows of the same articles.
#[derive(Debug, Args)]
pub(crate) struct ArchiveTemplatesArgs {
    /// The archive
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
    #[command(flatten)]
    pub(crate) output: TemplatesOutputArgs,
    #[command(flatten)]
    pub(crate) resources: ResourceArgs,
}

/// The destination and the format of a list of templates.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct TemplatesOutputArgs {
    /// The format of the list [default: by the name of --output; else text on a terminal, jsonl elsewhere]
    #[arg(long, short, value_name = "FORMAT")]
    pub(crate) format: Option<TemplatesFormat>,
    /// Write the list to a file, which appears only when it is complete; .gz or .zst at the end of its name compress it
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Show no progress and no closing line
    #[arg(long, short, display_order = 901)]
    pub(crate) quiet: bool,
}

/// The formats of a list of templates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TemplatesFormat {
    /// One JSON record a line, which --templates reads
    Jsonl,
    /// A listing for people
    Text,
}
