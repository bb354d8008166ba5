//! `wirecopy cluster`: articles in, clusters of those that carry the same text out.

use wirecopy::Settings;
use wirecopy::cluster::Cluster;

use crate::args::ClusterArgs;
use crate::exit::Answer;
use crate::run::{ClusterDetail, Run};
use crate::summary::Outcome;

/// Members of a cluster that a listing shows where it is not asked for all.
const MEMBERS: usize = 10;

pub(crate) fn run(arguments: &ClusterArgs) -> anyhow::Result<Answer> {
    let preference = arguments.prefer.preference();
    let settings = Settings { join_words: arguments.join_words, preference, ..Settings::default() };
    let members = if arguments.all_members { usize::MAX } else { MEMBERS };
    let detail = ClusterDetail { members, boilerplate: arguments.show_boilerplate };
    let run = Run::new(&arguments.search, &arguments.report, settings, detail)?;
    let (findings, mut reporting) = run.find()?;
    let min_size = arguments.min_size;
    let clusters: Vec<&Cluster> =
        findings.clusters().iter().filter(|cluster| cluster.members.len() >= min_size).collect();
    reporting.clusters(&findings, &clusters)?;
    reporting.finish(&findings, Outcome::Clusters { reported: clusters.len(), min_size })?;
    // The process ends: to take millions of matches apart first would be for nothing.
    std::mem::forget(findings);
    Ok(Answer::Done)
}
