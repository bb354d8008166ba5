//! The arguments of `archive`, and those by which other commands remember articles.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use wirecopy::provenance::Seconds;

use super::duration::{date, seconds};
use super::report::ReportArgs;
use super::resources::ResourceArgs;
use super::selection::ClusterSelectionArgs;
use super::templates::ArchiveTemplatesArgs;

/// The archive in which the articles of the input are remembered.
#[derive(Debug, Args)]
#[command(next_help_heading = "Archive")]
pub(crate) struct RememberArgs {
    /// Match the articles with those of an archive, and remember them there, in one step. It is a folder, which is created
    /// if it does not exist. An article with the same key takes the place of the one that is there
    #[arg(long, value_name = "FOLDER", conflicts_with = "against")]
    pub(crate) archive: Option<PathBuf>,
    /// Keep the texts in the archive, so that pages show them; for the run that creates it
    #[arg(long, requires = "archive")]
    pub(crate) keep_texts: bool,
    /// Then remove from the archive what was taken in longer ago, such as `90d`
    #[arg(long, value_name = "TIME", value_parser = seconds, requires = "archive")]
    pub(crate) expire_after: Option<u64>,
    /// The date on which the articles were taken in, to fill an archive from older files [default: now]
    #[arg(long, value_name = "DATE", value_parser = date, requires = "archive")]
    pub(crate) seen: Option<Seconds>,
}

/// Look into an archive, and keep it in order
///
/// `cluster`, `flag` and `dedup` create an archive and add to it, with --archive. All commands match against it, without
/// changing it, with --against. One process changes an archive at a time; any number of them may read it meanwhile.
#[derive(Debug, Args)]
#[command(after_help = ARCHIVE_EXAMPLES)]
pub(crate) struct ArchiveArgs {
    #[command(subcommand)]
    pub(crate) command: ArchiveCommand,
}

const ARCHIVE_EXAMPLES: &str = "\
Examples:
  wirecopy cluster --archive news today.jsonl      match with the archive, and remember
  wirecopy dedup --archive news -o kept.jsonl today.jsonl
  wirecopy archive stories news -o stories.html
  wirecopy archive expire news --older-than 90d";

/// The commands for an archive.
#[derive(Debug, Subcommand)]
pub(crate) enum ArchiveCommand {
    Info(ArchiveInfoArgs),
    Stories(ArchiveStoriesArgs),
    Templates(ArchiveTemplatesArgs),
    Events(ArchiveEventsArgs),
    Export(ArchiveExportArgs),
    Remove(ArchiveRemoveArgs),
    Expire(ArchiveExpireArgs),
    Compact(ArchiveCompactArgs),
    Check(ArchiveCheckArgs),
}

/// Show how many articles and stories there are, and what they take on disk, as JSON
#[derive(Debug, Args)]
pub(crate) struct ArchiveInfoArgs {
    /// The archive
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
}

/// Report the stories of all articles, as `cluster` reports those of its input
///
/// They are what one run over all articles finds, with the ids that the archive gave them. That costs what such a run costs,
/// but for reading the articles.
#[derive(Debug, Args)]
pub(crate) struct ArchiveStoriesArgs {
    /// The archive
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
    #[command(flatten)]
    pub(crate) selection: ClusterSelectionArgs,
    /// Show all members of a cluster in the text listing, not only the first ten
    #[arg(long, help_heading = "Output")]
    pub(crate) all_members: bool,
    /// Show the masked boilerplate of each member: text that its site repeats around different stories
    #[arg(long, help_heading = "Output")]
    pub(crate) show_boilerplate: bool,
    #[command(flatten)]
    pub(crate) report: ReportArgs,
    #[command(flatten)]
    pub(crate) resources: ResourceArgs,
    /// Show no progress and no closing summary
    #[arg(long, short, help_heading = "Output", display_order = 901)]
    pub(crate) quiet: bool,
}

/// Print what happened to stories and articles, oldest first, as JSON Lines
#[derive(Debug, Args)]
pub(crate) struct ArchiveEventsArgs {
    /// The archive
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
    /// Write to a file [default: standard output]
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    pub(crate) output: Option<PathBuf>,
}

/// Print all articles, with the stories that they belong to, as JSON Lines; with their texts if the archive keeps them
#[derive(Debug, Args)]
pub(crate) struct ArchiveExportArgs {
    /// The archive
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
    /// Write to a file [default: standard output]
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    pub(crate) output: Option<PathBuf>,
}

/// Remove articles by their keys: nothing is found because of them any more; or templates that were given
#[derive(Debug, Args)]
// A group would come before the folder in the usage.
#[command(override_usage = "wirecopy archive remove [OPTIONS] <FOLDER> [KEY]...")]
pub(crate) struct ArchiveRemoveArgs {
    /// The archive
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
    #[command(flatten)]
    pub(crate) what: RemovedFromArchiveArgs,
}

/// The articles and templates that are removed from an archive.
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub(crate) struct RemovedFromArchiveArgs {
    /// The keys
    #[arg(value_name = "KEY")]
    pub(crate) keys: Vec<String>,
    /// Read more keys from a file, one a line
    #[arg(long, value_name = "FILE")]
    pub(crate) keys_from: Option<PathBuf>,
    /// Remove the templates of a file, as `wirecopy archive templates` writes it: those with the same site and the same words
    /// that were given with --templates. Stories that are remembered change with `wirecopy archive compact`
    #[arg(long, value_name = "FILE")]
    pub(crate) templates: Option<PathBuf>,
}

/// Remove the articles that were taken in before a time
#[derive(Debug, Args)]
pub(crate) struct ArchiveExpireArgs {
    /// The archive
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
    /// Remove what was taken in longer ago, such as `90d`
    #[arg(long, value_name = "TIME", value_parser = seconds, required_unless_present = "before", conflicts_with = "before")]
    pub(crate) older_than: Option<u64>,
    /// Remove what was taken in before a date
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) before: Option<Seconds>,
}

/// Find the stories of all articles again, and write all segments as one, without what is gone
///
/// After that, the archive remembers the stories that one run over all its articles finds.
#[derive(Debug, Args)]
pub(crate) struct ArchiveCompactArgs {
    /// The archive
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
    #[command(flatten)]
    pub(crate) resources: ResourceArgs,
    /// Show no progress
    #[arg(long, short, help_heading = "Output")]
    pub(crate) quiet: bool,
}

/// Read every byte, and fail at the first one that is not as it was written
#[derive(Debug, Args)]
pub(crate) struct ArchiveCheckArgs {
    /// The archive
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
}
