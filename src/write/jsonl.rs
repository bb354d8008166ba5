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
        for some in clusters.chunks(AT_ONCE) {
            in_parallel(some, out, |cluster, lines| self.cluster(corpus, cluster, lines))?;
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

/// Records that are put into words in parallel before they are written.
const AT_ONCE: usize = 4096;
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
