//! Says which agency the passage of a cluster is credited to.

use crate::cluster::Cluster;
use crate::corpus::Corpus;
use crate::write::number::grouped;

/// Returns the agency that the passage of a cluster is credited to, and the number of sites that credit none, as
/// the end of a line; nothing if no agency is credited.
pub(super) fn credit_note(cluster: &Cluster, corpus: &Corpus) -> Option<String> {
    let agency = cluster.agency(corpus)?;
    Some(match cluster.independent_sites(corpus) {
        0 => format!(" · credited to {agency}"),
        1 => format!(" · credited to {agency}, uncredited on 1 site"),
        sites => format!(" · credited to {agency}, uncredited on {} sites", grouped(sites)),
    })
}
