//! Breaks text into lines of a width. White space is collapsed, paragraphs are kept, and differing words are
//! marked.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::write::terminal_text::{columns, one_line};

/// A part of a line in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StyledText {
    pub(super) text: String,
    /// True if its words differ from those of the other article.
    pub(super) differs: bool,
}

/// Characters after which a line is not broken, in text without white space.
const OPENING: &str = "「『（《〈【〔“‘";
/// Characters before which a line is not broken, in text without white space.
const CLOSING: &str = "」』）》〉】〕”’、，。．：；？！…・ーゃゅょっャュョッ々";

/// A line of text.
pub(super) type Line = Vec<StyledText>;

/// Returns a text as lines of at most `width` columns. `differs` are byte ranges of the text; they are put between
/// `marks`. Lines are broken at white space, and before and after characters of two columns, which have no white
/// space between them.
pub(super) fn wrapped_text(
    text: &str,
    differs: &[Range<usize>],
    marks: (&str, &str),
    width: usize,
) -> Vec<Line> {
    let mut wrapper = Wrapper { width, lines: vec![Vec::new()], used: 0, word: Vec::new(), space: false };
    let mut differs = differs.iter().peekable();
    let mut newlines = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        if grapheme.chars().all(char::is_whitespace) {
            wrapper.end_word();
            wrapper.space = true;
            newlines += grapheme.matches('\n').count();
            if let Some(range) = differs.peek()
                && at >= range.end
            {
                differs.next();
            }
            continue;
        }
        if newlines > 1 {
            wrapper.end_paragraph();
        }
        newlines = 0;
        let shown = one_line(grapheme);
        wrapper.break_before(&shown);
        let range = differs.peek().filter(|range| range.contains(&at));
        let begins = range.is_some_and(|range| range.start == at);
        let ends = range.is_some_and(|range| at + grapheme.len() >= range.end);
        if begins {
            wrapper.push(marks.0, true);
        }
        wrapper.push(&shown, range.is_some());
        if ends {
            wrapper.push(marks.1, true);
            differs.next();
        }
    }
    wrapper.end_word();
    // Empty lines at the beginning of the text, and all but one between two paragraphs, are removed.
    wrapper.lines.retain({
        let mut was_empty = true;
        move |line| {
            let keep = !(was_empty && line.is_empty());
            was_empty = line.is_empty();
            keep
        }
    });
    wrapper.lines
}

/// Builds lines word by word.
struct Wrapper {
    width: usize,
    lines: Vec<Line>,
    /// The number of columns of the last line that are used.
    used: usize,
    /// The word that is being read: characters as they are shown, and whether they differ.
    word: Vec<(String, bool)>,
    /// True if white space precedes it.
    space: bool,
}

impl Wrapper {
    /// Adds a character to the word.
    fn push(&mut self, shown: &str, differs: bool) {
        if !shown.is_empty() {
            self.word.push((shown.to_owned(), differs));
        }
    }

    /// Ends the word if a line may be broken before the next character although there is no white space.
    fn break_before(&mut self, shown: &str) {
        let is_wide = |shown: &str| columns(shown) > 1;
        if let Some((last, _)) = self.word.last()
            && (is_wide(last) || is_wide(shown))
            && !OPENING.contains(last.as_str())
            && !CLOSING.contains(shown)
        {
            self.end_word();
        }
    }

    /// Appends the word to the last line, or to a new one if it does not fit. A word that is wider than a line is
    /// broken anywhere.
    fn end_word(&mut self) {
        let word = std::mem::take(&mut self.word);
        if word.is_empty() {
            return;
        }
        let space = usize::from(std::mem::take(&mut self.space) && self.used > 0);
        let length: usize = word.iter().map(|(shown, _)| columns(shown)).sum();
        if self.used > 0 && self.used + space + length > self.width {
            self.end_line();
        } else if space > 0 {
            // A space between two differing words is marked like them, so that they are one marked range.
            let differs =
                word[0].1 && self.lines.last().and_then(|line| line.last()).is_some_and(|part| part.differs);
            self.append(" ", differs);
        }
        for (shown, differs) in word {
            if self.used > 0 && self.used + columns(&shown) > self.width {
                self.end_line();
            }
            self.append(&shown, differs);
        }
    }

    fn end_line(&mut self) {
        self.lines.push(Vec::new());
        self.used = 0;
    }

    fn end_paragraph(&mut self) {
        self.end_word();
        self.end_line();
        self.end_line();
        self.space = false;
    }

    /// Appends a character to the last line.
    fn append(&mut self, shown: &str, differs: bool) {
        self.used += columns(shown);
        let Some(line) = self.lines.last_mut() else {
            return;
        };
        match line.last_mut() {
            Some(part) if part.differs == differs => part.text.push_str(shown),
            _ => line.push(StyledText { text: shown.to_owned(), differs }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, differs: &[Range<usize>], width: usize) -> Vec<String> {
        wrapped_text(text, differs, ("{", "}"), width)
            .iter()
            .map(|line| line.iter().map(|part| part.text.as_str()).collect())
            .collect()
    }

    #[test]
    fn breaks_lines_at_white_space_and_wide_characters() {
        let cases: &[(&str, &str, usize, &[&str])] = &[
            ("one line", "The ferry stopped.", 20, &["The ferry stopped."]),
            ("two lines", "The ferry stopped.", 10, &["The ferry", "stopped."]),
            ("wrapped before", "The\nferry\tstopped.", 20, &["The ferry stopped."]),
            ("paragraphs", "\n\nOne.\n \n\nTwo.\n", 20, &["One.", "", "Two."]),
            ("long word", "An Autobahnkreuz", 6, &["An", "Autoba", "hnkreu", "z"]),
            ("wide", "新华社北京一月五日电", 8, &["新华社北", "京一月五", "日电"]),
            ("wide, with a comma", "新华社，北京", 6, &["新华", "社，北", "京"]),
            ("escape sequence", "a \u{1b}[31mb", 20, &["a ␛[31mb"]),
            ("nothing", " \n ", 20, &[]),
        ];
        for (name, text, width, expected) in cases {
            assert_eq!(lines(text, &[], *width), *expected, "{name}");
        }
    }

    #[test]
    fn marks_differing_words() {
        let text = "a colour, grey or blue";
        let word = |word: &str| text.find(word).map(|at| at..at + word.len()).unwrap();
        assert_eq!(lines(text, &[word("colour")], 40), ["a {colour}, grey or blue"]);
        assert_eq!(lines(text, &[word("grey or"), word("blue")], 40), ["a colour, {grey or} {blue}"]);
        assert_eq!(lines(text, &[word("colour"), word("blue")], 12), ["a {colour},", "grey or", "{blue}"]);
    }
}
