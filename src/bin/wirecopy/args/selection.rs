//! The arguments that select and order what a report shows.

use clap::{Args, ValueEnum};

use super::number::whole;

/// The clusters that are reported.
#[derive(Debug, Args)]
#[command(next_help_heading = "Selection")]
pub(crate) struct ClusterSelectionArgs {
    /// The order of clusters. Clusters of one story stay together, at the place of the first of them; junk comes last
    #[arg(long, value_name = "BY", default_value = "size")]
    pub(crate) sort: ClusterSort,
    /// Report only the first N clusters
    #[arg(long, value_name = "N", value_parser = whole::<usize>(1, None))]
    pub(crate) top: Option<usize>,
    /// The smallest number of members of a reported cluster
    #[arg(long, value_name = "N", default_value_t = 2)]
    #[arg(value_parser = whole::<usize>(1, None))]
    pub(crate) min_size: usize,
    /// The smallest number of outlets of a reported cluster: sites, of which address variants count once
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = whole::<usize>(0, None))]
    pub(crate) min_sites: usize,
    /// Report only clusters with a member of this kind, or of one of several
    #[arg(long, value_name = "KIND,..", value_delimiter = ',', value_parser = KINDS)]
    pub(crate) kind: Vec<String>,
    /// Report only clusters with a member that has this relation to the representative, or one of several; and also the
    /// kind, if --kind is given
    #[arg(long, value_name = "RELATION,..", value_delimiter = ',')]
    #[arg(value_parser = ["exact", "near-duplicate", "excerpt", "contains", "partial"])]
    pub(crate) relation: Vec<String>,
}

/// The pairs that are reported.
#[derive(Debug, Args)]
#[command(next_help_heading = "Selection")]
pub(crate) struct PairSelectionArgs {
    /// The order of pairs. Any order but that of keys needs memory for all pairs, or for about twice --top
    #[arg(long, value_name = "BY", default_value = "key")]
    pub(crate) sort: PairSort,
    /// Report only the first N pairs
    #[arg(long, value_name = "N", value_parser = whole::<usize>(1, None))]
    pub(crate) top: Option<usize>,
    /// The smallest number of known outlets of a reported pair: 2 are pairs across outlets
    #[arg(long, value_name = "N", default_value_t = 0)]
    #[arg(value_parser = whole::<usize>(0, Some(2)))]
    pub(crate) min_sites: usize,
    /// Report only pairs of this kind, or of one of several
    #[arg(long, value_name = "KIND,..", value_delimiter = ',', value_parser = KINDS)]
    pub(crate) kind: Vec<String>,
    /// Report only pairs with this relation, or with one of several
    #[arg(long, value_name = "RELATION,..", value_delimiter = ',')]
    #[arg(value_parser = ["exact", "near-duplicate", "excerpt", "partial", "quote"])]
    pub(crate) relation: Vec<String>,
}

/// The names of the kinds.
const KINDS: [&str; 2] = ["reprint", "revision"];

/// The orders of clusters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ClusterSort {
    /// Most members first
    Size,
    /// Most outlets first
    Sites,
    /// Highest cohesion first
    Cohesion,
    /// Earliest first member first; undated clusters last
    Date,
    /// Latest first member first; undated clusters last
    Newest,
}

/// The orders of pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PairSort {
    /// By key
    Key,
    /// Highest coverage first: the larger one of the two
    Coverage,
    /// Highest resemblance first
    Resemblance,
    /// Most shared words first
    Words,
    /// Earliest later article first; pairs without a date last
    Date,
    /// Latest later article first; pairs without a date last
    Newest,
}
