//! The arguments of `cluster`.

use clap::Args;

use super::archive::RememberArgs;
use super::comparison::JoinArgs;
use super::prefer::PreferArgs;
use super::report::ReportArgs;
use super::search::SearchArgs;
use super::selection::ClusterSelectionArgs;

/// Group articles that contain the same passage
///
/// A cluster is the articles that contain one passage. One of them is the representative: the earliest by date or, without
/// dates, the one with the least other text. Every other member is compared with it, and shown with what the two
/// share. A page with two stories is in the clusters of both.
#[derive(Debug, Args)]
#[command(after_help = CLUSTER_EXAMPLES)]
pub(crate) struct ClusterArgs {
    #[command(flatten)]
    pub(crate) search: SearchArgs,
    #[command(flatten)]
    pub(crate) remember: RememberArgs,
    #[command(flatten)]
    pub(crate) join: JoinArgs,
    #[command(flatten)]
    pub(crate) prefer: PreferArgs,
    #[command(flatten)]
    pub(crate) selection: ClusterSelectionArgs,
    /// Show all members of a cluster in the text listing, not only the first ten
    #[arg(long, help_heading = "Output")]
    pub(crate) all_members: bool,
    /// Show the masked boilerplate of each member: text that its site repeats around different stories; `html` always shows it
    #[arg(long, help_heading = "Output", conflicts_with = "no_boilerplate")]
    pub(crate) show_boilerplate: bool,
    #[command(flatten)]
    pub(crate) report: ReportArgs,
}

const CLUSTER_EXAMPLES: &str = "\
Examples:
  wirecopy cluster articles.jsonl
  wirecopy cluster --text-field page.body --site-field page.host scraped.jsonl.gz
  wirecopy cluster --min-sites 5 --top 100 --sort sites -o clusters.csv news/
  wirecopy cluster --kind reprint -o clusters.html news/
  zstdcat day.jsonl.zst | wirecopy cluster --threshold 0.8 | jq .members[].key";
