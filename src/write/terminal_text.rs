//! Makes text of any origin safe to print on a terminal, and cuts it to a width.
//!
//! Input: text of articles, labels or file names. Output: text without escape sequences and without marks that
//! change the direction of writing. Widths are in columns of a terminal; an East Asian character takes two.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// Replaces a control character that has no picture in Unicode.
const REPLACEMENT: char = '\u{FFFD}';
/// The code point of the first of the pictures of the control characters 0 to 31.
const CONTROL_PICTURES: u32 = 0x2400;
const PICTURE_OF_DELETE: char = '\u{2421}';
const ELLIPSIS: &str = "…";

/// Returns text that is safe to print on a terminal: control characters are replaced with their pictures, so that
/// no escape sequence is left; marks that change the direction of writing are removed; tabs, and line ends other
/// than `\n`, become spaces.
pub fn visible(text: &str) -> Cow<'_, str> {
    let is_safe = |c: char| c == '\n' || visible_char(c) == Some(c);
    if text.chars().all(is_safe) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(|c| if c == '\n' { Some(c) } else { visible_char(c) }).collect())
}

/// Returns JSON that is safe to print on a terminal and says the same: what [`visible`] would replace is escaped. Such
/// characters are only in strings.
pub fn visible_json(json: &str) -> Cow<'_, str> {
    let is_safe = |c: char| matches!(c, '\n' | '\t') || visible_char(c) == Some(c);
    if json.chars().all(is_safe) {
        return Cow::Borrowed(json);
    }
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        if is_safe(c) {
            safe.push(c);
        } else {
            safe.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    Cow::Owned(safe)
}

/// Returns the character that is shown for a character; nothing if it is removed.
pub(super) fn visible_char(c: char) -> Option<char> {
    match c {
        '\t' | '\n' | '\u{B}' | '\u{C}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\0'..='\u{1F}' => Some(char::from_u32(CONTROL_PICTURES + u32::from(c)).unwrap_or(REPLACEMENT)),
        '\u{7F}' => Some(PICTURE_OF_DELETE),
        '\u{80}'..='\u{9F}' => Some(REPLACEMENT),
        // Direction marks, embeddings, overrides and isolates; zero-width spaces and byte order marks.
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => None,
        '\u{200B}' | '\u{FEFF}' | '\u{AD}' => None,
        // What has no form of its own: joiners of words, invisible operators, marks that select another form or annotate,
        // fillers, and what only guides the layout of some scripts and of music.
        '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}' | '\u{FFF0}'..='\u{FFFB}' | '\u{34F}' => None,
        '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' | '\u{17B4}' | '\u{17B5}' => None,
        '\u{180B}'..='\u{180F}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' => None,
        // Tag characters, which are invisible text, and variation selectors by which bytes can be hidden.
        '\u{E0000}'..='\u{E0FFF}' => None,
        c => Some(c),
    }
}

/// Returns text as one line that is safe to print: each run of white space becomes a single space.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let words = text.split(|c: char| c.is_whitespace() || c == '\u{85}').filter(|word| !word.is_empty());
    for word in words {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().filter_map(visible_char));
    }
    line
}

/// Returns the width in columns of a line without escape sequences.
pub(super) fn columns(line: &str) -> usize {
    line.width()
}

/// Returns the beginning of a text as one line of at most `width` columns.
pub(super) fn opening(text: &str, width: usize) -> String {
    /// The number of characters that are read for each column. White space that is collapsed and combining marks
    /// take no column.
    const CHARS: usize = 6;
    fit(&one_line(&text.chars().take(width.saturating_mul(CHARS)).collect::<String>()), width).into_owned()
}

/// Cuts a line to a width in columns. A line that is cut ends with an ellipsis.
pub(super) fn fit(line: &str, width: usize) -> Cow<'_, str> {
    if columns(line) <= width {
        return Cow::Borrowed(line);
    }
    let mut cut = String::new();
    for grapheme in line.graphemes(true) {
        if columns(&cut) + columns(grapheme) >= width {
            break;
        }
        cut.push_str(grapheme);
    }
    cut.truncate(cut.trim_end().len());
    cut.push_str(ELLIPSIS);
    Cow::Owned(cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_what_a_terminal_would_interpret() {
        let cases = [
            ("plain", "A line,\nand “another”.", "A line,\nand “another”."),
            ("escape sequence", "\u{1b}[31mred\u{1b}[0m", "␛[31mred␛[0m"),
            ("C1", "\u{9b}31mred", "\u{FFFD}31mred"),
            ("bell and delete", "\u{7}\u{7f}", "␇␡"),
            ("overwritten line", "evil\rgood", "evil good"),
            ("direction override", "abc\u{202e}cba", "abccba"),
            ("fillers and invisible operators", "a\u{3164}b\u{2062}c\u{e0100}d", "abcd"),
            ("joiners are letters", "می\u{200c}خواهم", "می\u{200c}خواهم"),
        ];
        for (name, text, expected) in cases {
            assert_eq!(visible(text), expected, "{name}");
        }
        assert_eq!(one_line(" two\n\nlines\u{1b}[2J\tand a\u{85}tab "), "two lines␛[2J and a tab");
    }

    #[test]
    fn escapes_in_json_what_a_terminal_would_interpret() {
        let values = ["plain\u{9b}31m", "a\u{202e}b\u{7f}", "\u{e0041}tag", "two\nlines\t“quoted”"];
        let json = serde_json::to_string_pretty(&values).unwrap();
        let safe = visible_json(&json);
        assert_eq!(visible(&safe), safe);
        assert_eq!(serde_json::from_str::<Vec<String>>(&safe).unwrap(), values);
        assert!(safe.contains(r"\u009b31m") && safe.contains(r"\udb40\udc41tag"), "{safe}");
    }

    #[test]
    fn returns_the_beginning_as_one_line() {
        let long = format!("Trams   are\n\nback {}", "and ".repeat(100));
        assert_eq!(opening(&long, 20), "Trams are back and…");
        assert_eq!(opening("Trams   are\n\nback", 20), "Trams are back");
        assert_eq!(opening("", 20), "");
    }

    #[test]
    fn cuts_to_a_width() {
        let cases = [
            ("fits", "ferry", 5, "ferry"),
            ("too long", "ferries", 5, "ferr…"),
            ("no space before the ellipsis", "the ferry", 5, "the…"),
            ("wide", "新华社北京", 7, "新华社…"),
            ("combining", "e\u{301}e\u{301}e\u{301}e\u{301}", 3, "e\u{301}e\u{301}…"),
        ];
        for (name, line, width, expected) in cases {
            assert_eq!(fit(line, width), expected, "{name}");
        }
    }
}
