//! Finds the headline of an article, and its address on the web.

use super::terminal_text::{opening, visible_char};
use crate::article::ArticleId;
use crate::corpus::{Corpus, Header};
use crate::provenance::without_notices;

/// The largest width in columns of a headline.
const TITLE_WIDTH: usize = 300;
/// The largest width in columns of the beginning of a text, which is shown if there is no headline.
const OPENING_WIDTH: usize = 90;
/// The largest length in bytes of an address that is linked: browsers accept no more in all places.
const MOST_ADDRESS_BYTES: usize = 2000;

/// Returns the headline of an article; without one, the beginning of its text, else its key.
pub(super) fn headline(corpus: &Corpus, id: ArticleId) -> String {
    let text = corpus.text(id).map(without_notices);
    headline_or(corpus, id, text.as_deref())
}

/// Returns the headline of an article; without one, the beginning of another text, else its key.
pub(super) fn headline_or(corpus: &Corpus, id: ArticleId, text: Option<&str>) -> String {
    let header = corpus.header(id);
    let title = header.title.map(|title| opening(title, TITLE_WIDTH));
    let text = || text.map(|text| opening(text, OPENING_WIDTH));
    let is_filled = |text: &String| !text.is_empty();
    title.filter(is_filled).or_else(|| text().filter(is_filled)).unwrap_or_else(|| header.key.to_owned())
}

/// Returns the address of an article if it is one of the web; without one, its key if that is. Other schemes, such as
/// `javascript:`, could act on the page, so they are never linked.
pub(super) fn address<'a>(header: &Header<'a>) -> Option<&'a str> {
    header.url.into_iter().chain([header.key]).find(|address| is_web_address(address))
}

/// Returns whether a text is an address of the web: it begins with `http://` or `https://` and a host, and has no
/// white space and no control characters.
fn is_web_address(text: &str) -> bool {
    let begins_with = |scheme: &str| {
        text.get(..scheme.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(scheme))
            && text[scheme.len()..].starts_with(char::is_alphanumeric)
    };
    let is_shown = |c: char| !c.is_whitespace() && visible_char(c) == Some(c);
    text.len() <= MOST_ADDRESS_BYTES
        && (begins_with("http://") || begins_with("https://"))
        && text.chars().all(is_shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_addresses_of_the_web_only() {
        for address in
            ["https://e.example/a?b=c&d#e", "http://e.example", "HTTPS://e.example/ä", "http://1.2.3.4/"]
        {
            assert!(is_web_address(address), "{address}");
        }
        let long = format!("https://e.example/{}", "a".repeat(3000));
        for other in [
            "javascript:go()",
            " https://e.example",
            "https://e.example/a b",
            "https://e.example/\u{202e}cod",
            "https:///etc/passwd",
            "http:e.example",
            "data:text/html,<script>go()</script>",
            "file:///etc/passwd",
            "ftp://e.example",
            "java\nscript:go()//https://e.example",
            "e.example",
            "ht",
            "",
            &long,
        ] {
            assert!(!is_web_address(other), "{other}");
        }
    }
}
