//! A run without white space in, its tokens out, character by character.
//!
//! Where only the definition can tell what they are, nothing comes out.

use super::Tokens;
use super::char_info::{Character, Class, LONGEST, character};
use super::clean::{address, behind_space, link_end, link_number, list_number};
use super::definition::is_space;
use super::pieces::{Pieces, scan_unspaced};

/// The bytes of the longest word that is read here.
const ROOM: usize = 64;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Last {
    #[default]
    Other,
    Letter,
    Digit,
}

/// The word that is being read.
pub(super) struct Word {
    folded: [u8; ROOM + LONGEST],
    length: usize,
    begin: usize,
    end: usize,
    letters: usize,
    has_digit: bool,
    last: Last,
    /// The last dot of which it is known that those before it, behind single letters, join no initials.
    no_initials: usize,
    /// The combining class of its last folded character.
    last_mark: u8,
    pieces: Pieces,
}

impl Word {
    pub(super) fn new() -> Self {
        Self {
            folded: [0; ROOM + LONGEST],
            length: 0,
            begin: 0,
            end: 0,
            letters: 0,
            has_digit: false,
            last: Last::Other,
            no_initials: 0,
            last_mark: 0,
            pieces: Pieces::new(0),
        }
    }

    fn folded(&self) -> &[u8] {
        &self.folded[..self.length]
    }

    #[inline]
    fn finish(&mut self, out: &mut Tokens) {
        if self.length > 0 {
            out.push(self.folded(), self.has_digit, self.begin, self.end);
        }
        self.reset();
    }

    fn reset(&mut self) {
        self.length = 0;
        self.last = Last::Other;
        self.letters = 0;
        self.has_digit = false;
        self.last_mark = 0;
    }

    #[inline]
    fn start(&mut self, at: usize) {
        if self.last == Last::Other {
            self.begin = at;
        }
    }

    /// Takes a letter, digit or mark; `None` where its marks change places with those before it, or the word grows
    /// too long.
    #[inline]
    fn push(&mut self, character: &Character, end: usize) -> Option<()> {
        if character.sorts_before(self.last_mark) || self.length >= ROOM {
            return None;
        }
        let (bytes, length) = character.padded();
        self.folded[self.length..self.length + LONGEST].copy_from_slice(bytes);
        self.length += length;
        if length > 0 {
            self.last_mark = character.last_mark;
        }
        self.end = end;
        Some(())
    }

    /// Takes ASCII letters and digits from `at` on; returns where they end.
    #[inline]
    fn push_ascii(&mut self, bytes: &[u8], at: usize) -> Option<usize> {
        let mut end = at;
        while let Some(&byte) = bytes.get(end)
            && byte.is_ascii_alphanumeric()
        {
            if self.length >= ROOM {
                return None;
            }
            self.folded[self.length] = byte | 0x20;
            self.length += 1;
            self.has_digit |= byte.is_ascii_digit();
            end += 1;
        }
        self.letters += end - at;
        self.last_mark = 0;
        self.end = end;
        self.last = if bytes[end - 1].is_ascii_digit() { Last::Digit } else { Last::Letter };
        Some(end)
    }

    /// Takes the ASCII letters and digits of a stretch that holds marks, too, as one word, and finishes it.
    fn take_stretch(&mut self, bytes: &[u8], begin: usize, end: usize, out: &mut Tokens) -> Option<()> {
        self.reset();
        for &byte in bytes[begin..end].iter().filter(|byte| byte.is_ascii_alphanumeric()) {
            if self.length >= ROOM {
                return None;
            }
            self.folded[self.length] = byte | 0x20;
            self.length += 1;
            self.has_digit |= byte.is_ascii_digit();
        }
        self.begin = begin;
        self.end = end;
        self.finish(out);
        Some(())
    }
}

/// Reads one run without white space. Returns where it ends, or nothing where only the definition can tell.
pub(super) fn scan_run(text: &str, begin: usize, word: &mut Word, out: &mut Tokens) -> Option<usize> {
    let bytes = text.as_bytes();
    word.reset();
    let mut at = begin;
    while let Some(&byte) = bytes.get(at) {
        if !byte.is_ascii() {
            at = beyond_ascii(text, at, word, out)?;
        } else if byte.is_ascii_alphanumeric() {
            if word.last == Last::Other && byte.is_ascii_digit() {
                let end = digit_groups(bytes, at)?;
                if end > at {
                    word.take_stretch(bytes, at, end, out)?;
                    at = end;
                    continue;
                }
            }
            word.start(at);
            at = word.push_ascii(bytes, at)?;
        } else if is_space(char::from(byte)) {
            break;
        } else {
            at = ascii_mark(text, at, word, out)?;
        }
    }
    word.finish(out);
    Some(at)
}

/// Finds the end of the number in groups that begins at `at`: up to three digits, then groups of three behind one and
/// the same mark; `at` where there is none. Nothing where only the definition can tell.
fn digit_groups(bytes: &[u8], at: usize) -> Option<usize> {
    let digits = bytes[at..].iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
    let mut end = at + digits;
    let mark = match bytes.get(end) {
        Some(&mark @ (b'.' | b',' | b'\'')) if digits < 4 => mark,
        _ => return Some(at),
    };
    let first = end;
    while let Some(group) = bytes.get(end + 1..end + 4)
        && bytes[end] == mark
        && group.iter().all(u8::is_ascii_digit)
    {
        match bytes.get(end + 4) {
            Some(next) if next.is_ascii_alphanumeric() => break,
            Some(next) if !next.is_ascii() => return None,
            _ => end += 4,
        }
        if end == bytes.len() {
            break;
        }
    }
    Some(if end > first { end } else { at })
}

/// Handles an ASCII character that is neither letter, digit nor white space; returns where to go on.
fn ascii_mark(text: &str, at: usize, word: &mut Word, out: &mut Tokens) -> Option<usize> {
    let rest = &text.as_bytes()[at + 1..];
    match text.as_bytes()[at] {
        b'\'' => apostrophe(text, at + 1, word, out)?,
        b'.' => {
            let next = next_kind(text, at + 1)?;
            if word.folded().ends_with(b"www") {
                return address_behind(text, at, word);
            }
            if word.last == Last::Letter && next == Last::Letter && word.letters == 1 {
                return initials(text.as_bytes(), at, word, out);
            }
            word.finish(out);
        }
        b':' if rest.starts_with(b"//") => return address_behind(text, at, word),
        b']' if rest.starts_with(b"(") => {
            word.finish(out);
            return link_end(text, at);
        }
        b']' if rest.starts_with(b"[") => {
            word.finish(out);
            return Some(at + 1 + link_number(rest).unwrap_or(0));
        }
        b'[' => {
            word.finish(out);
            let number = behind_space(text, at).then(|| list_number(&text.as_bytes()[at..])).flatten();
            return Some(at + number.unwrap_or(1));
        }
        b'-' if matches!(rest.first(), Some(b'\n' | b'\r')) => return None,
        _ => word.finish(out),
    }
    Some(at + 1)
}

/// Gives where the web address ends that begins with the word before the mark at `at`, if what stands before it goes on
/// as it would before a space; else only the definition can tell.
fn address_behind(text: &str, at: usize, word: &mut Word) -> Option<usize> {
    let begin = word.begin;
    let before = begin.checked_sub(1).map_or(b' ', |before| text.as_bytes()[before]);
    let is_free =
        is_space(char::from(before)) || matches!(before, b'(' | b'[' | b'<' | b'"' | b'=' | b'/' | b'>');
    if !is_free || begin + word.length != at {
        return None;
    }
    let end = address(text, begin)?;
    word.reset();
    Some(end)
}

/// Handles the dot behind a first single letter, before another letter: where all that such dots join are single
/// letters, they are one word, else the letter is one. Returns where to go on.
fn initials(bytes: &[u8], dot: usize, word: &mut Word, out: &mut Tokens) -> Option<usize> {
    let begin = word.begin;
    if begin + 1 != dot {
        return None;
    }
    if dot <= word.no_initials {
        word.finish(out);
        return Some(dot + 1);
    }
    let mut end = dot;
    while let Some([b'.', letter]) = bytes.get(end..end + 2) {
        match bytes.get(end + 2) {
            _ if !letter.is_ascii() => return None,
            _ if !letter.is_ascii_alphabetic() => break,
            Some(b'\'') => return None,
            Some(next) if !next.is_ascii() => return None,
            Some(next) if next.is_ascii_alphanumeric() => {
                word.no_initials = end;
                word.finish(out);
                return Some(dot + 1);
            }
            _ => end += 2,
        }
    }
    word.take_stretch(bytes, begin, end, out)?;
    Some(end)
}

/// Handles an apostrophe before `next`: dropped between letters, a break elsewhere.
fn apostrophe(text: &str, next: usize, word: &mut Word, out: &mut Tokens) -> Option<()> {
    let next = next_kind(text, next)?;
    // A mark between groups of digits, if it is not the one of ASCII.
    if next == Last::Digit && word.last == Last::Digit {
        return None;
    }
    let between_letters = next == Last::Letter && word.last == Last::Letter;
    if !between_letters {
        word.finish(out);
    }
    Some(())
}

/// Tells what stands behind a joint; nothing where a mark or something complex does.
fn next_kind(text: &str, at: usize) -> Option<Last> {
    let Some(&byte) = text.as_bytes().get(at) else {
        return Some(Last::Other);
    };
    if byte.is_ascii() {
        return Some(match byte {
            b'0'..=b'9' => Last::Digit,
            b'a'..=b'z' | b'A'..=b'Z' => Last::Letter,
            _ => Last::Other,
        });
    }
    match character(text[at..].chars().next()?).class {
        Class::Letter => Some(Last::Letter),
        Class::Digit => Some(Last::Digit),
        Class::Apostrophe | Class::Joint | Class::HanOrKana | Class::Syllabic | Class::Break => {
            Some(Last::Other)
        }
        Class::Mark | Class::Complex => None,
    }
}

/// Handles characters beyond ASCII: letters and the marks on them as far as they go, a run of a script without spaces,
/// or one character of another kind; returns where to go on.
#[inline]
fn beyond_ascii(text: &str, begin: usize, word: &mut Word, out: &mut Tokens) -> Option<usize> {
    let mut at = begin;
    for letter in text[begin..].chars() {
        let end = at + letter.len_utf8();
        if letter.is_ascii() {
            break;
        }
        let known = character(letter);
        match known.class {
            Class::Letter => {
                word.start(at);
                word.push(known, end)?;
                word.letters += 1;
                word.last = Last::Letter;
            }
            Class::Mark => {
                let divides = letter == '\u{AD}' && matches!(text.as_bytes().get(end), Some(b'\n' | b'\r'));
                if divides || word.last == Last::Other {
                    return None;
                }
                word.push(known, end)?;
            }
            Class::Digit => {
                word.start(at);
                word.push(known, end)?;
                word.letters += 1;
                word.has_digit = true;
                word.last = Last::Digit;
            }
            _ => return between_words(text, at, letter, word, out),
        }
        at = end;
    }
    Some(at)
}

/// Handles a character beyond ASCII that is neither letter, digit nor mark, or a run of a script without spaces;
/// returns where to go on.
fn between_words(text: &str, at: usize, letter: char, word: &mut Word, out: &mut Tokens) -> Option<usize> {
    let end = at + letter.len_utf8();
    match character(letter).class {
        Class::Apostrophe => apostrophe(text, end, word, out)?,
        Class::Joint => word.finish(out),
        Class::Break => {
            if letter == '\u{2010}' && matches!(text.as_bytes().get(end), Some(b'\n' | b'\r')) {
                return None;
            }
            word.finish(out);
            return Some(behind_marks(text, end));
        }
        Class::HanOrKana | Class::Syllabic => {
            word.finish(out);
            return scan_unspaced(text, at, &mut word.pieces, out);
        }
        Class::Letter | Class::Digit | Class::Mark | Class::Complex => return None,
    }
    Some(end)
}

/// Finds the end of the marks behind something that is no word: they belong to it (`❤️`), if they are no letters.
fn behind_marks(text: &str, begin: usize) -> usize {
    let mut at = begin;
    for letter in text[begin..].chars() {
        if letter.is_ascii() {
            break;
        }
        let known = character(letter);
        if known.class != Class::Mark || known.is_letter || letter == '\u{AD}' {
            break;
        }
        at += letter.len_utf8();
    }
    at
}
