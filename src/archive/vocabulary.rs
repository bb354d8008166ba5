//! The vocabulary of a segment: its frequent tokens, by frequency, so that a token takes one or two bytes instead of four.

use rayon::prelude::*;

use crate::text::Token;

/// A vocabulary with more tokens would save nothing: their numbers would take as many bytes as the tokens.
const MOST_TOKENS: usize = (1 << 21) - 2;

/// The tokens of a vocabulary, each at its number.
#[derive(Debug, Default)]
pub(super) struct Vocabulary(Vec<Token>);

impl Vocabulary {
    /// Creates the vocabulary of a sample of tokens. Those that occur once are left out.
    pub(super) fn of_sample(mut sample: Vec<Token>) -> Self {
        sample.par_sort_unstable();
        let repeated = sample.chunk_by(|one, other| one == other).filter(|same| same.len() > 1);
        let mut counted: Vec<(usize, Token)> = repeated.map(|same| (same.len(), same[0])).collect();
        counted.par_sort_unstable_by(|(count, token), (other_count, other)| {
            other_count.cmp(count).then(token.cmp(other))
        });
        counted.truncate(MOST_TOKENS);
        Self(counted.into_iter().map(|(_, token)| token).collect())
    }

    /// Reads a vocabulary from its bytes; `None` if they are no vocabulary.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let tokens = bytes.chunks_exact(size_of::<Token>());
        tokens.remainder().is_empty().then(|| Self(tokens.map(bytemuck::pod_read_unaligned).collect()))
    }

    /// Returns the bytes of the vocabulary.
    pub(super) fn bytes(&self) -> &[u8] {
        bytemuck::cast_slice(&self.0)
    }

    /// Returns the token with a number, if there is one.
    pub(super) fn token(&self, number: u32) -> Option<Token> {
        self.0.get(number as usize).copied()
    }
}

/// Finds the numbers of tokens: a table with open addressing, since tokens are hashes already.
pub(super) struct TokenNumbers {
    /// For each place a token and its number plus one; 0 where there is none.
    places: Vec<(Token, u32)>,
    shift: u32,
}

impl TokenNumbers {
    pub(super) fn new(vocabulary: &Vocabulary) -> Self {
        let places = (vocabulary.0.len() * 2).next_power_of_two().max(2);
        let empty = (bytemuck::Zeroable::zeroed(), 0);
        let mut out = Self { places: vec![empty; places], shift: u32::BITS - places.ilog2() };
        for (number, &token) in (1..).zip(&vocabulary.0) {
            let place = out.place(token);
            out.places[place] = (token, number);
        }
        out
    }

    /// Returns the number of a token, if it has one.
    pub(super) fn number(&self, token: Token) -> Option<u32> {
        self.places[self.place(token)].1.checked_sub(1)
    }

    /// Returns the place of a token, or the empty one that it would have.
    fn place(&self, token: Token) -> usize {
        let mut place = (token.get().wrapping_mul(0x9E37_79B1) >> self.shift) as usize;
        while self.places[place].1 != 0 && self.places[place].0 != token {
            place = (place + 1) & (self.places.len() - 1);
        }
        place
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_repeated_token_has_a_number(sample in prop::collection::vec(0_u32..60, 0..200)) {
            let token = |number: &u32| -> Token { bytemuck::cast(number.wrapping_mul(77_777_777)) };
            let tokens: Vec<Token> = sample.iter().map(token).collect();
            let mut counts: BTreeMap<Token, usize> = BTreeMap::new();
            tokens.iter().for_each(|&token| *counts.entry(token).or_default() += 1);
            let vocabulary = Vocabulary::of_sample(tokens);
            let vocabulary = Vocabulary::from_bytes(vocabulary.bytes()).unwrap();
            let numbers = TokenNumbers::new(&vocabulary);
            for (&token, &count) in &counts {
                let number = numbers.number(token);
                prop_assert_eq!(number.is_some(), count > 1);
                prop_assert_eq!(number.and_then(|number| vocabulary.token(number)), number.map(|_| token));
            }
            let by_number: Vec<usize> = vocabulary.0.iter().map(|token| counts[token]).collect();
            prop_assert!(by_number.is_sorted_by(|one, other| one >= other));
        }
    }
}
