//! Extracts the article of a page.

use super::flatten::flatten;
use super::plain_text::plain_text;
use super::published::published_time;
use super::tokens::{Token, Tokens};
use crate::error::PageProblem;
use crate::read::options::HtmlText;
use crate::read::silent_panic::catch_panic;
use crate::site::page_address;

/// The largest page that is extracted, in bytes. Crawlers of the whole web cut pages off at 1 MiB (before 2025) or 5 MiB
/// (Common Crawl), and the time that the extraction of a hostile page takes grows with its size.
pub(in crate::read) const LARGEST_PAGE: usize = 8 << 20;

/// The article of a page, with what the page says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::read) struct PageArticle {
    pub(in crate::read) text: String,
    /// The text that the page prints besides, if it was asked for.
    pub(in crate::read) other_text: String,
    pub(in crate::read) title: Option<String>,
    /// The address that the page names as its own.
    pub(in crate::read) canonical: Option<String>,
    pub(in crate::read) published: Option<String>,
    pub(in crate::read) site_name: Option<String>,
}

/// Extracts the article of a page.
///
/// # Errors
/// The problem with a page that is too large, or that the extraction cannot be used on.
pub(in crate::read) fn extract(html: &str, what: HtmlText) -> Result<PageArticle, PageProblem> {
    if html.len() > LARGEST_PAGE {
        return Err(PageProblem::TooLarge { limit: LARGEST_PAGE });
    }
    let canonical = canonical_address(html);
    let flat = if what == HtmlText::Page { None } else { flatten(html) };
    let Some(flat) = flat else {
        let title = title(html);
        return Ok(PageArticle { text: plain_text(html), title, canonical, ..PageArticle::default() });
    };
    let options = trafilatura::Options::default().with_exclude_comments(true);
    let extracted = catch_panic(|| trafilatura::extract(&flat, &options));
    match extracted {
        Err(()) => Err(PageProblem::NotExtracted),
        // A page without an article, such as a front page or a picture gallery, has no text.
        Ok(Err(_)) => Ok(PageArticle { title: title(html), canonical, ..PageArticle::default() }),
        Ok(Ok(extracted)) => {
            let metadata = extracted.metadata;
            Ok(PageArticle {
                text: plain_text(&extracted.content_html),
                title: headline(filled(metadata.title), title(html)),
                canonical,
                published: metadata.date.map(|day| published_time(html, &day.to_string())),
                site_name: filled(metadata.sitename),
                ..PageArticle::default()
            })
        }
    }
}

fn filled(field: String) -> Option<String> {
    (!field.trim().is_empty()).then_some(field)
}

/// Returns the headline of a page: what was extracted, or else the content of the element `title`, which names the site, too.
/// If they have no word in common, the extracted one is a heading that is on all pages, such as the name of the site.
fn headline(extracted: Option<String>, title: Option<String>) -> Option<String> {
    let (Some(extracted), Some(title)) = (&extracted, &title) else { return extracted.or(title) };
    let words = |text: &str| -> Vec<String> {
        let lower = text.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_owned).collect()
    };
    let in_title = words(title);
    // Words of scripts without spaces are parts of longer runs.
    let is_in_title = |word: &String| in_title.iter().any(|other| other.contains(word.as_str()));
    let is_of_page = in_title.is_empty() || words(extracted).iter().any(is_in_title);
    Some(if is_of_page { extracted.clone() } else { title.clone() })
}

/// Returns the content of the element `title`.
fn title(html: &str) -> Option<String> {
    let mut tokens = Tokens::new(html);
    tokens.find(|token| matches!(token, Token::Start(tag) if tag.is("title")))?;
    match tokens.next()? {
        Token::Text(title) => filled(plain_text(title)),
        _ => None,
    }
}

/// Returns the address that a page names as that under which it should be known. One without a path is not taken: some
/// sites name their front page on every page.
fn canonical_address(html: &str) -> Option<String> {
    let link = Tokens::new(html).find_map(|token| match token {
        Token::Start(tag) if tag.is("link") => {
            let is_canonical = tag.attribute("rel")?.trim().eq_ignore_ascii_case("canonical");
            is_canonical.then(|| tag.attribute("href")).flatten()
        }
        _ => None,
    })?;
    let address = htmlize::unescape_attribute(link.trim()).into_owned();
    let is_whole = address.starts_with("http://") || address.starts_with("https://");
    (is_whole && page_address(&address).is_some()).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!DOCTYPE html><html lang="en"><head><title>Ferry stays in harbor | Harbor News</title>
<link rel="canonical" href="https://harbor.example/ferry?a=1&amp;b=2">
<meta property="og:title" content="Ferry stays in harbor"><meta property="og:site_name" content="Harbor News">
<meta property="article:published_time" content="2021-01-05T07:30:00+01:00"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Ferry stays in harbor</h1>
<p>The ferry to Lund stayed in harbor on Monday after its second engine failed in the storm, and four hundred passengers slept in the gymnasium of the school.</p>
<p>The company said that a replacement would arrive on Wednesday at the earliest &amp; that tickets remain valid until the end of the month.</p>
</article><footer>Imprint</footer></body></html>"#;

    #[test]
    fn finds_headlines() {
        let cases = [
            (Some("Ferry stays"), Some("Ferry stays in harbor | Harbor News"), Some("Ferry stays")),
            (Some("The ferry that stayed"), Some("Ferry stays - Harbor News"), Some("The ferry that stayed")),
            (Some("Photo pages"), Some("Fog over the harbor"), Some("Fog over the harbor")),
            (
                Some("\u{6e21}\u{8f6e}\u{505c}\u{8fd0}"),
                Some("\u{5927}\u{96e8}\u{6e21}\u{8f6e}\u{505c}\u{8fd0}_\u{65b0}\u{95fb}"),
                Some("\u{6e21}\u{8f6e}\u{505c}\u{8fd0}"),
            ),
            (Some("Ferry stays"), Some(" - "), Some("Ferry stays")),
            (Some("Ferry stays"), None, Some("Ferry stays")),
            (None, Some("Ferry stays"), Some("Ferry stays")),
            (None, None, None),
        ];
        for (extracted, title, expected) in cases {
            let own = |text: Option<&str>| text.map(str::to_owned);
            assert_eq!(headline(own(extracted), own(title)).as_deref(), expected, "{extracted:?} {title:?}");
        }
    }

    #[test]
    fn extracts_articles() {
        let article = extract(PAGE, HtmlText::Article).unwrap();
        assert!(article.text.contains("school.\nThe company said"), "paragraphs are lines: {}", article.text);
        assert!(article.text.contains("earliest & that"), "{}", article.text);
        assert!(!article.text.contains("Sport") && !article.text.contains("Imprint"), "{}", article.text);
        assert_eq!(article.title.as_deref(), Some("Ferry stays in harbor"));
        assert_eq!(article.canonical.as_deref(), Some("https://harbor.example/ferry?a=1&b=2"));
        assert_eq!(article.published.as_deref(), Some("2021-01-05T07:30:00+01:00"));
        assert_eq!(article.site_name.as_deref(), Some("Harbor News"));
        let page = extract(PAGE, HtmlText::Page).unwrap();
        assert!(page.text.contains("Sport") && page.text.contains("Imprint"), "{}", page.text);
        assert_eq!(page.title.as_deref(), Some("Ferry stays in harbor | Harbor News"));
    }

    #[test]
    fn survives_hostile_pages() {
        let deep = "<div>".repeat(100_000);
        let bold: String =
            (0..3000).map(|n| format!("<b class={n}>")).collect::<String>() + &"<p>x".repeat(300);
        let cases = [
            ("nothing", String::new()),
            ("deep", deep),
            ("formatting that is opened again", bold),
            ("open quotes", "<p title=\"".repeat(1000)),
            ("only ends", "</p></div>".repeat(1000)),
            ("zero bytes", "\0<p>\0".repeat(100)),
            ("tables", "<table><tr><td>".repeat(1000)),
            ("comments", "<!--<p>".repeat(1000)),
            ("many tags", "<p>a".repeat(100_000)),
        ];
        for (name, html) in cases {
            for what in [HtmlText::Article, HtmlText::Page] {
                assert!(extract(&html, what).is_ok(), "{name}");
            }
        }
        let large = " ".repeat(LARGEST_PAGE + 1);
        assert_eq!(extract(&large, HtmlText::Article), Err(PageProblem::TooLarge { limit: LARGEST_PAGE }));
    }

    #[test]
    fn takes_only_addresses_of_pages() {
        let cases = [
            ("<link rel=canonical href=https://a.example/b>", Some("https://a.example/b")),
            ("<link href='https://a.example/b' REL=\"Canonical\"/>", Some("https://a.example/b")),
            ("<link rel=canonical href=https://a.example/>", None),
            ("<link rel=canonical href=/b>", None),
            ("<link rel=amphtml href=https://a.example/amp/b>", None),
            ("<p>", None),
        ];
        for (html, expected) in cases {
            assert_eq!(canonical_address(html).as_deref(), expected, "{html}");
        }
    }
}
