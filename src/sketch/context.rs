//! Summarizes the tokens around a shingle in 64 bits. Two such summaries show, in most cases, if the equal run
//! around two equal shingles is short.
//!
//! Two articles that share a phrase share its fingerprint; to be candidates by it, they must share an equal run as
//! long as winnowing guarantees to find (`window + size - 1` tokens). This is tested for every two articles that
//! share a fingerprint. To compare their tokens would take a random access to memory, or to a file, for each pair.
//!
//! Invariant: no false negatives. If two positions have an equal run of `window + size - 1` tokens around one
//! shingle, the test says that they may have one.
//! False positives: a token that differs is taken for equal with probability 2⁻ᵇ, where b is the number of bits
//! that are kept of it: four with the default settings.
//! Cost: a few instructions for each token around the shingle.

use super::splitmix64::SplitMix64;
use crate::text::Token;

/// A summary of the tokens around a shingle.
// From the lowest bit upward: some bits of each token after the shingle, the nearest token first. From the highest
// bit but one downward: the same of the tokens before it, the nearest first. Only a context that is not known has the
// highest bit; its other bits are the number of positions of the shingle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(transparent)]
pub struct Context(u64);

/// The number of bits for the tokens on one side.
const BITS_PER_SIDE: u32 = 31;

impl Context {
    /// A context that is not known.
    pub const UNKNOWN: Self = Self(1 << 63);

    /// Returns whether the context is not known.
    pub fn is_unknown(self) -> bool {
        self.0 >= Self::UNKNOWN.0
    }

    /// Returns the context of a shingle with one more position in the same article. It is not known, since each position has
    /// its own.
    #[must_use]
    pub fn with_another_position(self) -> Self {
        Self(Self::UNKNOWN.0 | (self.positions() + 1))
    }

    /// Returns the number of positions of the shingle in an article: 1 unless others were added.
    pub fn positions(self) -> u64 {
        if self.is_unknown() { (self.0 & !Self::UNKNOWN.0).max(1) } else { 1 }
    }

    /// Creates the context that [`Context::to_bits`] has returned as bits.
    pub fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// Returns the context as bits.
    pub fn to_bits(self) -> u64 {
        self.0
    }
}

/// The rule by which contexts are computed and compared: how many tokens around a shingle are looked at, and how
/// many bits of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContextRule {
    /// The number of tokens in a shingle.
    size: usize,
    /// The number of tokens in a run, other than those of the shingle: a run of `window + size - 1` tokens has
    /// `window - 1` of them.
    others: u32,
    /// The number of tokens that are looked at on each side.
    tokens: u32,
    /// The number of bits of each token, a power of two.
    bits: u32,
}

impl ContextRule {
    /// Creates the rule for shingles of `size` tokens of which winnowing chooses one in every `window`.
    pub fn new(size: usize, window: usize) -> Self {
        let others = u32::try_from(window).expect("a window has at most 256 shingles").saturating_sub(1);
        let bits = 1 << (BITS_PER_SIDE / others.max(1)).max(1).ilog2();
        Self { size, others, tokens: others.min(BITS_PER_SIDE / bits), bits }
    }

    /// Returns the context of the shingle that begins at token `position`.
    ///
    /// If the text has too few tokens before or after the shingle, pseudorandom ones are generated from `seed`.
    /// Each article needs a seed of its own: articles that end with the same words must not seem to continue alike.
    pub fn around(self, tokens: &[Token], position: usize, seed: u64) -> Context {
        let (count, end) = (self.tokens as usize, position + self.size);
        let inside = position.checked_sub(count).zip(tokens.get(end..end + count));
        let [before, after] = match inside {
            Some((begin, after)) => {
                [&tokens[begin..position], after].map(|side| self.pack(side.iter().map(bits_of)))
            }
            None => {
                let padded = Padded { tokens, padding: count, seed };
                // Indices are greater by `count` here: the tokens before the shingle begin at `position`.
                [position, end + count]
                    .map(|begin| self.pack((begin..begin + count).map(|index| padded.bits_at(index))))
            }
        };
        Context(after | before << (u64::BITS - 1 - self.tokens * self.bits))
    }

    /// Joins the lowest bits of each of some tokens, the first token in the lowest bits.
    fn pack(self, tokens: impl DoubleEndedIterator<Item = u64>) -> u64 {
        let mask = (1 << self.bits) - 1;
        tokens.rev().fold(0, |packed, bits| packed << self.bits | bits & mask)
    }

    /// Returns whether the equal run around two equal shingles may have `window + size - 1` tokens or more.
    pub fn may_share_run(self, one: Context, other: Context) -> bool {
        if one.is_unknown() || other.is_unknown() {
            return true;
        }
        let different = one.0 ^ other.0;
        let used = self.tokens * self.bits;
        // On each side a bit is set after the last token, so that the count of equal tokens ends there.
        let after = (different | 1 << used).trailing_zeros() / self.bits;
        let before = (different << 1 | 1 << (u64::BITS - 1 - used)).leading_zeros() / self.bits;
        // If all tokens that are looked at are equal, those farther away may be equal, too.
        let longest = |equal: u32| if equal == self.tokens { self.others } else { equal };
        longest(after) + longest(before) >= self.others
    }
}

/// Returns the bits by which a token is compared: upper ones, since the lowest bit only marks numbers.
fn bits_of(token: &Token) -> u64 {
    u64::from(token.get() >> 8)
}

/// Tokens with pseudorandom ones before and after them.
struct Padded<'a> {
    tokens: &'a [Token],
    /// The number of pseudorandom tokens on each side.
    padding: usize,
    seed: u64,
}

impl Padded<'_> {
    /// Returns the bits of a token by its index, counted from the first pseudorandom one.
    fn bits_at(&self, index: usize) -> u64 {
        let pseudorandom = |number: usize| SplitMix64::nth(self.seed, number as u64);
        match index.checked_sub(self.padding) {
            None => pseudorandom(index),
            Some(inside) => match self.tokens.get(inside) {
                Some(token) => bits_of(token),
                None => pseudorandom(self.padding + inside - self.tokens.len()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{Tokens, tokenize};

    fn tokens(words: &[u32]) -> Vec<Token> {
        let text = words.iter().map(|word| format!("w{word} ")).collect::<String>();
        let mut tokens = Tokens::new();
        tokenize(&text, &mut tokens);
        tokens.tokens().to_vec()
    }

    #[test]
    fn a_short_equal_run_is_recognized() {
        let rule = ContextRule::new(5, 8);
        // The shared phrase is between other words, at the end, or at the beginning.
        let phrases: [(Vec<u32>, Vec<u32>); 3] = [
            ((0..200).collect(), (300..400).chain(100..105).chain(400..500).collect()),
            ((0..105).collect(), (300..400).chain(100..105).collect()),
            ((100..300).collect(), (100..105).chain(300..400).collect()),
        ];
        for (one, other) in phrases {
            let [position, other_position] =
                [&one, &other].map(|words| words.iter().position(|&word| word == 100).unwrap());
            let [one, other] = [tokens(&one), tokens(&other)];
            let false_positives = (0..1000_u64).filter(|&seed| {
                let one = rule.around(&one, position, 2 * seed);
                rule.may_share_run(one, rule.around(&other, other_position, 2 * seed + 1))
            });
            assert!(false_positives.count() < 3, "the probability of each is below 1 in 1000");
        }
    }

    #[test]
    fn an_unknown_context_may_belong_to_any_run() {
        let rule = ContextRule::new(5, 8);
        let one = rule.around(&tokens(&(0..40).collect::<Vec<_>>()), 9, 1);
        assert!(rule.may_share_run(one, Context::UNKNOWN));
        assert!(rule.may_share_run(Context::UNKNOWN, one));
        let twice = one.with_another_position();
        assert!(!one.is_unknown() && twice.is_unknown() && rule.may_share_run(one, twice));
        let positions = [one, Context::UNKNOWN, twice, twice.with_another_position()].map(Context::positions);
        assert_eq!(positions, [1, 1, 2, 3]);
    }

    proptest! {
        #[test]
        fn a_run_of_the_guaranteed_length_is_never_denied(
            before in prop::collection::vec(0_u32..4, 0..40),
            other_before in prop::collection::vec(0_u32..4, 0..40),
            after in prop::collection::vec(0_u32..4, 0..20),
            other_after in prop::collection::vec(0_u32..4, 0..20),
            size in 1_usize..8,
            window in 1_usize..40,
            offset in 0_usize..40,
        ) {
            let run: Vec<u32> = (100..100 + (size + window - 1) as u32).collect();
            let offset = offset % window;
            let rule = ContextRule::new(size, window);
            let one = tokens(&[before.as_slice(), &run, &after].concat());
            let other = tokens(&[other_before.as_slice(), &run, &other_after].concat());
            let one = rule.around(&one, before.len() + offset, 1);
            let other = rule.around(&other, other_before.len() + offset, 2);
            prop_assert!(rule.may_share_run(one, other));
        }
    }
}
