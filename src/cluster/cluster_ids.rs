//! Assigns ids to clusters.

use std::collections::BTreeSet;

use rayon::prelude::*;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::cluster_head::ClusterHead;
use super::clusters::Clusters;
use super::id::ClusterId;
use super::overlap::is_more_than_half_of;
use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::verify::Region;

/// Two hashes of a cluster.
struct Hashes {
    /// That of its representative alone, if the passage is more than half of it.
    representative: Option<u64>,
    /// That of its representative and the passage.
    passage: u64,
}

impl Hashes {
    fn new(corpus: &Corpus, representative: ArticleId, passage: &Region) -> Self {
        let mut hasher = Xxh3::new();
        hasher.update(corpus.key(representative).as_bytes());
        hasher.update(&corpus.content(representative).to_le_bytes());
        let of_representative = hasher.digest();
        for range in passage.ranges() {
            hasher.update(&range.start.to_le_bytes());
            hasher.update(&range.end.to_le_bytes());
        }
        let is_most = is_more_than_half_of(passage.len(), corpus.words(representative) as u32);
        Self { representative: is_most.then_some(of_representative), passage: hasher.digest() }
    }
}

/// Assigns a different id to each cluster: a hash of the representative's key and content, and also of the passage
/// if that is not more than half of the representative. So the id of a cluster does not change while its
/// representative stays the same, whatever articles join.
pub(super) fn assign_ids(corpus: &Corpus, clusters: &mut Clusters) {
    let hashes = |head: &ClusterHead| Hashes::new(corpus, head.representative, &clusters.passage(head));
    let hashes: Vec<Hashes> = clusters.heads().par_iter().map(hashes).collect();
    let mut assigned = BTreeSet::new();
    for (head, hashes) in clusters.heads_mut().iter_mut().zip(hashes) {
        let of_representative = hashes.representative.filter(|hash| !assigned.contains(hash));
        let mut id = of_representative.unwrap_or(hashes.passage);
        // Identical articles of one key whose dates are far apart are in several clusters, with the same hashes.
        while !assigned.insert(id) {
            id = xxh3_64(&id.to_le_bytes());
        }
        head.id = ClusterId(id);
    }
}
