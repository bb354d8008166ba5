//! The arguments of `pairs`.

use clap::Args;

use super::report::ReportArgs;
use super::search::SearchArgs;
use super::selection::PairSelectionArgs;

/// List matching pairs with their evidence
///
/// One line for each pair of articles that share text: their relation, the share of each that is in the other, and the
/// position of the shared passages. Of many identical articles, only the first is listed with other articles, and each
/// other one only with the first; see --all-pairs.
#[derive(Debug, Args)]
#[command(after_help = PAIRS_EXAMPLES)]
pub(crate) struct PairsArgs {
    #[command(flatten)]
    pub(crate) search: SearchArgs,
    /// List every pair of identical articles, with every match of each, and compare all pairs even if very many articles
    /// share a passage; time and output may grow with the square of the input
    #[arg(long, help_heading = "Output")]
    pub(crate) all_pairs: bool,
    #[command(flatten)]
    pub(crate) selection: PairSelectionArgs,
    #[command(flatten)]
    pub(crate) report: ReportArgs,
}

const PAIRS_EXAMPLES: &str = "\
Examples:
  wirecopy pairs articles.jsonl
  wirecopy pairs --by resemblance --threshold 0.8 articles.jsonl
  wirecopy pairs --kind reprint --relation partial --sort words --top 50 articles.jsonl
  wirecopy pairs --all-pairs --format csv a.csv b.csv > pairs.csv";
