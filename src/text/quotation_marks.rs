//! Defines quotation marks: which characters they are, which of them open and close a quotation, and where.
//!
//! Sources: the quotation marks of languages in the Unicode Standard, chapter 6.2, and in CLDR.

use memchr::memmem;

use super::char_properties::is_unspaced;

/// A style of quotation marks: its opening mark, and the marks that may close what this one opens.
struct Style {
    opening: char,
    closing: &'static [char],
    /// True if the same character also closes quotations, or is an apostrophe: it opens one only before a word.
    is_ambiguous: bool,
}

const fn style(opening: char, closing: &'static [char]) -> Style {
    Style { opening, closing, is_ambiguous: false }
}

const fn ambiguous(opening: char, closing: &'static [char]) -> Style {
    Style { opening, closing, is_ambiguous: true }
}

/// All styles. A straight mark may close what a curly one opened: many pages mix the two.
const STYLES: &[Style] = &[
    style('“', &['”', '"']),
    style('‟', &['”', '"']),
    style('„', &['“', '”', '‟', '"']),
    style('«', &['»']),
    style('‹', &['›']),
    style('「', &['」']),
    style('『', &['』']),
    style('〝', &['〞', '〟']),
    ambiguous('”', &['”', '“']),
    ambiguous('»', &['«', '»']),
    ambiguous('›', &['‹', '›']),
    ambiguous('‘', &['’', '\'']),
    ambiguous('‚', &['‘', '’']),
    ambiguous('"', &['"', '”']),
    ambiguous('\'', &['\'', '’']),
];

/// A quotation mark in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    char: char,
    /// Its first byte.
    pub(super) begin: usize,
    /// The byte after it.
    pub(super) end: usize,
    /// True if a quotation may begin with it.
    pub(super) may_open: bool,
    /// True if it is not inside or before a word.
    may_close: bool,
    /// True if it may be the apostrophe of a plural: `players’ union`.
    pub(super) may_be_apostrophe: bool,
}

impl Mark {
    fn new(text: &str, char: char, begin: usize, end: usize) -> Self {
        let before = text[..begin].chars().next_back();
        let after = text[end..].chars().next();
        let is_before_word = after.is_some_and(|after| !after.is_whitespace())
            && before.is_none_or(|before| !is_word(before) && !ends_clause(before));
        let is_after_word =
            before.is_some_and(|before| !before.is_whitespace()) && after.is_none_or(|after| !is_word(after));
        let is_apostrophe = matches!(char, '\'' | '’' | '‘');
        let style = STYLES.iter().find(|style| style.opening == char);
        Self {
            char,
            begin,
            end,
            may_open: style.is_some_and(|style| !style.is_ambiguous || is_before_word)
                // A year is shortened with an apostrophe: ’98.
                && !(is_apostrophe && after.is_some_and(char::is_numeric)),
            may_close: is_after_word || !is_apostrophe && char != '"',
            may_be_apostrophe: is_apostrophe
                && before.is_some_and(|before| matches!(before, 's' | 'S' | 'z' | 'x'))
                && after.is_some_and(char::is_whitespace),
        }
    }

    /// Returns whether it may open a quotation of the same style as another mark does.
    pub(super) fn opens_like(&self, other: &Self) -> bool {
        self.may_open && self.char == other.char
    }

    /// Returns whether quotations of its style are written inside each other.
    pub(super) fn nests(&self) -> bool {
        self.char == '«'
    }

    /// Returns whether it may close what another mark opened.
    pub(super) fn closes(&self, opening: &Self) -> bool {
        let style = STYLES.iter().find(|style| style.opening == opening.char);
        self.may_close && style.is_some_and(|style| style.closing.contains(&self.char))
    }
}

/// Returns whether a character is inside a word. Words of scripts that are written without spaces have no ends that
/// could be seen.
fn is_word(char: char) -> bool {
    char.is_alphanumeric() && !is_unspaced(char)
}

/// Returns whether a mark after this character ends a quotation rather than begins one.
fn ends_clause(char: char) -> bool {
    matches!(char, '.' | ',' | '!' | '?' | ';' | '…' | ')' | '。' | '，' | '！' | '？')
}

/// Returns whether a character opens or closes quotations of some style.
fn is_mark(char: char) -> bool {
    matches!(char, '"' | '\'' | '‘'..='‟' | '«' | '»' | '‹' | '›' | '「'..='』' | '〝'..='〟')
}

/// Returns the quotation marks of a text, by position.
pub(super) fn marks_of(text: &str) -> Vec<Mark> {
    let bytes = text.as_bytes();
    let mut begins: Vec<usize> = memchr::memchr3_iter(b'"', b'\'', b'`', bytes).collect();
    // The first bytes of `«` and `»`, and of the marks from U+2018 to U+203A.
    begins.extend(memchr::memchr2_iter(0xC2, 0xE2, bytes));
    // The first two bytes of corner brackets.
    begins.extend(memmem::find_iter(bytes, &[0xE3, 0x80]));
    begins.sort_unstable();
    let mut marks: Vec<Mark> = Vec::new();
    let mut has_typed = false;
    for begin in begins {
        let is_second = marks.last().is_some_and(|last| begin < last.end);
        let Some(char) = text[begin..].chars().next().filter(|_| !is_second) else { continue };
        // Typewriters have no curly marks: ``so they are typed''.
        let typed = match char {
            '`' => text[begin..].starts_with("``").then_some('“'),
            '\'' if has_typed => text[begin..].starts_with("''").then_some('”'),
            _ => None,
        };
        has_typed |= typed == Some('“');
        if let Some(char) = typed {
            marks.push(Mark::new(text, char, begin, begin + 2));
        } else if is_mark(char) {
            marks.push(Mark::new(text, char, begin, begin + char.len_utf8()));
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marks_of_all_styles_are_marks() {
        for style in STYLES {
            assert!(is_mark(style.opening), "{}", style.opening);
            assert!(style.closing.iter().all(|&closing| is_mark(closing)), "{:?}", style.closing);
        }
    }
}
