//! Filters tokens by whether they may be the tokens of given words.
//!
//! Cost: a look at one bit, which mostly is in the nearest cache.

use std::sync::OnceLock;

use crate::text::{Token, Tokens, tokenize};

/// The number of bits, many more than words: few other tokens pass.
const BITS: usize = 1 << 14;

/// The tokens of words, for lines in ASCII and for all lines.
pub(super) struct TokenFilter {
    words: Vec<&'static str>,
    // Most collections have few lines that need the other words, whose tokens take time to find.
    in_ascii: OnceLock<TokenSet>,
    all: OnceLock<TokenSet>,
}

impl TokenFilter {
    /// Creates a filter of the tokens of words, without those in scripts whose tokens are no words.
    pub(super) fn new(words: impl Iterator<Item = &'static str>) -> Self {
        let words = words.filter(|word| !word.contains(is_unspaced)).collect();
        Self { words, in_ascii: OnceLock::new(), all: OnceLock::new() }
    }

    /// Returns the tokens of the words that may be in a line.
    pub(super) fn for_line(&self, line: &str) -> &TokenSet {
        if line.is_ascii() {
            let in_ascii = || self.words.iter().copied().filter(|word| word.is_ascii());
            self.in_ascii.get_or_init(|| TokenSet::new(in_ascii()))
        } else {
            self.all.get_or_init(|| TokenSet::new(self.words.iter().copied()))
        }
    }
}

/// A set of tokens, which contains a few others.
pub(super) struct TokenSet(Vec<u64>);

impl TokenSet {
    fn new<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut bits = vec![0; BITS / 64];
        let mut tokens = Tokens::new();
        for word in words {
            tokenize(word, &mut tokens);
            for &token in tokens.tokens() {
                let (index, bit) = location(token);
                bits[index] |= bit;
            }
        }
        Self(bits)
    }

    /// Returns true if the token is that of one of the words, and rarely otherwise.
    pub(super) fn may_contain(&self, token: Token) -> bool {
        let (index, bit) = location(token);
        self.0[index] & bit != 0
    }
}

/// Returns whether a letter may be of a script that puts no spaces between words, or of Korean, which attaches
/// particles: all from the Japanese kana on.
pub(super) fn is_unspaced(letter: char) -> bool {
    letter >= '\u{3040}'
}

fn location(token: Token) -> (usize, u64) {
    // The lowest bit says whether the token has a digit.
    let bits = token.get() as usize >> 1;
    (bits / 64 % (BITS / 64), 1 << (bits % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_pass_and_few_others() {
        let words: Vec<String> = (0..500_u32).map(|number| format!("word{}x", number * 7)).collect();
        let filter = TokenSet::new(words.iter().map(String::as_str));
        let passing = |words: &[String]| {
            let mut tokens = Tokens::new();
            tokenize(&words.join(" "), &mut tokens);
            tokens.tokens().iter().filter(|&&token| filter.may_contain(token)).count()
        };
        assert_eq!(passing(&words), words.len());
        let others: Vec<String> = (0..1000_u32).map(|number| format!("other{number}x")).collect();
        assert!(passing(&others) < 100);
    }

    #[test]
    fn words_that_are_not_in_ascii_are_for_other_lines() {
        let filter = TokenFilter::new(["foto", "фото", "写真"].into_iter());
        let passing = |line: &str| {
            let mut tokens = Tokens::new();
            tokenize("foto фото 写真", &mut tokens);
            tokens.tokens().iter().filter(|&&token| filter.for_line(line).may_contain(token)).count()
        };
        assert_eq!((passing("Foto"), passing("Фото")), (1, 2));
    }
}
