//! Results in, JSON Lines out: one record a line.

use std::io::{self, Write};

use rayon::prelude::*;
use serde::Serialize;

use super::Report;
use crate::cluster::Cluster;
use crate::corpus::Corpus;
use crate::report::Offsets;
use crate::report::{ClusterRecord, PairRecord};
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
        let next = || {
            // Counted in members: one cluster may have as many as thousands of others.
            let mut members = 0;
            let within = |cluster: &&Cluster| {
                members += cluster.members.len();
                members <= AT_ONCE
            };
            let count = rest.iter().copied().take_while(within).count().max(usize::from(!rest.is_empty()));
            let (some, others) = rest.split_at(count);
            rest = others;
            some.to_vec()
        };
        in_parallel(next, out, |cluster, lines| self.cluster(corpus, cluster, lines))
    }

    fn pairs(
        &self,
        corpus: &Corpus,
        pairs: &mut dyn Iterator<Item = Match>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let next = || pairs.take(AT_ONCE).collect();
        in_parallel(next, out, |found: &Match, lines| {
            line(&PairRecord::new(corpus, found, self.offsets), lines)
        })
    }
}

/// Pairs, or members of clusters, that are put into words in parallel before they are written.
const AT_ONCE: usize = 8192;
/// Of these so many by one thread.
const BY_ONE: usize = 32;

/// Puts the records that `next` gives, some at a time until there are none, into words in parallel, and writes them in
/// their order while the next ones are put into words.
fn in_parallel<T: Send + Sync>(
    mut next: impl FnMut() -> Vec<T>,
    out: &mut dyn Write,
    words: impl Fn(&T, &mut Vec<u8>) -> io::Result<()> + Sync,
) -> io::Result<()> {
    let of_some = |some: &[T]| {
        let mut lines = Vec::new();
        some.iter().try_for_each(|record| words(record, &mut lines))?;
        Ok(lines)
    };
    let mut written: Vec<Vec<u8>> = Vec::new();
    loop {
        let records = next();
        let mut parts: io::Result<Vec<Vec<u8>>> = Ok(Vec::new());
        rayon::in_place_scope(|scope| {
            scope.spawn(|_| parts = records.par_chunks(BY_ONE).map(of_some).collect());
            std::mem::take(&mut written).into_iter().try_for_each(|lines| out.write_all(&lines))
        })?;
        written = parts?;
        if records.is_empty() {
            return Ok(());
        }
    }
}

fn line(record: &impl Serialize, out: &mut Vec<u8>) -> io::Result<()> {
    serde_json::to_writer(&mut *out, record)?;
    out.push(b'\n');
    Ok(())
}
