//! Finds the articles of an archive that share text with given ones, and pages that show what their outlets repeat.
//!
//! An archived article is near a given one if the two share as many fingerprints as make a candidate: three, or fewer if one
//! of them is short. Where many articles have a fingerprint, only the first ones are looked at, which the other fingerprints
//! of the same text have, too. Of one outlet these are fewer, since most of what an outlet has often is no story.
//!
//! A page gets a vote for each fingerprint that it has in common with a given article and with at least one more page of
//! the outlet. If many pages have a fingerprint, a sample of them gets a vote: those whose numbers have the smallest hashes.
//! So fingerprints of the same pages have the same sample (coordinated sampling; Cohen, "Size-estimation framework with
//! applications to transitive closure and reachability", 1997), and few pages show all that an outlet repeats.
//!
//! Cost: one pass over the postings of the archive, or a few reads for each fingerprint, whichever is less; eight bytes for
//! each pair of articles that share a fingerprint.

use std::sync::Arc;

use rayon::prelude::*;

use super::number_set::NumberSet;
use super::queries::Queries;
use super::segment_file::{SegmentFile, identity_of};
use crate::boilerplate::SAMPLE;
use crate::corpus::Identity;
use crate::error::Error;
use crate::index::{IndexRule, LinkRule, enough_fingerprints};

/// If more articles have a fingerprint, not all of them are looked at: the list is long.
const ALL_ROWS_UP_TO: usize = LinkRule::ALL_PAIRS_UP_TO;
/// The number of articles that are looked at then.
const FIRST_ROWS: usize = 8;
/// If more articles of the same outlet have a fingerprint, not all of them are looked at.
const ALL_OF_OUTLET_UP_TO: usize = 8;
/// The number of articles of the same outlet that are looked at then.
const FIRST_OF_OUTLET: usize = 4;
/// The number of pages of an outlet that get a vote for one fingerprint: the sample by which boilerplate is judged.
const VOTED_PAGES: usize = SAMPLE;
/// The number of articles of a segment that are looked at, however many have a fingerprint.
const SCANNED_ROWS: usize = 1 << 10;
/// If a fingerprint makes more pairs, it is treated as if many articles had it.
const MOST_PAIRS: usize = 1 << 12;
/// The number of fingerprints that one thread looks up at a time.
const AT_ONCE: usize = 1 << 13;
/// The number of items that are collected before they are counted.
const MOST_COLLECTED: usize = 1 << 25;

/// The aim of a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SearchFor {
    /// Near articles, and pages that show what outlets repeat.
    ArticlesAndPages,
    /// Only pages that show what outlets repeat.
    Pages,
}

/// The articles and pages that were found near some articles.
#[derive(Debug, Default)]
pub(super) struct Nearby {
    /// The numbers of the near articles, ascending.
    pub(super) articles: Vec<u32>,
    /// The numbers of articles that were looked at instead of all that have a fingerprint. Others of their stories may be near.
    pub(super) stand_ins: NumberSet,
    /// The numbers of pages, ascending, each with its votes.
    pub(super) pages: Vec<(u32, u32)>,
}

/// Finds the articles that are near one of the queries. `is_left_out` says which ones are not looked at.
///
/// # Errors
/// [`Error::Archive`] if the archive cannot be read.
pub(super) fn nearby(
    segments: &[Arc<SegmentFile>],
    queries: &mut Queries,
    what: SearchFor,
    rule: &IndexRule,
    is_left_out: &(dyn Fn(u32) -> bool + Sync),
) -> Result<Nearby, Error> {
    queries.sort();
    let (identities, postings) = (&queries.identities, queries.postings());
    // The queries of each value that they have.
    let lists: Vec<&[(u32, u32)]> = postings.chunk_by(|one, other| one.0 == other.0).collect();
    let (mut counts, mut votes, mut stand_ins) = (Counts::default(), Counts::default(), NumberSet::default());
    let search = Search { segments, identities, what, is_left_out };
    for lists in lists.chunks(AT_ONCE * rayon::current_num_threads()) {
        let found: Result<Vec<Found>, Error> =
            lists.par_chunks(AT_ONCE).map(|lists| search.find(lists)).collect();
        for found in found? {
            counts.add(found.pairs);
            votes.add(found.votes);
            stand_ins.extend(found.stand_ins);
        }
    }
    let near = |&(pair, shared): &(u64, u32)| {
        let (query, number) = divided(pair);
        let words = identities[query as usize].words.min(identity_of(segments, number).words);
        (shared >= enough_fingerprints(rule, words as usize)).then_some(number)
    };
    let mut articles: Vec<u32> = counts.finish().iter().filter_map(near).collect();
    articles.par_sort_unstable();
    articles.dedup();
    Ok(Nearby { articles, stand_ins, pages: votes.finish() })
}

/// A query in the upper half, and in the lower half the number of an article that shares a fingerprint with it.
fn pair(query: u32, number: u32) -> u64 {
    u64::from(query) << u32::BITS | u64::from(number)
}

fn divided(pair: u64) -> (u32, u32) {
    ((pair >> u32::BITS) as u32, pair as u32)
}

/// Searches all segments.
struct Search<'a> {
    segments: &'a [Arc<SegmentFile>],
    identities: &'a [Identity],
    what: SearchFor,
    is_left_out: &'a (dyn Fn(u32) -> bool + Sync),
}

/// The pairs and votes that a search found.
#[derive(Default)]
struct Found {
    /// Queries, each with an article that shares a fingerprint with it.
    pairs: Vec<u64>,
    /// The articles that were looked at instead of others.
    stand_ins: Vec<u32>,
    /// Pages, each as often as it got a vote.
    votes: Vec<u32>,
}

impl Search<'_> {
    /// Searches for the articles that share fingerprints with queries. `lists` has the queries of each value.
    fn find(&self, lists: &[&[(u32, u32)]]) -> Result<Found, Error> {
        let values: Vec<u32> = lists.iter().map(|list| list[0].0).collect();
        // For each value the articles that have it, each with its outlet.
        let mut live: Vec<Vec<(u64, u32)>> = vec![Vec::new(); values.len()];
        for segment in self.segments {
            let (mut next, first) = (0, segment.entry.first);
            let is_live = |row: u32| !(self.is_left_out)(first + row);
            segment.fingerprints.for_each_list_of_some(&values, is_live, SCANNED_ROWS, |value, rows| {
                while values[next] != value {
                    next += 1;
                }
                live[next].extend(rows.iter().map(|&row| (segment.outlet(row), first + row)));
            })?;
        }
        let mut found = Found::default();
        for (queries, live) in lists.iter().zip(&live).filter(|(_, live)| !live.is_empty()) {
            self.add_list(queries, live, &mut found);
        }
        Ok(found)
    }

    /// Adds what one value shows. `live` has the articles that have it, each with its outlet.
    fn add_list(&self, queries: &[(u32, u32)], live: &[(u64, u32)], found: &mut Found) {
        let mut by_outlet: Vec<(u64, u32)> =
            queries.iter().map(|&(_, query)| (self.identities[query as usize].outlet, query)).collect();
        by_outlet.sort_unstable();
        let is_short = live.len() <= ALL_ROWS_UP_TO && live.len() * queries.len() <= MOST_PAIRS;
        let first = &live[..live.len().min(FIRST_ROWS)];
        let has_query = |&&(outlet, _): &&(u64, u32)| {
            by_outlet.binary_search_by_key(&outlet, |&(of_query, _)| of_query).is_ok()
        };
        let mut live_by_outlet: Vec<(u64, u32)> = live.iter().filter(has_query).copied().collect();
        live_by_outlet.sort_unstable();
        for of_outlet in by_outlet.chunk_by(|one, other| one.0 == other.0) {
            let outlet = of_outlet[0].0;
            let from_outlet = live_by_outlet.partition_point(|(other, _)| *other < outlet);
            let from_outlet = &live_by_outlet[from_outlet..];
            let count = from_outlet.partition_point(|(other, _)| *other == outlet);
            let of_same = || from_outlet[..count].iter().map(|(_, number)| *number);
            if count + of_outlet.len() > 2 {
                add_votes(of_same().collect(), &mut found.votes);
            }
            if self.what == SearchFor::Pages {
                continue;
            }
            let is_repeated = count > ALL_OF_OUTLET_UP_TO;
            let others = if is_short && !is_repeated { live } else { first };
            if others.len() < live.len() {
                found.stand_ins.extend(others.iter().map(|(_, number)| *number));
            }
            let from_same = if is_repeated { FIRST_OF_OUTLET } else { count };
            for &(_, query) in of_outlet {
                let others = others.iter().filter(|(other, _)| *other != outlet).map(|(_, number)| *number);
                found.pairs.extend(others.chain(of_same().take(from_same)).map(|number| pair(query, number)));
            }
        }
    }
}

/// Adds a vote for each of the pages of an outlet that have the same fingerprint, or of a sample of them.
fn add_votes(mut pages: Vec<u32>, votes: &mut Vec<u32>) {
    /// The odd number next to 2^32 divided by the golden ratio, by which numbers that follow each other get hashes that are
    /// far from each other (Knuth, The Art of Computer Programming, volume 3, 1973).
    const FIBONACCI: u32 = 0x9E37_79B1;
    if pages.len() > VOTED_PAGES {
        pages.select_nth_unstable_by_key(VOTED_PAGES, |page| page.wrapping_mul(FIBONACCI));
        pages.truncate(VOTED_PAGES);
    }
    votes.extend(pages);
}

/// Counts how often each item was found.
struct Counts<T> {
    /// Items that were counted, ascending, each with its count.
    counted: Vec<(T, u32)>,
    items: Vec<T>,
}

impl<T> Default for Counts<T> {
    fn default() -> Self {
        Self { counted: Vec::new(), items: Vec::new() }
    }
}

impl<T: Copy + Ord + Send> Counts<T> {
    fn add(&mut self, found: Vec<T>) {
        self.items.extend(found);
        if self.items.len() > MOST_COLLECTED {
            self.count();
        }
    }

    fn count(&mut self) {
        let mut items = std::mem::take(&mut self.items);
        items.par_sort_unstable();
        let new = items.chunk_by(|one, other| one == other).map(|same| (same[0], same.len() as u32));
        self.counted.extend(new);
        // A stable sort merges the two ascending runs in linear time.
        self.counted.sort_by_key(|&(item, _)| item);
        self.counted.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            if is_same {
                kept.1 += next.1;
            }
            is_same
        });
    }

    /// Returns the items, ascending, each with its count.
    fn finish(mut self) -> Vec<(T, u32)> {
        self.count();
        self.counted
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::archive::snapshot::Snapshot;
    use crate::archive::test_archive::archive;
    use crate::corpus::Role;
    use crate::detect::fingerprints_of_segment;
    use crate::index::{Fingerprints, Scratch, Sketcher};
    use crate::settings::Settings;

    /// Returns of each article its number and the values of its fingerprints.
    fn fingerprints(snapshot: &Snapshot, numbers: &[u32]) -> Vec<(u32, BTreeSet<u32>)> {
        let sketcher = Sketcher::new(&Settings::default().index_rule());
        let mut out = Vec::new();
        for (numbers, segment) in snapshot.load(numbers, Role::New).unwrap() {
            for (index, number) in numbers.into_iter().enumerate() {
                let mut found = Fingerprints::default();
                sketcher.fingerprint(segment.tokens(index), &mut Scratch::default(), &mut found);
                out.push((number, found.of(0).iter().map(|fingerprint| fingerprint.value).collect()));
            }
        }
        out
    }

    /// Compares all pairs.
    fn naive(snapshot: &Snapshot, queries: &[u32], others: &[u32]) -> Vec<u32> {
        let queries = fingerprints(snapshot, queries);
        let is_near = |(number, of_other): &(u32, BTreeSet<u32>)| {
            queries.iter().any(|(query, of_query)| {
                let words = snapshot.identity(*query).words.min(snapshot.identity(*number).words);
                let enough = match words {
                    ..40 => 1,
                    40..100 => 2,
                    100.. => 3,
                };
                of_query.intersection(of_other).count() >= enough
            })
        };
        let near = fingerprints(snapshot, others);
        near.into_iter().filter(is_near).map(|(number, _)| number).collect()
    }

    proptest! {
        // Each case writes an archive.
        #![proptest_config(ProptestConfig::with_cases(16))]

        /// Few articles share each paragraph, so that all of them are looked at.
        #[test]
        fn same_as_all_pairs(
            articles in prop::collection::vec(prop::collection::vec(0_u32..12, 1..6), 2..24),
            is_query in prop::collection::vec(any::<bool>(), 24),
        ) {
            let (_folder, snapshot) = archive(&articles);
            let (queried, others): (Vec<u32>, Vec<u32>) =
                (0..articles.len() as u32).partition(|&number| is_query[number as usize]);
            let sketcher = Sketcher::new(&Settings::default().index_rule());
            let mut queries = Queries::default();
            for (numbers, segment) in snapshot.load(&queried, Role::New).unwrap() {
                let fingerprints = fingerprints_of_segment(&sketcher, &segment);
                for (index, &number) in numbers.iter().enumerate() {
                    queries.push(snapshot.identity(number), fingerprints.of(index));
                }
            }
            let left_out = |number: u32| queried.contains(&number);
            let (what, rule) = (SearchFor::ArticlesAndPages, Settings::default().index_rule());
            let found = nearby(&snapshot.segments, &mut queries, what, &rule, &left_out).unwrap();
            prop_assert_eq!(found.articles, naive(&snapshot, &queried, &others));
            prop_assert!(found.pages.iter().all(|(number, _)| others.contains(number)));
        }
    }
}
