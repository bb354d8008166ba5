//! Removes the clusters that another cluster contains.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::cluster::Cluster;
use super::overlap::{is_half_inside, is_half_of, is_more_than_half_of, overlaps};
use crate::article::ArticleId;
use crate::corpus::{Corpus, IdenticalArticles};
use crate::verify::Region;

/// The region of each member of a cluster that is aligned with the representative.
type Regions = BTreeMap<ArticleId, Region>;

/// Removes the clusters that another cluster contains, and returns the others, largest first. Of clusters with the same
/// members in the same place, the one with the longest passage is left.
pub(super) fn without_contained(mut clusters: Vec<Cluster>) -> Vec<Cluster> {
    clusters.sort_by_key(|cluster| {
        (Reverse(cluster.members.len()), Reverse(cluster.passage.len()), cluster.representative)
    });
    let mut kept: Vec<(Cluster, Regions)> = Vec::new();
    // For each article the indexes of the kept clusters that it is in. A cluster that contains another has each of its
    // members, so only the clusters of one member are compared: the member that is in the fewest.
    let mut kept_with: BTreeMap<ArticleId, Vec<usize>> = BTreeMap::new();
    for cluster in clusters {
        let regions: Regions = cluster.members.iter().map(|member| (member.id, member.region())).collect();
        let fewest = regions
            .keys()
            .map(|id| kept_with.get(id).map_or(&[][..], Vec::as_slice))
            .min_by_key(|list| list.len());
        if !fewest.unwrap_or(&[]).iter().any(|&index| contains(&kept[index].1, &regions)) {
            for &id in regions.keys() {
                kept_with.entry(id).or_default().push(kept.len());
            }
            kept.push((cluster, regions));
        }
    }
    kept.into_iter().map(|(cluster, _)| cluster).collect()
}

/// Returns whether a cluster contains a smaller one: it has all members of the smaller one, and at least half of the
/// region of each. Of clusters with the same members, it is enough that in most of these the two regions overlap by at
/// least half of the shorter: both tell one story, and the articles need not be listed twice.
fn contains(larger: &Regions, smaller: &Regions) -> bool {
    if larger.keys().eq(smaller.keys()) {
        let pairs = larger.values().zip(smaller.values());
        let in_one_place = pairs.filter(|(one, other)| overlaps(one, other)).count();
        return is_more_than_half_of(in_one_place as u32, smaller.len() as u32);
    }
    smaller.iter().all(|(id, region)| {
        larger.get(id).is_some_and(|other| is_half_inside(region.ranges(), other.ranges()))
    })
}

/// Returns the leaders of identical articles of which at least half is in clusters already.
pub(super) fn covered_leaders(
    clusters: &[Cluster],
    corpus: &Corpus,
    identical: &IdenticalArticles,
) -> BTreeSet<ArticleId> {
    let mut covered: BTreeMap<ArticleId, Region> = BTreeMap::new();
    for member in clusters.iter().flat_map(|cluster| &cluster.members) {
        if identical.leader(member.id) == member.id {
            let region = member.region();
            covered.entry(member.id).and_modify(|known| *known = known.union(&region)).or_insert(region);
        }
    }
    covered.retain(|&id, region| is_half_of(region.len(), corpus.words(id) as u32));
    covered.into_keys().collect()
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::*;
    use crate::cluster::choice_reason::ChoiceReason;
    use crate::cluster::id::{ClusterId, StoryId};
    use crate::cluster::member::Member;

    /// Creates a cluster of articles, each with its region; the first is the representative.
    fn cluster(members: &[(usize, Range<u32>)]) -> Cluster {
        let member = |(id, own): &(usize, Range<u32>)| Member {
            id: ArticleId::new(*id),
            relation: None,
            passage_relation: None,
            kind: None,
            coverage: 1.0,
            article_coverage: 1.0,
            resemblance: 1.0,
            passages: [(own.clone(), own.clone())].into(),
            bridge: false,
        };
        let members: Vec<Member> = members.iter().map(member).collect();
        let passage = Region::new(members[0].passages.iter().map(|(passage, _)| passage.clone()));
        Cluster {
            id: ClusterId::default(),
            story_id: StoryId::default(),
            representative: members[0].id,
            why: ChoiceReason::EarliestSeen,
            passage,
            members,
        }
    }

    type Case<'a> = (&'a str, &'a [(usize, Range<u32>)], bool);

    #[test]
    fn removes_clusters_that_another_contains() {
        let large = [(1, 0..100), (2, 0..100), (3, 0..100)];
        let cases: &[Case<'_>] = &[
            ("some of the members, the same passage", &[(2, 0..90), (3, 0..90)], false),
            ("half of the passages", &[(2, 50..150), (3, 50..150)], false),
            ("less than half of the passage of one member", &[(2, 50..150), (3, 51..151)], true),
            ("a member that the other cluster lacks", &[(2, 0..90), (4, 0..90)], true),
            ("all members, half of the shorter passage", &[(3, 60..140), (2, 60..140), (1, 70..90)], false),
            ("all members, another place", &[(3, 200..250), (2, 200..250), (1, 200..250)], true),
            ("all members, another place in most", &[(3, 0..50), (2, 200..250), (1, 200..250)], true),
        ];
        for (name, members, is_kept) in cases {
            let kept = without_contained(vec![cluster(members), cluster(&large)]);
            let sizes: Vec<usize> = kept.iter().map(|cluster| cluster.members.len()).collect();
            assert_eq!(sizes, if *is_kept { vec![3, members.len()] } else { vec![3] }, "{name}");
            assert_eq!(kept[0].passage.len(), 100, "{name}");
        }
    }
}
