//! Converts HTML to text: one line for each block, without building a tree.

use super::seen_tokens::SeenTokens;
use super::tokens::Token;
use crate::read::block_elements::BLOCK_ELEMENTS;

/// Elements of which white space stays as it is.
const PREFORMATTED: &str = "pre";

/// Returns the text of a page or of a part of one.
pub(super) fn plain_text(html: &str) -> String {
    let mut text = TextBuilder::default();
    let mut preformatted = 0_usize;
    for token in SeenTokens::new(html) {
        match token {
            Token::Text(piece) => text.push(piece, preformatted > 0),
            Token::Start(tag) if tag.is_one_of(BLOCK_ELEMENTS) => {
                text.end_line();
                preformatted += usize::from(tag.is(PREFORMATTED));
            }
            Token::End(tag) if tag.is_one_of(BLOCK_ELEMENTS) => {
                text.end_line();
                preformatted = preformatted.saturating_sub(usize::from(tag.is(PREFORMATTED)));
            }
            Token::Start(_) | Token::End(_) | Token::Other(_) => {}
        }
    }
    text.finish()
}

/// A text while lines are added to it.
#[derive(Default)]
pub(super) struct TextBuilder {
    text: String,
    /// True if white space was read after the last word.
    has_space: bool,
}

impl TextBuilder {
    /// Adds text with its character references.
    pub(super) fn push(&mut self, piece: &str, is_preformatted: bool) {
        let decoded = htmlize::unescape(piece);
        for c in decoded.chars() {
            // A no-break space is one of the words between which it is, but not of the text.
            match c {
                '\n' if is_preformatted => self.end_line(),
                ' ' | '\t' | '\n' | '\r' | '\x0c' | '\u{a0}' => self.has_space = true,
                // Soft hyphens and zero-width spaces say where a word may be divided.
                '\u{ad}' | '\u{200b}' | '\u{feff}' | '\0' => {}
                _ => {
                    if self.has_space && !self.text.is_empty() && !self.text.ends_with('\n') {
                        self.text.push(' ');
                    }
                    self.has_space = false;
                    self.text.push(c);
                }
            }
        }
    }

    fn end_line(&mut self) {
        self.has_space = false;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Returns the number of bytes so far.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    pub(super) fn finish(mut self) -> String {
        self.text.truncate(self.text.trim_end().len());
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn converts_to_text() {
        let cases = [
            ("<p>A <b>b</b>old\n word.</p><p>Next", "A bold word.\nNext"),
            ("<head><title>T</title><style>x</style></head><body>a<script>b</script>c", "ac"),
            ("Fish &amp; chips&nbsp;&#8211; caf&eacute;", "Fish & chips \u{2013} caf\u{e9}"),
            ("a<br>b<br/>c", "a\nb\nc"),
            ("<ul><li>one<li>two</ul>", "one\ntwo"),
            ("<pre>a\n  b</pre>c\nd", "a\nb\nc d"),
            ("<svg><svg>a</svg>b</svg>c", "c"),
            ("<svg/>c", "c"),
            ("hy\u{ad}phen", "hyphen"),
            ("a < b", "a < b"),
            ("", ""),
        ];
        for (html, expected) in cases {
            assert_eq!(plain_text(html), expected, "{html}");
        }
    }
}
