//! Splits a printed date into numbers, words and other characters.

/// The most characters of a printed date. A longer text is a sentence.
const MAX_CHARS: usize = 60;
/// The most bytes of a character.
const MAX_BYTES_PER_CHAR: usize = 4;
/// The capacity for pieces that suffices for most dates.
const USUAL_PIECES: usize = 12;

/// A piece of a printed date.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece<'a> {
    /// A number and the count of its digits.
    Number(i32, usize),
    /// A word.
    Word(&'a str),
    /// Any other character but white space, and the characters for year, month and day in Chinese, Japanese and
    /// Korean dates.
    Mark(char),
}

/// Returns the pieces of a text, or nothing if it is too long for a date.
pub(super) fn pieces(text: &str) -> Option<Vec<Piece<'_>>> {
    if text.len() > MAX_BYTES_PER_CHAR * MAX_CHARS || text.chars().nth(MAX_CHARS).is_some() {
        return None;
    }
    let mut out = Vec::with_capacity(USUAL_PIECES);
    let mut rest = text.char_indices().peekable();
    while let Some((begin, letter)) = rest.next() {
        if let Some(digit) = digit(letter) {
            let (mut number, mut digits) = (digit, 1);
            while let Some(next) = rest.peek().and_then(|&(_, next)| self::digit(next)) {
                rest.next();
                number = number.saturating_mul(10).saturating_add(next);
                digits += 1;
            }
            out.push(Piece::Number(number, digits));
        } else if matches!(letter, '年' | '月' | '日' | '년' | '월' | '일') {
            // They are letters, but mark what the number before them is, even where no space follows.
            out.push(Piece::Mark(letter));
        } else if letter.is_alphabetic() {
            while rest.next_if(|(_, next)| next.is_alphabetic()).is_some() {}
            let end = rest.peek().map_or(text.len(), |&(end, _)| end);
            out.push(Piece::Word(&text[begin..end]));
        } else if !letter.is_whitespace() {
            out.push(Piece::Mark(letter));
        }
    }
    Some(out)
}

/// Returns the value of a European, Arabic or Persian digit.
fn digit(letter: char) -> Option<i32> {
    let value = match letter {
        '0'..='9' => u32::from(letter) - u32::from('0'),
        '٠'..='٩' => u32::from(letter) - u32::from('٠'),
        '۰'..='۹' => u32::from(letter) - u32::from('۰'),
        _ => return None,
    };
    i32::try_from(value).ok()
}
