//! Text in, tokens out: the unit in which articles are compared, each with the bytes it came from.
//!
//! `words` is the definition, `scan` the fast path that yields the same tokens.

mod characters;
mod clean;
mod fold;
mod scan;
mod unspaced;
mod words;

pub use scan::tokenize;
#[cfg(fuzzing)]
pub use scan::tokenize_by_definition;

use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// A token as it is compared: 31 bits of the XXH3 hash of its folded form, and whether it holds a digit.
///
/// Two different words are taken for one with probability 2⁻³¹; articles that are to be called identical are
/// therefore compared by [`Tokens::content`], too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(transparent)]
pub struct Token(u32);

impl Token {
    fn new(hash: u64, has_digit: bool) -> Self {
        Self(((hash >> 32) as u32) << 1 | u32::from(has_digit))
    }

    /// Gives the bare value.
    pub fn get(self) -> u32 {
        self.0
    }

    /// Tells whether the token holds a digit: in tables, results and lotteries the numbers are the news.
    pub fn has_digit(self) -> bool {
        self.0 & 1 == 1
    }
}

/// The tokens of one text, in order, with the bytes they came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    tokens: Vec<Token>,
    spans: Vec<(u32, u32)>,
    /// The whole hashes of the folded words, as bytes.
    hashes: Vec<u8>,
}

impl Tokens {
    /// Makes an empty list, to be filled by [`tokenize`].
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives the tokens.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Gives for each token its begin and end in the text, in bytes, always on character boundaries.
    pub fn spans(&self) -> &[(u32, u32)] {
        &self.spans
    }

    /// Hashes the whole list of folded words (XXH3, 128 bits): equal for texts that say the same, and, but for one
    /// chance in 2⁶⁴ a pair, for those only.
    pub fn content(&self) -> u128 {
        xxh3_128(&self.hashes)
    }

    fn clear(&mut self) {
        self.tokens.clear();
        self.spans.clear();
        self.hashes.clear();
    }

    fn truncate(&mut self, length: usize) {
        self.tokens.truncate(length);
        self.spans.truncate(length);
        self.hashes.truncate(length * size_of::<u64>());
    }

    #[inline]
    fn push(&mut self, folded: &[u8], has_digit: bool, begin: usize, end: usize) {
        let hash = xxh3_64(folded);
        self.tokens.push(Token::new(hash, has_digit));
        self.spans.push((begin as u32, end as u32));
        self.hashes.extend_from_slice(&hash.to_le_bytes());
    }

    fn push_word(&mut self, folded: &[u8], begin: usize, end: usize) {
        let has_digit = std::str::from_utf8(folded).is_ok_and(|word| word.chars().any(char::is_numeric));
        self.push(folded, has_digit, begin, end);
    }
}
