//! Joins clusters of one story.
//!
//! Two clusters are linked if they share at least half of the members of the smaller one, and if in most of the shared
//! members the two passages overlap by at least half of the shorter. Such clusters are versions of one story: the wire's
//! text, the longer text that one newsroom made of it, and the copies of that.
//!
//! Two stories on one page are in different places of it, so their clusters are not linked. They are not joined through
//! a third cluster either, such as that of the page as a whole, scraped twice: a link does not join two stories if
//! clusters of these share as many members in different places as a link needs.
//!
//! Cost: only clusters that share a member are compared, those that overlap in it: linear in their members.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::clusters::Clusters;
use super::disjoint_sets::DisjointSets;
use super::id::StoryId;
use super::overlap::{is_half_of, is_more_than_half_of, overlaps};
use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::provenance::Seconds;
use crate::verify::Region;

/// Assigns to each cluster the id of its story, and sorts the clusters so that those of one story are next to each
/// other: stories in the order of their first cluster, and the clusters of a story in the order given.
///
/// The id of a story is the id of one of its clusters: the one with the earliest representative. So it does not change
/// when later articles join, or make clusters of their own, even if these become the largest of the story.
pub(super) fn assign_stories(corpus: &Corpus, clusters: &mut Clusters) {
    let stories = stories(corpus, clusters);
    for story in &stories {
        let earliest = |&index: &usize| {
            let head = &clusters.heads()[index];
            let time = corpus.time(head.representative).unwrap_or(Seconds::MAX);
            // Only clusters of one representative are told apart by their passages.
            let words = if story.len() > 1 { clusters.passage(head).len() } else { 0 };
            (time, head.representative, Reverse(words), head.id)
        };
        let first = story.iter().copied().min_by_key(earliest);
        let id = first.map_or_else(StoryId::default, |index| clusters.heads()[index].id.into());
        for &index in story {
            clusters.heads_mut()[index].story_id = id;
        }
    }
    clusters.reorder(stories.iter().flatten().copied());
}

/// Returns the indexes of the clusters of each story, ascending; stories by their first cluster.
fn stories(corpus: &Corpus, clusters: &Clusters) -> Vec<Vec<usize>> {
    let passages = SharedPassages::new(corpus, clusters);
    let mut sets = DisjointSets::new(clusters.len());
    let mut stories: Vec<Vec<usize>> = (0..clusters.len()).map(|index| vec![index]).collect();
    for (index, earlier) in passages.near_pairs() {
        let [one, other] = [sets.root(earlier), sets.root(index)];
        let [earlier_members, members] = [earlier, index].map(|index| clusters.heads()[index].len());
        let smaller = earlier_members.min(members) as u32;
        if one == other || !passages.compared(earlier, index).are_one_story(smaller) {
            continue;
        }
        let are_apart = |&one: &usize| {
            stories[other].iter().any(|&other| passages.compared(one, other).are_two_stories(smaller))
        };
        if !stories[one].iter().any(are_apart) {
            sets.join(one, other);
            let (first, last) = (one.min(other), one.max(other));
            let joining = std::mem::take(&mut stories[last]);
            stories[first].extend(joining);
            stories[first].sort_unstable();
        }
    }
    stories.retain(|story| !story.is_empty());
    stories
}

/// The members of clusters that are in several clusters.
struct SharedPassages {
    /// For each cluster that has such members: these members, ascending, each with its passage.
    of_clusters: BTreeMap<usize, Vec<(ArticleId, Region)>>,
    /// For each such member the clusters that it is in, ascending.
    clusters_of: Vec<(ArticleId, Vec<usize>)>,
}

impl SharedPassages {
    /// Finds the shared members of clusters. Those of junk are left out: an error page is no story.
    fn new(corpus: &Corpus, clusters: &Clusters) -> Self {
        let of_articles =
            (0..).zip(clusters.heads()).filter(|(_, head)| !corpus.is_junk(head.representative));
        // The article, and the index of the cluster.
        let mut memberships: Vec<(ArticleId, u32)> = Vec::new();
        for (index, _) in of_articles {
            memberships.extend(clusters.get(index as usize).members.iter().map(|member| (member.id, index)));
        }
        memberships.sort_unstable();
        let of_one = memberships.chunk_by(|one, other| one.0 == other.0).filter(|of_one| of_one.len() > 1);
        let clusters_of: Vec<(ArticleId, Vec<usize>)> = of_one
            .map(|of_one| (of_one[0].0, of_one.iter().map(|&(_, index)| index as usize).collect()))
            .collect();
        drop(memberships);
        let with_shared: BTreeSet<usize> =
            clusters_of.iter().flat_map(|(_, indexes)| indexes).copied().collect();
        let is_shared = |id: ArticleId| clusters_of.binary_search_by_key(&id, |(id, _)| *id).is_ok();
        let mut of_clusters = BTreeMap::new();
        for index in with_shared {
            let cluster = clusters.get(index);
            let shared = cluster.members.iter().filter(|member| is_shared(member.id));
            let mut shared: Vec<(ArticleId, Region)> =
                shared.map(|member| (member.id, cluster.region_of(member))).collect();
            shared.sort_unstable_by_key(|(id, _)| *id);
            of_clusters.insert(index, shared);
        }
        Self { of_clusters, clusters_of }
    }

    /// Returns the pairs of clusters with a member in which the ranges from the beginning to the end of the two
    /// passages overlap, each pair once: the later cluster, then the earlier one; ascending.
    fn near_pairs(&self) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        for (id, clusters) in &self.clusters_of {
            let mut extents: Vec<(u32, u32, usize)> =
                clusters.iter().filter_map(|&index| self.extent(index, *id)).collect();
            extents.sort_unstable();
            for (place, &(_, end, one)) in extents.iter().enumerate() {
                let near = extents[place + 1..].iter().take_while(|(start, _, _)| *start < end);
                pairs.extend(near.map(|&(_, _, other)| (one.max(other), one.min(other))));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    /// Returns where the passage of a member of a cluster begins and ends, with the index of the cluster.
    fn extent(&self, index: usize, id: ArticleId) -> Option<(u32, u32, usize)> {
        let members = &self.of_clusters[&index];
        let at = members.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        let ranges = members[at].1.ranges();
        Some((ranges.first()?.start, ranges.last()?.end, index))
    }

    /// Compares the passages of two clusters that have shared members.
    fn compared(&self, one: usize, other: usize) -> SharedMembers {
        let (one, other) = (&self.of_clusters[&one], &self.of_clusters[&other]);
        let mut found = SharedMembers { count: 0, overlapping: 0 };
        let mut rest = other.iter().peekable();
        for (id, region) in one {
            while rest.next_if(|(other, _)| other < id).is_some() {}
            if let Some((_, other)) = rest.next_if(|(other, _)| other == id) {
                found.count += 1;
                found.overlapping += u32::from(overlaps(region, other));
            }
        }
        found
    }
}

/// The members that two clusters share.
struct SharedMembers {
    count: u32,
    /// The number of those in which the two passages overlap by at least half of the shorter.
    overlapping: u32,
}

impl SharedMembers {
    /// Returns whether the passages overlap in most of the members.
    fn is_in_one_place(&self) -> bool {
        is_more_than_half_of(self.overlapping, self.count)
    }

    /// Returns whether the clusters that share the members tell one story. `smaller` is the number of members of the
    /// smaller cluster.
    fn are_one_story(&self, smaller: u32) -> bool {
        is_half_of(self.count, smaller) && self.is_in_one_place()
    }

    /// Returns whether the clusters that share the members tell two stories, although clusters with `smaller` members
    /// link them: as many members as are needed for a link have the passages in different places.
    fn are_two_stories(&self, smaller: u32) -> bool {
        is_half_of(self.count - self.overlapping, smaller) && !self.is_in_one_place()
    }
}
