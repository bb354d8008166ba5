//! Encodes the lines of texts, and decodes the short ones: headlines, captions, and the furniture of pages.
//!
//! A line is a range of tokens. Lines that are as long as a passage are not needed one by one, so that neighbors are
//! stored as one number. Tokens are in the line in which they begin.
//!
//! After them, there may be what the page of the article prints besides its text.
//!
//! Cost: one or two bytes for each short line, and a search for the line breaks of each text.

use std::ops::Range;

use memchr::memchr_iter;

use crate::provenance::furniture_begin;
use crate::store::{push_leb128, take_leb128};
use crate::text::Tokens;

/// The most words of a short line. A longer line is as long as a passage: where sites repeat it, it is masked.
const SHORT_LINE_WORDS: u32 = 11;

/// The code after the last line, which no line has, since no line is without tokens.
const END_OF_LINES: u32 = 0;

/// A short line of an article, or the end of a line if that is furniture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ShortLine {
    /// The tokens of the line, masked ones included.
    pub(crate) tokens: Range<u32>,
    /// True if the line is furniture by its form. A copyright notice is furniture even if it is long.
    pub(crate) is_furniture: bool,
}

/// Appends the encoding of the lines of one text, of which `tokens` are the tokens. A line is encoded as twice its number
/// of tokens, plus one if it is furniture.
pub(super) fn push_lines(out: &mut Vec<u8>, text: &str, tokens: &Tokens) {
    let mut lines = LineWriter { out, tokens, at: 0, long: 0 };
    let mut begin = 0;
    for end in memchr_iter(b'\n', text.as_bytes()).chain(std::iter::once(text.len())) {
        lines.push(&text[begin..end], end);
        begin = end;
    }
    lines.flush();
}

/// Writes the lines of one text.
struct LineWriter<'a> {
    out: &'a mut Vec<u8>,
    tokens: &'a Tokens,
    /// The number of tokens in the lines that were written.
    at: usize,
    /// The number of tokens in the last lines, if these are long and not written yet.
    long: u32,
}

impl LineWriter<'_> {
    /// Adds the line that ends at a byte of the text.
    fn push(&mut self, line: &str, end: usize) {
        let words = self.tokens_before(end);
        if words == 0 {
            return;
        }
        match furniture_begin(line, &self.tokens.tokens()[self.at..self.at + words as usize]) {
            // The line break before it is part of the line.
            Some(begin) => {
                let before = self.tokens_before(end - line.len() + begin);
                self.push_part(before, false);
                self.at += before as usize;
                self.push_part(words - before, true);
                self.at += (words - before) as usize;
            }
            None => {
                self.push_part(words, false);
                self.at += words as usize;
            }
        }
    }

    /// Returns the number of tokens from the current one on that begin before a byte of the text.
    fn tokens_before(&self, end: usize) -> u32 {
        let rest = &self.tokens.spans()[self.at..];
        // Lines are short in comparison with texts: the end is searched for near the begin.
        let mut bound = 1;
        while rest.get(bound).is_some_and(|span| (span.0 as usize) < end) {
            bound *= 2;
        }
        let near = &rest[..rest.len().min(bound + 1)];
        near.partition_point(|span| (span.0 as usize) < end) as u32
    }

    fn push_part(&mut self, words: u32, is_furniture: bool) {
        if words > SHORT_LINE_WORDS && !is_furniture {
            self.long += words;
        } else if words > 0 {
            self.flush();
            push_leb128(self.out, words << 1 | u32::from(is_furniture));
        }
    }

    fn flush(&mut self) {
        if self.long > 0 {
            push_leb128(self.out, self.long << 1);
            self.long = 0;
        }
    }
}

/// Appends what the page of an article prints besides its text, after the encoding of the lines.
pub(super) fn push_other_text(out: &mut Vec<u8>, other_text: &str) {
    if !other_text.is_empty() {
        push_leb128(out, END_OF_LINES);
        out.extend_from_slice(other_text.as_bytes());
    }
}

/// Returns what the page of an article prints besides its text.
pub(super) fn decode_other_text(bytes: &[u8]) -> &str {
    let mut bytes = bytes.iter();
    while !bytes.as_slice().is_empty() {
        if take_leb128(&mut bytes) == END_OF_LINES {
            return std::str::from_utf8(bytes.as_slice()).unwrap_or_default();
        }
    }
    ""
}

/// Decodes the short lines of an article.
pub(super) fn decode_lines(bytes: &[u8]) -> Vec<ShortLine> {
    let mut bytes = bytes.iter();
    let mut begin = 0;
    let mut lines = Vec::new();
    while !bytes.as_slice().is_empty() {
        let code = take_leb128(&mut bytes);
        if code == END_OF_LINES {
            break;
        }
        let (words, is_furniture) = (code >> 1, code & 1 == 1);
        let tokens = begin..begin + words;
        begin = tokens.end;
        if is_furniture || words <= SHORT_LINE_WORDS {
            lines.push(ShortLine { tokens, is_furniture });
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{Tokens, tokenize};

    fn lines(text: &str) -> Vec<(Range<u32>, bool)> {
        let mut tokens = Tokens::new();
        tokenize(text, &mut tokens);
        let mut bytes = Vec::new();
        push_lines(&mut bytes, text, &tokens);
        decode_lines(&bytes).into_iter().map(|line| (line.tokens, line.is_furniture)).collect()
    }

    /// A text, and its short lines: their tokens, and whether they are furniture.
    type Case<'a> = (&'a str, &'a [(Range<u32>, bool)]);

    #[test]
    fn lines_are_ranges_of_tokens() {
        let long = "one two three four five six seven eight nine ten eleven twelve";
        let cases: [Case<'_>; 8] = [
            ("", &[]),
            ("\n \n--\n", &[]),
            ("Ferry stopped\n\nRead more\n", &[(0..2, false), (2..4, true)]),
            ("Ferry stopped\r\nRead more", &[(0..2, false), (2..4, true)]),
            (&format!("{long}\n{long}\n12 Comments"), &[(24..26, true)]),
            (&format!("Ferry stopped\n{long}\nFerry"), &[(0..2, false), (14..15, false)]),
            ("The ferry. Photo: Mia Berg\nFerry", &[(0..2, false), (2..5, true), (5..6, false)]),
            (&format!("{long}. Photo: Mia Berg\n{long}"), &[(12..15, true)]),
        ];
        for (text, expected) in cases {
            assert_eq!(lines(text), expected, "{text:?}");
        }
    }

    #[test]
    fn other_text_is_after_the_lines() {
        let mut tokens = Tokens::new();
        for text in ["", "Ferry stopped\nRead more"] {
            tokenize(text, &mut tokens);
            for other in ["", "A caption.\nA note: \u{e9}"] {
                let mut bytes = Vec::new();
                push_lines(&mut bytes, text, &tokens);
                let lines = decode_lines(&bytes);
                push_other_text(&mut bytes, other);
                assert_eq!((decode_lines(&bytes), decode_other_text(&bytes)), (lines, other), "{text}");
            }
        }
    }

    proptest! {
        #[test]
        fn lines_have_the_tokens_that_begin_in_them(text in "[x-z1 ,\\n-]{0,200}") {
            let mut tokens = Tokens::new();
            tokenize(&text, &mut tokens);
            let line_of = |span: &(u32, u32)| text[..span.0 as usize].matches('\n').count();
            let naive: Vec<(Range<u32>, bool)> = tokens
                .spans()
                .chunk_by(|one, other| line_of(one) == line_of(other))
                .scan(0, |begin, line| {
                    let tokens = *begin..*begin + line.len() as u32;
                    *begin = tokens.end;
                    Some(tokens)
                })
                .filter(|line| line.len() <= SHORT_LINE_WORDS as usize)
                .map(|line| (line, false))
                .collect();
            prop_assert_eq!(lines(&text), naive);
        }
    }
}
