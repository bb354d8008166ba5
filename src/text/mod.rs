//! Text in, tokens out: the unit in which articles are compared, each with the bytes it came from.
//!
//! `definition` says what a token is, `tokenize` is the fast path that yields the same tokens: plain ASCII words by the
//! block (`blocks`, `hash`), what holds anything else character by character (`run_scanner`), and what is not simple by
//! the definition.

mod blocks;
mod char_info;
mod clean;
mod definition;
mod fold;
mod hash;
mod pieces;
mod run_scanner;
mod tokenize;

pub use tokenize::tokenize;
#[cfg(fuzzing)]
pub use tokenize::tokenize_by_definition;

use xxhash_rust::xxh3::xxh3_128;

use blocks::Block;

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
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    tokens: Vec<Token>,
    spans: Vec<(u32, u32)>,
    /// The whole hashes of the folded words, as bytes.
    hashes: Vec<u8>,
    scratch: Scratch,
}

/// What is needed while a text is divided, kept for the next one.
#[derive(Clone, Debug, Default)]
struct Scratch {
    blocks: Vec<Block>,
    /// Where plain words begin and end.
    edges: Vec<u32>,
    /// For each token the first eight bytes of a plain word in lower case.
    words: Vec<u64>,
    /// Which plain words are longer.
    long: Vec<u32>,
    /// Tokens that are not plain words: the position, the token, the hash.
    known: Vec<(u32, Token, u64)>,
}

impl PartialEq for Tokens {
    fn eq(&self, other: &Self) -> bool {
        (&self.tokens, &self.spans, &self.hashes) == (&other.tokens, &other.spans, &other.hashes)
    }
}

impl Eq for Tokens {}

impl Tokens {
    /// Makes an empty list, to be filled by [`tokenize()`].
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
        self.spans.clear();
        self.scratch.words.clear();
        self.scratch.long.clear();
        self.scratch.known.clear();
    }

    /// Takes back what was pushed behind the first `length` tokens, none of them a plain word.
    fn truncate(&mut self, length: usize) {
        self.spans.truncate(length);
        self.scratch.words.truncate(length);
        while self.scratch.known.pop_if(|&mut (index, ..)| index as usize >= length).is_some() {}
    }

    #[inline]
    fn push(&mut self, folded: &[u8], has_digit: bool, begin: usize, end: usize) {
        let hash = hash::hash_folded(folded);
        self.scratch.known.push((self.spans.len() as u32, Token::new(hash, has_digit), hash));
        self.spans.push((begin as u32, end as u32));
        self.scratch.words.push(0);
    }

    fn push_word(&mut self, folded: &[u8], begin: usize, end: usize) {
        let has_digit = std::str::from_utf8(folded).is_ok_and(|word| word.chars().any(char::is_numeric));
        self.push(folded, has_digit, begin, end);
    }

    /// Takes the plain ASCII words between `edges`, each a begin and an end.
    fn push_plain(&mut self, text: &[u8], edges: &[u32]) {
        let first = self.spans.len();
        let (pairs, _) = edges.as_chunks::<2>();
        self.spans.extend(pairs.iter().map(|&[begin, end]| (begin, end)));
        self.scratch
            .words
            .extend(pairs.iter().map(|&[begin, _]| hash::lower(eight_bytes(text, begin as usize))));
        let long = &mut self.scratch.long;
        let mut count = long.len();
        long.resize(count + pairs.len(), 0);
        for (index, &[begin, end]) in (first..).zip(pairs) {
            long[count] = index as u32;
            count += usize::from((end - begin) as usize > hash::SHORT);
        }
        long.truncate(count);
    }

    /// Makes the tokens and hashes of all words.
    fn finish(&mut self, text: &[u8]) {
        let count = self.spans.len();
        self.tokens.resize(count, Token(0));
        self.hashes.resize(count * size_of::<u64>(), 0);
        let Self { tokens, spans, hashes, scratch } = self;
        hash::hash_short(&scratch.words, spans, tokens, hashes);
        let (hashes, _) = hashes.as_chunks_mut();
        for &index in &scratch.long {
            let (begin, end) = spans[index as usize];
            let (token, hash) = hash::hash_long(&text[begin as usize..end as usize]);
            tokens[index as usize] = token;
            hashes[index as usize] = hash.to_le_bytes();
        }
        for &(index, token, hash) in &scratch.known {
            tokens[index as usize] = token;
            hashes[index as usize] = hash.to_le_bytes();
        }
    }
}

/// Gives the eight bytes from `begin` on, the first one lowest; behind the end of the text they are 0.
#[inline]
fn eight_bytes(text: &[u8], begin: usize) -> u64 {
    match text[begin..].first_chunk() {
        Some(&bytes) => u64::from_le_bytes(bytes),
        None => text[begin..].iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn tokens(text: &str) -> Tokens {
        let mut out = Tokens::new();
        tokenize(text, &mut out);
        out
    }

    #[test]
    fn says_which_words_stand_where() {
        let text = "Gate 12b of the Museum, 7 h: émigré ½ ٣";
        let tokens = tokens(text);
        let words: Vec<&str> =
            tokens.spans().iter().map(|&(begin, end)| &text[begin as usize..end as usize]).collect();
        assert_eq!(words, ["Gate", "12b", "of", "the", "Museum", "7", "h", "émigré", "½", "٣"]);
        let with_digits: Vec<&str> = words
            .iter()
            .zip(tokens.tokens())
            .filter(|(_, token)| token.has_digit())
            .map(|(word, _)| *word)
            .collect();
        assert_eq!(with_digits, ["12b", "7", "½", "٣"]);
    }

    /// Name, two texts, whether they have the same words, and whether these stand at the same places.
    #[test]
    fn compares_texts() {
        let cases = [
            ("nothing", "", " \n", true, true),
            ("another word", "oil rose", "oil fell", false, false),
            ("another order", "oil rose", "rose oil", false, false),
            ("one word more", "oil rose", "oil rose again", false, false),
            ("capitals", "oil rose", "OIL Rose", true, true),
            ("other marks of one length", "oil, rose", "oil: rose", true, true),
            ("other places", "oil rose", "oil   rose", true, false),
            ("digits of other scripts", "7 km", "٧ km", true, false),
        ];
        for (name, one, other, same_words, same_places) in cases {
            let (one, other) = (tokens(one), tokens(other));
            assert_eq!(one.tokens() == other.tokens(), same_words, "{name}");
            assert_eq!(one.content() == other.content(), same_words, "{name}");
            assert_eq!(one == other, same_places, "{name}");
        }
    }

    /// A list that was filled by another text is as one that was not.
    #[test]
    fn lists_are_used_again() {
        let texts =
            ["rose 12 International émigré", "阿里巴巴 and the Meteorological U.S. office", "", "oil"];
        let mut reused = Tokens::new();
        for text in texts.iter().chain(texts.iter().rev()) {
            tokenize(text, &mut reused);
            assert_eq!(reused, tokens(text), "{text}");
        }
    }
}
