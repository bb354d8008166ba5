//! Finds the articles of an archive that share text with given ones.
//!
//! An archived article is near a given one if the two share at least two fingerprints, or one if one of them is short: more
//! than what becomes a candidate, so that the run that follows decides as it does without an archive.
//!
//! Where many articles have a fingerprint, only some of them are looked at: the first ones, which the other fingerprints
//! of the same text have, too; and the first ones of the outlet, which show what it repeats.
//!
//! Cost: one pass over the postings of the archive, or a few reads for each fingerprint, whichever is less; eight bytes for
//! each pair of articles that share a fingerprint.

use std::sync::Arc;

use rayon::prelude::*;

use super::number_set::NumberSet;
use super::queries::Queries;
use super::segment_file::{SegmentFile, identity_of};
use crate::corpus::Identity;
use crate::error::Error;

/// If more articles of a segment have a fingerprint, not all of them are looked at.
const ALL_ROWS_UP_TO: usize = 64;
/// The number of articles of any outlet that are looked at then.
const FIRST_ROWS: usize = 8;
/// The number of articles of the same outlet that are looked at then: twice the sample by which boilerplate is judged.
const ROWS_OF_OUTLET: usize = 24;
/// The number of articles among which those of an outlet are searched.
const SCANNED_ROWS: usize = 1 << 12;
/// If a fingerprint makes more pairs, it is treated as if many articles had it.
const MOST_PAIRS: usize = 1 << 12;
/// An article with fewer words may share no more than one fingerprint with its copy.
const SHORT: u32 = 100;
/// The number of fingerprints that one thread looks up at a time.
const AT_ONCE: usize = 1 << 15;
/// The number of pairs that are collected before they are counted.
const MOST_COLLECTED: usize = 1 << 26;

/// The articles that may be near each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Among {
    /// Articles of all outlets.
    AllOutlets,
    /// Articles of the same outlet.
    SameOutlet,
}

/// Returns the numbers of the articles that are near one of the queries, each with the number of fingerprints that they
/// share with the query that is nearest, ascending. `is_left_out` says which articles are not looked at.
///
/// # Errors
/// [`Error::Archive`] if the archive cannot be read.
pub(super) fn nearby(
    segments: &[Arc<SegmentFile>],
    queries: &mut Queries,
    among: Among,
    is_left_out: &(dyn Fn(u32) -> bool + Sync),
) -> Result<Vec<(u32, u32)>, Error> {
    queries.sort();
    let (identities, postings) = (&queries.identities, queries.postings());
    // The queries of each value that they have.
    let lists: Vec<&[(u32, u32)]> = postings.chunk_by(|one, other| one.0 == other.0).collect();
    let mut counts = PairCounts::default();
    for segment in segments {
        let search = Search { segment, identities, among, is_left_out };
        for lists in lists.chunks(AT_ONCE * rayon::current_num_threads()) {
            let found: Result<Vec<Vec<u64>>, Error> =
                lists.par_chunks(AT_ONCE).map(|lists| search.pairs(lists)).collect();
            counts.add(found?);
        }
    }
    let is_near = |pair: u64, shared: u32| {
        let (query, number) = divided(pair);
        let words = identities[query as usize].words.min(identity_of(segments, number).words);
        shared > 1 || words < SHORT
    };
    Ok(counts.near(is_near))
}

/// A query in the upper half, and in the lower half the number of an article that shares a fingerprint with it.
fn pair(query: u32, number: u32) -> u64 {
    u64::from(query) << u32::BITS | u64::from(number)
}

fn divided(pair: u64) -> (u32, u32) {
    ((pair >> u32::BITS) as u32, pair as u32)
}

/// Searches one segment.
struct Search<'a> {
    segment: &'a SegmentFile,
    identities: &'a [Identity],
    among: Among,
    is_left_out: &'a (dyn Fn(u32) -> bool + Sync),
}

impl Search<'_> {
    /// Returns the pairs of queries and articles that share a fingerprint. `lists` has the queries of each value.
    fn pairs(&self, lists: &[&[(u32, u32)]]) -> Result<Vec<u64>, Error> {
        let values: Vec<u32> = lists.iter().map(|list| list[0].0).collect();
        let (mut pairs, mut next, mut live) = (Vec::new(), 0, Vec::new());
        let first = self.segment.entry.first;
        self.segment.fingerprints.for_each_list(&values, |value, rows| {
            while values[next] != value {
                next += 1;
            }
            live.clear();
            let rows = rows.iter().copied().filter(|row| !(self.is_left_out)(first + row));
            live.extend(rows.take(SCANNED_ROWS));
            self.add_list(lists[next], &live, &mut pairs);
        })?;
        Ok(pairs)
    }

    /// Adds the pairs of one value.
    fn add_list(&self, queries: &[(u32, u32)], rows: &[u32], pairs: &mut Vec<u64>) {
        let first = self.segment.entry.first;
        let outlet = |row: u32| self.segment.identity(row).outlet;
        let is_short = rows.len() <= ALL_ROWS_UP_TO && rows.len() * queries.len() <= MOST_PAIRS;
        if is_short {
            for &(_, query) in queries {
                let own = self.identities[query as usize].outlet;
                let is_among = |row: &&u32| self.among == Among::AllOutlets || outlet(**row) == own;
                pairs.extend(rows.iter().filter(is_among).map(|row| pair(query, first + row)));
            }
            return;
        }
        let mut by_outlet: Vec<(u64, u32)> =
            queries.iter().map(|&(_, query)| (self.identities[query as usize].outlet, query)).collect();
        by_outlet.sort_unstable();
        for of_outlet in by_outlet.chunk_by(|one, other| one.0 == other.0) {
            let own = rows.iter().copied().filter(|&row| outlet(row) == of_outlet[0].0).take(ROWS_OF_OUTLET);
            let mut looked_at: Vec<u32> = own.collect();
            if self.among == Among::AllOutlets {
                looked_at.extend(rows.iter().take(FIRST_ROWS));
                looked_at.sort_unstable();
                looked_at.dedup();
            }
            for &(_, query) in of_outlet {
                pairs.extend(looked_at.iter().map(|row| pair(query, first + row)));
            }
        }
    }
}

/// Counts how often each pair was found.
#[derive(Default)]
struct PairCounts {
    /// Pairs that were counted, ascending, each with its count.
    counted: Vec<(u64, u32)>,
    pairs: Vec<u64>,
}

impl PairCounts {
    fn add(&mut self, found: Vec<Vec<u64>>) {
        for pairs in found {
            self.pairs.extend(pairs);
        }
        if self.pairs.len() > MOST_COLLECTED {
            self.count();
        }
    }

    fn count(&mut self) {
        let mut pairs = std::mem::take(&mut self.pairs);
        pairs.par_sort_unstable();
        let new = pairs.chunk_by(|one, other| one == other).map(|same| (same[0], same.len() as u32));
        let is_first = self.counted.is_empty();
        self.counted.extend(new);
        if !is_first {
            // A stable sort merges the two ascending runs in linear time.
            self.counted.sort_by_key(|(pair, _)| *pair);
            self.counted.dedup_by(|next, kept| {
                let is_same = next.0 == kept.0;
                if is_same {
                    kept.1 += next.1;
                }
                is_same
            });
        }
    }

    /// Returns the numbers in the pairs that are near, each with its largest count, ascending.
    fn near(mut self, is_near: impl Fn(u64, u32) -> bool) -> Vec<(u32, u32)> {
        self.count();
        let near = self.counted.into_iter().filter(|&(pair, count)| is_near(pair, count));
        let mut near: Vec<(u32, u32)> = near.map(|(pair, count)| (divided(pair).1, count)).collect();
        near.par_sort_unstable_by_key(|&(number, count)| (number, std::cmp::Reverse(count)));
        near.dedup_by_key(|(number, _)| *number);
        near
    }
}

/// Returns the numbers of the articles with the same words as short queries, which have no fingerprints. `shortest` is the
/// number of words from which on articles have fingerprints.
///
/// # Errors
/// [`Error::Archive`] if the archive cannot be read.
pub(super) fn with_same_words(
    segments: &[Arc<SegmentFile>],
    identities: &[Identity],
    shortest: usize,
) -> Result<NumberSet, Error> {
    let short = identities.iter().filter(|query| (1..shortest).contains(&(query.words as usize)));
    let mut contents: Vec<u64> = short.map(|query| query.content).collect();
    contents.sort_unstable();
    contents.dedup();
    let mut found = NumberSet::default();
    for segment in segments {
        rows_with(
            segment,
            &segment.contents,
            &contents,
            |identity| identity.content,
            |_, row| {
                found.insert(segment.entry.first + row);
            },
        )?;
    }
    Ok(found)
}

/// Calls `visit` with each of the hashes, ascending and different, that a row has, and with the row. `hash` is the hash by
/// which `postings` lists the rows.
///
/// # Errors
/// [`Error::Archive`] if the archive cannot be read.
pub(super) fn rows_with(
    segment: &SegmentFile,
    postings: &super::disk::Postings,
    hashes: &[u64],
    hash: impl Fn(&Identity) -> u64,
    mut visit: impl FnMut(u64, u32),
) -> Result<(), Error> {
    let mut values: Vec<u32> = hashes.iter().map(|hash| (hash >> u32::BITS) as u32).collect();
    values.dedup();
    postings.for_each_list(&values, |_, rows| {
        for &row in rows {
            let hash = hash(&segment.identity(row));
            if hashes.binary_search(&hash).is_ok() {
                visit(hash, row);
            }
        }
    })
}
