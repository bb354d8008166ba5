//! Defines the word that the fast path is reading, character by character.

use super::char_info::{CharInfo, LONGEST_FOLDED};
use super::lookalikes::LetterScript;
use super::tokens::Tokens;

/// The length of a folded form, in bytes, from which on the fast path leaves a word to the definition.
const CAPACITY: usize = 64;

/// The class of a character that is next to a punctuation mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Neighbor {
    #[default]
    Other,
    Letter,
    Digit,
}

/// The word that is being read. One buffer serves many words, one after the other.
///
/// Methods that return an `Option` return `None` if only the definition can tell how the word continues.
pub(super) struct PendingWord {
    folded: [u8; CAPACITY + LONGEST_FOLDED],
    length: usize,
    begin: usize,
    end: usize,
    /// The number of letters and digits, without combining marks.
    letters: usize,
    has_digit: bool,
    /// Its last letter or digit; `Other` if it has none yet.
    last: Neighbor,
    /// The combining class of the last character of its folded form.
    last_combining_class: u8,
    has_latin: bool,
    /// True if it contains a letter of another script with capitals.
    has_other_cased: bool,
}

impl PendingWord {
    /// Creates an empty word.
    pub(super) fn new() -> Self {
        Self {
            folded: [0; CAPACITY + LONGEST_FOLDED],
            length: 0,
            begin: 0,
            end: 0,
            letters: 0,
            has_digit: false,
            last: Neighbor::Other,
            last_combining_class: 0,
            has_latin: false,
            has_other_cased: false,
        }
    }

    /// Returns its folded form.
    #[inline]
    pub(super) fn folded(&self) -> &[u8] {
        &self.folded[..self.length]
    }

    /// Returns the byte at which it begins, if it contains a letter or digit.
    #[inline]
    pub(super) fn begin(&self) -> usize {
        self.begin
    }

    /// Returns whether its last character is a letter or a digit, without regard to combining marks.
    #[inline]
    pub(super) fn last(&self) -> Neighbor {
        self.last
    }

    /// Returns whether it is one letter, with any combining marks on it.
    #[inline]
    pub(super) fn is_single_letter(&self) -> bool {
        self.last == Neighbor::Letter && self.letters == 1
    }

    /// Starts again with an empty word.
    #[inline]
    pub(super) fn reset(&mut self) {
        self.length = 0;
        self.last = Neighbor::Other;
        self.letters = 0;
        self.has_digit = false;
        self.last_combining_class = 0;
        self.has_latin = false;
        self.has_other_cased = false;
    }

    /// Adds the word to the tokens, unless its folded form is empty, and starts again with an empty word.
    #[inline]
    pub(super) fn finish(&mut self, out: &mut Tokens) {
        if self.length > 0 {
            out.push(self.folded(), self.has_digit, self.begin, self.end);
        }
        self.reset();
    }

    #[inline]
    fn start(&mut self, at: usize) {
        if self.last == Neighbor::Other {
            self.begin = at;
        }
    }

    /// Appends a letter that is not ASCII, at the bytes `at..end`.
    #[inline]
    pub(super) fn push_letter(&mut self, letter: &CharInfo, at: usize, end: usize) -> Option<()> {
        self.start(at);
        self.push_folded(letter, end)?;
        self.letters += 1;
        self.last = Neighbor::Letter;
        self.has_latin |= letter.script == LetterScript::Latin;
        self.has_other_cased |= letter.script == LetterScript::OtherCased;
        self.check_scripts()
    }

    /// Returns nothing if the word has letters of two scripts, which may look alike.
    #[inline]
    fn check_scripts(&self) -> Option<()> {
        (!(self.has_latin && self.has_other_cased)).then_some(())
    }

    /// Appends a digit that is not ASCII, at the bytes `at..end`.
    #[inline]
    pub(super) fn push_digit(&mut self, digit: &CharInfo, at: usize, end: usize) -> Option<()> {
        self.start(at);
        self.push_folded(digit, end)?;
        self.letters += 1;
        self.has_digit = true;
        self.last = Neighbor::Digit;
        Some(())
    }

    /// Appends a combining mark that ends at byte `end`. `None` for a mark without a letter or digit before it.
    #[inline]
    pub(super) fn push_mark(&mut self, mark: &CharInfo, end: usize) -> Option<()> {
        if self.last == Neighbor::Other {
            return None;
        }
        self.push_folded(mark, end)
    }

    #[inline]
    fn push_folded(&mut self, info: &CharInfo, end: usize) -> Option<()> {
        // Decomposition would sort the character into the ones before it.
        if info.sorts_before(self.last_combining_class) || self.length >= CAPACITY {
            return None;
        }
        let (folded, length) = info.padded();
        self.folded[self.length..self.length + LONGEST_FOLDED].copy_from_slice(folded);
        self.length += length;
        if length > 0 {
            self.last_combining_class = info.last_combining_class;
        }
        self.end = end;
        Some(())
    }

    /// Appends the ASCII letters and digits from byte `at` on, at least one. Returns where they end.
    #[inline]
    pub(super) fn push_ascii(&mut self, bytes: &[u8], at: usize) -> Option<usize> {
        self.start(at);
        let mut end = at;
        while let Some(&byte) = bytes.get(end)
            && byte.is_ascii_alphanumeric()
        {
            self.push_ascii_byte(byte)?;
            end += 1;
        }
        self.letters += end - at;
        self.last_combining_class = 0;
        self.end = end;
        self.last = if bytes[end - 1].is_ascii_digit() { Neighbor::Digit } else { Neighbor::Letter };
        self.check_scripts()?;
        Some(end)
    }

    /// Replaces the word by the ASCII letters and digits of the bytes `begin..end`, and finishes it. Other bytes of
    /// the range are dropped.
    pub(super) fn finish_range(
        &mut self,
        bytes: &[u8],
        begin: usize,
        end: usize,
        out: &mut Tokens,
    ) -> Option<()> {
        self.reset();
        for &byte in bytes[begin..end].iter().filter(|byte| byte.is_ascii_alphanumeric()) {
            self.push_ascii_byte(byte)?;
        }
        self.begin = begin;
        self.end = end;
        self.finish(out);
        Some(())
    }

    /// Appends an ASCII letter, in lower case, or a digit.
    #[inline]
    fn push_ascii_byte(&mut self, byte: u8) -> Option<()> {
        if self.length >= CAPACITY {
            return None;
        }
        self.folded[self.length] = byte | 0x20;
        self.length += 1;
        let is_digit = byte.is_ascii_digit();
        self.has_digit |= is_digit;
        self.has_latin |= !is_digit;
        Some(())
    }
}
