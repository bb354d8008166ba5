//! Divides text of a script that is written without spaces into pieces, as the fast path does it.
//!
//! The pieces are those of `pieces`, but no folded form is computed: it is looked up for each character.

use super::char_info::{CharClass, CharInfo};
use super::gap::gap_end;
use super::pieces::{FNV_BASIS, PendingPiece};
use super::tokens::Tokens;

/// The number of characters in the longest syllable that the fast path reads: a letter, and the signs on it.
const LONGEST_SYLLABLE: usize = 4;

/// Reads the stretch of a script without spaces that begins at byte `begin`. Returns where it ends, or `None` if only
/// the definition can divide it.
pub(super) fn scan_unspaced(
    text: &str,
    begin: usize,
    piece: &mut PendingPiece,
    out: &mut Tokens,
) -> Option<usize> {
    let mut characters =
        text[begin..].char_indices().map(|(offset, letter)| (begin + offset, letter)).peekable();
    let mut end = text.len();
    // The begin and the end of the last gap that is nothing.
    let mut gap = (begin, begin);
    let mut is_numeric = false;
    piece.reset(begin);
    while let Some((at, letter)) = characters.next() {
        let info = CharInfo::of(letter);
        let is_han_or_kana = match info.class {
            CharClass::HanOrKana => true,
            CharClass::Syllabic => false,
            CharClass::Sign => return None,
            class => {
                if info.is_in_gap
                    && let Some(next) = gap_end(text, at)
                {
                    gap = (at, next);
                    while characters.next_if(|&(at, _)| at < next).is_some() {}
                    continue;
                }
                if matches!(class, CharClass::Mark | CharClass::Complex) {
                    return None;
                }
                end = at;
                break;
            }
        };
        let mut hash = info.hash(FNV_BASIS);
        let mut syllable = [info; LONGEST_SYLLABLE];
        let mut count = 1;
        let mut last_combining_class = info.last_combining_class;
        while let Some((_, sign)) = characters.next_if(|&(_, next)| !is_han_or_kana && is_sign(next)) {
            let sign = CharInfo::of(sign);
            if sign.sorts_before(last_combining_class) || count == syllable.len() {
                return None;
            }
            hash = sign.hash(hash);
            syllable[count] = sign;
            count += 1;
            last_combining_class = sign.last_combining_class;
        }
        if piece.ends_before(hash, is_han_or_kana) {
            finish_piece(piece, is_numeric, without_gap(gap, at), out);
            is_numeric = false;
        }
        piece.begin_character(at, hash);
        for info in &syllable[..count] {
            let (folded, length) = info.padded();
            piece.append(folded, length);
            is_numeric |= info.is_numeric;
        }
    }
    finish_piece(piece, is_numeric, without_gap(gap, end), out);
    Some(end)
}

/// Returns the end of the text before byte `end`, without the gap if it ends there.
#[inline]
fn without_gap(gap: (usize, usize), end: usize) -> usize {
    if gap.1 == end { gap.0 } else { end }
}

/// Returns whether a character is a sign on the letter before it.
fn is_sign(letter: char) -> bool {
    CharInfo::of(letter).class == CharClass::Sign
}

/// Adds the piece to the tokens, unless its folded form is empty, and begins the next one at byte `end`.
fn finish_piece(piece: &mut PendingPiece, is_numeric: bool, end: usize, out: &mut Tokens) {
    if !piece.folded().is_empty() {
        out.push(piece.folded(), is_numeric, piece.begin(), end);
    }
    piece.reset(end);
}
