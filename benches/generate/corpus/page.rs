//! Writes words as the text of a page, escaped for JSON.

use super::language::{JOIN, Language};
use super::story::{OWN, Token};
use super::words::Lexicon;

/// The typographic style of a site.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) curly: bool,
    /// Lines of 72 characters, a page break after every thirtieth, and links.
    pub(super) dump: bool,
}

impl Style {
    pub(super) const PLAIN: Self = Self { curly: false, dump: false };
}

pub(super) const LINE: &[u8] = b"\\n";
pub(super) const PARAGRAPH: &[u8] = b"\\n\\n";

/// The length of a line in a page dump, in bytes.
const WIDTH: usize = 72;
/// The number of lines of a page in a page dump.
const PAGE: usize = 30;
/// The number of words in a page dump after which the next long word is a link.
const LINK: usize = 17;

/// Writes words and the marks between them. After the last word of a paragraph, a blank line follows.
pub(super) fn print(language: &Language, own: &Lexicon, tokens: &[Token], style: Style, out: &mut Vec<u8>) {
    let (mut line, mut lines, mut linked) = (out.len(), 0, 0);
    for (at, token) in tokens.iter().enumerate() {
        let start = out.len();
        match token.word.checked_sub(OWN) {
            Some(number) => own.append(number, out),
            None => language.lexicon.append(token.word, out),
        }
        if token.capital {
            capitalize(out, start);
        }
        if style.dump && at > linked + LINK && out.len() > start + 6 {
            linked = at;
            let end = out.len();
            out.insert(start, b'[');
            out.extend_from_slice(b"](https://example.org/");
            out.extend_from_within(start + 1..=end);
            out.extend_from_slice(b"/)");
        }
        let mark = &language.marks[token.mark as usize];
        let (bytes, trimmed) =
            if style.curly { (&mark.curly, mark.curly_end) } else { (&mark.plain, mark.plain_end) };
        if token.ends_paragraph {
            out.extend_from_slice(&bytes[..trimmed]);
            if at + 1 < tokens.len() {
                out.extend_from_slice(PARAGRAPH);
            }
            line = out.len();
        } else if style.dump && token.mark == JOIN && out.len() > line + WIDTH {
            lines += 1;
            out.extend_from_slice(if lines % PAGE == 0 { PARAGRAPH } else { LINE });
            line = out.len();
        } else if let [one] = bytes[..] {
            out.push(one);
        } else {
            out.extend_from_slice(bytes);
        }
    }
}

/// Changes the first letter after `start` to upper case.
fn capitalize(out: &mut Vec<u8>, start: usize) {
    let Some(first) = out.get_mut(start) else { return };
    if first.is_ascii() {
        first.make_ascii_uppercase();
        return;
    }
    let word = String::from_utf8(out.split_off(start)).expect("the words of a lexicon are valid UTF-8");
    let mut letters = word.chars();
    let capital = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters);
    out.extend_from_slice(capital.collect::<String>().as_bytes());
}
