//! Finds the outlets whose recorded masks a new article of another outlet may refute.
//!
//! A text that an outlet repeats is no template if it is the article on a page of another outlet: an outlet that prints a story
//! on six pages does not hide it. So the masks of an outlet are doubted if they have more than half of the fingerprints of a new
//! article. Its articles are then masked anew, by the same rules as if nothing were recorded.

use std::collections::{BTreeMap, BTreeSet};

use super::loaded_articles::LoadedArticles;
use super::queries::Queries;
use super::snapshot::Snapshot;
use crate::boilerplate::is_in_mask;
use crate::index::LinkRule;

/// If more new articles have a fingerprint, it is not looked at: what is on so many pages is not the article on one of them.
const MOST_QUERIES: usize = LinkRule::ALL_PAIRS_UP_TO;

/// Returns the outlets whose masks are doubted. `queries` are the new articles, sorted, and `loaded` are articles near them.
pub(super) fn outlets_with_doubted_masks(
    snapshot: &Snapshot,
    queries: &Queries,
    loaded: &[LoadedArticles],
) -> BTreeSet<u64> {
    let postings = queries.postings();
    let mut masked: Vec<(u64, u32)> = Vec::new();
    for LoadedArticles { numbers, segment, fingerprints } in loaded {
        for (index, mask) in segment.recorded_masks() {
            let outlet = snapshot.identity(numbers[index]).outlet;
            let of_mask = fingerprints.of(index).iter().filter(|found| is_in_mask(mask, found.position));
            masked.extend(of_mask.map(|found| (outlet, found.value)));
        }
    }
    masked.sort_unstable();
    masked.dedup();
    let counts = queries.fingerprint_counts();
    let mut doubted = BTreeSet::new();
    for of_outlet in masked.chunk_by(|one, other| one.0 == other.0) {
        let outlet = of_outlet[0].0;
        let mut shared: BTreeMap<u32, u32> = BTreeMap::new();
        for &(_, value) in of_outlet {
            let begin = postings.partition_point(|&(other, _)| other < value);
            let count = postings[begin..].partition_point(|&(other, _)| other == value);
            if count <= MOST_QUERIES {
                for &(_, query) in &postings[begin..begin + count] {
                    *shared.entry(query).or_default() += 1;
                }
            }
        }
        let refutes = |(&query, &shared): (&u32, &u32)| {
            queries.identities[query as usize].outlet != outlet && 2 * shared > counts[query as usize]
        };
        if shared.iter().any(refutes) {
            doubted.insert(outlet);
        }
    }
    doubted
}
