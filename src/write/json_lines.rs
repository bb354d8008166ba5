//! Writes pairs and clusters as JSON Lines: one record a line.
//!
//! Records are serialized in parallel, in batches, and written in order.

use std::io::{self, Write};
use std::iter::Peekable;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use super::report_format::ReportFormat;
use crate::cluster::{Cluster, ListedClusters};
use crate::corpus::Corpus;
use crate::report::{ClusterRecord, MemberRecords, Offsets, PairRecord};
use crate::verify::Match;

/// Writes one JSON object on each line.
#[derive(Clone, Copy, Debug, Default)]
pub struct JsonLines {
    /// The unit of the spans.
    pub offsets: Offsets,
    /// True if members of clusters have a field with their boilerplate.
    pub boilerplate: bool,
}

/// Some members of a cluster, whose line is serialized in parts: a cluster may have as many members as thousands of others.
struct LinePart {
    cluster: Arc<Cluster>,
    members: Range<usize>,
}

impl JsonLines {
    /// Serializes a part of the line of a cluster: the first one with the fields before the members, the last one with the
    /// end of the line.
    fn write_part(&self, corpus: &Corpus, part: &LinePart, out: &mut Vec<u8>) -> io::Result<()> {
        let LinePart { cluster, members } = part;
        if members.start == 0 {
            let record = ClusterRecord::new(corpus, Arc::clone(cluster), self.offsets).without_members();
            serde_json::to_writer(&mut *out, &record)?;
            assert!(out.ends_with(b"[]}"), "the members are the last field");
            out.truncate(out.len() - b"]}".len());
        }
        let all =
            MemberRecords::new(corpus, Arc::clone(cluster), self.offsets).with_boilerplate(self.boilerplate);
        for (index, member) in members.clone().zip(all.range(members.clone()).iter()) {
            if index > 0 {
                out.push(b',');
            }
            serde_json::to_writer(&mut *out, &member)?;
        }
        if members.end == cluster.members.len() {
            out.extend_from_slice(b"]}\n");
        }
        Ok(())
    }
}

impl ReportFormat for JsonLines {
    fn clusters(
        &self,
        corpus: &Corpus,
        clusters: &ListedClusters<'_>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let mut parts = clusters.iter().flat_map(line_parts).peekable();
        let next = || (0..BATCH / PART).map_while(|_| next_parts(&mut parts)).collect();
        write_in_parallel(next, 1, out, |parts: &Vec<LinePart>, lines| {
            parts.iter().try_for_each(|part| self.write_part(corpus, part, lines))
        })
    }

    fn pairs(
        &self,
        corpus: &Corpus,
        pairs: &mut dyn Iterator<Item = Match>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let next = || pairs.take(BATCH).collect();
        write_in_parallel(next, CHUNK, out, |found: &Match, lines| {
            write_line(&PairRecord::new(corpus, found, self.offsets), lines)
        })
    }
}

/// The number of pairs, or of members of clusters, in a batch.
const BATCH: usize = 8192;
/// The largest number of members in a part of a line, and the number of members that one thread serializes at a time.
const PART: usize = 256;
/// The number of pairs that one thread serializes at a time.
const CHUNK: usize = 32;

/// Divides the members of a cluster into parts of at most [`PART`].
fn line_parts(cluster: Cluster) -> impl Iterator<Item = LinePart> {
    let members = cluster.members.len();
    let cluster = Arc::new(cluster);
    let part =
        move |start| LinePart { cluster: Arc::clone(&cluster), members: start..members.min(start + PART) };
    (0..members).step_by(PART).map(part)
}

/// Takes the next parts of lines: about [`PART`] members, or nothing at the end.
fn next_parts(parts: &mut Peekable<impl Iterator<Item = LinePart>>) -> Option<Vec<LinePart>> {
    let mut taken = vec![parts.next()?];
    let mut members = taken[0].members.len();
    while let Some(part) = parts.next_if(|part| members + part.members.len() <= PART) {
        members += part.members.len();
        taken.push(part);
    }
    Some(taken)
}

/// Serializes the batches that `next` returns, until it returns an empty one, and writes them in order. A batch is
/// serialized in parallel, `chunk` elements by a thread at a time, while the one before it is written.
fn write_in_parallel<T: Send + Sync>(
    mut next: impl FnMut() -> Vec<T>,
    chunk: usize,
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
            scope.spawn(|_| chunks = batch.par_chunks(chunk).map(serialize_chunk).collect());
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
