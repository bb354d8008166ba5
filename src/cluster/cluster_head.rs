//! What is known of a packed cluster without unpacking it.

use super::cluster::Cluster;
use super::id::{ClusterId, StoryId};
use crate::article::ArticleId;

/// What is known of a cluster without unpacking it.
#[derive(Clone, Debug)]
pub struct ClusterHead {
    /// The id of the cluster.
    pub id: ClusterId,
    /// The id of its story.
    pub story_id: StoryId,
    /// The article that the members were verified against.
    pub representative: ArticleId,
    /// The number of members.
    pub(super) members: u32,
    /// The position of the first word of the passage in the representative.
    pub(super) begin: u32,
    pub(super) packed: PackedRange,
}

/// The bytes of a packed cluster: a range of a chunk.
#[derive(Clone, Copy, Debug)]
pub(super) struct PackedRange {
    pub(super) chunk: u32,
    pub(super) begin: u32,
    pub(super) end: u32,
}

impl ClusterHead {
    /// Creates the head of a cluster whose packed bytes are `packed`.
    pub(super) fn new(cluster: &Cluster, packed: PackedRange) -> Self {
        Self {
            id: cluster.id,
            story_id: cluster.story_id,
            representative: cluster.representative,
            members: cluster.members.len() as u32,
            begin: cluster.passage.ranges().first().map_or(0, |first| first.start),
            packed,
        }
    }

    /// Returns the number of members.
    #[expect(clippy::len_without_is_empty, reason = "a cluster has members")]
    pub fn len(&self) -> usize {
        self.members as usize
    }
}
