//! Makes untrusted text safe to show in a page.
//!
//! Texts, titles, sites, keys, dates and file names were scraped, so they are untrusted. They get into a page only
//! through three functions: [`isolated`] for text between tags, [`safe`] for attributes and for strings that a
//! script puts into text nodes, [`json_data`] for values that a script reads. After these, `maud` or this module
//! escapes markup.
//!
//! Invariants: no text can end its element, begin another element, or change the direction in which the text around
//! it is read.

use std::borrow::Cow;

use maud::{Markup, PreEscaped, html};
use serde::Serialize;

use crate::write::terminal_text::visible_char;

/// Returns text in an element that isolates its direction of writing.
pub(in crate::write) fn isolated(text: &str) -> Markup {
    html! { bdi { (safe(text)) } }
}

/// Returns text without characters that are harmful in a page: control characters are replaced with their pictures,
/// and marks that change the direction of all text after them are removed. Marks that only act as a letter of one
/// direction are kept, since right-to-left texts need them. The result still has to be escaped, as `maud` does.
pub(in crate::write) fn safe(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| page_char(c) == Some(c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(page_char).collect())
}

/// Returns the character that a page shows for a character; nothing if it is removed.
fn page_char(c: char) -> Option<char> {
    const ARABIC_LETTER_MARK: char = '\u{61C}';
    const LEFT_TO_RIGHT_MARK: char = '\u{200E}';
    const RIGHT_TO_LEFT_MARK: char = '\u{200F}';
    match c {
        '\n' | ARABIC_LETTER_MARK | LEFT_TO_RIGHT_MARK | RIGHT_TO_LEFT_MARK => Some(c),
        c => visible_char(c),
    }
}

/// Returns a value as JSON in a `<script>` element that is not run; a script reads it by its ID. No tag or comment
/// can begin in it, and characters that are harmful in a page are escaped: the script gets them as they are.
pub(in crate::write) fn json_data(id: &str, value: &impl Serialize) -> serde_json::Result<Markup> {
    let json = escaped_json(&serde_json::to_string(value)?);
    Ok(html! { script type="application/json" id=(id) { (PreEscaped(json)) } })
}

/// Returns JSON in which `<` and characters that are harmful in a page are escaped. JSON has them only in strings, where
/// the escapes mean the same.
fn escaped_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut rest = json;
    while let Some((at, found)) = rest.char_indices().find(|&(_, c)| c == '<' || page_char(c) != Some(c)) {
        out.push_str(&rest[..at]);
        out.extend(found.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        rest = &rest[at + found.len_utf8()..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        let cases = [
            ("plain", "Trams are back", "Trams are back"),
            ("element", "<script>go()</script>", "&lt;script&gt;go()&lt;/script&gt;"),
            ("attribute", "\" onload=\"go()", "&quot; onload=&quot;go()"),
            ("entity", "&lt;b&gt; &amp", "&amp;lt;b&amp;gt; &amp;amp"),
            ("comment", "<!-- -->", "&lt;!-- --&gt;"),
            ("control characters", "a\0b\u{1b}[2J\u{9b}", "a␀b␛[2J\u{FFFD}"),
            ("line ends", "a\r\n\u{2028}b", "a \n b"),
            ("direction override", "abc\u{202e}cba\u{2066}x", "abccbax"),
            ("marks of direction", "\u{200f}١٢\u{61c}%\u{200e}", "\u{200f}١٢\u{61c}%\u{200e}"),
            ("joiners", "می\u{200c}خواهم", "می\u{200c}خواهم"),
        ];
        for (name, text, expected) in cases {
            assert_eq!(isolated(text).into_string(), format!("<bdi>{expected}</bdi>"), "{name}");
        }
    }

    #[test]
    fn json_data_ends_no_element() {
        for text in [
            "</script><img src=x onerror=go()>",
            "<!--<script>",
            "]]>",
            "\u{2028}\0\"\\",
            "a & b",
            "a\u{7f}\u{9b}\u{202e}\u{E0001}",
        ] {
            let markup = json_data("text-1", &text).unwrap().into_string();
            let json = markup.strip_prefix("<script type=\"application/json\" id=\"text-1\">").unwrap();
            let json = json.strip_suffix("</script>").unwrap();
            assert!(json.chars().all(|c| c != '<' && page_char(c) == Some(c)), "{json}");
            assert_eq!(serde_json::from_str::<String>(json).unwrap(), text);
        }
    }
}
