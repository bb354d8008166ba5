//! Divides HTML into tags and text, without building a tree: as browsers do it, but for what no page depends on.

use memchr::{memchr, memmem};

/// The elements whose content is no markup: it ends with the end tag of the element.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// A piece of HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'h> {
    /// Text, with its character references.
    Text(&'h str),
    /// A start tag.
    Start(Tag<'h>),
    /// An end tag.
    End(Tag<'h>),
    /// A comment, a declaration or an instruction.
    Other(&'h str),
}

/// A tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'h> {
    /// The whole tag.
    pub(super) whole: &'h str,
    /// The name, as it is written.
    name: &'h str,
    /// True if the tag ends with `/>`.
    pub(super) is_closed: bool,
}

impl<'h> Tag<'h> {
    /// Returns the value of an attribute, as it is written, without its quotes.
    pub(super) fn attribute(&self, name: &str) -> Option<&'h str> {
        let end = self.whole.trim_end_matches('>').len();
        let begin = self.whole.find(self.name)? + self.name.len();
        let mut rest = &self.whole[begin..end.max(begin)];
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            // A name has at least one character, which may be `=`.
            let first = rest.chars().next()?.len_utf8();
            let length = rest[first..].find(|c: char| c.is_ascii_whitespace() || c == '=');
            let (found, after) = rest.split_at(length.map_or(rest.len(), |length| first + length));
            rest = after.trim_ascii_start();
            let Some(value) = rest.strip_prefix('=') else { continue };
            let value = value.trim_ascii_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let (value, after) = match quote {
                Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
                None => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
            };
            if found.eq_ignore_ascii_case(name) {
                return Some(value);
            }
            rest = after;
        }
    }

    /// Returns whether the tag may have attributes.
    pub(super) fn has_attributes(&self) -> bool {
        self.whole.contains('=')
    }

    /// Returns whether the tag has this name, which is in lower case.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Returns whether the tag has one of these names.
    pub(super) fn is_one_of(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.is(name))
    }

    /// Returns whether another tag has the same name.
    pub(super) fn has_name_of(&self, other: &Tag<'_>) -> bool {
        self.is(other.name)
    }
}

/// The pieces of an HTML page. Together they are the page.
#[derive(Clone, Debug)]
pub(super) struct Tokens<'h> {
    rest: &'h str,
    /// The element whose raw content is next.
    raw: Option<&'static str>,
}

impl<'h> Tokens<'h> {
    /// Creates the pieces of `html`.
    pub(super) fn new(html: &'h str) -> Self {
        Self { rest: html, raw: None }
    }

    /// Removes the next `length` bytes from the rest, and returns them. `length` is that of whole characters.
    fn take(&mut self, length: usize) -> &'h str {
        let (taken, rest) = self.rest.split_at(length.min(self.rest.len()));
        self.rest = rest;
        taken
    }

    /// Returns the markup at the beginning of the rest, which begins with `<`; `None` if it is text.
    fn markup(&mut self) -> Option<Token<'h>> {
        let bytes = self.rest.as_bytes();
        let (is_end, at) = match bytes.get(1)? {
            b'!' | b'?' => {
                let end = match bytes.starts_with(b"<!--") {
                    true => memmem::find(&bytes[4..], b"-->").map(|length| 4 + length + 3),
                    false => memchr(b'>', bytes).map(|length| length + 1),
                };
                return Some(Token::Other(self.take(end.unwrap_or(bytes.len()))));
            }
            b'/' => (true, 2),
            _ => (false, 1),
        };
        if !bytes.get(at)?.is_ascii_alphabetic() {
            return None;
        }
        let length = bytes[at..].iter().position(|byte| b" \t\r\n\x0c/>".contains(byte));
        let name_end = at + length.unwrap_or(bytes.len() - at);
        let end = tag_end(bytes, name_end);
        let whole = self.take(end);
        let tag = Tag { whole, name: &whole[at..name_end], is_closed: whole.ends_with("/>") };
        if is_end {
            return Some(Token::End(tag));
        }
        self.raw = RAW.iter().copied().find(|name| tag.is(name));
        Some(Token::Start(tag))
    }

    /// Returns the raw content of an element, which may be empty.
    fn raw_content(&mut self, name: &str) -> &'h str {
        let bytes = self.rest.as_bytes();
        let ends = |at: usize| {
            let after = at + 2 + name.len();
            bytes.get(at + 2..after).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
                && bytes.get(after).is_none_or(|byte| !byte.is_ascii_alphanumeric())
        };
        let end = memmem::find_iter(bytes, b"</").find(|&at| ends(at));
        self.take(end.unwrap_or(bytes.len()))
    }
}

impl<'h> Iterator for Tokens<'h> {
    type Item = Token<'h>;

    fn next(&mut self) -> Option<Token<'h>> {
        if let Some(name) = self.raw.take() {
            let content = self.raw_content(name);
            if !content.is_empty() {
                return Some(Token::Text(content));
            }
        }
        if self.rest.is_empty() {
            return None;
        }
        if self.rest.starts_with('<')
            && let Some(token) = self.markup()
        {
            return Some(token);
        }
        let end = memchr(b'<', &self.rest.as_bytes()[1..]).map_or(self.rest.len(), |length| length + 1);
        Some(Token::Text(self.take(end)))
    }
}

/// Returns the end of a tag whose name ends at `at`: after the first `>` that is not in quotes.
fn tag_end(bytes: &[u8], mut at: usize) -> usize {
    let mut before = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' => return at + 1,
            // A quote is the beginning of a value only after `=`.
            b'"' | b'\'' if before == b'=' => match memchr(byte, &bytes[at + 1..]) {
                Some(length) => at += length + 1,
                None => return bytes.len(),
            },
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
        at += 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn show(html: &str) -> String {
        let pieces = Tokens::new(html).map(|token| match token {
            Token::Text(text) => format!("[{text}]"),
            Token::Start(tag) => format!("<{}>", tag.name),
            Token::End(tag) => format!("</{}>", tag.name),
            Token::Other(_) => "!".to_owned(),
        });
        pieces.collect()
    }

    #[test]
    fn divides_pages() {
        let cases = [
            ("text", "[text]"),
            ("<!DOCTYPE html><p class=a>b</p>", "!<p>[b]</p>"),
            ("a <b>c</b> d", "[a ]<b>[c]</b>[ d]"),
            ("a < b <3 c", "[a ][< b ][<3 c]"),
            ("<a title='>'>b", "<a>[b]"),
            ("<a title=x\">b", "<a>[b]"),
            ("<a title=\">b", "<a>"),
            ("<!-- <p> -->a", "![a]"),
            ("<!-- a", "!"),
            ("<script>if (a<b) '</p>'</SCRIPT>c", "<script>[if (a<b) '</p>']</SCRIPT>[c]"),
            ("<script></script>", "<script></script>"),
            ("<style>a", "<style>[a]"),
            ("<br/>\u{e9}<", "<br>[\u{e9}][<]"),
            ("</", "[</]"),
            ("<p", "<p>"),
        ];
        for (html, expected) in cases {
            assert_eq!(show(html), expected, "{html}");
        }
    }

    #[test]
    fn reads_attributes() {
        let cases = [
            ("<a href=b>", Some("b")),
            ("<a class='x href=y' href = \"b c\" id=d>", Some("b c")),
            ("<a hidden HREF=b/>", Some("b/")),
            ("<a href>", None),
            ("<a =href=b>", None),
            ("<a href='b>", Some("b")),
            ("<a \u{e9}=\u{e9} href=b>", Some("b")),
            ("<a", None),
        ];
        for (html, expected) in cases {
            let Some(Token::Start(tag)) = Tokens::new(html).next() else { panic!("{html}") };
            assert_eq!(tag.attribute("href"), expected, "{html}");
        }
    }

    proptest! {
        #[test]
        fn loses_nothing(html in "([<>/!=\"' -]|[a-z\u{e9}]|<script|</|<!--|-->){0,40}") {
            let all: String = Tokens::new(&html)
                .map(|token| match token {
                    Token::Text(text) | Token::Other(text) => text,
                    Token::Start(tag) | Token::End(tag) => tag.whole,
                })
                .collect();
            prop_assert_eq!(all, html);
        }
    }
}
