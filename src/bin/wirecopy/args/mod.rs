//! The command line as it is written in, arguments out; `--help` is made of the comments here.

mod copy;
mod detect;
mod prefer;
mod read;
mod report;
mod resources;
mod search;
mod size;
mod sweep;

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};

pub(crate) use self::copy::{CopyArgs, DedupArgs, FlagArgs, RestoreArgs};
pub(crate) use self::detect::{CandidateArgs, JudgeArgs, ShingleArgs};
pub(crate) use self::prefer::PreferArgs;
pub(crate) use self::read::ReadArgs;
pub(crate) use self::report::{OffsetsArg, ReportArgs, ReportFormat, format_of};
pub(crate) use self::resources::ResourceArgs;
pub(crate) use self::search::SearchArgs;
pub(crate) use self::sweep::{SweepArgs, SweepFormat};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Behind every other option.
const LAST: usize = 1000;
/// The columns to which help is wrapped where the terminal has more.
const HELP_WIDTH: usize = 100;

/// Finds the copies in a pile of news articles: exact copies, near-duplicates, excerpts and syndicated
/// reprints, each with the passages that prove it.
#[derive(Debug, Parser)]
#[command(name = "wirecopy", version, styles = STYLES, max_term_width = HELP_WIDTH, arg_required_else_help = true)]
#[command(disable_help_subcommand = true, after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// When to use colors. `auto` uses them on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    #[arg(help_heading = "Output", display_order = LAST)]
    pub(crate) color: Color,
}

const EXAMPLES: &str = "\
Examples:
  wirecopy cluster articles.jsonl          who copies whom, as a listing
  wirecopy cluster folder/ > found.jsonl   the same as JSON Lines, for scripts
  wirecopy dedup day.jsonl > kept.jsonl    the input without what is kept elsewhere in it
  wirecopy compare a.txt b.txt             two articles side by side

Exit codes: 0 done, 1 no (`compare` of unrelated articles), 2 error";

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Cluster(ClusterArgs),
    Pairs(PairsArgs),
    Dedup(DedupArgs),
    Flag(FlagArgs),
    Restore(RestoreArgs),
    Compare(CompareArgs),
    Sweep(SweepArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

/// Group articles that carry the same text
///
/// A cluster holds the articles that carry one passage. One of them represents it: the earliest, where dates tell,
/// else the one with the least text besides. Every other member is checked against that one, and shown with the
/// passages that the two share. A page with two stories stands in the clusters of both.
#[derive(Debug, Args)]
#[command(after_help = CLUSTER_EXAMPLES)]
pub(crate) struct ClusterArgs {
    #[command(flatten)]
    pub(crate) search: SearchArgs,
    /// The fewest equal words of the passage by which an article with a partial match joins a cluster; longer than
    /// any quote
    #[arg(long, value_name = "N", default_value_t = wirecopy::Settings::default().join_words)]
    #[arg(help_heading = "What counts as a copy")]
    pub(crate) join_words: u32,
    #[command(flatten)]
    pub(crate) prefer: PreferArgs,
    /// The fewest members of a cluster that is reported
    #[arg(long, value_name = "N", default_value_t = 2, help_heading = "Output")]
    #[arg(value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..))]
    pub(crate) min_size: usize,
    /// Show every member of a cluster in the text listing, not only the first ten
    #[arg(long, help_heading = "Output")]
    pub(crate) all_members: bool,
    /// Show what is masked of each member: text that its site repeats around different stories; `html` always does
    #[arg(long, help_heading = "Output", conflicts_with = "no_boilerplate")]
    pub(crate) show_boilerplate: bool,
    #[command(flatten)]
    pub(crate) report: ReportArgs,
}

const CLUSTER_EXAMPLES: &str = "\
Examples:
  wirecopy cluster articles.jsonl
  wirecopy cluster --text-field page.body --site-field page.host scraped.jsonl.gz
  wirecopy cluster --min-size 5 --format csv --output clusters.csv news/
  wirecopy cluster --format html --output clusters.html news/
  zstdcat day.jsonl.zst | wirecopy cluster --threshold 0.8 | jq .members[].key";

/// List matching pairs with their evidence
///
/// A line each pair of articles that share text: how they relate, how much of each stands in the other, and where.
/// Many identical articles are listed against the first of them only, and so are their other matches; see
/// --all-pairs.
#[derive(Debug, Args)]
#[command(after_help = PAIRS_EXAMPLES)]
pub(crate) struct PairsArgs {
    #[command(flatten)]
    pub(crate) search: SearchArgs,
    /// List every pair of identical articles and every match of each, and compare all pairs where many articles
    /// share one passage; the time and the output may grow with the square of the input
    #[arg(long, help_heading = "Output")]
    pub(crate) all_pairs: bool,
    #[command(flatten)]
    pub(crate) report: ReportArgs,
}

const PAIRS_EXAMPLES: &str = "\
Examples:
  wirecopy pairs articles.jsonl
  wirecopy pairs --by resemblance --threshold 0.8 articles.jsonl
  wirecopy pairs --all-pairs --format csv a.csv b.csv > pairs.csv";

/// Explain how two articles relate, side by side
///
/// Says the relation and the numbers, then shows both texts with the shared passages marked. An article is a file
/// that holds one, or one record of a larger file: FILE#KEY by its key, FILE:LINE by the line on which it begins.
/// Of such records it is masked what their sites repeat in these files, as `cluster` and `pairs` do.
/// The exit code is 1 where the two are unrelated.
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
    /// Compare whole pages; without this, what a site repeats around different stories is masked, where a record is
    /// picked from a file that shows it
    #[arg(long, help_heading = "What counts as a copy")]
    pub(crate) no_boilerplate: bool,
    #[command(flatten)]
    pub(crate) shingles: ShingleArgs,
    /// How to show it: two texts, or the record that `pairs` would write
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    pub(crate) format: CompareFormat,
    /// What offsets in records count
    #[arg(long, value_name = "UNIT", default_value = "bytes", help_heading = "Output")]
    pub(crate) offsets: OffsetsArg,
}

const COMPARE_EXAMPLES: &str = "\
Examples:
  wirecopy compare a.txt b.txt
  wirecopy compare articles.jsonl#wire-17 articles.jsonl:204
  wirecopy compare --color always a.txt b.txt | less -R";

/// Print a completion script for a shell
#[derive(Debug, Args)]
#[command(hide = true)]
pub(crate) struct CompletionsArgs {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}

/// Print the manual page, or write all manual pages into a folder
#[derive(Debug, Args)]
#[command(hide = true)]
pub(crate) struct ManArgs {
    /// The folder for one page each command
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: Option<PathBuf>,
}

/// When to use colors.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// Makes it the rule for everything this command prints.
    pub(crate) fn apply(self) {
        let choice = match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }
}

/// In which format to compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CompareFormat {
    Text,
    Json,
}
