//! Assigns ids to clusters.

use std::collections::BTreeSet;

use rayon::prelude::*;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::cluster::Cluster;
use super::id::ClusterId;
use super::overlap::is_more_than_half_of;
use crate::corpus::Corpus;

/// Two hashes of a cluster: of its representative alone, and of the representative with the passage.
struct Hashes {
    representative: u64,
    passage: u64,
}

impl Hashes {
    fn new(corpus: &Corpus, cluster: &Cluster) -> Self {
        let mut hasher = Xxh3::new();
        hasher.update(corpus.key(cluster.representative).as_bytes());
        hasher.update(&corpus.content(cluster.representative).to_le_bytes());
        let representative = hasher.digest();
        for range in cluster.passage.ranges() {
            hasher.update(&range.start.to_le_bytes());
            hasher.update(&range.end.to_le_bytes());
        }
        Self { representative, passage: hasher.digest() }
    }
}

/// Assigns a different id to each cluster: a hash of the representative's key and content, and also of the passage
/// if that is not more than half of the representative. So the id of a cluster does not change while its
/// representative stays the same, whatever articles join.
pub(super) fn assign_ids(corpus: &Corpus, clusters: &mut [Cluster]) {
    let hashes: Vec<Hashes> = clusters.par_iter().map(|cluster| Hashes::new(corpus, cluster)).collect();
    let mut assigned = BTreeSet::new();
    for (cluster, hashes) in clusters.iter_mut().zip(hashes) {
        let words = corpus.words(cluster.representative) as u32;
        let is_most = is_more_than_half_of(cluster.passage.len(), words);
        let use_representative = is_most && !assigned.contains(&hashes.representative);
        let mut id = if use_representative { hashes.representative } else { hashes.passage };
        // Identical articles of one key whose dates are far apart are in several clusters, with the same hashes.
        while !assigned.insert(id) {
            id = xxh3_64(&id.to_le_bytes());
        }
        cluster.id = ClusterId(id);
    }
}
