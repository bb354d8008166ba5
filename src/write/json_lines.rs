//! Writes pairs and clusters as JSON Lines: one record a line.
//!
//! Records are serialized in parallel, in batches, and written in order.

use std::io::{self, Write};

use rayon::prelude::*;
use serde::Serialize;

use super::report_format::ReportFormat;
use crate::cluster::Cluster;
use crate::corpus::Corpus;
use crate::report::{ClusterRecord, Offsets, PairRecord};
use crate::verify::Match;

/// Writes one JSON object on each line.
#[derive(Clone, Copy, Debug, Default)]
pub struct JsonLines {
    /// The unit of the spans.
    pub offsets: Offsets,
    /// True if members of clusters have a field with their boilerplate.
    pub boilerplate: bool,
}

impl JsonLines {
    /// Serializes one cluster as a line.
    fn cluster_line(&self, corpus: &Corpus, cluster: &Cluster, out: &mut Vec<u8>) -> io::Result<()> {
        let mut record = ClusterRecord::new(corpus, cluster, self.offsets);
        if self.boilerplate {
            record.show_boilerplate(corpus, cluster, self.offsets);
        }
        write_line(&record, out)
    }
}

impl ReportFormat for JsonLines {
    fn clusters(&self, corpus: &Corpus, clusters: &[&Cluster], out: &mut dyn Write) -> io::Result<()> {
        let mut rest = clusters;
        let next = || {
            let (batch, others) = rest.split_at(batch_length(rest));
            rest = others;
            batch.to_vec()
        };
        write_in_parallel(next, out, |cluster, lines| self.cluster_line(corpus, cluster, lines))
    }

    fn pairs(
        &self,
        corpus: &Corpus,
        pairs: &mut dyn Iterator<Item = Match>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let next = || pairs.take(BATCH).collect();
        write_in_parallel(next, out, |found: &Match, lines| {
            write_line(&PairRecord::new(corpus, found, self.offsets), lines)
        })
    }
}

/// The number of pairs, or of members of clusters, in a batch.
const BATCH: usize = 8192;
/// The number of records that one thread serializes at a time.
const CHUNK: usize = 32;

/// Returns the number of clusters in the next batch: at least one, if there is one.
fn batch_length(clusters: &[&Cluster]) -> usize {
    // Members are counted, not clusters: one cluster may have as many members as thousands of others.
    let mut members = 0;
    let within = |cluster: &&&Cluster| {
        members += cluster.members.len();
        members <= BATCH
    };
    clusters.iter().take_while(within).count().max(usize::from(!clusters.is_empty()))
}

/// Serializes the batches that `next` returns, until it returns an empty one, and writes them in order. A batch is
/// serialized in parallel while the one before it is written.
fn write_in_parallel<T: Send + Sync>(
    mut next: impl FnMut() -> Vec<T>,
    out: &mut dyn Write,
    serialize: impl Fn(&T, &mut Vec<u8>) -> io::Result<()> + Sync,
) -> io::Result<()> {
    let serialize_chunk = |chunk: &[T]| {
        let mut lines = Vec::new();
        chunk.iter().try_for_each(|record| serialize(record, &mut lines))?;
        Ok(lines)
    };
    let mut serialized: Vec<Vec<u8>> = Vec::new();
    loop {
        let batch = next();
        let mut chunks: io::Result<Vec<Vec<u8>>> = Ok(Vec::new());
        rayon::in_place_scope(|scope| {
            scope.spawn(|_| chunks = batch.par_chunks(CHUNK).map(serialize_chunk).collect());
            std::mem::take(&mut serialized).into_iter().try_for_each(|lines| out.write_all(&lines))
        })?;
        serialized = chunks?;
        if batch.is_empty() {
            return Ok(());
        }
    }
}

/// Serializes a record as one line.
fn write_line(record: &impl Serialize, out: &mut Vec<u8>) -> io::Result<()> {
    serde_json::to_writer(&mut *out, record)?;
    out.push(b'\n');
    Ok(())
}
