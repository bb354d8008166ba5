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
//! Cost: a few instructions a token.

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
    /// The bits of each, a power of two: so none of them stands across two words.
    bits: u32,
}

impl ContextRule {
    /// Makes the rule for shingles of `size` tokens of which one is chosen in every `window`.
    pub fn new(size: usize, window: usize) -> Self {
        let besides = u32::try_from(window).expect("a window is a small number").saturating_sub(1);
        let bits = 1 << (SIDE / besides.max(1)).max(1).ilog2();
        Self { size, besides, tokens: besides.min(SIDE / bits), bits }
    }

    /// Gives the logarithm of how many tokens have their bits in one word.
    fn word_shift(self) -> u32 {
        u64::BITS.ilog2() - self.bits.ilog2()
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

/// The bits of the tokens of an article. Keeps its memory for the next one.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    words: Vec<u64>,
}

impl Surroundings {
    /// Takes the tokens of an article, instead of those before. What would stand before and behind them is made up from
    /// `seed`, another for each article: two that end with the same words do not go on alike.
    pub fn fill(&mut self, tokens: &[Token], rule: ContextRule, seed: u64) {
        let mut random = SplitMix64::new(seed);
        let per_word = 1 << rule.word_shift();
        let mask = (1 << rule.bits) - 1;
        self.words.clear();
        let (mut word, mut filled) = (0, 0);
        let mut push = |bits: u64| {
            word |= (bits & mask) << (filled * rule.bits);
            filled += 1;
            if filled == per_word {
                self.words.push(word);
                (word, filled) = (0, 0);
            }
        };
        (0..rule.tokens).for_each(|_| push(random.next()));
        // The upper bits: the lowest one says whether it is a number.
        tokens.iter().for_each(|token| push(u64::from(token.get() >> 8)));
        // A look may reach beyond the tokens that it is about.
        (0..rule.tokens + 2 * per_word).for_each(|_| push(random.next()));
    }

    /// Gives the context of the shingle that begins at a token.
    pub fn around(&self, position: usize, rule: ContextRule) -> Context {
        let kept = rule.tokens * rule.bits;
        if kept == 0 {
            return Context(0);
        }
        // What was made up stands before the first token.
        let before = self.some(position, rule);
        let behind = self.some(position + rule.tokens as usize + rule.size, rule);
        Context(behind | before << (u64::BITS - 1 - kept))
    }

    /// Gives the bits of as many tokens as are looked at on a side, from one of those that were put in.
    fn some(&self, from: usize, rule: ContextRule) -> u64 {
        let kept = rule.tokens * rule.bits;
        let word = from >> rule.word_shift();
        let begin = (from - (word << rule.word_shift())) as u32 * rule.bits;
        let [here, next] = [word, word + 1].map(|word| u128::from(self.words[word]));
        let bits = (here | next << u64::BITS) >> begin;
        bits as u64 & ((1 << kept) - 1)
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

    fn context(tokens: &[Token], at: usize, rule: ContextRule, seed: u64) -> Context {
        let mut surroundings = Surroundings::default();
        surroundings.fill(&tokens[..tokens.len() / 2], rule, 7);
        surroundings.fill(tokens, rule, seed);
        surroundings.around(at, rule)
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
                let one = context(&one, at, rule, 2 * seed);
                rule.may_be_one_run(one, context(&other, place, rule, 2 * seed + 1))
            });
            assert!(said.count() < 3, "a chance of less than one in a thousand");
        }
    }

    #[test]
    fn of_several_places_nothing_is_known() {
        let rule = ContextRule::new(5, 8);
        let one = context(&tokens(&(0..40).collect::<Vec<_>>()), 9, rule, 1);
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
            let one = context(&one, before.len() + place, rule, 1);
            let other = context(&other, other_before.len() + place, rule, 2);
            prop_assert!(rule.may_be_one_run(one, other));
        }
    }
}
