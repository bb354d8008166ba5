//! Packs clusters as they are made.

use std::sync::{Mutex, PoisonError};

use super::cluster::Cluster;
use super::cluster_codec::pack;
use super::cluster_head::{ClusterHead, PackedRange};
use super::clusters::Clusters;
use crate::error::Error;
use crate::store::{Column, Storage, StoreWriter};

/// The number of bytes from which on packed clusters are put into the store.
const CHUNK: usize = 64 << 10;

/// Packs clusters, from any thread.
pub(super) struct ClusterWriter {
    store: StoreWriter,
    /// The bytes of packed clusters that are kept in memory.
    held: usize,
    /// The bytes of mapped files that may be in the memory of the process.
    shown: usize,
    chunks: Mutex<Chunks>,
}

/// The chunks of packed clusters.
#[derive(Default)]
struct Chunks {
    full: Vec<Column<u8>>,
    /// The one that clusters are added to.
    open: Vec<u8>,
    /// The first error.
    error: Option<Error>,
}

impl ClusterWriter {
    pub(super) fn new(storage: &Storage) -> Self {
        let budget = storage.budget;
        Self {
            store: storage.writer(),
            held: budget.clusters(),
            shown: budget.mapped_files(),
            chunks: Mutex::default(),
        }
    }

    /// Packs a cluster, and returns its head. An error is returned by [`ClusterWriter::close`].
    pub(super) fn add(&self, cluster: &Cluster) -> ClusterHead {
        let mut packed = Vec::new();
        pack(cluster, &mut packed);
        let mut chunks = self.chunks.lock().unwrap_or_else(PoisonError::into_inner);
        let chunk = chunks.full.len() as u32;
        let begin = chunks.open.len();
        chunks.open.append(&mut packed);
        let [begin, end] = [begin, chunks.open.len()]
            .map(|at| u32::try_from(at).expect("a packed cluster has fewer than 4 billion bytes"));
        if chunks.open.len() >= CHUNK {
            chunks.close(&self.store, self.held);
        }
        ClusterHead::new(cluster, PackedRange { chunk, begin, end })
    }

    /// Returns the clusters to which these heads belong.
    ///
    /// # Errors
    /// [`Error::Storage`] if what does not fit into memory cannot be stored.
    pub(super) fn close(self, heads: Vec<ClusterHead>) -> Result<Clusters, Error> {
        let mut chunks = self.chunks.into_inner().unwrap_or_else(PoisonError::into_inner);
        chunks.close(&self.store, self.held);
        match chunks.error {
            Some(error) => Err(error),
            None => Ok(Clusters::new(heads, chunks.full, self.store.close(self.shown)?)),
        }
    }
}

impl Chunks {
    /// Puts the open chunk into the store.
    fn close(&mut self, store: &StoreWriter, held: usize) {
        match store.put(std::mem::take(&mut self.open), held) {
            Ok(chunk) => self.full.push(chunk),
            Err(error) => {
                self.full.push(Column::default());
                self.error.get_or_insert(error);
            }
        }
    }
}
