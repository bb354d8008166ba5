//! Token lists in, the numbers of their distinct shingles out, each counted once for all threads.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::article::ArticleId;
use crate::shingle::shingle;
use crate::text::Token;

/// Counts distinct shingles; clones share what was counted. An article must have the same tokens throughout.
#[derive(Clone, Debug)]
pub(super) struct DistinctShingles {
    size: usize,
    /// For each article its count, 0 where it was not counted yet: an article with words has a shingle.
    counts: Arc<[AtomicU32]>,
    shingles: Vec<u64>,
}

impl DistinctShingles {
    pub(super) fn new(articles: usize, size: usize) -> Self {
        Self { size, counts: (0..articles).map(|_| AtomicU32::new(0)).collect(), shingles: Vec::new() }
    }

    /// Counts the distinct shingles of an article.
    pub(super) fn of(&mut self, id: ArticleId, tokens: &[Token]) -> u32 {
        // Two threads may count one article at the same time, and come to the same.
        let known = self.counts[id.index()].load(Ordering::Relaxed);
        if known > 0 {
            return known;
        }
        shingle(tokens, self.size, &mut self.shingles);
        self.shingles.sort_unstable();
        self.shingles.dedup();
        let count = self.shingles.len() as u32;
        self.counts[id.index()].store(count, Ordering::Relaxed);
        count
    }
}

#[cfg(test)]
mod tests {
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
}
