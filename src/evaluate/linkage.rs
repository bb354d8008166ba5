//! Scored pairs in, the clusters of plain linkage out: what hangs together by any chain of pairs is one.
//!
//! This is what tools for near-duplicates do, and what wirecopy is compared with.
//! Cost: one sort of the pairs; each threshold costs a look at each article.

use crate::article::ArticleId;
use crate::cluster::{DisjointSets, Group};
use crate::corpus::IdenticalArticles;

/// Gives the clusters at each threshold, ascending as the thresholds are. Pairs are of leaders; identical articles are
/// together at any threshold.
pub fn linkage(
    mut pairs: Vec<(f64, ArticleId, ArticleId)>,
    articles: usize,
    copies: &IdenticalArticles,
    thresholds: &[f64],
) -> Vec<Vec<Group>> {
    pairs.sort_by(|one, other| other.0.total_cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2))));
    let mut forest = DisjointSets::new(articles);
    for set in copies.sets() {
        for pair in set.windows(2) {
            forest.join(pair[0].index(), pair[1].index());
        }
    }
    let mut rest = pairs.as_slice();
    let mut out: Vec<Vec<Group>> = Vec::with_capacity(thresholds.len());
    for &threshold in thresholds.iter().rev() {
        let reached = rest.partition_point(|&(score, ..)| score >= threshold);
        for &(_, one, other) in &rest[..reached] {
            forest.join(one.index(), other.index());
        }
        rest = &rest[reached..];
        out.push(groups(&mut forest, articles));
    }
    out.reverse();
    out
}

/// Gives the trees of two articles or more, largest first.
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
    groups.sort_by_key(|group| (std::cmp::Reverse(group.members.len()), group.representative));
    groups
}
