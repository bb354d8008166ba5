//! Converts HTML to text: one line for each block, without building a tree.

use super::tokens::{Token, Tokens};

/// Elements that are lines of their own.
pub(super) const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];
/// Elements whose content nobody sees as text of the page.
pub(super) const UNSEEN: &[&str] = &[
    "script", "style", "template", "noscript", "iframe", "noembed", "noframes", "textarea", "svg", "math",
    "title",
];
/// Elements of which white space stays as it is.
const PREFORMATTED: &str = "pre";

/// Returns the text of a page or of a part of one.
pub(super) fn plain_text(html: &str) -> String {
    let mut text = TextBuilder::default();
    // The unseen elements that are open, of one name.
    let mut unseen: Option<(&str, usize)> = None;
    let mut preformatted = 0_usize;
    for token in Tokens::new(html) {
        match (token, &mut unseen) {
            (Token::Other(_), _) | (Token::Text(_), Some(_)) => {}
            (Token::Start(tag), Some((name, depth))) => *depth += usize::from(tag.is(name) && !tag.is_closed),
            (Token::End(tag), Some((name, depth))) => {
                *depth -= usize::from(tag.is(name));
                if *depth == 0 {
                    unseen = None;
                }
            }
            (Token::Text(piece), None) => text.push(piece, preformatted > 0),
            (Token::Start(tag), None) => {
                if tag.is_one_of(BLOCKS) {
                    text.end_line();
                    preformatted += usize::from(tag.is(PREFORMATTED));
                } else if !tag.is_closed
                    && let Some(name) = UNSEEN.iter().copied().find(|name| tag.is(name))
                {
                    unseen = Some((name, 1));
                }
            }
            (Token::End(tag), None) if tag.is_one_of(BLOCKS) => {
                text.end_line();
                preformatted = preformatted.saturating_sub(usize::from(tag.is(PREFORMATTED)));
            }
            (Token::End(_), None) => {}
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
