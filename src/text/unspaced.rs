//! A run of a script that writes no spaces in, word-like pieces out.
//!
//! Chinese, Japanese, Thai, Lao, Khmer and Burmese mark no words. Single characters would make shingles that are far
//! too common, overlapping n-grams would count every character as a word. So a run is divided where its content says
//! so (content-defined chunking: Manber, "Finding similar files in a large file system", 1994): between two
//! characters whose hash falls on a cut. The same two characters always cut alike, so copies are divided alike
//! whatever stands around them, an edit changes one or two pieces, and a piece is about as long as a word is when
//! translated, so that "60 words" means the same in every script.

use unicode_segmentation::UnicodeSegmentation;

use super::characters::Character;
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
    pub(super) const SEED: u32 = 0x811C_9DC5;

    /// Begins a run at byte `begin`.
    pub(super) fn new(begin: usize) -> Self {
        Self { folded: Vec::new(), begin, characters: 0, last: 0 }
    }

    /// Begins a piece at byte `begin`.
    pub(super) fn reset(&mut self, begin: usize) {
        self.folded.clear();
        self.begin = begin;
        self.characters = 0;
    }

    /// Tells whether the piece ends before the next character, by that one's hash and whether it is Han or kana.
    #[inline]
    pub(super) fn is_cut(&self, hash: u32, han_or_kana: bool) -> bool {
        let share = if han_or_kana { HAN_PIECE } else { SYLLABIC_PIECE };
        self.characters > 0 && (is_cut(self.last, hash, share) || self.characters == LONGEST_PIECE)
    }

    /// Adds a character that begins at byte `at`; what it folds to is to be appended.
    #[inline]
    pub(super) fn begin_character(&mut self, at: usize, hash: u32) {
        if self.characters == 0 {
            self.begin = at;
        }
        self.characters += 1;
        self.last = hash;
    }

    /// Appends what a part of a character folds to.
    #[inline]
    pub(super) fn append(&mut self, part: &Character) {
        let (bytes, length) = part.padded();
        let end = self.folded.len() + length;
        self.folded.extend_from_slice(bytes);
        self.folded.truncate(end);
    }

    /// Gives the piece so far.
    pub(super) fn folded(&self) -> &[u8] {
        &self.folded
    }

    /// Tells where it begins.
    pub(super) fn begin(&self) -> usize {
        self.begin
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

    #[test]
    fn a_repeated_character_ends_somewhere() {
        let run = "あ".repeat(100);
        assert!(cut(&run).iter().all(|piece| piece.chars().count() <= LONGEST_PIECE));
    }
}
