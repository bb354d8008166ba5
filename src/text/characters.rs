//! Character in, what the fast path must know of it out: how it joins its neighbors, and its folded form.
//!
//! Nothing here is listed by hand: a page of 256 characters is filled, when a text first needs it, by asking the
//! definition itself (`unicode-segmentation` for the joints, `fold` for the form). What the fast path could get
//! wrong is `Complex`, and sends it back to the definition.

use std::sync::OnceLock;

use unicode_segmentation::UnicodeSegmentation;

use super::fold::{fold, is_starter};
use super::unspaced::{is_han_or_kana, is_unspaced};
use super::words::{is_apostrophe, is_joint};

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
    /// Han or kana.
    HanOrKana,
    /// Ends a word, and is none.
    Break,
    /// Anything else: only the definition knows.
    Complex,
}

/// The longest folded form of a character that the fast path handles: three Hangul letters.
const LONGEST: usize = 9;

/// What the fast path knows of a character.
#[derive(Clone, Copy)]
pub(super) struct Character {
    pub(super) class: Class,
    /// Whether its folded form begins or ends with a combining mark, which may change places with a neighbor's.
    pub(super) begins_with_mark: bool,
    pub(super) ends_with_mark: bool,
    length: u8,
    folded: [u8; LONGEST],
}

impl Character {
    pub(super) fn folded(&self) -> &[u8] {
        &self.folded[..usize::from(self.length)]
    }

    fn complex() -> Self {
        Self {
            class: Class::Complex,
            begins_with_mark: false,
            ends_with_mark: false,
            length: 0,
            folded: [0; LONGEST],
        }
    }

    fn new(character: char) -> Self {
        let text = fold(character.encode_utf8(&mut [0; 4]));
        if text.len() > LONGEST {
            return Self::complex();
        }
        let mut folded = [0; LONGEST];
        folded[..text.len()].copy_from_slice(text.as_bytes());
        Self {
            class: class(character),
            begins_with_mark: text.chars().next().is_some_and(|first| !is_starter(first)),
            ends_with_mark: text.chars().next_back().is_some_and(|last| !is_starter(last)),
            length: text.len() as u8,
            folded,
        }
    }
}

type Page = [Character; 256];

static PAGES: [OnceLock<Box<Page>>; 256] = [const { OnceLock::new() }; 256];

/// Looks a character up.
pub(super) fn character(character: char) -> Character {
    let code = character as usize;
    let Some(page) = PAGES.get(code >> 8) else {
        return Character::complex();
    };
    page.get_or_init(|| fill(code >> 8))[code & 0xFF]
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
        return Class::Complex;
    }
    if is_apostrophe(character) {
        return Class::Apostrophe;
    }
    if is_joint(character) {
        return Class::Complex;
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
    if character.is_alphanumeric() {
        return Class::Complex;
    }
    let transparent = ["a?", "1?", "a?a", "1?1", "a?.a", "1?,1"].iter().all(|pattern| pieces(pattern) == 1);
    if transparent && pieces("?a") == 2 && character != '\u{200D}' {
        return Class::Mark;
    }
    let breaks =
        pieces("a?a") == 3 && pieces("1?1") == 3 && pieces("a?1") == 3 && pieces("\u{5D0}?\u{5D0}") == 3;
    if breaks { Class::Break } else { Class::Complex }
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
            ('א', Class::Complex),
            ('ก', Class::Complex),
            ('½', Class::Complex),
            ('·', Class::Complex),
        ];
        for (character, expected) in cases {
            assert_eq!(super::character(character).class, expected, "{character:?}");
        }
    }
}
