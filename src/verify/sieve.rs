//! A token list in, a bit for each of its runs of k tokens out: which runs of other lists may be among them.
//!
//! Cost: two or four bytes a run; for each run that is asked about k rotations on vector registers, and a look at a bit
//! that mostly is in the nearest cache.
//! Source: Bloom, "Space/time trade-offs in hash coding with allowable errors", 1970, with one bit a value; cyclic
//! polynomials after Cohen, "Recursive hashing functions for n-grams", 1997.

use multiversion::multiversion;

use crate::text::Token;

/// Bits for each run, at least: of those that are not among them at most one in so many is let through.
const BITS: usize = 16;
/// The words of the sieve of most articles, 8 KiB; what is longer has a larger one.
const WORDS: usize = 2048;
/// Keys that are made at a time: they stay in the nearest cache while the places of a run pass by.
const BLOCK: usize = 256;
/// Keys that are looked up at a time, one for each bit of what is found.
const GROUP: usize = u32::BITS as usize;

/// A set of runs of tokens that says of any other run that it is not among them, or that it may be.
#[derive(Clone, Debug, Default)]
pub(super) struct Sieve {
    words: Vec<u32>,
}

impl Sieve {
    /// Holds every run of `size` tokens of a list, instead of what it held.
    pub(super) fn fill(&mut self, tokens: &[Token], size: usize) {
        let words = (tokens.len() * BITS / u32::BITS as usize).next_power_of_two().max(WORDS);
        self.words.clear();
        self.words.resize(words, 0);
        fill(tokens, size, &mut self.words);
    }

    /// Gives where those runs of a list begin that may be among the runs it holds, ascending, replacing what `likely`
    /// held.
    pub(super) fn sift(&self, tokens: &[Token], size: usize, likely: &mut Vec<u32>) {
        likely.clear();
        sift(tokens, size, &self.words, likely);
    }
}

#[multiversion(targets = "simd")]
fn fill(tokens: &[Token], size: usize, words: &mut [u32]) {
    let mut block = [0; BLOCK];
    for begin in (0..runs(tokens, size)).step_by(BLOCK) {
        for &key in keys(tokens, size, begin, &mut block) {
            let (word, bit) = place(key, words.len());
            words[word] |= 1 << bit;
        }
    }
}

#[multiversion(targets = "simd")]
fn sift(tokens: &[Token], size: usize, words: &[u32], likely: &mut Vec<u32>) {
    let mut block = [0; BLOCK];
    for begin in (0..runs(tokens, size)).step_by(BLOCK) {
        let keys = keys(tokens, size, begin, &mut block);
        // Where the number of words is known no index is checked, and many keys are looked up at once.
        match <&[u32; WORDS]>::try_from(words) {
            Ok(words) => look_up(keys, begin, words, likely),
            Err(_) => look_up(keys, begin, words, likely),
        }
    }
}

#[inline(always)]
fn look_up(keys: &[u32], begin: usize, words: &[u32], likely: &mut Vec<u32>) {
    for (group, at) in keys.chunks(GROUP).zip((begin as u32..).step_by(GROUP)) {
        let mut found = 0_u32;
        for (lane, &key) in group.iter().enumerate() {
            let (word, bit) = place(key, words.len());
            found |= (words[word] >> bit & 1) << lane;
        }
        while found != 0 {
            likely.push(at + found.trailing_zeros());
            found &= found - 1;
        }
    }
}

/// Gives the word of a key and the bit in it.
#[inline(always)]
fn place(key: u32, words: usize) -> (usize, u32) {
    ((key >> 5) as usize & (words - 1), key & 31)
}

/// Counts the runs of a list; none where there are too few tokens.
fn runs(tokens: &[Token], size: usize) -> usize {
    (tokens.len() + 1).saturating_sub(size)
}

/// Makes a key of every run from `begin` on, as many as a block holds: of its tokens, one after the other. Tokens are
/// hashes: every bit of them is as good.
#[inline(always)]
fn keys<'b>(tokens: &[Token], size: usize, begin: usize, block: &'b mut [u32; BLOCK]) -> &'b [u32] {
    let keys = &mut block[..BLOCK.min(runs(tokens, size) - begin)];
    keys.fill(0);
    for tokens in tokens[begin..].windows(keys.len()).take(size) {
        for (key, token) in keys.iter_mut().zip(tokens) {
            *key = key.rotate_left(7) ^ token.get();
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;
    use crate::text::{Tokens, tokenize};

    fn any_tokens(most: usize) -> impl Strategy<Value = Vec<Token>> {
        prop::collection::vec(any::<u16>(), 0..most).prop_map(|words| {
            let text = words.iter().map(u16::to_string).collect::<Vec<_>>().join(" ");
            let mut tokens = Tokens::new();
            tokenize(&text, &mut tokens);
            tokens.tokens().to_vec()
        })
    }

    proptest! {
        #[test]
        fn lets_all_that_it_holds_through_and_few_others(
            held in any_tokens(5000),
            others in any_tokens(2000),
            size in 1_usize..8,
        ) {
            let mut sieve = Sieve::default();
            sieve.fill(&others, size);
            sieve.fill(&held, size);
            let mut likely = vec![7];
            sieve.sift(&held, size, &mut likely);
            prop_assert!(likely.iter().map(|&at| at as usize).eq(0..(held.len() + 1).saturating_sub(size)));
            sieve.sift(&others, size, &mut likely);
            let held: HashSet<&[Token]> = held.windows(size).collect();
            likely.retain(|&at| !held.contains(&others[at as usize..][..size]));
            prop_assert!(likely.len() <= 10 + others.len() / 8, "{} of {}", likely.len(), others.len());
        }
    }
}
