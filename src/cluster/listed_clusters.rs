//! Lists some of the clusters of a run, in any order.

use super::cluster::Cluster;
use super::clusters::Clusters;
use super::id::StoryId;

/// Clusters of a run in the order in which they are listed. Those of one story are next to each other.
#[derive(Clone, Debug)]
pub struct ListedClusters<'a> {
    clusters: &'a Clusters,
    /// The indexes of the clusters.
    indexes: Vec<u32>,
}

impl<'a> ListedClusters<'a> {
    /// Lists clusters by their indexes.
    ///
    /// # Panics
    /// Panics if there are not so many clusters.
    pub fn new(clusters: &'a Clusters, indexes: impl IntoIterator<Item = usize>) -> Self {
        let checked = |index| {
            assert!(index < clusters.len(), "cluster {index} of {}", clusters.len());
            u32::try_from(index).expect("a run has fewer than 4 billion clusters")
        };
        Self { clusters, indexes: indexes.into_iter().map(checked).collect() }
    }

    /// Lists all clusters.
    pub fn all(clusters: &'a Clusters) -> Self {
        Self::new(clusters, 0..clusters.len())
    }

    /// Returns the number of clusters.
    pub fn len(&self) -> usize {
        self.indexes.len()
    }

    /// Returns whether there are no clusters.
    pub fn is_empty(&self) -> bool {
        self.indexes.is_empty()
    }

    /// Returns one cluster after another.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Cluster> {
        self.indexes.iter().map(|&index| self.clusters.get(index as usize))
    }

    /// Returns the clusters of one story after another.
    pub fn stories(&self) -> impl Iterator<Item = Vec<Cluster>> {
        let stories = self.indexes.chunk_by(|&one, &other| self.story_id(one) == self.story_id(other));
        stories.map(|indexes| indexes.iter().map(|&index| self.clusters.get(index as usize)).collect())
    }

    /// Returns the place of the cluster at `index` among the clusters of its story, from 0, and the number of these.
    pub fn place_in_story(&self, index: usize) -> (usize, usize) {
        let (before, rest) = self.indexes.split_at(index);
        let story = self.story_id(rest[0]);
        let is_of_story = |&&index: &&u32| self.story_id(index) == story;
        let before = before.iter().rev().take_while(is_of_story).count();
        (before, before + rest.iter().take_while(is_of_story).count())
    }

    fn story_id(&self, index: u32) -> StoryId {
        self.clusters.heads()[index as usize].story_id
    }
}
