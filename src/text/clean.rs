//! Text in, the same text without addresses and line-end hyphens out, with the way back to the original.
//!
//! Four things that extractors leave in a text are no words of it: web addresses, the targets of markdown links
//! (`[words](target)` keeps its words), the numbers of such links that have their targets in a list (`[words][12]`,
//! and `[12]: ` before each target there), and the hyphen and line break inside a word that was divided at the end of a
//! line. The last disappears, the others become a space.
//!
//! Invariant: but for a divided word, every rule looks only at one run of text without ASCII white space, so that
//! cleaning such a run alone gives the same as cleaning the whole.

use std::iter::Peekable;
use std::vec;

use super::char_properties::{HYPHEN, SOFT_HYPHEN, is_space_byte};

/// A text without addresses and line-end hyphens.
pub(super) struct Cleaned {
    /// What is left.
    pub(super) text: String,
    /// Where the pieces of `text` begin: (offset in `text`, offset in the original), ascending.
    pieces: Vec<(usize, usize)>,
}

impl Cleaned {
    /// Turns a range of the cleaned text into the range of the original that it came from.
    pub(super) fn original(&self, begin: usize, end: usize) -> (usize, usize) {
        (self.map(begin), self.map(end - 1) + 1)
    }

    fn map(&self, offset: usize) -> usize {
        let next = self.pieces.partition_point(|&(clean, _)| clean <= offset);
        let (clean, original) = self.pieces[next - 1];
        original + (offset - clean)
    }
}

/// Cleans a text.
pub(super) fn clean(text: &str) -> Cleaned {
    let mut out = Cleaned { text: String::with_capacity(text.len()), pieces: vec![(0, 0)] };
    let mut links: Option<Peekable<vec::IntoIter<(usize, usize)>>> = None;
    let mut kept = 0;
    let mut at = 0;
    let mut cut = |begin: usize, end: usize, kept: &mut usize, filler: &str| {
        out.text.push_str(&text[*kept..begin]);
        out.text.push_str(filler);
        out.pieces.push((out.text.len(), end));
        *kept = end;
    };
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        let found = match rest[0] {
            b'h' | b'H' | b'w' | b'W' => address(text, at).map(|end| (end, " ")),
            b']' if rest.get(1) == Some(&b'(') => {
                let links = links.get_or_insert_with(|| link_targets(text, at).into_iter().peekable());
                while links.next_if(|&(begin, _)| begin < at).is_some() {}
                links.next_if(|&(begin, _)| begin == at).map(|(_, end)| (end, " "))
            }
            b']' => link_number(&rest[1..]).map(|length| (at + 1 + length, " ")),
            b'[' if follows_space(text, at) => list_number(rest).map(|length| (at + length, " ")),
            b'-' | 0xC2 | 0xE2 => divided_word(text, at).map(|end| (end, "")),
            _ => None,
        };
        if let Some((end, filler)) = found {
            cut(at, end, &mut kept, filler);
            at = end;
        } else {
            at += 1;
        }
    }
    out.text.push_str(&text[kept..]);
    out
}

/// Finds the end of the web address that begins at `at`, if one does: a scheme, or `www.` not behind a Latin letter
/// or digit, then the characters that RFC 3986 allows.
pub(super) fn address(text: &str, at: usize) -> Option<usize> {
    let rest = &text.as_bytes()[at..];
    let begins =
        |prefix: &[u8]| rest.len() >= prefix.len() && rest[..prefix.len()].eq_ignore_ascii_case(prefix);
    let behind_word = at > 0 && text.as_bytes()[at - 1].is_ascii_alphanumeric();
    if !(begins(b"http://") || begins(b"https://") || begins(b"www.") && !behind_word) {
        return None;
    }
    let length = rest.iter().position(|&byte| !is_address_byte(byte)).unwrap_or(rest.len());
    Some(at + length)
}

fn is_address_byte(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'"' | b'{' | b'}' | b'|' | b'\\' | b'^' | b'`')
}

/// Finds each `](target)` from `from` on that is closed before any white space: its begin and end, ascending.
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

/// Finds the end of the `](target)` that begins at `at`, as [`link_targets`] does; looks no further. So it is not for
/// one bracket after the other of which none is closed.
pub(super) fn link_end(text: &str, at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (place, byte) in text.bytes().enumerate().skip(at + 1) {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(place + 1),
            b')' => depth -= 1,
            _ if is_space_byte(byte) => return None,
            _ => {}
        }
    }
    None
}

/// Gives the length of `[12]` at the beginning of `rest`, if it stands there.
pub(super) fn link_number(rest: &[u8]) -> Option<usize> {
    let inside = rest.strip_prefix(b"[")?;
    let digits = inside.iter().position(|byte| !byte.is_ascii_digit())?;
    (digits > 0 && inside[digits] == b']').then_some(digits + 2)
}

/// Gives the length of `[12]:` at the beginning of `rest`, if it stands there alone.
pub(super) fn list_number(rest: &[u8]) -> Option<usize> {
    let length = link_number(rest)?;
    let behind = rest[length..].strip_prefix(b":")?;
    behind.first().is_none_or(|&byte| is_space_byte(byte)).then_some(length + 1)
}

pub(super) fn follows_space(text: &str, at: usize) -> bool {
    at == 0 || is_space_byte(text.as_bytes()[at - 1])
}

/// Finds where a word goes on that was divided at the end of a line by the hyphen at `at`, if one was: a letter
/// before it, a line break behind it, and a lower-case letter at the beginning of the next line.
pub(super) fn divided_word(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let behind = ['-', HYPHEN, SOFT_HYPHEN].iter().find_map(|&hyphen| rest.strip_prefix(hyphen))?;
    let next = behind.strip_prefix("\r\n").or_else(|| behind.strip_prefix('\n'))?;
    let before = text[..at].chars().next_back()?;
    let after = next.chars().next()?;
    (before.is_alphabetic() && after.is_lowercase()).then(|| text.len() - next.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleans() {
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
            ("remark behind a bracket", "[sic](he said)", "[sic](he said)"),
            ("divided word", "cus-\ntomer", "customer"),
            ("divided word, other line end and hyphen", "cus\u{AD}\r\ntomer", "customer"),
            ("name at the line end", "Anglo-\nSaxon", "Anglo-\nSaxon"),
            ("dash at the line end", "he -\nwho", "he -\nwho"),
        ];
        for (name, text, expected) in cases {
            assert_eq!(clean(text).text, expected, "{name}");
        }
    }

    #[test]
    fn leads_back() {
        let text = "a cus-\ntomer of https://example.org/ here";
        let cleaned = clean(text);
        for word in ["customer", "of", "here"] {
            let begin = cleaned.text.find(word).unwrap();
            let (from, to) = cleaned.original(begin, begin + word.len());
            assert_eq!(text[from..to].replace("-\n", ""), word);
        }
    }
}
