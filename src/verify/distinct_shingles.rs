//! Counts the distinct shingles of articles, each article once for all threads.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::article::ArticleId;
use crate::shingle::shingle;
use crate::text::Token;

/// The numbers of distinct shingles of articles, counted when they are first asked for. Clones share the counts. An
/// article must have the same tokens in all calls.
#[derive(Clone, Debug)]
pub(crate) struct DistinctShingles {
    size: usize,
    /// For each article its count, or 0 if it is not counted yet: every article with words has a shingle.
    counts: Arc<[AtomicU32]>,
    shingles: Vec<u64>,
    slots: Vec<u64>,
}

impl DistinctShingles {
    pub(super) fn new(articles: usize, size: usize) -> Self {
        let counts = (0..articles).map(|_| AtomicU32::new(0)).collect();
        Self { size, counts, shingles: Vec::new(), slots: Vec::new() }
    }

    /// Stores the count of an article that the caller has already computed.
    pub(super) fn store(&self, id: ArticleId, count: u32) {
        self.counts[id.index()].store(count, Ordering::Relaxed);
    }

    /// Returns the number of distinct shingles of an article.
    pub(super) fn count(&mut self, id: ArticleId, tokens: &[Token]) -> u32 {
        // Two threads may count one article at the same time; they find the same number.
        let known = self.counts[id.index()].load(Ordering::Relaxed);
        if known > 0 {
            return known;
        }
        shingle(tokens, self.size, &mut self.shingles);
        let count = count_distinct(&mut self.shingles, &mut self.slots);
        self.store(id, count);
        count
    }
}

/// A slot without a hash. A hash of this value is counted separately.
const EMPTY: u64 = 0;
/// The minimum number of slots for each hash.
const SLOTS_PER_HASH: usize = 2;
/// The maximum number of probes of occupied slots, for each slot of the table.
const PROBES_PER_SLOT: usize = 2;

/// Returns the number of distinct hashes, which may be in any order, and reorders them. `slots` is memory for a
/// hash table; its contents are replaced.
fn count_distinct(hashes: &mut Vec<u64>, slots: &mut Vec<u64>) -> u32 {
    let size = (SLOTS_PER_HASH * hashes.len()).next_power_of_two();
    slots.clear();
    slots.resize(size, EMPTY);
    // If many hashes fall on one slot, which hostile input can provoke, they are sorted instead.
    let mut probes_left = PROBES_PER_SLOT * size;
    let (mut count, mut has_empty) = (0, false);
    for &hash in hashes.iter() {
        has_empty |= hash == EMPTY;
        let mut slot = hash as usize & (size - 1);
        while slots[slot] != EMPTY && slots[slot] != hash && probes_left > 0 {
            slot = (slot + 1) & (size - 1);
            probes_left -= 1;
        }
        count += u32::from(slots[slot] == EMPTY && hash != EMPTY);
        slots[slot] = hash;
    }
    if probes_left > 0 {
        return count + u32::from(has_empty);
    }
    hashes.sort_unstable();
    hashes.dedup();
    hashes.len() as u32
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;
    use crate::text::{Tokens, tokenize};

    #[test]
    fn an_article_is_counted_once_for_all_clones() {
        let mut tokens = Tokens::new();
        tokenize("a b a b a b", &mut tokens);
        let mut distinct = DistinctShingles::new(2, 2);
        let mut clone = distinct.clone();
        assert_eq!(distinct.count(ArticleId::new(1), tokens.tokens()), 2);
        assert_eq!(clone.count(ArticleId::new(1), &[]), 2, "known to the clone");
        assert_eq!(clone.count(ArticleId::new(0), &tokens.tokens()[..3]), 2);
    }

    proptest! {
        #[test]
        fn the_count_is_the_size_of_the_set(
            hashes in prop::collection::vec(0_u64..60, 0..120),
            shift in prop::sample::select(vec![0, 40]),
        ) {
            let mut hashes: Vec<u64> = hashes.into_iter().map(|hash| hash << shift).collect();
            let expected = hashes.iter().collect::<HashSet<_>>().len();
            prop_assert_eq!(count_distinct(&mut hashes, &mut vec![7]) as usize, expected);
        }
    }
}
