//! Clusters in, those out that no other contains.

use std::collections::{BTreeMap, BTreeSet};

use super::Cluster;
use crate::article::ArticleId;
use crate::corpus::{Corpus, IdenticalArticles};
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
pub(super) fn covered_leaders(
    clusters: &[Cluster],
    corpus: &Corpus,
    copies: &IdenticalArticles,
) -> BTreeSet<ArticleId> {
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

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::*;
    use crate::cluster::{Member, Why};

    /// Makes a cluster of articles, the first its representative, each with its part of the passage.
    fn cluster(members: &[(usize, Range<u32>)]) -> Cluster {
        let member = |(id, own): &(usize, Range<u32>)| Member {
            id: ArticleId::new(*id),
            relation: None,
            kind: None,
            coverage: 1.0,
            article_coverage: 1.0,
            resemblance: 1.0,
            passages: vec![(own.clone(), own.clone())],
            bridge: false,
        };
        let members: Vec<Member> = members.iter().map(member).collect();
        let passage = Region::new(members[0].passages.iter().map(|(passage, _)| passage.clone()));
        Cluster { id: 0, representative: members[0].id, why: Why::EarliestSeen, passage, members }
    }

    type Case<'a> = (&'a str, &'a [(usize, Range<u32>)], bool);

    #[test]
    fn drops_what_another_contains() {
        let large = [(1, 0..100), (2, 0..100), (3, 0..100)];
        let cases: &[Case<'_>] = &[
            ("some of them, the same passage", &[(2, 0..90), (3, 0..90)], false),
            ("half of the passages", &[(2, 50..150), (3, 50..150)], false),
            ("less than half of one of the passages", &[(2, 50..150), (3, 51..151)], true),
            ("another one besides", &[(2, 0..90), (4, 0..90)], true),
            ("all of them, another passage", &[(3, 200..250), (2, 200..250), (1, 200..250)], false),
        ];
        for (name, members, is_kept) in cases {
            let kept = without_contained(vec![cluster(members), cluster(&large)]);
            let sizes: Vec<usize> = kept.iter().map(|cluster| cluster.members.len()).collect();
            assert_eq!(sizes, if *is_kept { vec![3, members.len()] } else { vec![3] }, "{name}");
            assert_eq!(kept[0].passage.len(), 100, "{name}");
        }
    }
}
