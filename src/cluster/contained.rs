//! Clusters in, those out that no other contains.

use std::collections::{BTreeMap, BTreeSet};

use super::Cluster;
use crate::article::ArticleId;
use crate::corpus::{Copies, Corpus};
use crate::verify::Region;

/// Drops every cluster whose members all stand in another one, there with at least half of their passages, and all but
/// one of those with the same members.
pub(super) fn without_contained(mut clusters: Vec<Cluster>) -> Vec<Cluster> {
    clusters.sort_by_key(|cluster| {
        (
            std::cmp::Reverse(cluster.members.len()),
            std::cmp::Reverse(cluster.passage.len()),
            cluster.representative,
        )
    });
    let mut kept: Vec<(Cluster, BTreeMap<ArticleId, Region>)> = Vec::new();
    // What contains a cluster has each of its members, so only those with one of them are looked at.
    let mut kept_with: BTreeMap<ArticleId, Vec<usize>> = BTreeMap::new();
    for cluster in clusters {
        let passages = passages(&cluster);
        let rarest = passages
            .keys()
            .map(|id| kept_with.get(id).map_or(&[][..], Vec::as_slice))
            .min_by_key(|list| list.len());
        let contained = rarest.unwrap_or(&[]).iter().any(|&place| {
            let larger = &kept[place].1;
            larger.keys().eq(passages.keys())
                || passages.iter().all(|(id, region)| {
                    larger.get(id).is_some_and(|other| region.overlap(other) * 2 >= region.len())
                })
        });
        if !contained {
            for &id in passages.keys() {
                kept_with.entry(id).or_default().push(kept.len());
            }
            kept.push((cluster, passages));
        }
    }
    kept.into_iter().map(|(cluster, _)| cluster).collect()
}

fn passages(cluster: &Cluster) -> BTreeMap<ArticleId, Region> {
    let region = |ranges: &[(std::ops::Range<u32>, std::ops::Range<u32>)]| {
        Region::new(ranges.iter().map(|(_, own)| own.clone()))
    };
    cluster.members.iter().map(|member| (member.id, region(&member.passages))).collect()
}

/// Finds the leaders of identical articles of which at least half stands in clusters already.
pub(super) fn covered_leaders(clusters: &[Cluster], corpus: &Corpus, copies: &Copies) -> BTreeSet<ArticleId> {
    let mut covered: BTreeMap<ArticleId, Region> = BTreeMap::new();
    for member in clusters.iter().flat_map(|cluster| &cluster.members) {
        if copies.leader(member.id) == member.id {
            let region = Region::new(member.passages.iter().map(|(_, own)| own.clone()));
            covered.entry(member.id).and_modify(|known| *known = known.union(&region)).or_insert(region);
        }
    }
    let half = |id: ArticleId, region: &Region| region.len() as usize * 2 >= corpus.words(id);
    covered.into_iter().filter(|(id, region)| half(*id, region)).map(|(id, _)| id).collect()
}
