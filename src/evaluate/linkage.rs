//! Clusters scored pairs by single linkage: articles that are connected by any chain of pairs are one cluster.
//!
//! Other tools for near-duplicates cluster like this; wirecopy is compared with them.
//!
//! Cost: one sort of the pairs, then one pass over the articles for each threshold.

use std::cmp::Reverse;

use crate::article::ArticleId;
use crate::cluster::{DisjointSets, Group};
use crate::corpus::IdenticalArticles;

/// Returns the clusters at each of the ascending thresholds, in the same order. The pairs are pairs of leaders;
/// identical articles are in one cluster at every threshold.
pub fn linkage(
    mut pairs: Vec<(f64, ArticleId, ArticleId)>,
    articles: usize,
    identical: &IdenticalArticles,
    thresholds: &[f64],
) -> Vec<Vec<Group>> {
    pairs.sort_by(|one, other| other.0.total_cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2))));
    let mut forest = DisjointSets::new(articles);
    for set in identical.sets() {
        for pair in set.windows(2) {
            forest.join(pair[0].index(), pair[1].index());
        }
    }
    // Sets only grow while the threshold falls, so one forest serves for all thresholds.
    let mut rest = pairs.as_slice();
    let mut clusters: Vec<Vec<Group>> = Vec::with_capacity(thresholds.len());
    for &threshold in thresholds.iter().rev() {
        let reached = rest.partition_point(|&(score, ..)| score >= threshold);
        for &(_, one, other) in &rest[..reached] {
            forest.join(one.index(), other.index());
        }
        rest = &rest[reached..];
        clusters.push(groups(&mut forest, articles));
    }
    clusters.reverse();
    clusters
}

/// Returns the sets of two articles or more, largest first.
fn groups(forest: &mut DisjointSets, articles: usize) -> Vec<Group> {
    let mut roots: Vec<(usize, usize)> =
        (0..articles).map(|article| (forest.root(article), article)).collect();
    roots.sort_unstable();
    let mut groups: Vec<Group> = roots
        .chunk_by(|one, other| one.0 == other.0)
        .filter(|tree| tree.len() > 1)
        .map(|tree| Group {
            representative: ArticleId::new(tree[0].1),
            members: tree.iter().map(|&(_, article)| (ArticleId::new(article), 1.0)).collect(),
        })
        .collect();
    groups.sort_by_key(|group| (Reverse(group.members.len()), group.representative));
    groups
}
