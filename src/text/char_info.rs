//! Character in, what the fast path must know of it out: how it joins its neighbors, and its folded form.
//!
//! Nothing here is listed by hand: a page of 256 characters is filled, when a text first needs it, by asking the
//! definition itself (`unicode-segmentation` for the joints, `fold` for the form). What the fast path could get
//! wrong is `Complex`, and sends it back to the definition.

use std::sync::OnceLock;

use unicode_segmentation::UnicodeSegmentation;

use super::definition::{is_apostrophe, is_joint};
use super::fold::{combining_class, fold, holds_iota_below};
use super::pieces::{hash_folded, is_han_or_kana, is_unspaced};

/// How a character joins its neighbors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Joins letters and digits on both sides.
    Letter,
    /// Joins letters and digits on both sides, and is a digit.
    Digit,
    /// Belongs to the character before it.
    Mark,
    /// Joins where the same kind stands on both sides, and is dropped.
    Apostrophe,
    /// Joins in ways that cut a word all the same, with the marks behind it.
    Joint,
    /// Han or kana.
    HanOrKana,
    /// Another script without spaces.
    Syllabic,
    /// Ends a word, and is none.
    Break,
    /// Anything else: only the definition knows.
    Complex,
}

/// The bytes of the longest folded form of a character that the fast path handles: three Hangul letters.
pub(super) const LONGEST: usize = 9;

/// What the fast path knows of a character.
#[derive(Clone, Copy, Debug)]
pub(super) struct Character {
    pub(super) class: Class,
    /// The combining classes of the first and the last character of its folded form.
    first_mark: u8,
    pub(super) last_mark: u8,
    length: u8,
    folded: [u8; LONGEST],
    /// Whether its folded form holds a number.
    pub(super) is_numeric: bool,
    /// Whether it makes a word by itself.
    pub(super) is_letter: bool,
    /// In a script without spaces: whether it belongs to the character before it.
    pub(super) extends: bool,
}

impl Character {
    /// Gives its folded form, and zeros behind it, and the length of that form.
    #[inline]
    pub(super) fn padded(&self) -> (&[u8; LONGEST], usize) {
        (&self.folded, usize::from(self.length))
    }

    /// Gives its folded form.
    #[inline]
    pub(super) fn folded(&self) -> &[u8] {
        &self.folded[..usize::from(self.length)]
    }

    /// Tells whether its folded form changes places with a mark before it, as decomposition orders them.
    #[inline]
    pub(super) fn sorts_before(&self, mark: u8) -> bool {
        self.first_mark != 0 && self.first_mark < mark
    }

    /// Goes on with a hash of the characters before it.
    #[inline]
    pub(super) fn hash(&self, hash: u32) -> u32 {
        hash_folded(hash, self.folded())
    }

    const fn complex() -> Self {
        Self {
            class: Class::Complex,
            first_mark: 0,
            last_mark: 0,
            length: 0,
            folded: [0; LONGEST],
            is_numeric: false,
            is_letter: false,
            extends: false,
        }
    }

    fn new(character: char) -> Self {
        let text = fold(character.encode_utf8(&mut [0; 4]));
        // The iota below is a mark that folds to a letter, and changes places as the mark it was.
        if text.len() > LONGEST || holds_iota_below(character) {
            return Self::complex();
        }
        let mut folded = [0; LONGEST];
        folded[..text.len()].copy_from_slice(text.as_bytes());
        Self {
            class: class(character),
            first_mark: text.chars().next().map_or(0, combining_class),
            last_mark: text.chars().next_back().map_or(0, combining_class),
            length: text.len() as u8,
            folded,
            is_numeric: text.contains(char::is_numeric),
            is_letter: character.is_alphanumeric(),
            extends: extends(character),
        }
    }
}

type Page = [Character; 256];

static COMPLEX: Character = Character::complex();

static PAGES: [OnceLock<Box<Page>>; 0x1100] = [const { OnceLock::new() }; 0x1100];

/// Looks a character up.
#[inline]
pub(super) fn character(character: char) -> &'static Character {
    let code = character as usize;
    match PAGES.get(code >> 8) {
        Some(page) => &page.get_or_init(|| fill(code >> 8))[code & 0xFF],
        None => &COMPLEX,
    }
}

fn fill(page: usize) -> Box<Page> {
    let mut characters = Box::new([Character::complex(); 256]);
    for (low, slot) in characters.iter_mut().enumerate() {
        if let Some(character) = u32::try_from(page << 8 | low).ok().and_then(char::from_u32) {
            *slot = Character::new(character);
        }
    }
    characters
}

/// Finds out how a character joins, by trying it between letters, digits and joints.
fn class(character: char) -> Class {
    if is_han_or_kana(character) {
        return Class::HanOrKana;
    }
    if is_unspaced(character) {
        return if is_simple_syllabic(character) { Class::Syllabic } else { Class::Complex };
    }
    if is_apostrophe(character) {
        return Class::Apostrophe;
    }
    if is_joint(character) {
        return if character.is_ascii() { Class::Complex } else { Class::Joint };
    }
    let pieces =
        |pattern: &str| pattern.replace('?', character.encode_utf8(&mut [0; 4])).split_word_bounds().count();
    let joins_all = ["a?", "?a", "1?", "?1", "??"].iter().all(|pattern| pieces(pattern) == 1);
    let numeric = character.is_numeric();
    if joins_all && character.is_alphanumeric() {
        let letter = pieces("?.a") == 1 && pieces("a.?") == 1 && pieces("?,1") > 1 && pieces("?\"?") > 1;
        let digit = pieces("?,1") == 1 && pieces("1,?") == 1 && pieces("?.a") > 1;
        return match (letter, digit, numeric) {
            (true, false, false) => Class::Letter,
            (false, true, true) => Class::Digit,
            _ => Class::Complex,
        };
    }
    let transparent = ["a?", "1?", "a?a", "1?1", "a?.a", "1?,1"].iter().all(|pattern| pieces(pattern) == 1);
    if transparent && pieces("?a") == 2 && character != '\u{200D}' {
        return Class::Mark;
    }
    if character.is_alphanumeric() {
        return Class::Complex;
    }
    let breaks =
        pieces("a?a") == 3 && pieces("1?1") == 3 && pieces("a?1") == 3 && pieces("\u{5D0}?\u{5D0}") == 3;
    if breaks { Class::Break } else { Class::Complex }
}

/// A consonant of each script without spaces.
const CONSONANTS: [&str; 4] = ["ก", "ກ", "က", "ក"];

/// Tells whether a character of a script without spaces belongs to the one before it.
fn extends(character: char) -> bool {
    graphemes(CONSONANTS[0], character, "") == 1
}

/// Tells whether that does not depend on what the one before it is, and whether the one behind it is another.
fn is_simple_syllabic(character: char) -> bool {
    let extends = extends(character);
    let count = 2 - usize::from(extends);
    CONSONANTS.iter().all(|consonant| {
        graphemes(consonant, character, "") == count
            && graphemes(consonant, character, consonant) == count + 1
    }) && graphemes("", character, CONSONANTS[0]) == 2
}

fn graphemes(before: &str, character: char, behind: &str) -> usize {
    format!("{before}{character}{behind}").graphemes(true).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes() {
        let cases = [
            ('a', Class::Letter),
            ('é', Class::Letter),
            ('ж', Class::Letter),
            ('ب', Class::Letter),
            ('한', Class::Letter),
            ('ß', Class::Letter),
            ('7', Class::Digit),
            ('٣', Class::Digit),
            ('\u{301}', Class::Mark),
            ('\u{AD}', Class::Mark),
            ('’', Class::Apostrophe),
            ('中', Class::HanOrKana),
            ('ア', Class::HanOrKana),
            ('—', Class::Break),
            ('“', Class::Break),
            ('…', Class::Break),
            ('。', Class::Break),
            ('\u{A0}', Class::Break),
            ('🙂', Class::Break),
            ('ा', Class::Mark),
            ('，', Class::Joint),
            ('·', Class::Joint),
            ('،', Class::Joint),
            ('ก', Class::Syllabic),
            ('ั', Class::Syllabic),
            ('א', Class::Complex),
            ('½', Class::Complex),
            ('\u{1FB3}', Class::Complex),
        ];
        for (character, expected) in cases {
            assert_eq!(super::character(character).class, expected, "{character:?}");
        }
    }
}
