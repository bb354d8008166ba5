//! Tokens in, shingle hashes out: one for each run of k tokens, at the place where it begins.
//!
//! Cost: k multiplications a token and two for the end, on vector registers.
//! Source: Broder, "On the resemblance and containment of documents", 1997; multilinear hashing after Lemire and
//! Kaser, "Strongly universal string hashing is fast", 2014.

use multiversion::multiversion;

use crate::text::Token;

/// Hashes every run of `size` tokens, replacing what `out` held: `out[i]` stands for `tokens[i..i + size]`.
///
/// A text shorter than `size` has one shingle, all of it; a text without tokens has none.
pub fn shingle(tokens: &[Token], size: usize, out: &mut Vec<u64>) {
    out.clear();
    if tokens.is_empty() {
        return;
    }
    let size = size.min(tokens.len());
    out.resize(tokens.len() + 1 - size, size as u64);
    hash_runs(tokens, size, out);
}

/// Hashes one run of tokens, as [`shingle`] does all of a list: its definition.
pub fn hash_run(run: &[Token]) -> u64 {
    let mut sum = run.len() as u64;
    let mut factor = FACTOR;
    for token in run {
        sum = sum.wrapping_add(u64::from(token.get()).wrapping_mul(factor | 1));
        factor = next_factor(factor);
    }
    scramble(sum)
}

/// Adds to each sum the tokens of its run, each times the factor of its place in the run, and scrambles what comes out.
#[multiversion(targets = "simd")]
fn hash_runs(tokens: &[Token], size: usize, sums: &mut [u64]) {
    /// Sums worked on at a time: they stay in the nearest cache while the places of a run pass by.
    const BLOCK: usize = 128;
    for (block, begin) in sums.chunks_mut(BLOCK).zip((0..).step_by(BLOCK)) {
        let mut factor = FACTOR;
        for tokens in tokens[begin..].windows(block.len()).take(size) {
            for (sum, token) in block.iter_mut().zip(tokens) {
                *sum = sum.wrapping_add(u64::from(token.get()).wrapping_mul(factor | 1));
            }
            factor = next_factor(factor);
        }
        for sum in block {
            *sum = scramble(*sum);
        }
    }
}

/// The factor of the first token of a run, but for its lowest bit, which is set in all.
const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// Gives the factor of the next token.
#[inline(always)]
fn next_factor(factor: u64) -> u64 {
    factor.wrapping_mul(0xD134_2543_DE82_EF95).rotate_left(29)
}

/// Spreads what the sum holds over all 64 bits (the finalizer of MurmurHash3).
#[inline(always)]
fn scramble(mut hash: u64) -> u64 {
    hash = (hash ^ hash >> 33).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    hash = (hash ^ hash >> 33).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    hash ^ hash >> 33
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;
    use crate::text::{Tokens, tokenize};

    fn shingles(text: &str, size: usize) -> Vec<u64> {
        let mut tokens = Tokens::new();
        tokenize(text, &mut tokens);
        let mut out = Vec::new();
        shingle(tokens.tokens(), size, &mut out);
        out
    }

    #[test]
    fn one_for_each_run() {
        let cases =
            [("empty", "", 0), ("short", "a b", 1), ("as long", "a b c", 1), ("longer", "a b c d e", 3)];
        for (name, text, expected) in cases {
            assert_eq!(shingles(text, 3).len(), expected, "{name}");
        }
    }

    #[test]
    fn equal_runs_and_only_they_are_equal() {
        let found = shingles("a b c x a b c y b a c z ab c", 3);
        assert_eq!(found[0], found[4]);
        assert_eq!(found.iter().collect::<HashSet<_>>().len(), found.len() - 1);
        assert_ne!(shingles("a b", 3), shingles("b a", 3));
    }

    proptest! {
        #[test]
        fn same_as_the_definition(words in prop::collection::vec(0_u16..500, 1..600), size in 1_usize..33) {
            let text = words.iter().map(u16::to_string).collect::<Vec<_>>().join(" ");
            let mut tokens = Tokens::new();
            tokenize(&text, &mut tokens);
            let tokens = tokens.tokens();
            let expected: Vec<u64> = tokens.windows(size.min(tokens.len())).map(hash_run).collect();
            prop_assert_eq!(shingles(&text, size), expected);
        }
    }
}
