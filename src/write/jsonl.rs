//! Results in, JSON Lines out: one record a line.

use std::io::{self, Write};

use rayon::prelude::*;
use serde::Serialize;

use super::Report;
use super::record::{ClusterRecord, PairRecord};
use super::span::Offsets;
use crate::cluster::Cluster;
use crate::corpus::Corpus;
use crate::verify::Match;

/// Writes one JSON object a line.
#[derive(Clone, Copy, Debug, Default)]
pub struct JsonLines {
    /// What spans count.
    pub offsets: Offsets,
    /// Whether members of clusters say what is masked of them.
    pub boilerplate: bool,
}

impl JsonLines {
    fn cluster(&self, corpus: &Corpus, cluster: &Cluster, out: &mut Vec<u8>) -> io::Result<()> {
        let mut record = ClusterRecord::new(corpus, cluster, self.offsets);
        if self.boilerplate {
            record.show_boilerplate(corpus, cluster, self.offsets);
        }
        line(&record, out)
    }
}

impl Report for JsonLines {
    fn clusters(&self, corpus: &Corpus, clusters: &[&Cluster], out: &mut dyn Write) -> io::Result<()> {
        let mut rest = clusters;
        while !rest.is_empty() {
            // Counted in members: one cluster may have as many as thousands of others.
            let mut members = 0;
            let within = |cluster: &&Cluster| {
                members += cluster.members.len();
                members <= AT_ONCE
            };
            let count = rest.iter().copied().take_while(within).count().max(1);
            let (some, others) = rest.split_at(count);
            in_parallel(some, out, |cluster, lines| self.cluster(corpus, cluster, lines))?;
            rest = others;
        }
        Ok(())
    }

    fn pairs(
        &self,
        corpus: &Corpus,
        pairs: &mut dyn Iterator<Item = Match>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        loop {
            let some: Vec<Match> = pairs.take(AT_ONCE).collect();
            if some.is_empty() {
                return Ok(());
            }
            in_parallel(&some, out, |found, lines| {
                line(&PairRecord::new(corpus, found, self.offsets), lines)
            })?;
        }
    }
}

/// Pairs, or members of clusters, that are put into words in parallel before they are written.
const AT_ONCE: usize = 16_384;
/// Of these so many by one thread.
const BY_ONE: usize = 32;

/// Puts records into words, in parallel, and writes them in their order.
fn in_parallel<T: Sync>(
    records: &[T],
    out: &mut dyn Write,
    words: impl Fn(&T, &mut Vec<u8>) -> io::Result<()> + Sync,
) -> io::Result<()> {
    let of_some = |some: &[T]| {
        let mut lines = Vec::new();
        some.iter().try_for_each(|record| words(record, &mut lines))?;
        Ok(lines)
    };
    let parts: io::Result<Vec<Vec<u8>>> = records.par_chunks(BY_ONE).map(of_some).collect();
    parts?.iter().try_for_each(|lines| out.write_all(lines))
}

fn line(record: &impl Serialize, out: &mut Vec<u8>) -> io::Result<()> {
    serde_json::to_writer(&mut *out, record)?;
    out.push(b'\n');
    Ok(())
}
