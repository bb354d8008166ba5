//! Tokens in, shingle hashes out: one for each run of k tokens, at the place where it begins.
//!
//! Cost: k multiplications a token, in a loop without branches.
//! Source: Broder, "On the resemblance and containment of documents", 1997; multilinear hashing after Lemire and
//! Kaser, "Strongly universal string hashing is fast", 2014.

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
    out.extend(tokens.windows(size).map(hash_run));
}

fn hash_run(run: &[Token]) -> u64 {
    let mut sum = run.len() as u64;
    let mut factor = 0x9E37_79B9_7F4A_7C15_u64;
    for token in run {
        sum = sum.wrapping_add(u64::from(token.get()).wrapping_mul(factor | 1));
        factor = factor.wrapping_mul(0xD134_2543_DE82_EF95).rotate_left(29);
    }
    scramble(sum)
}

/// Spreads what the sum holds over all 64 bits (the finalizer of MurmurHash3).
fn scramble(mut hash: u64) -> u64 {
    hash = (hash ^ hash >> 33).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    hash = (hash ^ hash >> 33).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    hash ^ hash >> 33
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

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
}
