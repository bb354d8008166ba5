//! Defines the list of tokens of one text, with the byte range of each.
//!
//! Words are added in the order of the text. Plain ASCII words are hashed together at the end, every other word is
//! hashed when it is added.

use xxhash_rust::xxh3::xxh3_128;

use super::blocks::Block;
use super::hash::{SHORT, hash_folded, hash_long, hash_short, lower};
use super::token::Token;

/// The tokens of one text, in order, with the byte range of each.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    tokens: Vec<Token>,
    spans: Vec<(u32, u32)>,
    /// The 64-bit hashes of the folded words, as bytes.
    hashes: Vec<u8>,
    pending: Pending,
    pub(super) buffers: Buffers,
}

/// The words that were added, until [`Tokens::finish`] computes their tokens.
#[derive(Clone, Debug, Default)]
struct Pending {
    /// For each token the first eight bytes of a plain ASCII word in lower case; 0 for any other word.
    words: Vec<u64>,
    /// The indices of the plain ASCII words of more than [`SHORT`] bytes.
    long: Vec<u32>,
    /// The words that are not plain ASCII.
    hashed: Vec<HashedWord>,
}

/// A word that is hashed already, and its index in the list.
#[derive(Clone, Copy, Debug)]
struct HashedWord {
    index: u32,
    token: Token,
    hash: u64,
}

/// The memory that the fast path needs while it divides a text, kept for the next text.
#[derive(Clone, Debug, Default)]
pub(super) struct Buffers {
    pub(super) blocks: Vec<Block>,
    /// The begin and the end of each plain ASCII word, alternately.
    pub(super) edges: Vec<u32>,
}

impl PartialEq for Tokens {
    fn eq(&self, other: &Self) -> bool {
        (&self.tokens, &self.spans, &self.hashes) == (&other.tokens, &other.spans, &other.hashes)
    }
}

impl Eq for Tokens {}

impl Tokens {
    /// Creates an empty list, to be filled by [`tokenize`](super::tokenize()).
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the tokens.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Returns the begin and the end of each token in the text, in bytes. Both are always character boundaries.
    pub fn spans(&self) -> &[(u32, u32)] {
        &self.spans
    }

    /// Returns a 128-bit XXH3 hash of the list of folded words.
    ///
    /// Texts with the same words have equal hashes. Two texts with different words have equal hashes with probability
    /// 2⁻⁶⁴.
    pub fn content(&self) -> u128 {
        xxh3_128(&self.hashes)
    }

    /// Removes what an earlier text left.
    pub(super) fn clear(&mut self) {
        self.spans.clear();
        self.pending.words.clear();
        self.pending.long.clear();
        self.pending.hashed.clear();
    }

    /// Removes the words after the first `length`. None of them may be a plain ASCII word.
    pub(super) fn truncate(&mut self, length: usize) {
        self.spans.truncate(length);
        self.pending.words.truncate(length);
        while self.pending.hashed.pop_if(|word| word.index as usize >= length).is_some() {}
    }

    /// Adds a word by its folded form and its byte range.
    #[inline]
    pub(super) fn push(&mut self, folded: &[u8], has_digit: bool, begin: usize, end: usize) {
        let hash = hash_folded(folded);
        let index = self.spans.len() as u32;
        self.pending.hashed.push(HashedWord { index, token: Token::new(hash, has_digit), hash });
        self.spans.push((begin as u32, end as u32));
        self.pending.words.push(0);
    }

    /// Adds a word by its folded form and its byte range; looks for digits itself.
    pub(super) fn push_word(&mut self, folded: &[u8], begin: usize, end: usize) {
        let has_digit = std::str::from_utf8(folded).is_ok_and(|word| word.chars().any(char::is_numeric));
        self.push(folded, has_digit, begin, end);
    }

    /// Adds plain ASCII words. `edges` contains the begin and the end of each in `text`, alternately.
    pub(super) fn push_plain(&mut self, text: &[u8], edges: &[u32]) {
        let first = self.spans.len();
        let (pairs, _) = edges.as_chunks::<2>();
        self.spans.extend(pairs.iter().map(|&[begin, end]| (begin, end)));
        self.pending.words.extend(pairs.iter().map(|&[begin, _]| lower(eight_bytes(text, begin as usize))));
        // Writes every index, and keeps it only if the word is long: this needs no branch.
        let long = &mut self.pending.long;
        let mut count = long.len();
        long.resize(count + pairs.len(), 0);
        for (index, &[begin, end]) in (first..).zip(pairs) {
            long[count] = index as u32;
            count += usize::from((end - begin) as usize > SHORT);
        }
        long.truncate(count);
    }

    /// Computes the tokens and hashes of all words of `text` that were added.
    pub(super) fn finish(&mut self, text: &[u8]) {
        let count = self.spans.len();
        self.tokens.resize(count, Token::new(0, false));
        self.hashes.resize(count * size_of::<u64>(), 0);
        let Self { tokens, spans, hashes, pending, .. } = self;
        // Long words and words that are not plain ASCII get meaningless values here, which are replaced below.
        hash_short(&pending.words, spans, tokens, hashes);
        let (hashes, _) = hashes.as_chunks_mut();
        for &index in &pending.long {
            let (begin, end) = spans[index as usize];
            let (token, hash) = hash_long(&text[begin as usize..end as usize]);
            tokens[index as usize] = token;
            hashes[index as usize] = hash.to_le_bytes();
        }
        for &HashedWord { index, token, hash } in &pending.hashed {
            tokens[index as usize] = token;
            hashes[index as usize] = hash.to_le_bytes();
        }
    }
}

/// Returns the eight bytes from `begin` on as a number, the first byte lowest. Bytes after the end of the text are 0.
#[inline]
fn eight_bytes(text: &[u8], begin: usize) -> u64 {
    match text[begin..].first_chunk() {
        Some(&bytes) => u64::from_le_bytes(bytes),
        None => text[begin..].iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokenize::tokenize;
    use super::*;

    fn tokens(text: &str) -> Tokens {
        let mut out = Tokens::new();
        tokenize(text, &mut out);
        out
    }

    #[test]
    fn spans_lead_to_the_words() {
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

    /// Each case: name, two texts, whether they have the same words, whether the spans of these are equal, too.
    #[test]
    fn texts_are_compared_by_their_words() {
        let cases = [
            ("nothing", "", " \n", true, true),
            ("another word", "oil rose", "oil fell", false, false),
            ("another order", "oil rose", "rose oil", false, false),
            ("one word more", "oil rose", "oil rose again", false, false),
            ("capitals", "oil rose", "OIL Rose", true, true),
            ("other punctuation of one length", "oil, rose", "oil: rose", true, true),
            ("other spans", "oil rose", "oil   rose", true, false),
            ("digits of other scripts", "7 km", "٧ km", true, false),
        ];
        for (name, one, other, same_words, same_spans) in cases {
            let (one, other) = (tokens(one), tokens(other));
            assert_eq!(one.tokens() == other.tokens(), same_words, "{name}");
            assert_eq!(one.content() == other.content(), same_words, "{name}");
            assert_eq!(one == other, same_spans, "{name}");
        }
    }

    #[test]
    fn a_list_that_is_used_again_equals_a_new_one() {
        let texts =
            ["rose 12 International émigré", "阿里巴巴 and the Meteorological U.S. office", "", "oil"];
        let mut reused = Tokens::new();
        for text in texts.iter().chain(texts.iter().rev()) {
            tokenize(text, &mut reused);
            assert_eq!(reused, tokens(text), "{text}");
        }
    }
}
