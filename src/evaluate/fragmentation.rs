//! Computes into how many pieces clusters divide the true groups.

use std::collections::BTreeMap;

use super::confusion_matrix::ratio;
use super::cover::Cover;

/// Returns the mean number of pieces of a group of two articles or more; 1 if no group is divided, 0 if there are
/// no such groups.
///
/// A piece of a group is a cluster with two of its articles or more (see [`groups_of_cluster`]), or a single
/// article of it that is in no such cluster.
pub(super) fn fragmentation(groups: &Cover, clusters: &Cover) -> f64 {
    let mut clusters_of: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (cluster, members) in (0..).zip(clusters.members()) {
        for group in groups_of_cluster(groups, members) {
            clusters_of.entry(group).or_default().push(cluster);
        }
    }
    let (mut pieces, mut divisible) = (0, 0);
    for (group, articles) in (0..).zip(groups.members()).filter(|(_, articles)| articles.len() > 1) {
        let of_group = clusters_of.get(&group).map_or(&[][..], Vec::as_slice);
        let is_alone = |article: u32| {
            !clusters.sets_of(article).iter().any(|cluster| of_group.binary_search(cluster).is_ok())
        };
        pieces += of_group.len() + articles.iter().filter(|&&article| is_alone(article)).count();
        divisible += 1;
    }
    ratio(pieces as f64, f64::from(divisible))
}

/// Returns the groups of which a cluster with these members is a piece: those with two of the members or more,
/// unless these are only a part of what another group has in the cluster.
///
/// Two pages with the same two stories are in the cluster of each story. That must not make the cluster of one
/// story a piece of the other.
fn groups_of_cluster(groups: &Cover, members: &[u32]) -> Vec<u32> {
    let mut articles_of: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for &article in members {
        for &group in groups.sets_of(article) {
            articles_of.entry(group).or_default().push(article);
        }
    }
    let is_piece = |articles: &[u32]| {
        articles.len() > 1 && !articles_of.values().any(|other| is_proper_subset(articles, other))
    };
    articles_of.iter().filter(|(_, articles)| is_piece(articles)).map(|(&group, _)| group).collect()
}

/// Returns whether all articles of `part` are among those of `whole`, which has more. Both are ascending.
fn is_proper_subset(part: &[u32], whole: &[u32]) -> bool {
    part.len() < whole.len() && part.iter().all(|article| whole.binary_search(article).is_ok())
}
