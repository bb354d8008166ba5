//! A text in, whether it is an error page or a block page instead of an article out.

use std::sync::LazyLock;

use memchr::memmem::Finder;

/// The longest error page, in characters; what is longer and says such things has something else to say.
const LONGEST: usize = 600;
/// Characters at the beginning in which an error page says what it is.
const OPENING: usize = 200;

/// What servers and the programs before them say when they do not give the article. Each is said to a reader, not
/// about something, so that a short report on such pages is none itself.
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

/// Tells whether a text is short and begins by saying, in one of the forms that servers use, that the article is not
/// given: not found, forbidden, blocked, redirected, or for readers with scripts only.
///
/// ```
/// use wirecopy::provenance::is_error_page;
/// assert!(is_error_page("Access Denied\nYou don't have permission to access this page. Reference #18.2f4"));
/// assert!(!is_error_page("The ferry to Lund island stopped on Monday."));
/// ```
pub fn is_error_page(text: &str) -> bool {
    let text = text.trim();
    // No character takes more than four bytes.
    if text.len() > 4 * LONGEST || text.chars().count() > LONGEST {
        return false;
    }
    let opening: String = text.chars().take(OPENING).collect();
    let opening = opening.to_lowercase().replace('’', "'");
    let opening: Vec<&str> = opening.split_whitespace().collect();
    let opening = opening.join(" ");
    let opening = opening.as_bytes();
    let has_letters = opening.iter().any(u8::is_ascii_alphabetic);
    let is_likely = |phrase: &&Finder<'_>| has_letters || !phrase.needle().is_ascii();
    FINDERS.iter().filter(is_likely).any(|phrase| phrase.find(opening).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_error_pages() {
        let report =
            "The council will ask visitors of its website to prove that they are no robots, it said.";
        let cases = [
            ("blocked", "Please verify you are human by completing the action below.", true),
            ("curly quotes", "You don’t have permission to access /news on this server.", true),
            ("wrapped", "The page\n  you requested is gone.", true),
            ("another language", "404\nСтраница не найдена", true),
            ("a report about it", report, false),
            ("a long text", &format!("Page not found. {}", report.repeat(10)), false),
            ("said late", &format!("{}{report} Page not found.", report.repeat(3)), false),
            ("empty", "", false),
        ];
        for (name, text, expected) in cases {
            assert_eq!(is_error_page(text), expected, "{name}");
        }
    }
}
