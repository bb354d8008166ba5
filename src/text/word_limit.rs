//! Distinguishes texts with very many words from others, in little memory: a list of tokens takes many times the memory of a
//! text of short words.

use super::char_properties::is_space_byte;
use super::tokenize::tokenize;
use super::tokens::Tokens;

/// The least number of bytes of a text for each of its words: a character, and what divides it from the next word.
const LEAST_BYTES: usize = 2;
/// The number of bytes whose words are counted at a time.
const PIECE: usize = if cfg!(test) { 50 } else { 1 << 20 };

/// Returns whether a text has more than `limit` words.
///
/// Only of a text that is long enough for so many are the words counted, piece by piece. A piece ends at white space if
/// there is any, so that hardly a word is counted twice.
pub(crate) fn has_more_words(text: &str, limit: usize) -> bool {
    if text.len() / LEAST_BYTES < limit {
        return false;
    }
    let (mut rest, mut words) = (text, 0);
    let mut tokens = Tokens::new();
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(piece_end(rest));
        tokenize(piece, &mut tokens);
        words += tokens.tokens().len();
        if words > limit {
            return true;
        }
        rest = after;
    }
    false
}

/// Returns where the first piece of a text ends.
fn piece_end(text: &str) -> usize {
    if text.len() <= PIECE {
        return text.len();
    }
    let mut most = PIECE;
    while !text.is_char_boundary(most) {
        most -= 1;
    }
    let space = text.as_bytes()[..most].iter().rposition(|&byte| is_space_byte(byte));
    space.filter(|&space| space > 0).unwrap_or(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_words_up_to_a_limit() {
        let cases = [
            (String::new(), 0),
            ("a b".to_owned(), 2_usize),
            ("The ferry to Lund island stopped on Monday. ".repeat(20), 160),
            ("a ".repeat(300), 300),
            ("a,".repeat(300), 300),
            (format!("{}\n\nend", " ".repeat(300)), 1),
        ];
        for (text, words) in cases {
            let found = [words, words.saturating_sub(1)].map(|limit| has_more_words(&text, limit));
            assert_eq!(found, [false, words > 0], "{text:?}");
        }
        // Without spaces, a word at the end of a piece may be counted twice.
        let unspaced = "渡轮停在港口".repeat(100);
        let mut tokens = Tokens::new();
        tokenize(&unspaced, &mut tokens);
        let words = tokens.tokens().len();
        assert!(has_more_words(&unspaced, words * 9 / 10) && !has_more_words(&unspaced, words * 11 / 10));
    }
}
