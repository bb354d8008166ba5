//! Hashes the shingles of a text: all runs of k tokens.
//!
//! Input: the tokens of a text, and k. Output: one 64-bit hash for each shingle, in the order of their first tokens.
//! Cost: k + 2 multiplications for each token, on vector registers.
//! Source: Broder, "On the resemblance and containment of documents", 1997; multilinear hashing after Lemire and
//! Kaser, "Strongly universal string hashing is fast", 2014.

use multiversion::multiversion;

use crate::text::Token;

/// Hashes every shingle of `size` tokens. Replaces what `out` contained.
///
/// `out[i]` is the hash of the shingle `tokens[i..i + size]`.
///
/// A text of fewer than `size` tokens has one shingle, which consists of all of them. A text without tokens has none.
pub fn shingle(tokens: &[Token], size: usize, out: &mut Vec<u64>) {
    out.clear();
    if tokens.is_empty() {
        return;
    }
    let size = size.min(tokens.len());
    out.resize(tokens.len() + 1 - size, size as u64);
    hash_runs(tokens, size, out);
}

/// Returns the hash of one shingle. This is the definition of what [`shingle`] computes for all shingles of a text.
pub fn hash_shingle(run: &[Token]) -> u64 {
    let mut sum = run.len() as u64;
    let mut factor = FIRST_FACTOR;
    for token in run {
        sum = sum.wrapping_add(u64::from(token.get()).wrapping_mul(factor | 1));
        factor = next_factor(factor);
    }
    mix(sum)
}

/// Adds to each sum the tokens of its shingle, each times the factor of its position in the shingle. Then mixes the
/// bits of each sum.
#[multiversion(targets = "simd")]
fn hash_runs(tokens: &[Token], size: usize, sums: &mut [u64]) {
    /// The number of sums that are computed at a time. They stay in the first-level cache while one position of the
    /// shingles after the other is added.
    const BLOCK: usize = 128;
    for (block, begin) in sums.chunks_mut(BLOCK).zip((0..).step_by(BLOCK)) {
        let mut factor = FIRST_FACTOR;
        for tokens in tokens[begin..].windows(block.len()).take(size) {
            for (sum, token) in block.iter_mut().zip(tokens) {
                *sum = sum.wrapping_add(u64::from(token.get()).wrapping_mul(factor | 1));
            }
            factor = next_factor(factor);
        }
        for sum in block {
            *sum = mix(*sum);
        }
    }
}

/// The factor of the first token of a shingle. The lowest bit of every factor is set where it is used.
const FIRST_FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// Returns the factor of the next token of a shingle.
#[inline(always)]
fn next_factor(factor: u64) -> u64 {
    factor.wrapping_mul(0xD134_2543_DE82_EF95).rotate_left(29)
}

/// Mixes the bits of a sum, so that each of them affects all bits of the hash (the finalizer of MurmurHash3).
#[inline(always)]
fn mix(mut hash: u64) -> u64 {
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
    fn there_is_one_shingle_for_each_run_of_tokens() {
        let cases =
            [("empty", "", 0), ("short", "a b", 1), ("as long", "a b c", 1), ("longer", "a b c d e", 3)];
        for (name, text, expected) in cases {
            assert_eq!(shingles(text, 3).len(), expected, "{name}");
        }
    }

    #[test]
    fn only_equal_runs_have_equal_hashes() {
        let found = shingles("a b c x a b c y b a c z ab c", 3);
        assert_eq!(found[0], found[4]);
        assert_eq!(found.iter().collect::<HashSet<_>>().len(), found.len() - 1);
        assert_ne!(shingles("a b", 3), shingles("b a", 3));
    }

    proptest! {
        #[test]
        fn all_hashes_equal_those_of_the_definition(words in prop::collection::vec(0_u16..500, 1..600), size in 1_usize..33) {
            let text = words.iter().map(u16::to_string).collect::<Vec<_>>().join(" ");
            let mut tokens = Tokens::new();
            tokenize(&text, &mut tokens);
            let tokens = tokens.tokens();
            let expected: Vec<u64> = tokens.windows(size.min(tokens.len())).map(hash_shingle).collect();
            prop_assert_eq!(shingles(&text, size), expected);
        }
    }
}
