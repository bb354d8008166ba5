//! Tokens and the place of a shingle in, a few bits of each of the tokens around it out: enough to tell of two shingles
//! that are equal that the runs around them are not.
//!
//! Two articles that share a phrase share its fingerprint. Whether the equal run around it is as long as winnowing
//! promises is asked of every two articles under one fingerprint; to look at their tokens for it would be a look into
//! memory, or into a file, for each.
//!
//! Invariant: of two places with a run of `window + size - 1` equal tokens around one shingle it is always said that
//! there may be one. (Where less is equal, each token that is missing is taken for equal with probability 2 to the
//! power of minus the bits that are kept of it, which are four with the default settings.)
//! Cost: a few instructions for each of the tokens around the shingle.

use super::SplitMix64;
use crate::text::Token;

/// What stands around a shingle: from the lowest bit on the tokens behind it, the nearest first; from the highest but
/// one down those before it, the nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(transparent)]
pub struct Context(u64);

/// The bits of one side.
const SIDE: u32 = 31;

impl Context {
    /// Nothing is known: there may be a run. So it is where a shingle stands in several places.
    pub const UNKNOWN: Self = Self(1 << 63);
}

/// How much of the tokens around shingles is kept: for runs of `window + size - 1` tokens, `window - 1` besides the
/// shingle's own `size`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContextRule {
    size: usize,
    /// The tokens besides those of the shingle.
    besides: u32,
    /// How many of them are looked at on each side.
    tokens: u32,
    /// The bits of each, a power of two.
    bits: u32,
}

impl ContextRule {
    /// Makes the rule for shingles of `size` tokens of which one is chosen in every `window`.
    pub fn new(size: usize, window: usize) -> Self {
        let besides = u32::try_from(window).expect("a window is a small number").saturating_sub(1);
        let bits = 1 << (SIDE / besides.max(1)).max(1).ilog2();
        Self { size, besides, tokens: besides.min(SIDE / bits), bits }
    }

    /// Gives the context of the shingle that begins at a token. What would stand before the first and behind the last
    /// one is made up from `seed`, another for each article: two that end with the same words do not go on alike.
    pub fn around(self, tokens: &[Token], position: usize, seed: u64) -> Context {
        // The upper bits: the lowest one says whether it is a number.
        let bits = |token: &Token| u64::from(token.get() >> 8);
        let (looked, end) = (self.tokens as usize, position + self.size);
        let inside = position.checked_sub(looked).zip(tokens.get(end..end + looked));
        let [before, behind] = match inside {
            Some((begin, behind)) => {
                [&tokens[begin..position], behind].map(|some| self.packed(some.iter().map(bits)))
            }
            None => {
                let made_up = |place: usize| SplitMix64::at(seed, place as u64);
                // Places are counted from the first one that is made up.
                let of = |place: usize| match place.checked_sub(looked) {
                    Some(at) if at < tokens.len() => bits(&tokens[at]),
                    Some(at) => made_up(looked + at - tokens.len()),
                    None => made_up(place),
                };
                [position, looked + end].map(|from| self.packed((from..from + looked).map(of)))
            }
        };
        Context(behind | before << (u64::BITS - 1 - self.tokens * self.bits))
    }

    /// Puts the bits of as many tokens as are looked at on a side behind each other, from the lowest on.
    fn packed(self, some: impl DoubleEndedIterator<Item = u64>) -> u64 {
        let mask = (1 << self.bits) - 1;
        some.rev().fold(0, |packed, bits| packed << self.bits | bits & mask)
    }

    /// Tells whether the runs around two equal shingles may be as long as winnowing promises.
    pub fn may_be_one_run(self, one: Context, other: Context) -> bool {
        if one == Context::UNKNOWN || other == Context::UNKNOWN {
            return true;
        }
        let different = one.0 ^ other.0;
        let kept = self.tokens * self.bits;
        // A bit behind the last token ends the run there.
        let behind = (different | 1 << kept).trailing_zeros() / self.bits;
        let before = (different << 1 | 1 << (u64::BITS - 1 - kept)).leading_zeros() / self.bits;
        // Of tokens that are not looked at nothing is known.
        let whole = |equal: u32| if equal == self.tokens { self.besides } else { equal };
        whole(behind) + whole(before) >= self.besides
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
    fn a_phrase_is_no_run() {
        let rule = ContextRule::new(5, 8);
        // Each stands among other words, at the end, or at the beginning.
        let phrases: [(Vec<u32>, Vec<u32>); 3] = [
            ((0..200).collect(), (300..400).chain(100..105).chain(400..500).collect()),
            ((0..105).collect(), (300..400).chain(100..105).collect()),
            ((100..300).collect(), (100..105).chain(300..400).collect()),
        ];
        for (one, other) in phrases {
            let [at, place] = [&one, &other].map(|words| words.iter().position(|&word| word == 100).unwrap());
            let [one, other] = [tokens(&one), tokens(&other)];
            let said = (0..1000_u64).filter(|&seed| {
                let one = rule.around(&one, at, 2 * seed);
                rule.may_be_one_run(one, rule.around(&other, place, 2 * seed + 1))
            });
            assert!(said.count() < 3, "a chance of less than one in a thousand");
        }
    }

    #[test]
    fn of_several_places_nothing_is_known() {
        let rule = ContextRule::new(5, 8);
        let one = rule.around(&tokens(&(0..40).collect::<Vec<_>>()), 9, 1);
        assert!(rule.may_be_one_run(one, Context::UNKNOWN));
        assert!(rule.may_be_one_run(Context::UNKNOWN, one));
        assert_ne!(one, Context::UNKNOWN);
    }

    proptest! {
        #[test]
        fn a_run_is_never_denied(
            before in prop::collection::vec(0_u32..4, 0..40),
            other_before in prop::collection::vec(0_u32..4, 0..40),
            behind in prop::collection::vec(0_u32..4, 0..20),
            other_behind in prop::collection::vec(0_u32..4, 0..20),
            size in 1_usize..8,
            window in 1_usize..40,
            place in 0_usize..40,
        ) {
            let run: Vec<u32> = (100..100 + (size + window - 1) as u32).collect();
            let place = place % window;
            let rule = ContextRule::new(size, window);
            let one = tokens(&[before.as_slice(), &run, &behind].concat());
            let other = tokens(&[other_before.as_slice(), &run, &other_behind].concat());
            let one = rule.around(&one, before.len() + place, 1);
            let other = rule.around(&other, other_before.len() + place, 2);
            prop_assert!(rule.may_be_one_run(one, other));
        }
    }
}
