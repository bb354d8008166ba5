//! Keeps the clusters of a run, packed into few bytes.
//!
//! A run may have millions of clusters, and needs each of them only once or twice more. So a cluster is packed when it is
//! made, into a column of a store, and unpacked when it is asked for. Only its head stays in memory: what orders and
//! identifies it.
//!
//! Cost: 40 bytes of memory for each cluster; in the store about 45 bytes for each member.

use std::cmp::Reverse;
use std::fmt;
use std::ops::Range;

use super::cluster::Cluster;
use super::cluster_codec::{unpack, unpack_passage};
use super::cluster_head::{ClusterHead, PackedRange};
use super::id::StoryId;
use crate::corpus::Corpus;
use crate::store::{Column, Store};
use crate::verify::Region;

/// The clusters of a run, in order. They are packed: each is unpacked when it is asked for.
pub struct Clusters {
    heads: Vec<ClusterHead>,
    chunks: Vec<Column<u8>>,
    store: Store,
}

impl Clusters {
    /// Creates the list of the clusters with these heads, which are packed in chunks of a store.
    pub(super) fn new(heads: Vec<ClusterHead>, chunks: Vec<Column<u8>>, store: Store) -> Self {
        Self { heads, chunks, store }
    }

    /// Returns the number of clusters.
    pub fn len(&self) -> usize {
        self.heads.len()
    }

    /// Returns whether there are no clusters.
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// Returns the heads of all clusters, in order.
    pub fn heads(&self) -> &[ClusterHead] {
        &self.heads
    }

    /// Returns the cluster at `index`.
    ///
    /// # Panics
    /// Panics if there are not so many clusters.
    pub fn get(&self, index: usize) -> Cluster {
        self.unpack(&self.heads[index])
    }

    /// Returns one cluster after another.
    pub fn iter(&self) -> ClusterIter<'_> {
        ClusterIter { clusters: self, indexes: 0..self.len() }
    }

    /// Returns the passage of a cluster, in the words of its representative.
    pub(super) fn passage(&self, head: &ClusterHead) -> Region {
        self.read(head, unpack_passage)
    }

    fn unpack(&self, head: &ClusterHead) -> Cluster {
        self.read(head, |bytes| unpack(head, bytes))
    }

    fn read<T>(&self, head: &ClusterHead, unpack: impl FnOnce(&[u8]) -> T) -> T {
        let PackedRange { chunk, begin, end } = head.packed;
        let mut buffer = Vec::new();
        unpack(self.store.read(&self.chunks[chunk as usize], begin as usize..end as usize, &mut buffer))
    }

    /// Sorts the clusters: the largest first, then by representative, those of junk after all others.
    pub(super) fn sort(&mut self, corpus: &Corpus) {
        self.heads.sort_by_key(|head| {
            (corpus.is_junk(head.representative), Reverse(head.members), head.representative, head.begin)
        });
    }

    /// Orders the clusters by their indexes.
    pub(super) fn reorder(&mut self, indexes: impl Iterator<Item = usize>) {
        self.heads = indexes.map(|index| self.heads[index].clone()).collect();
    }

    /// Returns the heads, to assign ids.
    pub(super) fn heads_mut(&mut self) -> &mut [ClusterHead] {
        &mut self.heads
    }

    /// Changes the ids of stories.
    pub(crate) fn rename_stories(&mut self, id: impl Fn(StoryId) -> StoryId) {
        self.heads.iter_mut().for_each(|head| head.story_id = id(head.story_id));
    }

    /// Drops the clusters for which `is_kept` is false.
    pub(crate) fn retain(&mut self, is_kept: impl Fn(&Cluster) -> bool) {
        let mut heads = std::mem::take(&mut self.heads);
        heads.retain(|head| is_kept(&self.unpack(head)));
        self.heads = heads;
    }
}

impl<'a> IntoIterator for &'a Clusters {
    type Item = Cluster;
    type IntoIter = ClusterIter<'a>;

    fn into_iter(self) -> ClusterIter<'a> {
        self.iter()
    }
}

impl fmt::Debug for Clusters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

/// Unpacks one cluster after another.
#[derive(Clone, Debug)]
pub struct ClusterIter<'a> {
    clusters: &'a Clusters,
    indexes: Range<usize>,
}

impl Iterator for ClusterIter<'_> {
    type Item = Cluster;

    fn next(&mut self) -> Option<Cluster> {
        self.indexes.next().map(|index| self.clusters.get(index))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.indexes.size_hint()
    }
}

impl ExactSizeIterator for ClusterIter<'_> {}
