//! Looks up what the fast path needs to know of a character: how it joins its neighbors, and its folded form.
//!
//! No character is listed here by hand. A page of 256 characters is filled when a text first needs it, by asking the
//! definition (`unicode-segmentation` for the class, `fold` for the folded form). A character that the fast path
//! could get wrong is [`CharClass::Complex`]; it sends the run that contains it to the definition.

use std::sync::OnceLock;

use unicode_segmentation::UnicodeSegmentation;

use super::char_properties::{is_apostrophe, is_han_or_kana, is_joint, is_unspaced, is_void};
use super::fold::{combining_class, contains_iota_below, fold};
use super::gap::is_in_gap;
use super::lookalikes::{LetterScript, letter_script};
use super::pieces::fnv_1a;

/// The class of a character, by how it joins its neighbors to words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CharClass {
    /// Joins letters and digits on both sides.
    Letter,
    /// Joins letters and digits on both sides, and is a digit.
    Digit,
    /// A combining mark: belongs to the character before it.
    Mark,
    /// Is dropped between letters; divides elsewhere, except between groups of digits.
    Apostrophe,
    /// Joins by UAX #29, but divides a word all the same. Combining marks after it belong to it.
    Joint,
    /// Han or kana.
    HanOrKana,
    /// A letter of another script that is written without spaces.
    Syllabic,
    /// A sign of such a script, which belongs to the letter before it.
    Sign,
    /// Ends a word, and belongs to none.
    Break,
    /// The same, but between two letters or digits it is nothing.
    Void,
    /// Anything else: only the definition knows.
    Complex,
}

/// The number of bytes in the longest folded form of a character that the fast path handles: three Hangul letters.
pub(super) const LONGEST_FOLDED: usize = 9;

/// The properties of a character that the fast path needs.
#[derive(Clone, Copy, Debug)]
pub(super) struct CharInfo {
    pub(super) class: CharClass,
    /// The combining class of the first character of the folded form.
    first_combining_class: u8,
    /// The combining class of the last character of the folded form.
    pub(super) last_combining_class: u8,
    length: u8,
    folded: [u8; LONGEST_FOLDED],
    /// True if the folded form contains a number.
    pub(super) is_numeric: bool,
    /// True if the character is a letter or a number: a word even if it is alone.
    pub(super) is_alphanumeric: bool,
    /// True if a gap that is nothing may contain the character.
    pub(super) is_in_gap: bool,
    /// The script, for words in which scripts are mixed.
    pub(super) script: LetterScript,
}

impl CharInfo {
    /// Looks a character up.
    #[inline]
    pub(super) fn of(character: char) -> &'static Self {
        let code = character as usize;
        match PAGES.get(code / PAGE) {
            Some(page) => &page.get_or_init(|| fill(code / PAGE))[code % PAGE],
            None => &COMPLEX,
        }
    }

    /// Returns the folded form, padded with zeros, and its length.
    #[inline]
    pub(super) fn padded(&self) -> (&[u8; LONGEST_FOLDED], usize) {
        (&self.folded, usize::from(self.length))
    }

    /// Returns the folded form.
    #[inline]
    pub(super) fn folded(&self) -> &[u8] {
        &self.folded[..usize::from(self.length)]
    }

    /// Returns whether decomposition sorts the character before a neighbor on its left with this combining class.
    #[inline]
    pub(super) fn sorts_before(&self, combining_class: u8) -> bool {
        self.first_combining_class != 0 && self.first_combining_class < combining_class
    }

    /// Extends a hash of the characters before it.
    #[inline]
    pub(super) fn hash(&self, hash: u32) -> u32 {
        fnv_1a(hash, self.folded())
    }

    const fn complex() -> Self {
        Self {
            class: CharClass::Complex,
            first_combining_class: 0,
            last_combining_class: 0,
            length: 0,
            folded: [0; LONGEST_FOLDED],
            is_numeric: false,
            is_alphanumeric: false,
            is_in_gap: false,
            script: LetterScript::Neutral,
        }
    }

    fn new(character: char) -> Self {
        let text = fold(character.encode_utf8(&mut [0; 4]));
        // The iota below is a combining mark that folds to a letter. It is sorted as the mark that it was.
        if text.len() > LONGEST_FOLDED || contains_iota_below(character) {
            return Self::complex();
        }
        let mut folded = [0; LONGEST_FOLDED];
        folded[..text.len()].copy_from_slice(text.as_bytes());
        Self {
            class: class(character),
            first_combining_class: text.chars().next().map_or(0, combining_class),
            last_combining_class: text.chars().next_back().map_or(0, combining_class),
            length: text.len() as u8,
            folded,
            is_numeric: text.contains(char::is_numeric),
            is_alphanumeric: character.is_alphanumeric(),
            is_in_gap: is_in_gap(character),
            script: letter_script(character),
        }
    }
}

/// The number of characters that are looked up in one table.
const PAGE: usize = 256;

/// The number of pages of Unicode.
const PAGE_COUNT: usize = 0x1100;

type Page = [CharInfo; PAGE];

static COMPLEX: CharInfo = CharInfo::complex();

static PAGES: [OnceLock<Box<Page>>; PAGE_COUNT] = [const { OnceLock::new() }; PAGE_COUNT];

fn fill(page: usize) -> Box<Page> {
    let mut infos = Box::new([CharInfo::complex(); PAGE]);
    for (offset, info) in infos.iter_mut().enumerate() {
        if let Some(character) = u32::try_from(page * PAGE + offset).ok().and_then(char::from_u32) {
            *info = CharInfo::new(character);
        }
    }
    infos
}

/// Finds the class of a character by asking the definition how it divides the character and its neighbors.
fn class(character: char) -> CharClass {
    if is_han_or_kana(character) {
        CharClass::HanOrKana
    } else if is_unspaced(character) {
        class_of_syllabic(character)
    } else if is_apostrophe(character) {
        CharClass::Apostrophe
    } else if is_joint(character) {
        // The ASCII ones are handled one by one, and not looked up.
        if character.is_ascii() { CharClass::Complex } else { CharClass::Joint }
    } else if character.is_alphanumeric() && joins_letters_and_digits(character) {
        class_of_joining(character)
    } else if is_mark(character) {
        CharClass::Mark
    } else if !character.is_alphanumeric() && is_break(character) {
        if is_void(character) { CharClass::Void } else { CharClass::Break }
    } else {
        CharClass::Complex
    }
}

/// Returns the number of segments into which UAX #29 divides a pattern in which each `?` is the character.
fn segments(pattern: &str, character: char) -> usize {
    pattern.replace('?', character.encode_utf8(&mut [0; 4])).split_word_bounds().count()
}

/// Returns whether each pattern is one segment of UAX #29.
fn are_undivided(patterns: &[&str], character: char) -> bool {
    patterns.iter().all(|pattern| segments(pattern, character) == 1)
}

fn joins_letters_and_digits(character: char) -> bool {
    are_undivided(&["a?", "?a", "1?", "?1", "??"], character)
}

/// Returns the class of a letter or number that joins letters and digits: by the punctuation that may be between it
/// and others of its kind.
fn class_of_joining(character: char) -> CharClass {
    // Hebrew letters, which may contain a quotation mark, are not simple.
    let is_letter = are_undivided(&["?.a", "a.?"], character)
        && segments("?,1", character) > 1
        && segments("?\"?", character) > 1;
    let is_digit = are_undivided(&["?,1", "1,?"], character) && segments("?.a", character) > 1;
    match (is_letter, is_digit, character.is_numeric()) {
        (true, false, false) => CharClass::Letter,
        (false, true, true) => CharClass::Digit,
        _ => CharClass::Complex,
    }
}

/// Returns whether a character does not change how its neighbors are joined, and does not join the one after it.
fn is_mark(character: char) -> bool {
    are_undivided(&["a?", "1?", "a?a", "1?1", "a?.a", "1?,1"], character)
        && segments("?a", character) == 2
        && character != ZERO_WIDTH_JOINER
}

/// A mark for UAX #29, too, but it joins the pictograms on its sides.
const ZERO_WIDTH_JOINER: char = '\u{200D}';

/// Returns whether a character is a segment of its own between letters (Latin and Hebrew) and digits.
fn is_break(character: char) -> bool {
    ["a?a", "1?1", "a?1", "\u{5D0}?\u{5D0}"].iter().all(|pattern| segments(pattern, character) == 3)
}

/// A consonant of each script without spaces that is not Han or kana.
const CONSONANTS: [&str; 4] = ["ก", "ກ", "က", "ក"];

/// Returns the class of a character of a script without spaces. A simple one is joined to the one before it either
/// always or never, and never joins the one after it.
fn class_of_syllabic(character: char) -> CharClass {
    let count = graphemes(CONSONANTS[0], character, "");
    let is_simple = CONSONANTS.iter().all(|consonant| {
        graphemes(consonant, character, "") == count
            && graphemes(consonant, character, consonant) == count + 1
    }) && graphemes("", character, CONSONANTS[0]) == 2;
    match (is_simple, count) {
        (true, 1) => CharClass::Sign,
        (true, _) => CharClass::Syllabic,
        (false, _) => CharClass::Complex,
    }
}

/// Returns the number of extended grapheme clusters of a character and its neighbors.
fn graphemes(before: &str, character: char, after: &str) -> usize {
    format!("{before}{character}{after}").graphemes(true).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_have_the_expected_class() {
        let cases = [
            ('a', CharClass::Letter),
            ('é', CharClass::Letter),
            ('ж', CharClass::Letter),
            ('ب', CharClass::Letter),
            ('한', CharClass::Letter),
            ('ß', CharClass::Letter),
            ('7', CharClass::Digit),
            ('٣', CharClass::Digit),
            ('\u{301}', CharClass::Mark),
            ('\u{AD}', CharClass::Mark),
            ('’', CharClass::Apostrophe),
            ('中', CharClass::HanOrKana),
            ('ア', CharClass::HanOrKana),
            ('—', CharClass::Break),
            ('“', CharClass::Break),
            ('…', CharClass::Break),
            ('。', CharClass::Break),
            ('\u{A0}', CharClass::Break),
            ('\u{200B}', CharClass::Void),
            ('\u{FFFD}', CharClass::Void),
            ('\u{92}', CharClass::Void),
            ('\u{96}', CharClass::Break),
            ('\u{200C}', CharClass::Mark),
            ('🙂', CharClass::Break),
            ('ा', CharClass::Mark),
            ('，', CharClass::Joint),
            ('·', CharClass::Joint),
            ('،', CharClass::Joint),
            ('ก', CharClass::Syllabic),
            ('ั', CharClass::Sign),
            ('א', CharClass::Complex),
            ('½', CharClass::Complex),
            ('\u{1FB3}', CharClass::Complex),
        ];
        for (character, expected) in cases {
            assert_eq!(CharInfo::of(character).class, expected, "{character:?}");
        }
    }
}
