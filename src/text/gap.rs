//! Finds gaps between two characters: what is written there, but is nothing for a reader.
//!
//! - Between two characters of scripts without spaces: invisible characters, and one line break, because a program
//!   wrapped the text. Between two of Han and kana also white space: text recognition writes a space after each, and
//!   pages adjust lines with it. Elsewhere a space divides: in Thai it ends a phrase.
//! - Between any two letters or digits: what `is_void` lists.
//!
//! A blank line always divides: it ends a paragraph or a headline.

use super::char_properties::{
    ZERO_WIDTH_NON_JOINER, ZERO_WIDTH_SPACE, is_arabic, is_han_or_kana, is_invisible, is_kana_mark,
    is_unspaced, is_void,
};

/// The number of line breaks that make a blank line.
const BLANK_LINE: usize = 2;

/// Returns where the gap ends that begins at byte `at`, if it is nothing.
///
/// Cost: grows with the length of the gap. Returns at once inside of a gap.
#[inline(never)] // It is rare, and would slow the loops that call it.
pub(super) fn gap_end(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    if !is_in_gap(rest.chars().next()?) {
        return None;
    }
    let before = text[..at].chars().rev().find(|&character| !is_kana_mark(character))?;
    if !before.is_alphanumeric() && !is_unspaced(before) {
        return None;
    }
    let length = rest.find(|character| !is_in_gap(character))?;
    let (gap, after) = (&rest[..length], rest[length..].chars().next()?);
    let is_nothing = if is_unspaced(before) && is_unspaced(after) {
        let is_line_end =
            |character| is_invisible(character) || is_void(character) || is_line_break(character);
        line_breaks(gap) < BLANK_LINE
            && (is_han_or_kana(before) && is_han_or_kana(after) || gap.chars().all(is_line_end))
    } else {
        let divides = |character| character == ZERO_WIDTH_SPACE && (is_arabic(before) || is_arabic(after));
        after.is_alphanumeric() && gap.chars().all(|character| is_void(character) && !divides(character))
    };
    is_nothing.then_some(at + length)
}

/// Returns whether the character at byte `at` is a zero width non-joiner that divides a word: one in Arabic script.
///
/// Houses that write Persian write it, or a space, between a word and its prefixes and suffixes.
#[inline(never)] // See `gap_end`.
pub(super) fn is_arabic_divider(text: &str, at: usize) -> bool {
    text[at..].strip_prefix(ZERO_WIDTH_NON_JOINER).is_some_and(|rest| {
        text[..at].chars().next_back().is_some_and(is_arabic)
            || rest.chars().next().is_some_and(|after| is_arabic(after) && after.is_alphanumeric())
    })
}

/// Returns whether a gap may contain a character.
pub(super) fn is_in_gap(character: char) -> bool {
    character.is_whitespace() || is_invisible(character) || is_void(character)
}

fn is_line_break(character: char) -> bool {
    matches!(character, '\n' | '\u{B}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Returns the number of line breaks of a gap. A paragraph separator counts as a blank line.
fn line_breaks(gap: &str) -> usize {
    let breaks = gap.chars().filter(|&character| is_line_break(character)).count();
    breaks - gap.matches("\r\n").count() + gap.matches('\u{2029}').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_gaps_that_are_nothing() {
        // Name, text with the gap in brackets, whether the gap is nothing.
        let cases = [
            ("a space between Han", "河[ ]东", true),
            ("spaces and a line break", "河[ \r\n  ]东", true),
            ("an ideographic space between kana", "カ[\u{3000}]ア", true),
            ("a space after a kana with its mark", "か\u{3099}[ ]ア", true),
            ("a blank line", "河[\n \n]东", false),
            ("a paragraph separator", "河[\u{2029}]东", false),
            ("before a letter", "河[ ]a", false),
            ("after a mark of punctuation", "，[ ]东", false),
            ("at the end", "河[ ]", false),
            ("an invisible character", "河[\u{2060}]东", true),
            ("a zero width space in Thai", "ก[\u{200B}]ข", true),
            ("before a sign of Thai", "ก[\u{200B}]ื", true),
            ("a line break in Thai", "ก[\r\n]ข", true),
            ("a space in Thai", "ก[ ]ข", false),
            ("a line break and a space in Thai", "ก[ \n]ข", false),
            ("a space between Thai and Han", "ก[ ]东", false),
            ("a control character", "a[\0]b", true),
            ("several", "a[\u{1F}\u{FFFD}\u{92}]1", true),
            ("a zero width space", "a[\u{200B}]b", true),
            ("a zero width space in Arabic", "ب[\u{200B}]ب", false),
            ("a control character in Arabic", "ب[\0]ب", true),
            ("a dash of Windows-1252", "a[\u{96}]b", false),
            ("a control character and a space", "a[\0 ]b", false),
            ("a control character at the end of a word", "a[\0].", false),
            ("a soft hyphen belongs to the word", "a[\u{AD}]b", false),
        ];
        for (name, marked, expected) in cases {
            let begin = marked.find('[').unwrap();
            let end = marked.find(']').unwrap() - 1;
            let text = marked.replace(['[', ']'], "");
            assert_eq!(gap_end(&text, begin), expected.then_some(end), "{name}");
        }
    }

    #[test]
    fn a_non_joiner_divides_arabic_script_only() {
        let cases = [
            ("Persian", "می\u{200C}خواهم", true),
            ("after a digit", "۳۰\u{200C}ساله", true),
            ("between a European digit and a letter", "30\u{200C}ساله", true),
            ("at the end", "خانه\u{200C}", true),
            ("Hindi", "क्\u{200C}ष", false),
            ("Latin", "Auf\u{200C}lage", false),
            ("before a question mark", "a\u{200C}؟", false),
        ];
        for (name, text, expected) in cases {
            let at = text.find('\u{200C}').unwrap();
            assert_eq!(is_arabic_divider(text, at), expected, "{name}");
        }
    }
}
