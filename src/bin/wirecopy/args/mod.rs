//! The arguments of the command line. The comments on commands and arguments are the text of `--help`.

mod archive;
mod cluster;
mod color;
mod compare;
mod comparison;
mod duration;
mod number;
mod pairs;
mod prefer;
mod read;
mod report;
mod reprints;
mod resources;
mod rewrite;
mod search;
mod selection;
mod size;
mod sweep;
mod templates;
mod thresholds;

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand};

use crate::version::VERSION;

pub(crate) use self::archive::{
    ArchiveArgs, ArchiveCommand, ArchiveCompactArgs, ArchiveExpireArgs, ArchiveRemoveArgs,
    ArchiveStoriesArgs, RememberArgs,
};
pub(crate) use self::cluster::ClusterArgs;
use self::color::Color;
pub(crate) use self::compare::{CompareArgs, CompareFormat};
pub(crate) use self::comparison::read_templates;
pub(crate) use self::pairs::PairsArgs;
pub(crate) use self::report::{ReportArgs, ReportFormat, endings, format_of};
pub(crate) use self::reprints::{ReprintsArgs, ReprintsFormat};
pub(crate) use self::rewrite::{DedupArgs, FlagArgs, KnownArg, RestoreArgs, RewriteArgs};
pub(crate) use self::search::SearchArgs;
pub(crate) use self::selection::{ClusterSelectionArgs, ClusterSort, PairSelectionArgs, PairSort};
pub(crate) use self::sweep::{SweepArgs, SweepFormat};
pub(crate) use self::templates::{ArchiveTemplatesArgs, TemplatesArgs, TemplatesFormat, TemplatesOutputArgs};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// The position after every other option.
const LAST: usize = 1000;
/// The largest number of columns of help texts.
const HELP_WIDTH: usize = 100;

/// Finds copies among news articles: exact copies, near-duplicates, excerpts and syndicated reprints, each
/// with the passages that prove it.
#[derive(Debug, Parser)]
#[command(name = "wirecopy", version = VERSION, styles = STYLES, max_term_width = HELP_WIDTH, arg_required_else_help = true)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The command.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// When to use colors. `auto` uses them on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    #[arg(help_heading = "Output", display_order = LAST)]
    pub(crate) color: Color,
}

const EXAMPLES: &str = "\
Examples:
  wirecopy cluster articles.jsonl          groups of copies, as a listing
  wirecopy cluster folder/ > found.jsonl   the same as JSON Lines, for scripts
  wirecopy dedup day.jsonl > kept.jsonl    the input without duplicates
  wirecopy compare a.txt b.txt             two articles side by side

Exit codes: 0 done, 1 no (`compare` of unrelated articles), 2 error";

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Cluster(ClusterArgs),
    Pairs(PairsArgs),
    Report(ReprintsArgs),
    Dedup(DedupArgs),
    Flag(FlagArgs),
    Restore(RestoreArgs),
    Compare(CompareArgs),
    Sweep(SweepArgs),
    Templates(TemplatesArgs),
    Archive(ArchiveArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

/// Print a completion script for a shell
#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}

/// Print the manual page, or write all manual pages into a folder
#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// The folder for one page each command
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: Option<PathBuf>,
}
