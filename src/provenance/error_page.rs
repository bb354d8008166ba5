//! Recognizes error pages and block pages, which servers return instead of an article.
//!
//! Cost: a search for each of 66 phrases in the first 200 characters of a short text; nothing for longer texts.

use std::sync::LazyLock;

use memchr::memmem::Finder;

/// The longest error page, in characters. A longer text with such a phrase is an article.
const MAX_CHARS: usize = 600;
/// The number of characters at the beginning of an error page that contain the phrase.
const OPENING_CHARS: usize = 200;
/// The most bytes of a character.
const MAX_BYTES_PER_CHAR: usize = 4;

/// Phrases of servers, and of the programs in front of them, that do not return an article, in lower case. Each
/// phrase addresses the reader, so that a short report about such pages does not contain it.
const PHRASES: [&str; 66] = [
    "are you a robot",
    "you are not a robot",
    "you're not a robot",
    "verify you are human",
    "verify you are a human",
    "verify that you are human",
    "verifying you are human",
    "confirm you are human",
    "complete the captcha",
    "enable javascript",
    "enable cookies",
    "javascript is disabled",
    "javascript is required",
    "requires javascript",
    "checking your browser",
    "your browser is not supported",
    "unusual traffic from your",
    "access denied",
    "access to this page has been denied",
    "you don't have permission to access",
    "you have been blocked",
    "request has been blocked",
    "request could not be satisfied",
    "403 forbidden",
    "404 not found",
    "error 404",
    "404 error",
    "page not found",
    "page cannot be found",
    "page can't be found",
    "page could not be found",
    "page you requested",
    "page you are looking for",
    "page you're looking for",
    "page has moved",
    "page is no longer available",
    "no record found",
    "no records found",
    "no results found",
    "will be automatically redirected",
    "you are being redirected",
    "too many requests",
    "internal server error",
    "502 bad gateway",
    "503 service unavailable",
    "504 gateway time",
    "service temporarily unavailable",
    "not available in your region",
    "not available in your country",
    "unavailable for legal reasons",
    "session has expired",
    "страница не найдена",
    "доступ запрещен",
    "доступ запрещён",
    "включите javascript",
    "seite nicht gefunden",
    "zugriff verweigert",
    "page introuvable",
    "accès refusé",
    "página no encontrada",
    "acceso denegado",
    "página não encontrada",
    "pagina non trovata",
    "页面不存在",
    "ページが見つかりません",
    "페이지를 찾을 수 없습니다",
];

static FINDERS: LazyLock<Vec<Finder<'static>>> = LazyLock::new(|| PHRASES.iter().map(Finder::new).collect());

/// Returns whether a text is an error page: whether it is short, and has near its beginning one of the phrases that
/// servers use if an article is not found, forbidden, blocked, redirected, or shown only to readers with scripts.
///
/// ```
/// use wirecopy::provenance::is_error_page;
/// assert!(is_error_page("Access Denied\nYou don't have permission to access this page. Reference #18.2f4"));
/// assert!(!is_error_page("The ferry to Lund island stopped on Monday."));
/// ```
pub fn is_error_page(text: &str) -> bool {
    let text = text.trim();
    // Most articles are so long that their characters need not be counted.
    if text.len() > MAX_BYTES_PER_CHAR * MAX_CHARS || text.chars().count() > MAX_CHARS {
        return false;
    }
    let opening = normalized_opening(text);
    let opening = opening.as_bytes();
    let has_letters = opening.iter().any(u8::is_ascii_alphabetic);
    // Each phrase in ASCII has letters.
    let is_possible = |phrase: &&Finder<'_>| has_letters || !phrase.needle().is_ascii();
    FINDERS.iter().filter(is_possible).any(|phrase| phrase.find(opening).is_some())
}

/// Returns the beginning of a text in lower case, with straight apostrophes and single spaces, as phrases have.
fn normalized_opening(text: &str) -> String {
    let opening: String = text.chars().take(OPENING_CHARS).collect();
    let opening = opening.to_lowercase().replace('’', "'");
    let words: Vec<&str> = opening.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognizes_error_pages() {
        let report =
            "The council will ask visitors of its website to prove that they are no robots, it said.";
        let cases = [
            ("blocked", "Please verify you are human by completing the action below.", true),
            ("curly quotes", "You don’t have permission to access /news on this server.", true),
            ("wrapped", "The page\n  you requested is gone.", true),
            ("another language", "404\nСтраница не найдена", true),
            ("a report about it", report, false),
            ("a long text", &format!("Page not found. {}", report.repeat(10)), false),
            ("a phrase after the beginning", &format!("{}{report} Page not found.", report.repeat(3)), false),
            ("empty", "", false),
        ];
        for (name, text, expected) in cases {
            assert_eq!(is_error_page(text), expected, "{name}");
        }
    }
}
