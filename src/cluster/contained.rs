//! Removes the clusters that another cluster contains.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::cluster::Cluster;
use super::member::Member;
use super::overlap::{is_half_inside, is_half_of, is_more_than_half_of, overlaps};
use crate::article::ArticleId;
use crate::corpus::{Corpus, IdenticalArticles};
use crate::verify::Region;

/// Removes the clusters that another cluster contains, and returns the others, largest first. Of clusters with the same
/// members in the same place, the one with the longest passage is left.
///
/// Cost: about 20 bytes for each member, since one component may have most clusters of a run.
pub(super) fn without_contained(mut clusters: Vec<Cluster>) -> Vec<Cluster> {
    clusters.sort_by_key(|cluster| {
        (Reverse(cluster.members.len()), Reverse(cluster.passage.len()), cluster.representative)
    });
    let mut kept: Vec<MembersById> = Vec::new();
    let mut kept_with = KeptClusters::new(&clusters);
    for cluster in clusters {
        let members = MembersById::new(cluster);
        let is_contained = kept_with.of_rarest(&members).any(|index| contains(&kept[index], &members));
        if !is_contained {
            kept_with.add(kept.len(), &members);
            kept.push(members);
        }
    }
    kept.into_iter().map(|members| members.cluster).collect()
}

/// A cluster whose members can be found by article.
struct MembersById {
    cluster: Cluster,
    /// The indexes of its members, by article.
    by_id: Vec<u32>,
}

impl MembersById {
    fn new(cluster: Cluster) -> Self {
        let mut by_id: Vec<u32> = (0..).zip(&cluster.members).map(|(index, _)| index).collect();
        by_id.sort_unstable_by_key(|&index| cluster.members[index as usize].id);
        Self { cluster, by_id }
    }

    fn member(&self, index: u32) -> &Member {
        &self.cluster.members[index as usize]
    }

    /// Returns the members, by article.
    fn iter(&self) -> impl ExactSizeIterator<Item = &Member> {
        self.by_id.iter().map(|&index| self.member(index))
    }

    /// Returns the articles, ascending.
    fn ids(&self) -> impl ExactSizeIterator<Item = ArticleId> {
        self.iter().map(|member| member.id)
    }

    /// Returns the members, by article, each with its region that is aligned with the representative.
    fn regions(&self) -> impl ExactSizeIterator<Item = (ArticleId, Region)> {
        self.iter().map(|member| (member.id, self.cluster.region_of(member)))
    }

    /// Returns the region of an article; nothing if it is no member.
    fn region(&self, id: ArticleId) -> Option<Region> {
        let place = self.by_id.binary_search_by_key(&id, |&index| self.member(index).id).ok()?;
        Some(self.cluster.region_of(self.member(self.by_id[place])))
    }
}

/// For each article of a component the kept clusters that it is in. A cluster that contains another one has each of its
/// members, so only the clusters of one member are compared: the member that is in the fewest.
struct KeptClusters {
    /// The articles, ascending.
    articles: Vec<ArticleId>,
    /// For each article the number of its clusters, and the last of its entries, counted from 1; 0 if it has none.
    lists: Vec<(u32, u32)>,
    /// For each article and cluster the index of the cluster, and the entry before it in the list of the article.
    entries: Vec<(u32, u32)>,
}

impl KeptClusters {
    fn new(clusters: &[Cluster]) -> Self {
        let mut articles: Vec<ArticleId> =
            clusters.iter().flat_map(|cluster| &cluster.members).map(|member| member.id).collect();
        articles.sort_unstable();
        articles.dedup();
        Self { lists: vec![(0, 0); articles.len()], articles, entries: Vec::new() }
    }

    fn list(&self, id: ArticleId) -> usize {
        self.articles.binary_search(&id).expect("the articles of all clusters are known")
    }

    /// Returns the clusters of the member that is in the fewest.
    fn of_rarest(&self, members: &MembersById) -> impl Iterator<Item = usize> {
        let fewest = members.ids().map(|id| self.lists[self.list(id)]).min_by_key(|(count, _)| *count);
        let mut next = fewest.map_or(0, |(_, last)| last);
        std::iter::from_fn(move || {
            let (cluster, before) = self.entries[(next as usize).checked_sub(1)?];
            next = before;
            Some(cluster as usize)
        })
    }

    /// Adds the cluster with an index to the lists of its members.
    fn add(&mut self, index: usize, members: &MembersById) {
        for id in members.ids() {
            let list = self.list(id);
            let (count, last) = &mut self.lists[list];
            self.entries.push((index as u32, *last));
            (*count, *last) = (*count + 1, self.entries.len() as u32);
        }
    }
}

/// Returns whether a cluster contains a smaller one: it has all members of the smaller one, and at least half of the
/// region of each. Of clusters with the same members, it is enough that in most of these the two regions overlap by at
/// least half of the shorter: both tell one story, and the articles need not be listed twice.
fn contains(larger: &MembersById, smaller: &MembersById) -> bool {
    if larger.ids().eq(smaller.ids()) {
        let pairs = larger.regions().zip(smaller.regions());
        let in_one_place = pairs.filter(|((_, one), (_, other))| overlaps(one, other)).count();
        return is_more_than_half_of(in_one_place as u32, smaller.by_id.len() as u32);
    }
    smaller.iter().all(|member| {
        larger
            .region(member.id)
            .is_some_and(|other| is_half_inside(smaller.cluster.region_of(member).ranges(), other.ranges()))
    })
}

/// Returns the leaders of sets of two identical articles or more of which at least half is in clusters already.
pub(super) fn covered_leaders(
    clusters: &[Cluster],
    corpus: &Corpus,
    identical: &IdenticalArticles,
) -> BTreeSet<ArticleId> {
    let mut covered: BTreeMap<ArticleId, Region> = BTreeMap::new();
    for cluster in clusters {
        let leads_several = |id: ArticleId| identical.leader(id) == id && identical.of(id).len() > 1;
        for member in cluster.members.iter().filter(|member| leads_several(member.id)) {
            let region = cluster.region_of(member);
            covered.entry(member.id).and_modify(|known| *known = known.union(&region)).or_insert(region);
        }
    }
    covered.retain(|&id, region| is_half_of(region.len(), corpus.words(id) as u32));
    covered.into_keys().collect()
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use proptest::prelude::*;

    use super::*;
    use crate::cluster::choice_reason::ChoiceReason;
    use crate::cluster::id::{ClusterId, StoryId};
    use crate::cluster::member_passages::MemberPassages;

    /// Creates a cluster of articles, each with its region; the first is the representative.
    fn cluster(members: &[(usize, Range<u32>)]) -> Cluster {
        let mut passages = MemberPassages::default();
        let member = |(id, own): &(usize, Range<u32>)| Member {
            id: ArticleId::new(*id),
            relation: None,
            passage_relation: None,
            kind: None,
            coverage: 1.0,
            article_coverage: 1.0,
            resemblance: 1.0,
            passages: passages.push([(own.clone(), own.clone())]),
            bridge: false,
        };
        let members: Vec<Member> = members.iter().map(member).collect();
        let passage =
            Region::new(passages.get(members[0].passages).iter().map(|(passage, _)| passage.clone()));
        Cluster {
            id: ClusterId::default(),
            story_id: StoryId::default(),
            representative: members[0].id,
            why: ChoiceReason::EarliestSeen,
            passage,
            members,
            passages,
        }
    }

    /// Compares each cluster with all that are kept.
    fn naive(clusters: &[Cluster]) -> Vec<Vec<(ArticleId, Region)>> {
        let mut sorted: Vec<&Cluster> = clusters.iter().collect();
        sorted.sort_by_key(|cluster| {
            (Reverse(cluster.members.len()), Reverse(cluster.passage.len()), cluster.representative)
        });
        let mut kept: Vec<BTreeMap<ArticleId, Region>> = Vec::new();
        for cluster in sorted {
            let own: BTreeMap<ArticleId, Region> =
                cluster.members.iter().map(|member| (member.id, cluster.region_of(member))).collect();
            let is_inside = |other: &BTreeMap<ArticleId, Region>| {
                let shared: Vec<_> =
                    own.iter().filter_map(|(id, region)| Some((region, other.get(id)?))).collect();
                if own.len() == other.len() && shared.len() == own.len() {
                    return 2 * shared.iter().filter(|(one, other)| overlaps(one, other)).count() > own.len();
                }
                let is_half = |(one, other): &(&Region, &Region)| 2 * one.overlap(other) >= one.len();
                shared.len() == own.len() && shared.iter().all(is_half)
            };
            if !kept.iter().any(is_inside) {
                kept.push(own);
            }
        }
        kept.into_iter().map(|members| members.into_iter().collect()).collect()
    }

    proptest! {
        #[test]
        fn keeps_the_same_clusters_as_all_comparisons(
            made in prop::collection::vec(
                prop::collection::btree_map(0_usize..6, (0_u32..40, 1_u32..30), 1..5),
                0..12,
            ),
        ) {
            let made: Vec<Cluster> = made
                .iter()
                .map(|members| {
                    let members = members.iter().map(|(&id, &(begin, words))| (id, begin..begin + words));
                    cluster(&members.collect::<Vec<_>>())
                })
                .collect();
            let expected = naive(&made);
            let kept = without_contained(made);
            let kept: Vec<Vec<_>> =
                kept.into_iter().map(|cluster| MembersById::new(cluster).regions().collect()).collect();
            prop_assert_eq!(kept, expected);
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
