//! Reads one run (a stretch of text without ASCII white space) character by character, as the fast path does it.

use super::char_info::{CharClass, CharInfo};
use super::char_properties::{HYPHEN, SOFT_HYPHEN, ZERO_WIDTH_NON_JOINER, is_space, is_space_byte, is_void};
use super::clean::{address, follows_space, link_end, link_number, list_number};
use super::definition::DIGITS_IN_GROUP;
use super::gap::{gap_end, is_arabic_divider};
use super::pending_word::{Neighbor, PendingWord};
use super::pieces::PendingPiece;
use super::scan_unspaced::scan_unspaced;
use super::tokens::Tokens;

/// Reads the runs of one text, and keeps its buffers from one to the next.
///
/// Methods that return an `Option` return `None` if only the definition can divide the run. Methods that read
/// something return the byte at which to continue.
pub(super) struct RunScanner {
    word: PendingWord,
    piece: PendingPiece,
    /// A dot in the text: it is known that the single letters before the dots up to it are no initials.
    no_initials_until: usize,
}

impl RunScanner {
    /// Creates a scanner for one text.
    pub(super) fn new() -> Self {
        Self { word: PendingWord::new(), piece: PendingPiece::new(0), no_initials_until: 0 }
    }

    /// Reads the run that begins at byte `begin`, and adds its words to `out`. Returns where the run ends.
    ///
    /// If it returns `None`, some words of the run may have been added already.
    pub(super) fn scan_run(&mut self, text: &str, begin: usize, out: &mut Tokens) -> Option<usize> {
        let bytes = text.as_bytes();
        self.word.reset();
        let mut at = begin;
        while let Some(&byte) = bytes.get(at) {
            if !byte.is_ascii() {
                at = self.scan_non_ascii(text, at, out)?;
            } else if byte.is_ascii_alphanumeric() {
                if self.word.last() == Neighbor::Other && byte.is_ascii_digit() {
                    let end = digit_groups_end(bytes, at)?;
                    if end > at {
                        self.word.finish_range(bytes, at, end, out)?;
                        at = end;
                        continue;
                    }
                }
                at = self.word.push_ascii(bytes, at)?;
            } else if is_space_byte(byte) {
                break;
            } else {
                at = self.scan_ascii_punctuation(text, at, out)?;
            }
        }
        self.word.finish(out);
        Some(at)
    }

    /// Reads an ASCII character that is neither letter, digit nor white space, and what belongs to it.
    fn scan_ascii_punctuation(&mut self, text: &str, at: usize, out: &mut Tokens) -> Option<usize> {
        let rest = &text.as_bytes()[at + 1..];
        match text.as_bytes()[at] {
            b'\'' => self.scan_apostrophe(text, at + 1, out)?,
            b'.' => {
                let next = neighbor_after(text, at + 1)?;
                if self.word.folded().ends_with(b"www") {
                    return self.scan_address(text, at);
                }
                if self.word.is_single_letter() && next == Neighbor::Letter {
                    return self.scan_initials(text.as_bytes(), at, out);
                }
                self.word.finish(out);
            }
            b':' if rest.starts_with(b"//") => return self.scan_address(text, at),
            b']' if rest.starts_with(b"(") => {
                self.word.finish(out);
                return link_end(text, at);
            }
            b']' if rest.starts_with(b"[") => {
                self.word.finish(out);
                return Some(at + 1 + link_number(rest).unwrap_or(0));
            }
            b'[' => {
                self.word.finish(out);
                let number = follows_space(text, at).then(|| list_number(&text.as_bytes()[at..])).flatten();
                return Some(at + number.unwrap_or(1));
            }
            b'-' if is_line_break(rest.first()) => return None,
            byte if is_void_byte(byte) && gap_end(text, at).is_some() => return None,
            _ => self.word.finish(out),
        }
        Some(at + 1)
    }

    /// Reads the web address that begins with the current word. The punctuation after this word is at byte `at`.
    ///
    /// The definition replaces the address by a space. `None` if the text before the address may be divided
    /// differently before that space.
    fn scan_address(&mut self, text: &str, at: usize) -> Option<usize> {
        let begin = self.word.begin();
        let before = begin.checked_sub(1).map_or(b' ', |before| text.as_bytes()[before]);
        let is_separate =
            is_space(char::from(before)) || matches!(before, b'(' | b'[' | b'<' | b'"' | b'=' | b'/' | b'>');
        let is_plain = begin + self.word.folded().len() == at;
        if !is_separate || !is_plain {
            return None;
        }
        let end = address(text, begin)?;
        self.word.reset();
        Some(end)
    }

    /// Reads the dot after a single letter that begins a word, and before another letter. If all that such dots join
    /// are single letters, they are one word; if not, the first letter is a word.
    fn scan_initials(&mut self, bytes: &[u8], dot: usize, out: &mut Tokens) -> Option<usize> {
        let begin = self.word.begin();
        if begin + 1 != dot {
            return None;
        }
        if dot <= self.no_initials_until {
            self.word.finish(out);
            return Some(dot + 1);
        }
        let mut end = dot;
        while let Some([b'.', letter]) = bytes.get(end..end + 2) {
            match bytes.get(end + 2) {
                _ if !letter.is_ascii() => return None,
                _ if !letter.is_ascii_alphabetic() => break,
                Some(b'\'') => return None,
                Some(&next) if !next.is_ascii() || is_void_byte(next) => return None,
                Some(next) if next.is_ascii_alphanumeric() => {
                    // A longer word ends the sequence. The letters before it must not look ahead to it again, because
                    // the cost would grow with the square of their number.
                    self.no_initials_until = end;
                    self.word.finish(out);
                    return Some(dot + 1);
                }
                _ => end += 2,
            }
        }
        self.word.finish_range(bytes, begin, end, out)?;
        Some(end)
    }

    /// Reads an apostrophe, after which the text continues at byte `next`. Between letters it is dropped; elsewhere
    /// it ends the word.
    fn scan_apostrophe(&mut self, text: &str, next: usize, out: &mut Tokens) -> Option<()> {
        let next = neighbor_after(text, next)?;
        // It may separate groups of digits, which are read elsewhere only if it is the ASCII apostrophe.
        if next == Neighbor::Digit && self.word.last() == Neighbor::Digit {
            return None;
        }
        let is_between_letters = next == Neighbor::Letter && self.word.last() == Neighbor::Letter;
        if !is_between_letters {
            self.word.finish(out);
        }
        Some(())
    }

    /// Reads non-ASCII characters: all letters, digits and combining marks up to the next character of another class.
    /// If there are none, a stretch of a script without spaces, or one character of another class.
    #[inline]
    fn scan_non_ascii(&mut self, text: &str, begin: usize, out: &mut Tokens) -> Option<usize> {
        let mut at = begin;
        for letter in text[begin..].chars() {
            let end = at + letter.len_utf8();
            if letter.is_ascii() {
                break;
            }
            let info = CharInfo::of(letter);
            match info.class {
                CharClass::Letter => self.word.push_letter(info, at, end)?,
                CharClass::Mark => {
                    if letter == SOFT_HYPHEN && is_line_break(text.as_bytes().get(end)) {
                        return None;
                    }
                    if letter == ZERO_WIDTH_NON_JOINER && is_arabic_divider(text, at) {
                        self.word.finish(out);
                    } else {
                        self.word.push_mark(info, end)?;
                    }
                }
                CharClass::Digit => self.word.push_digit(info, at, end)?,
                _ => return self.scan_between_words(text, at, letter, out),
            }
            at = end;
        }
        Some(at)
    }

    /// Reads a stretch of a script without spaces, or one non-ASCII character that is neither letter, digit nor
    /// combining mark.
    fn scan_between_words(&mut self, text: &str, at: usize, letter: char, out: &mut Tokens) -> Option<usize> {
        let end = at + letter.len_utf8();
        match CharInfo::of(letter).class {
            CharClass::Apostrophe => self.scan_apostrophe(text, end, out)?,
            CharClass::Joint => self.word.finish(out),
            CharClass::Void if gap_end(text, at).is_some() => return None,
            CharClass::Break | CharClass::Void => {
                if letter == HYPHEN && is_line_break(text.as_bytes().get(end)) {
                    return None;
                }
                self.word.finish(out);
                return Some(marks_end(text, end));
            }
            CharClass::HanOrKana | CharClass::Syllabic | CharClass::Sign => {
                self.word.finish(out);
                return scan_unspaced(text, at, &mut self.piece, out);
            }
            CharClass::Letter | CharClass::Digit | CharClass::Mark | CharClass::Complex => return None,
        }
        Some(end)
    }
}

/// Returns whether a line ends at a byte of a text. A hyphen before it may divide a word.
fn is_line_break(byte: Option<&u8>) -> bool {
    matches!(byte, Some(b'\n' | b'\r'))
}

/// Returns whether a byte is an ASCII character that is nothing between two letters or digits.
fn is_void_byte(byte: u8) -> bool {
    is_void(char::from(byte)) && byte.is_ascii()
}

/// Returns where the number in groups of digits ends that begins at byte `at`: up to three digits, then groups of
/// three with the same separator before each.
///
/// Returns `at` if there is no such number, and `None` if only the definition can tell.
fn digit_groups_end(bytes: &[u8], at: usize) -> Option<usize> {
    let is_digit = |byte: &&u8| byte.is_ascii_digit();
    let digits = bytes[at..].iter().take(DIGITS_IN_GROUP + 1).take_while(is_digit).count();
    let mut end = at + digits;
    let separator = match bytes.get(end) {
        Some(&separator @ (b'.' | b',' | b'\'')) if digits <= DIGITS_IN_GROUP => separator,
        _ => return Some(at),
    };
    let first_end = end;
    while let Some(group) = bytes.get(end + 1..=end + DIGITS_IN_GROUP)
        && bytes[end] == separator
        && group.iter().all(u8::is_ascii_digit)
    {
        let group_end = end + 1 + DIGITS_IN_GROUP;
        match bytes.get(group_end) {
            Some(next) if next.is_ascii_alphanumeric() => break,
            Some(&next) if !next.is_ascii() || is_void_byte(next) => return None,
            _ => end = group_end,
        }
        if end == bytes.len() {
            break;
        }
    }
    Some(if end > first_end { end } else { at })
}

/// Returns what the character at byte `at` is to the punctuation before it. `None` for a combining mark and for a
/// complex character.
fn neighbor_after(text: &str, at: usize) -> Option<Neighbor> {
    let Some(&byte) = text.as_bytes().get(at) else {
        return Some(Neighbor::Other);
    };
    if byte.is_ascii() {
        return Some(match byte {
            b'0'..=b'9' => Neighbor::Digit,
            b'a'..=b'z' | b'A'..=b'Z' => Neighbor::Letter,
            _ => Neighbor::Other,
        });
    }
    match CharInfo::of(text[at..].chars().next()?).class {
        CharClass::Letter => Some(Neighbor::Letter),
        CharClass::Digit => Some(Neighbor::Digit),
        CharClass::Apostrophe
        | CharClass::Joint
        | CharClass::HanOrKana
        | CharClass::Syllabic
        | CharClass::Sign
        | CharClass::Break
        | CharClass::Void => Some(Neighbor::Other),
        CharClass::Mark | CharClass::Complex => None,
    }
}

/// Returns where the combining marks end that begin at byte `begin`, after a character that belongs to no word. They
/// belong to it (`❤️`), unless they are letters.
fn marks_end(text: &str, begin: usize) -> usize {
    let mut at = begin;
    for mark in text[begin..].chars() {
        if mark.is_ascii() {
            break;
        }
        let info = CharInfo::of(mark);
        if info.class != CharClass::Mark || info.is_alphanumeric || mark == SOFT_HYPHEN {
            break;
        }
        at += mark.len_utf8();
    }
    at
}
