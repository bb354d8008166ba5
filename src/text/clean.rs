//! Removes from a text what extractors leave there but is no word of it, and maps the rest back to the original.
//!
//! These are removed:
//! - web addresses;
//! - the targets of markdown links: of `[words](target)` the words stay;
//! - the numbers of markdown links with a list of targets: `[12]` of `[words][12]`, and `[12]:` before each target;
//! - the hyphen and the line break inside a word that was divided at the end of a line;
//! - gaps that are nothing (`gap`).
//!
//! The last two are removed without replacement, the others are replaced by a space.
//!
//! Invariant: except for the last two, every rule looks only at one run (a stretch of text without ASCII white
//! space). So cleaning a run alone has the same result as cleaning the whole text.

use std::iter::Peekable;
use std::vec;

use super::char_properties::{HYPHEN, SOFT_HYPHEN, is_space_byte};
use super::gap::gap_end;

/// A text without addresses, line-end hyphens and gaps.
pub(super) struct Cleaned {
    /// The cleaned text.
    pub(super) text: String,
    /// The begin of each stretch that `text` copies from the original: (byte in `text`, byte in the original),
    /// ascending.
    stretches: Vec<(usize, usize)>,
}

impl Cleaned {
    /// Returns the range of the original from which a range of the cleaned text came.
    pub(super) fn original(&self, begin: usize, end: usize) -> (usize, usize) {
        (self.original_offset(begin), self.original_offset(end - 1) + 1)
    }

    /// Returns the byte of the original from which a byte of the cleaned text came.
    fn original_offset(&self, offset: usize) -> usize {
        let next = self.stretches.partition_point(|&(clean, _)| clean <= offset);
        let (clean, original) = self.stretches[next - 1];
        original + (offset - clean)
    }

    /// Appends a stretch of the original, and then `filler` in place of the original up to byte `next`.
    fn push(&mut self, stretch: &str, filler: &str, next: usize) {
        self.text.push_str(stretch);
        self.text.push_str(filler);
        self.stretches.push((self.text.len(), next));
    }
}

/// Removes addresses, link targets, line-end hyphens and gaps from a text.
pub(super) fn clean(text: &str) -> Cleaned {
    let mut out = Cleaned { text: String::with_capacity(text.len()), stretches: vec![(0, 0)] };
    // Found when the text first needs them: most texts have none.
    let mut links: Option<Peekable<vec::IntoIter<(usize, usize)>>> = None;
    let mut stretch_begin = 0;
    let mut at = 0;
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        let removed = match rest[0] {
            b'h' | b'H' | b'w' | b'W' => address(text, at).map(|end| (end, " ")),
            b']' if rest.get(1) == Some(&b'(') => {
                let links = links.get_or_insert_with(|| link_targets(text, at).into_iter().peekable());
                while links.next_if(|&(begin, _)| begin < at).is_some() {}
                links.next_if(|&(begin, _)| begin == at).map(|(_, end)| (end, " "))
            }
            b']' => link_number(&rest[1..]).map(|length| (at + 1 + length, " ")),
            b'[' if follows_space(text, at) => list_number(rest).map(|length| (at + length, " ")),
            byte if byte.is_ascii_graphic() && byte != b'-' => None,
            _ => joined_end(text, at).map(|end| (end, "")),
        };
        if let Some((end, filler)) = removed {
            out.push(&text[stretch_begin..at], filler, end);
            stretch_begin = end;
            at = end;
        } else {
            at += 1;
        }
    }
    out.text.push_str(&text[stretch_begin..]);
    out
}

/// Returns the end of the web address that begins at byte `at`, if there is one: a scheme, or `www.` not directly
/// after an ASCII letter or digit, then the characters that RFC 3986 allows.
pub(super) fn address(text: &str, at: usize) -> Option<usize> {
    let rest = &text.as_bytes()[at..];
    let begins =
        |prefix: &[u8]| rest.len() >= prefix.len() && rest[..prefix.len()].eq_ignore_ascii_case(prefix);
    let follows_word = at > 0 && text.as_bytes()[at - 1].is_ascii_alphanumeric();
    if !(begins(b"http://") || begins(b"https://") || begins(b"www.") && !follows_word) {
        return None;
    }
    let length = rest.iter().position(|&byte| !is_address_byte(byte)).unwrap_or(rest.len());
    Some(at + length)
}

/// Returns whether a web address may contain a byte.
fn is_address_byte(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'"' | b'{' | b'}' | b'|' | b'\\' | b'^' | b'`')
}

/// Returns the begin and the end of each `](target)` from byte `from` on, ascending. A target that contains white
/// space is none.
fn link_targets(text: &str, from: usize) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let (mut open, mut found) = (Vec::new(), Vec::new());
    for (at, byte) in bytes.iter().enumerate().skip(from) {
        match byte {
            b'(' => open.push(at),
            b')' => found.extend(open.pop().map(|open: usize| (open - 1, at + 1))),
            _ if is_space_byte(*byte) => open.clear(),
            _ => {}
        }
    }
    found.retain(|&(begin, _)| bytes[begin] == b']');
    found.sort_unstable();
    found
}

/// Returns the end of the `](target)` that begins at byte `at`, if there is one by the rule of [`link_targets`].
///
/// Cost: grows with the distance to the closing parenthesis or the white space. A caller must stop at the first
/// bracket that is not closed, or the cost would grow with the square of their number.
pub(super) fn link_end(text: &str, at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (index, byte) in text.bytes().enumerate().skip(at + 1) {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(index + 1),
            b')' => depth -= 1,
            _ if is_space_byte(byte) => return None,
            _ => {}
        }
    }
    None
}

/// Returns the length of a number in brackets (`[12]`) at the beginning of `rest`, if there is one.
pub(super) fn link_number(rest: &[u8]) -> Option<usize> {
    let inside = rest.strip_prefix(b"[")?;
    let digits = inside.iter().position(|byte| !byte.is_ascii_digit())?;
    (digits > 0 && inside[digits] == b']').then_some(digits + 2)
}

/// Returns the length of a number of a list (`[12]:` before white space) at the beginning of `rest`, if there is one.
pub(super) fn list_number(rest: &[u8]) -> Option<usize> {
    let length = link_number(rest)?;
    let after = rest[length..].strip_prefix(b":")?;
    after.first().is_none_or(|&byte| is_space_byte(byte)).then_some(length + 1)
}

/// Returns whether byte `at` is the first of the text, or comes after white space.
pub(super) fn follows_space(text: &str, at: usize) -> bool {
    at == 0 || is_space_byte(text.as_bytes()[at - 1])
}

/// Returns where the text continues if what begins at byte `at` is removed without replacement: the hyphen in a
/// divided word, or a gap.
pub(super) fn joined_end(text: &str, at: usize) -> Option<usize> {
    divided_word(text, at).or_else(|| gap_end(text, at))
}

/// Returns where a word continues that a hyphen at byte `at` divides at the end of a line, if there is one: a letter
/// before the hyphen, a line break after it, and a lower-case letter at the beginning of the next line.
fn divided_word(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let line_end = ['-', HYPHEN, SOFT_HYPHEN].iter().find_map(|&hyphen| rest.strip_prefix(hyphen))?;
    let next = line_end.strip_prefix("\r\n").or_else(|| line_end.strip_prefix('\n'))?;
    let before = text[..at].chars().next_back()?;
    let after = next.chars().next()?;
    (before.is_alphabetic() && after.is_lowercase()).then(|| text.len() - next.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removes_what_is_no_word() {
        let cases = [
            ("nothing to do", "a b c", "a b c"),
            ("address", "see https://example.org/a?b=c#d now", "see   now"),
            ("address before Chinese", "见http://example.org/a。好", "见 。好"),
            ("scheme inside a word", "xhttp://a", "x "),
            ("www inside a word", "awww.example.org", "awww.example.org"),
            ("www", "at WWW.example.org, and", "at   and"),
            ("link", "the [user data](#) here", "the [user data  here"),
            ("link with nested parentheses", "[a](/wiki/A_(b)) c", "[a  c"),
            ("numbered link", "the [user data][12] here", "the [user data  here"),
            ("two brackets", "[one][two] [3][", "[one][two] [3]["),
            (
                "no number in the brackets",
                "the [user data][] and [this][12b]",
                "the [user data][] and [this][12b]",
            ),
            ("list of targets", "[1]: https://example.org/a\n[12]: #", "   \n  #"),
            ("number in brackets", "as shown [3], see a[1]: b", "as shown [3], see a[1]: b"),
            ("remark after a bracket", "[sic](he said)", "[sic](he said)"),
            ("divided word", "cus-\ntomer", "customer"),
            ("divided word, other line end and hyphen", "cus\u{AD}\r\ntomer", "customer"),
            ("name at the line end", "Anglo-\nSaxon", "Anglo-\nSaxon"),
            ("dash at the line end", "he -\nwho", "he -\nwho"),
            ("gaps", "河 东\n县 a\u{1F}b ก\u{200B}ข", "河东县 ab กข"),
        ];
        for (name, text, expected) in cases {
            assert_eq!(clean(text).text, expected, "{name}");
        }
    }

    #[test]
    fn ranges_lead_back_to_the_original() {
        let text = "a cus-\ntomer of https://example.org/ here";
        let cleaned = clean(text);
        for word in ["customer", "of", "here"] {
            let begin = cleaned.text.find(word).unwrap();
            let (from, to) = cleaned.original(begin, begin + word.len());
            assert_eq!(text[from..to].replace("-\n", ""), word);
        }
    }
}
