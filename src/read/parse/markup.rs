//! Removes tags and comments of HTML from the texts of records, and keeps everything else as it is.
//!
//! A field of a record is text, so that only what is surely markup is removed: comments that end, and tags with the name
//! of an element of HTML. `a < b`, `<3` and `<ann@a.example>` stay.
//!
//! Cost: each byte is looked at a few times, whatever the text is.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memmem};

use crate::read::block_elements::BLOCK_ELEMENTS;

/// Elements within a line: nothing is between the letters before and after such a tag.
const WITHIN_LINES: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "embed",
    "font", "i", "iframe", "img", "input", "ins", "kbd", "label", "link", "mark", "meta", "nobr", "noscript",
    "object", "picture", "q", "rp", "rt", "ruby", "s", "samp", "script", "small", "source", "span", "strike",
    "strong", "style", "sub", "sup", "svg", "time", "tt", "u", "var", "video", "wbr",
];
/// Elements whose content is no text.
const UNSEEN: [&str; 2] = ["script", "style"];

/// A piece of markup.
struct Markup {
    begin: usize,
    end: usize,
    /// True if it ends a line.
    divides: bool,
}

/// Returns where the first tag or comment begins.
pub(super) fn first_markup(text: &str) -> Option<usize> {
    Pieces::new(text).next().map(|markup| markup.begin)
}

/// Returns a text without tags and comments, with a line break in place of the tags of lines.
pub(super) fn without_markup(text: Cow<'_, str>) -> Cow<'_, str> {
    let mut pieces = Pieces::new(&text).peekable();
    if pieces.peek().is_none() {
        return text;
    }
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for Markup { begin, end, divides } in pieces {
        out.push_str(&text[at..begin]);
        if divides {
            out.push('\n');
        }
        at = end;
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}

/// The markup of a text, ascending.
struct Pieces<'t> {
    text: &'t str,
    at: usize,
    /// The unseen elements that have no end tag in the rest of the text.
    is_unclosed: [bool; UNSEEN.len()],
    /// True if no comment ends in the rest of the text.
    has_no_comments: bool,
}

impl<'t> Pieces<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, at: 0, is_unclosed: [false; UNSEEN.len()], has_no_comments: false }
    }

    /// Returns the end of the comment that begins at `begin`.
    fn comment(&mut self, begin: usize) -> Option<usize> {
        if self.has_no_comments {
            return None;
        }
        let content = begin + "<!--".len();
        let length = memmem::find(&self.text.as_bytes()[content..], b"-->");
        self.has_no_comments = length.is_none();
        length.map(|length| content + length + "-->".len())
    }

    /// Returns the begin of the end tag of an unseen element, whose content begins at `from`.
    fn end_tag(&mut self, element: usize, from: usize) -> Option<usize> {
        if self.is_unclosed[element] {
            return None;
        }
        let bytes = &self.text.as_bytes()[from..];
        let name = UNSEEN[element].as_bytes();
        let is_end = |at: &usize| {
            bytes.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
        };
        let found = memmem::find_iter(bytes, b"</").find(is_end);
        self.is_unclosed[element] = found.is_none();
        found.map(|length| from + length)
    }
}

impl Iterator for Pieces<'_> {
    type Item = Markup;

    fn next(&mut self) -> Option<Markup> {
        let (text, from) = (self.text, self.at);
        let bytes = text.as_bytes();
        for begin in memchr_iter(b'<', &bytes[from..]).map(|length| from + length) {
            if bytes[begin..].starts_with(b"<!--") {
                if let Some(end) = self.comment(begin) {
                    self.at = end;
                    return Some(Markup { begin, end, divides: false });
                }
                continue;
            }
            let is_end_tag = bytes.get(begin + 1) == Some(&b'/');
            let name_begin = begin + 1 + usize::from(is_end_tag);
            let Some((name_end, divides)) = element(bytes, name_begin) else { continue };
            // Where one tag has no end, none after it has one.
            let mut end = tag_end(bytes, name_end)?;
            let name = &text[name_begin..name_end];
            let unseen = UNSEEN.iter().position(|unseen| unseen.eq_ignore_ascii_case(name));
            if let Some(unseen) = unseen.filter(|_| !is_end_tag) {
                end = self.end_tag(unseen, end).unwrap_or(end);
            }
            self.at = end;
            return Some(Markup { begin, end, divides });
        }
        None
    }
}

/// Returns the end of the name of an element that begins at `begin`, and whether its tags end a line.
fn element(bytes: &[u8], begin: usize) -> Option<(usize, bool)> {
    /// The length of `blockquote`, the longest name.
    const LONGEST: usize = 10;
    let rest = &bytes[begin.min(bytes.len())..];
    let length = rest.iter().take(LONGEST + 1).position(|byte| !byte.is_ascii_alphanumeric())?;
    if !matches!(rest[length], b'>' | b'/') && !rest[length].is_ascii_whitespace() {
        return None;
    }
    let is_one_of =
        |names: &[&str]| names.iter().any(|name| name.as_bytes().eq_ignore_ascii_case(&rest[..length]));
    let divides = is_one_of(BLOCK_ELEMENTS);
    (divides || is_one_of(WITHIN_LINES)).then_some((begin + length, divides))
}

/// Returns the end of a tag whose name ends at `at`: after the first `>` that is not in quotes.
fn tag_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    let mut before = 0;
    loop {
        let byte = *bytes.get(at)?;
        match byte {
            b'>' => return Some(at + 1),
            b'"' | b'\'' if before == b'=' => at += memchr(byte, &bytes[at + 1..])? + 1,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn removes_markup() {
        let cases = [
            ("w<b></b>ord", "word"),
            ("w<!-- x --->ord", "word"),
            ("w<!-- <b> -->ord", "word"),
            ("<P class=\"a>b\">A <EM>b</EM>old\nword.</p>Next", "\nA bold\nword.\nNext"),
            ("one<br/>two<br />three", "one\ntwo\nthree"),
            ("a<script src='x'>if (a < b) c();</SCRIPT>b", "ab"),
            ("a<style>b</styl", "ab</styl"),
            ("a <span title = '>'>b</span>", "a b"),
            ("<a href=https://a.example/>The port</a>", "The port"),
        ];
        for (text, expected) in cases {
            assert!(first_markup(text).is_some(), "{text}");
            assert_eq!(without_markup(Cow::Borrowed(text)), expected, "{text}");
        }
    }

    #[test]
    fn leaves_other_text_alone() {
        let cases = [
            "a < b and b > a",
            "<3",
            "<ann@a.example>",
            "<unk> word",
            "<!-- no end",
            "<!doctype html>",
            "<bold>",
            "</>",
            "<p",
            "<b no end",
            "<",
            "",
            "a <",
            "</",
            "<blockquotes>",
        ];
        for text in cases {
            assert_eq!(first_markup(text), None, "{text}");
            assert!(matches!(without_markup(Cow::Borrowed(text)), Cow::Borrowed(_)), "{text}");
        }
    }

    proptest! {
        #[test]
        fn text_without_markup_is_in_the_text(
            pieces in prop::collection::vec(
                prop::sample::select(vec!["<b>", "</P>", "<!--", "-->", "<script>", "</script", ">", "<", "é", "a='", "\"", " "]),
                0..12,
            ),
        ) {
            let text = pieces.concat();
            let found = without_markup(Cow::Borrowed(&text));
            prop_assert_eq!(matches!(found, Cow::Borrowed(_)), first_markup(&text).is_none());
            let mut left = text.chars();
            prop_assert!(found.chars().filter(|&c| c != '\n').all(|c| left.any(|other| other == c)));
        }
    }
}
