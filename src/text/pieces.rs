//! Divides text of a script that is written without spaces into pieces of about a word's length.
//!
//! Chinese, Japanese, Thai, Lao, Khmer and Burmese do not mark words. Single characters would make shingles that are
//! far too common, and overlapping n-grams would count every character as a word. So a stretch of such a script is
//! divided where its content says so (content-defined chunking: Manber, "Finding similar files in a large file
//! system", 1994): between two characters whose combined hash is a cut. The same two characters are always divided
//! alike. So copies are divided alike whatever is around them, and an edit changes only one or two pieces. A piece is
//! about as long as a word is when translated, so that "60 words" means the same in every script.

use unicode_segmentation::UnicodeSegmentation;

use super::char_properties::is_han_or_kana;
use super::fold::fold;

/// The mean length of a piece of Han and kana, in characters: an English word corresponds to about two of them.
const HAN_PIECE: u32 = 2;
/// The mean length of a piece of the scripts of South East Asia, in characters.
const SYLLABIC_PIECE: u32 = 4;
/// The length in characters after which a piece ends even if there is no cut (`ああああ…`).
const LONGEST_PIECE: usize = 16;

/// The offset basis of FNV-1a, with which the hash of a character begins.
pub(super) const FNV_BASIS: u32 = 0x811C_9DC5;
const FNV_PRIME: u32 = 0x0100_0193;

/// The piece that is being read. One buffer serves many pieces, one after the other.
pub(super) struct PendingPiece {
    folded: Vec<u8>,
    begin: usize,
    characters: usize,
    /// The hash of its last character.
    last: u32,
}

impl PendingPiece {
    /// Creates an empty piece that begins at byte `begin`.
    pub(super) fn new(begin: usize) -> Self {
        Self { folded: Vec::new(), begin, characters: 0, last: 0 }
    }

    /// Starts again with an empty piece that begins at byte `begin`.
    #[inline]
    pub(super) fn reset(&mut self, begin: usize) {
        self.folded.clear();
        self.begin = begin;
        self.characters = 0;
    }

    /// Returns its folded form.
    #[inline]
    pub(super) fn folded(&self) -> &[u8] {
        &self.folded
    }

    /// Returns the byte at which it begins.
    #[inline]
    pub(super) fn begin(&self) -> usize {
        self.begin
    }

    /// Returns whether the piece ends before the next character, which has the given hash.
    #[inline]
    pub(super) fn ends_before(&self, hash: u32, is_han_or_kana: bool) -> bool {
        let mean_length = if is_han_or_kana { HAN_PIECE } else { SYLLABIC_PIECE };
        is_cut(self.last, hash, mean_length) || self.characters == LONGEST_PIECE
    }

    /// Adds a character that begins at byte `at`. The caller appends its folded form.
    #[inline]
    pub(super) fn begin_character(&mut self, at: usize, hash: u32) {
        if self.characters == 0 {
            self.begin = at;
        }
        self.characters += 1;
        self.last = hash;
    }

    /// Appends the first `length` bytes of `padded` to the folded form.
    #[inline]
    pub(super) fn append<const N: usize>(&mut self, padded: &[u8; N], length: usize) {
        // A copy of a constant number of bytes is faster than one of `length` bytes.
        let end = self.folded.len() + length;
        self.folded.extend_from_slice(padded);
        self.folded.truncate(end);
    }
}

/// Extends a hash by the folded bytes of a character (FNV-1a).
#[inline]
pub(super) fn fnv_1a(hash: u32, folded: &[u8]) -> u32 {
    folded.iter().fold(hash, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(FNV_PRIME))
}

/// Returns whether a piece ends between two characters with the given hashes: for one in `mean_length` of all pairs.
#[inline]
fn is_cut(left: u32, right: u32, mean_length: u32) -> bool {
    let mixed = (left.rotate_left(16) ^ right).wrapping_mul(0x9E37_79B1);
    (mixed >> 16).is_multiple_of(mean_length)
}

/// Divides a stretch of text into pieces, and calls `emit` with the folded form of each, its begin and its end.
///
/// A character here is what a reader sees as one (an extended grapheme cluster). A piece whose folded form is empty
/// is dropped.
pub(super) fn for_each_piece(stretch: &str, mut emit: impl FnMut(&[u8], usize, usize)) {
    let mut piece = PendingPiece::new(0);
    let mut end_piece = |piece: &mut PendingPiece, end: usize| {
        if !piece.folded.is_empty() {
            emit(&piece.folded, piece.begin, end);
        }
        piece.reset(end);
    };
    for (at, character) in stretch.grapheme_indices(true) {
        let folded = fold(character);
        let hash = fnv_1a(FNV_BASIS, folded.as_bytes());
        if piece.ends_before(hash, character.starts_with(is_han_or_kana)) {
            end_piece(&mut piece, at);
        }
        piece.begin_character(at, hash);
        piece.folded.extend_from_slice(folded.as_bytes());
    }
    end_piece(&mut piece, stretch.len());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(run: &str) -> Vec<&str> {
        let mut out = Vec::new();
        for_each_piece(run, |_, begin, end| out.push((begin, end)));
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

    /// About one in `mean_length` of the pairs that a character makes with others is a cut.
    #[test]
    fn every_character_makes_cuts_about_equally_often() {
        let hash = |letter: char| fnv_1a(FNV_BASIS, letter.encode_utf8(&mut [0; 4]).as_bytes());
        for (letters, mean_length) in
            [('\u{4E00}'..='\u{4EFF}', HAN_PIECE), ('\u{E01}'..='\u{E2E}', SYLLABIC_PIECE)]
        {
            let hashes: Vec<u32> = letters.map(hash).collect();
            let expected = hashes.len() as f64 / f64::from(mean_length);
            for &one in &hashes {
                let before = hashes.iter().filter(|&&other| is_cut(one, other, mean_length)).count() as f64;
                let after = hashes.iter().filter(|&&other| is_cut(other, one, mean_length)).count() as f64;
                for count in [before, after] {
                    assert!(count > expected * 0.3 && count < expected * 2.0, "{count}, expected {expected}");
                }
            }
        }
    }

    #[test]
    fn a_piece_is_about_as_long_as_a_word() {
        let han: String = ('\u{4E00}'..'\u{5000}').collect();
        let thai = "กระทรวงสาธารณสุขแถลงข่าวสถานการณ์น้ำท่วมในภาคเหนือของประเทศไทยวันนี้".repeat(3);
        let mean_length = |run: &str| {
            let letters = run.graphemes(true).count() as f64;
            letters / cut(run).len() as f64
        };
        assert!((1.8..2.2).contains(&mean_length(&han)), "{}", mean_length(&han));
        assert!((3.0..5.5).contains(&mean_length(&thai)), "{}", mean_length(&thai));
    }

    #[test]
    fn a_piece_of_one_repeated_character_ends() {
        for letter in '\u{4E00}'..'\u{4E40}' {
            let run = letter.to_string().repeat(100);
            assert!(cut(&run).iter().all(|piece| piece.chars().count() <= LONGEST_PIECE), "{letter}");
        }
    }
}
