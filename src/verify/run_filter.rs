//! Filters the runs of k tokens of one list by whether they may be in another.
//!
//! Invariant: a run that is in the other list always passes; of the others, few do.
//! Cost: two to four bytes for each run of the list that is held. For each run that is tested, k rotations on
//! vector registers, and a look at one bit, which mostly is in the nearest cache.
//! Source: Bloom, "Space/time trade-offs in hash coding with allowable errors", 1970, with one bit for each value;
//! cyclic polynomials after Cohen, "Recursive hashing functions for n-grams", 1997.

use multiversion::multiversion;

use crate::text::Token;

/// The minimum number of bits for each run: of the runs that are not held, at most one in this many passes.
const BITS_PER_RUN: usize = 16;
/// The minimum size of the filter, in words: 8 KiB, which is enough for most articles. Longer ones need more.
const WORDS: usize = 2048;
/// The number of keys that are computed at a time: few enough to stay in the nearest cache while the tokens of a
/// run are added one after another.
const BLOCK: usize = 256;
/// The number of keys that are looked up at a time, one for each bit of the result.
const GROUP: usize = u32::BITS as usize;
/// The rotation of a key, in bits, between two tokens of a run. It is odd, so that runs of up to 32 tokens have a
/// different rotation for each token.
const ROTATION: u32 = 7;

/// A Bloom filter of runs of tokens, with one bit for each run.
#[derive(Clone, Debug, Default)]
pub(super) struct RunFilter {
    words: Vec<u32>,
}

impl RunFilter {
    /// Replaces the contents with every run of `size` tokens of a list.
    pub(super) fn fill(&mut self, tokens: &[Token], size: usize) {
        self.fill_parts(|| std::iter::once(tokens), size);
    }

    /// Replaces the contents with every run of `size` tokens of some lists.
    pub(super) fn fill_parts<'t, I: Iterator<Item = &'t [Token]>>(
        &mut self,
        parts: impl Fn() -> I,
        size: usize,
    ) {
        let tokens: usize = parts().map(<[Token]>::len).sum();
        let words = (tokens * BITS_PER_RUN / u32::BITS as usize).next_power_of_two().max(WORDS);
        self.words.clear();
        self.words.resize(words, 0);
        parts().for_each(|part| fill(part, size, &mut self.words));
    }

    /// Replaces the contents of `out` with the positions of the runs of a list that may be held, ascending.
    pub(super) fn find_possible(&self, tokens: &[Token], size: usize, out: &mut Vec<u32>) {
        out.clear();
        find_possible(tokens, size, &self.words, out);
    }
}

#[multiversion(targets = "simd")]
fn fill(tokens: &[Token], size: usize, words: &mut [u32]) {
    let mut block = [0; BLOCK];
    for begin in (0..runs(tokens, size)).step_by(BLOCK) {
        for &key in keys(tokens, size, begin, &mut block) {
            let (word, bit) = location(key, words.len());
            words[word] |= 1 << bit;
        }
    }
}

#[multiversion(targets = "simd")]
fn find_possible(tokens: &[Token], size: usize, words: &[u32], out: &mut Vec<u32>) {
    let mut block = [0; BLOCK];
    for begin in (0..runs(tokens, size)).step_by(BLOCK) {
        let keys = keys(tokens, size, begin, &mut block);
        // With a constant number of words, the compiled code checks no index and looks up many keys at once.
        match <&[u32; WORDS]>::try_from(words) {
            Ok(words) => look_up(keys, begin, words, out),
            Err(_) => look_up(keys, begin, words, out),
        }
    }
}

/// Appends the positions of the keys whose bit is set. The first key is that of the run at `begin`.
#[inline(always)]
fn look_up(keys: &[u32], begin: usize, words: &[u32], out: &mut Vec<u32>) {
    for (group, at) in keys.chunks(GROUP).zip((begin as u32..).step_by(GROUP)) {
        let mut found = 0_u32;
        for (lane, &key) in group.iter().enumerate() {
            let (word, bit) = location(key, words.len());
            found |= (words[word] >> bit & 1) << lane;
        }
        while found != 0 {
            out.push(at + found.trailing_zeros());
            found &= found - 1;
        }
    }
}

/// Returns the index of the word of a key, and of the bit in that word. The number of words is a power of two.
#[inline(always)]
fn location(key: u32, words: usize) -> (usize, u32) {
    ((key >> 5) as usize & (words - 1), key & 31)
}

/// Returns the number of runs in a list: 0 if it has too few tokens.
fn runs(tokens: &[Token], size: usize) -> usize {
    (tokens.len() + 1).saturating_sub(size)
}

/// Returns the keys of the runs that begin at `begin` and after it, as many as fit into a block. A key is a hash of
/// the tokens of its run.
#[inline(always)]
fn keys<'b>(tokens: &[Token], size: usize, begin: usize, block: &'b mut [u32; BLOCK]) -> &'b [u32] {
    let keys = &mut block[..BLOCK.min(runs(tokens, size) - begin)];
    keys.fill(0);
    // Tokens are hashes, so all of their bits are equally random.
    for tokens in tokens[begin..].windows(keys.len()).take(size) {
        for (key, token) in keys.iter_mut().zip(tokens) {
            *key = key.rotate_left(ROTATION) ^ token.get();
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

    fn any_tokens(max: usize) -> impl Strategy<Value = Vec<Token>> {
        prop::collection::vec(any::<u16>(), 0..max).prop_map(|words| {
            let text = words.iter().map(u16::to_string).collect::<Vec<_>>().join(" ");
            let mut tokens = Tokens::new();
            tokenize(&text, &mut tokens);
            tokens.tokens().to_vec()
        })
    }

    proptest! {
        #[test]
        fn all_held_runs_pass_and_few_others(
            held in any_tokens(5000),
            others in any_tokens(2000),
            size in 1_usize..8,
        ) {
            let mut filter = RunFilter::default();
            filter.fill(&others, size);
            filter.fill(&held, size);
            let mut possible = vec![7];
            filter.find_possible(&held, size, &mut possible);
            prop_assert!(possible.iter().map(|&at| at as usize).eq(0..(held.len() + 1).saturating_sub(size)));
            filter.find_possible(&others, size, &mut possible);
            let held: HashSet<&[Token]> = held.windows(size).collect();
            possible.retain(|&at| !held.contains(&others[at as usize..][..size]));
            prop_assert!(possible.len() <= 10 + others.len() / 8, "{} of {}", possible.len(), others.len());
        }
    }
}
