//! Text that an article brought in, what a page may show of it out: harmless, and isolated from what stands around.
//!
//! Three doors, and none other, for what was scraped (texts, titles, sites, keys, dates, file names): [`foreign`] for
//! text between tags, [`plain`] for attributes and for strings that a script puts into text nodes, [`data`] for whole
//! values that a script reads. Markup is escaped behind all of them, by `maud` or here.
//!
//! Invariants: no text can end its element, begin another, or turn the direction in which its neighbors are read.

use std::borrow::Cow;

use maud::{Markup, PreEscaped, html};
use serde::Serialize;

use crate::write::screen::shown;

/// Gives text as an element of its own, whose direction of writing is its own.
pub(in crate::write) fn foreign(text: &str) -> Markup {
    html! { bdi { (plain(text)) } }
}

/// Makes text harmless in a page: control characters become their pictures, and marks that turn the direction of all
/// that follows are dropped; those that only stand for a letter of one direction stay, right-to-left texts need them.
/// What it gives still has to be escaped, as `maud` does.
pub(in crate::write) fn plain(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| in_page(c) == Some(c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(in_page).collect())
}

/// Gives what a page shows of one character.
fn in_page(c: char) -> Option<char> {
    const ARABIC_LETTER_MARK: char = '\u{61C}';
    const LEFT_TO_RIGHT_MARK: char = '\u{200E}';
    const RIGHT_TO_LEFT_MARK: char = '\u{200F}';
    match c {
        '\n' | ARABIC_LETTER_MARK | LEFT_TO_RIGHT_MARK | RIGHT_TO_LEFT_MARK => Some(c),
        c => shown(c),
    }
}

/// Gives a value as inert data that a script reads by its element's ID: JSON in which no tag or comment can begin.
pub(in crate::write) fn data(id: &str, value: &impl Serialize) -> serde_json::Result<Markup> {
    let json = serde_json::to_string(value)?;
    // Outside strings JSON has no `<`.
    let json = json.replace('<', "\\u003c");
    Ok(html! { script type="application/json" id=(id) { (PreEscaped(json)) } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_text_and_nothing_but_text() {
        let cases = [
            ("plain", "Trams are back", "Trams are back"),
            ("element", "<script>go()</script>", "&lt;script&gt;go()&lt;/script&gt;"),
            ("attribute", "\" onload=\"go()", "&quot; onload=&quot;go()"),
            ("entity", "&lt;b&gt; &amp", "&amp;lt;b&amp;gt; &amp;amp"),
            ("comment", "<!-- -->", "&lt;!-- --&gt;"),
            ("control characters", "a\0b\u{1b}[2J\u{9b}", "a␀b␛[2J\u{FFFD}"),
            ("line ends", "a\r\n\u{2028}b", "a \n b"),
            ("turned around", "abc\u{202e}cba\u{2066}x", "abccbax"),
            ("marks of direction", "\u{200f}١٢\u{61c}%\u{200e}", "\u{200f}١٢\u{61c}%\u{200e}"),
            ("joiners", "می\u{200c}خواهم", "می\u{200c}خواهم"),
        ];
        for (name, text, expected) in cases {
            assert_eq!(foreign(text).into_string(), format!("<bdi>{expected}</bdi>"), "{name}");
        }
    }

    #[test]
    fn data_ends_no_element() {
        for text in ["</script><img src=x onerror=go()>", "<!--<script>", "]]>", "\u{2028}\0\"\\", "a & b"] {
            let markup = data("text-1", &text).unwrap().into_string();
            let json = markup.strip_prefix("<script type=\"application/json\" id=\"text-1\">").unwrap();
            let json = json.strip_suffix("</script>").unwrap();
            assert!(!json.contains('<'), "{json}");
            assert_eq!(serde_json::from_str::<String>(json).unwrap(), text);
        }
    }
}
