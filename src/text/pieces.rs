//! A run of a script that writes no spaces in, word-like pieces out.
//!
//! Chinese, Japanese, Thai, Lao, Khmer and Burmese mark no words. Single characters would make shingles that are far
//! too common, overlapping n-grams would count every character as a word. So a run is divided where its content says
//! so (content-defined chunking: Manber, "Finding similar files in a large file system", 1994): between two
//! characters whose hash falls on a cut. The same two characters always cut alike, so copies are divided alike
//! whatever stands around them, an edit changes one or two pieces, and a piece is about as long as a word is when
//! translated, so that "60 words" means the same in every script.

use unicode_segmentation::UnicodeSegmentation;

use super::Tokens;
use super::char_info::{Character, Class, character};
use super::fold::fold;

/// One piece in this many characters for Han and kana: an English word is about two of them.
const HAN_PIECE: u32 = 2;
/// One piece in this many characters for the scripts of South East Asia.
const SYLLABIC_PIECE: u32 = 4;
/// A piece ends after this many characters even where no hash falls on a cut (`ああああ…`).
const LONGEST_PIECE: usize = 16;

/// Tells whether a character belongs to a script that is written without spaces.
pub(super) fn is_unspaced(letter: char) -> bool {
    is_han_or_kana(letter) || is_syllabic(letter)
}

/// Tells whether a character is Han or kana.
pub(super) fn is_han_or_kana(letter: char) -> bool {
    matches!(letter,
        '\u{3005}' | '\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{309F}' | '\u{30A1}'..='\u{30FA}'
        | '\u{30FC}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FF9D}' | '\u{20000}'..='\u{3FFFD}')
}

/// Thai, Lao, Burmese and Khmer letters and vowel signs; not their digits and punctuation.
fn is_syllabic(letter: char) -> bool {
    matches!(letter,
        '\u{E01}'..='\u{E3A}' | '\u{E40}'..='\u{E4E}' | '\u{E81}'..='\u{ECE}' | '\u{EDC}'..='\u{EDF}'
        | '\u{1000}'..='\u{103F}' | '\u{1050}'..='\u{108F}' | '\u{109A}'..='\u{109F}' | '\u{1780}'..='\u{17D3}'
        | '\u{17D7}' | '\u{17DC}' | '\u{17DD}')
}

/// Divides runs one after another, and keeps what it needs between them.
pub(super) struct Pieces {
    folded: Vec<u8>,
    begin: usize,
    characters: usize,
    last: u32,
}

impl Pieces {
    /// What the hash of a character begins with.
    const SEED: u32 = 0x811C_9DC5;

    /// Begins a run at byte `begin`.
    pub(super) fn new(begin: usize) -> Self {
        Self { folded: Vec::new(), begin, characters: 0, last: 0 }
    }

    /// Begins a piece at byte `begin`.
    fn reset(&mut self, begin: usize) {
        self.folded.clear();
        self.begin = begin;
        self.characters = 0;
    }

    /// Tells whether the piece, if there is one, ends before the next character, by that one's hash and whether it is
    /// Han or kana.
    #[inline]
    fn is_cut(&self, hash: u32, han_or_kana: bool) -> bool {
        let share = if han_or_kana { HAN_PIECE } else { SYLLABIC_PIECE };
        is_cut(self.last, hash, share) || self.characters == LONGEST_PIECE
    }

    /// Adds a character that begins at byte `at`; what it folds to is to be appended.
    #[inline]
    fn begin_character(&mut self, at: usize, hash: u32) {
        if self.characters == 0 {
            self.begin = at;
        }
        self.characters += 1;
        self.last = hash;
    }

    /// Appends what a part of a character folds to.
    #[inline]
    fn append(&mut self, part: &Character) {
        let (bytes, length) = part.padded();
        let end = self.folded.len() + length;
        self.folded.extend_from_slice(bytes);
        self.folded.truncate(end);
    }
}

/// Goes on with the hash of a character's folded bytes (FNV-1a).
#[inline]
pub(super) fn hash_folded(hash: u32, folded: &[u8]) -> u32 {
    folded.iter().fold(hash, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[inline]
fn is_cut(left: u32, right: u32, share: u32) -> bool {
    let mixed = (left.rotate_left(16) ^ right).wrapping_mul(0x9E37_79B1);
    (mixed >> 16).is_multiple_of(share)
}

/// Divides one run, character by character as a reader sees them (extended grapheme clusters).
pub(super) fn pieces(run: &str, mut emit: impl FnMut(&[u8], usize, usize)) {
    let mut pieces = Pieces::new(0);
    let mut end_piece = |pieces: &mut Pieces, end: usize| {
        if !pieces.folded.is_empty() {
            emit(&pieces.folded, pieces.begin, end);
        }
        pieces.reset(end);
    };
    for (at, character) in run.grapheme_indices(true) {
        let han_or_kana = character.chars().next().is_some_and(is_han_or_kana);
        let folded = fold(character);
        let hash = hash_folded(Pieces::SEED, folded.as_bytes());
        if pieces.is_cut(hash, han_or_kana) {
            end_piece(&mut pieces, at);
        }
        pieces.begin_character(at, hash);
        pieces.folded.extend_from_slice(folded.as_bytes());
    }
    end_piece(&mut pieces, run.len());
}

/// Divides the run that begins at byte `begin`; returns where it ends, or nothing where only the definition can tell.
pub(super) fn scan_unspaced(
    text: &str,
    begin: usize,
    pieces: &mut Pieces,
    out: &mut Tokens,
) -> Option<usize> {
    let mut characters =
        text[begin..].char_indices().map(|(offset, letter)| (begin + offset, letter)).peekable();
    let mut end = text.len();
    let mut is_numeric = false;
    pieces.reset(begin);
    while let Some((at, letter)) = characters.next() {
        let known = character(letter);
        let han_or_kana = match known.class {
            Class::HanOrKana => true,
            Class::Syllabic if !known.extends => false,
            Class::Syllabic | Class::Mark | Class::Complex => return None,
            _ => {
                end = at;
                break;
            }
        };
        let mut hash = known.hash(Pieces::SEED);
        let mut marks = [known; 4];
        let mut count = 1;
        let mut last_mark = known.last_mark;
        while let Some((_, mark)) = characters.next_if(|&(_, next)| !han_or_kana && is_extending(next)) {
            let mark = character(mark);
            if mark.sorts_before(last_mark) || count == marks.len() {
                return None;
            }
            hash = mark.hash(hash);
            marks[count] = mark;
            count += 1;
            last_mark = mark.last_mark;
        }
        if pieces.is_cut(hash, han_or_kana) {
            take_piece(pieces, is_numeric, at, out);
            is_numeric = false;
        }
        pieces.begin_character(at, hash);
        for mark in &marks[..count] {
            pieces.append(mark);
            is_numeric |= mark.is_numeric;
        }
    }
    take_piece(pieces, is_numeric, end, out);
    Some(end)
}

fn is_extending(letter: char) -> bool {
    let known = character(letter);
    known.class == Class::Syllabic && known.extends
}

fn take_piece(pieces: &mut Pieces, is_numeric: bool, end: usize, out: &mut Tokens) {
    if !pieces.folded.is_empty() {
        out.push(&pieces.folded, is_numeric, pieces.begin, end);
    }
    pieces.reset(end);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(run: &str) -> Vec<&str> {
        let mut out = Vec::new();
        pieces(run, |_, begin, end| out.push((begin, end)));
        out.into_iter().map(|(begin, end)| &run[begin..end]).collect()
    }

    #[test]
    fn pieces_cover_the_run() {
        for run in [
            "阿里巴巴因用户数据使用问题受到批评",
            "アリババは個人情報の取り扱いをめぐって",
            "กระทรวงสาธารณสุขแถลงข่าว",
        ] {
            assert_eq!(cut(run).concat(), run);
            assert!(cut(run).len() > 3, "{run} is divided");
        }
    }

    #[test]
    fn copies_are_divided_alike() {
        let story = "新华社北京报道阿里巴巴因用户数据使用问题受到批评监管部门表示将继续关注";
        let copy = format!("据悉{story}完");
        let (first, second) = (cut(story), cut(&copy));
        let shared = first.iter().filter(|piece| second.contains(piece)).count();
        assert!(shared + 2 >= first.len(), "{first:?} {second:?}");
    }

    /// Of the pairs that a character makes with others about one in `share` is a cut, whichever side it stands on.
    #[test]
    fn every_character_cuts_as_often() {
        let hash = |letter: char| hash_folded(Pieces::SEED, letter.encode_utf8(&mut [0; 4]).as_bytes());
        for (letters, share) in
            [('\u{4E00}'..='\u{4EFF}', HAN_PIECE), ('\u{E01}'..='\u{E2E}', SYLLABIC_PIECE)]
        {
            let hashes: Vec<u32> = letters.map(hash).collect();
            let expected = hashes.len() as f64 / f64::from(share);
            for &one in &hashes {
                let before = hashes.iter().filter(|&&other| is_cut(one, other, share)).count() as f64;
                let behind = hashes.iter().filter(|&&other| is_cut(other, one, share)).count() as f64;
                for count in [before, behind] {
                    assert!(count > expected * 0.3 && count < expected * 2.0, "{count}, expected {expected}");
                }
            }
        }
    }

    #[test]
    fn a_piece_is_about_as_long_as_a_word() {
        let han: String = ('\u{4E00}'..'\u{5000}').collect();
        let thai = "กระทรวงสาธารณสุขแถลงข่าวสถานการณ์น้ำท่วมในภาคเหนือของประเทศไทยวันนี้".repeat(3);
        let words = |run: &str| {
            let letters = run.graphemes(true).count() as f64;
            letters / cut(run).len() as f64
        };
        assert!((1.8..2.2).contains(&words(&han)), "{}", words(&han));
        assert!((3.0..5.5).contains(&words(&thai)), "{}", words(&thai));
    }

    #[test]
    fn a_repeated_character_ends_somewhere() {
        for letter in '\u{4E00}'..'\u{4E40}' {
            let run = letter.to_string().repeat(100);
            assert!(cut(&run).iter().all(|piece| piece.chars().count() <= LONGEST_PIECE), "{letter}");
        }
    }
}
