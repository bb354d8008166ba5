//! Token lists in, the numbers of their distinct shingles out, each counted once for all threads.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::article::ArticleId;
use crate::shingle::shingle;
use crate::text::Token;

/// Counts distinct shingles; clones share what was counted. An article must have the same tokens throughout.
#[derive(Clone, Debug)]
pub(crate) struct DistinctShingles {
    size: usize,
    /// For each article its count, 0 where it was not counted yet: an article with words has a shingle.
    counts: Arc<[AtomicU32]>,
    shingles: Vec<u64>,
    slots: Vec<u64>,
}

impl DistinctShingles {
    pub(super) fn new(articles: usize, size: usize) -> Self {
        let counts = (0..articles).map(|_| AtomicU32::new(0)).collect();
        Self { size, counts, shingles: Vec::new(), slots: Vec::new() }
    }

    /// Takes over what was counted elsewhere.
    pub(super) fn note(&self, id: ArticleId, count: u32) {
        self.counts[id.index()].store(count, Ordering::Relaxed);
    }

    /// Counts the distinct shingles of an article.
    pub(super) fn of(&mut self, id: ArticleId, tokens: &[Token]) -> u32 {
        // Two threads may count one article at the same time, and come to the same.
        let known = self.counts[id.index()].load(Ordering::Relaxed);
        if known > 0 {
            return known;
        }
        shingle(tokens, self.size, &mut self.shingles);
        let count = count(&mut self.shingles, &mut self.slots);
        self.note(id, count);
        count
    }
}

/// Counts different hashes, in any order; `slots` is a table in which they are put.
fn count(hashes: &mut Vec<u64>, slots: &mut Vec<u64>) -> u32 {
    const EMPTY: u64 = 0;
    let size = (2 * hashes.len()).next_power_of_two();
    slots.clear();
    slots.resize(size, EMPTY);
    // Should many of them fall on one place (input may be made for that), they are sorted.
    let mut patience = 2 * size;
    let (mut count, mut has_empty) = (0, false);
    for &hash in hashes.iter() {
        has_empty |= hash == EMPTY;
        let mut slot = hash as usize & (size - 1);
        while slots[slot] != EMPTY && slots[slot] != hash && patience > 0 {
            slot = (slot + 1) & (size - 1);
            patience -= 1;
        }
        count += u32::from(slots[slot] == EMPTY && hash != EMPTY);
        slots[slot] = hash;
    }
    if patience > 0 {
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
    fn counts_once() {
        let mut tokens = Tokens::new();
        tokenize("a b a b a b", &mut tokens);
        let mut distinct = DistinctShingles::new(2, 2);
        let mut clone = distinct.clone();
        assert_eq!(distinct.of(ArticleId::new(1), tokens.tokens()), 2);
        assert_eq!(clone.of(ArticleId::new(1), &[]), 2, "known to the clone");
        assert_eq!(clone.of(ArticleId::new(0), &tokens.tokens()[..3]), 2);
    }

    proptest! {
        #[test]
        fn counts_as_a_set_does(
            hashes in prop::collection::vec(0_u64..60, 0..120),
            shift in prop::sample::select(vec![0, 40]),
        ) {
            let mut hashes: Vec<u64> = hashes.into_iter().map(|hash| hash << shift).collect();
            let expected = hashes.iter().collect::<HashSet<_>>().len();
            prop_assert_eq!(count(&mut hashes, &mut vec![7]) as usize, expected);
        }
    }
}
