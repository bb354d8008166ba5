//! Makes an article of a record of a web archive.

use super::head::WarcHead;
use super::record_class::{Block, RecordClass, class_of};
use crate::article::{Article, Location};
use crate::error::{Problem, WarcProblem};
use crate::read::page::decode::charset_of;
use crate::read::page::extract::PageArticle;
use crate::read::parse::page::{PageParser, article_of_page};

/// Parses the record that begins at `location`.
///
/// Its key is the id of the record, its URL the address of the page. The date is that on the page; without one, it is that of
/// the visit, before which the page was published.
///
/// # Errors
/// The problem with the page.
pub(in crate::read) fn article<'r>(
    record: &'r [u8],
    parser: &PageParser,
    location: &Location,
) -> Result<Article<'r>, Problem> {
    let head = WarcHead::new(record, 0).ok_or(Problem::Warc(WarcProblem::NoLength))?;
    let block = &record[head.length.min(record.len())..];
    let RecordClass::Article(class) = class_of(&head, block, parser.html) else {
        return Err(Problem::Warc(WarcProblem::NotARecord));
    };
    let target = head.target();
    let content_of = |content: &[u8], content_type: Option<&str>, is_html: bool| {
        let charset = content_type.and_then(charset_of);
        if is_html {
            return parser.page(content, charset, target.as_deref());
        }
        let text = parser.decode(content, charset, target.as_deref()).into_owned();
        Ok(PageArticle { text, ..PageArticle::default() })
    };
    let page = match class {
        Block::Text => content_of(block, None, false),
        Block::Response { http, is_html } => {
            let content = http.content(&block[http.length..]).map_err(Problem::Page)?;
            content_of(&content, http.content_type.as_deref(), is_html)
        }
        Block::Page { content_type, is_html } => content_of(block, content_type.as_deref(), is_html),
    }
    .map_err(Problem::Page)?;
    let key = head.id().unwrap_or_else(|| location.to_string());
    let seen = head.field("WARC-Date").filter(|date| date != "null");
    let article = article_of_page(page, key, target, location);
    Ok(Article { published: article.published.or(seen), ..article })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::options::ReadOptions;

    fn described(record: &str) -> String {
        let parser = PageParser::new(&ReadOptions::default(), &Default::default());
        let location = Location { file: "a.warc.gz".into(), line: 512 };
        match article(record.as_bytes(), &parser, &location) {
            Ok(a) => format!(
                "{}|{}|{}|{}|{}|{}",
                a.key,
                a.text,
                a.url.as_deref().unwrap_or("-"),
                a.site.as_deref().unwrap_or("-"),
                a.published.as_deref().unwrap_or("-"),
                a.title.as_deref().unwrap_or("-")
            ),
            Err(problem) => problem.to_string(),
        }
    }

    #[test]
    fn makes_articles_of_records() {
        let story = "The ferry to Lund stayed in harbor on Monday after its second engine failed in the storm, and four hundred passengers slept in the gymnasium of the school.";
        let head = |fields: &str| format!("WARC/1.0\r\nWARC-Type: response\r\n{fields}\r\n");
        let fields = "WARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: https://www.harbor.example/a\r\nWARC-Date: 2021-01-06T00:00:00Z\r\nContent-Type: application/http\r\n";
        let page = |meta: &str| {
            format!(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><head>{meta}<title>Ferry</title></head><body><p>{story}</p></body></html>"
            )
        };
        let dated = "<meta property=article:published_time content=2021-01-05T07:30:00Z>";
        let amp = "<link rel=canonical href=https://harbor.example/b>";
        let other = "<link rel=canonical href=https://other.example/b>";
        let cases = [
            (
                "a page",
                head(fields) + &page(dated),
                format!(
                    "urn:uuid:1|{story}|https://www.harbor.example/a|harbor.example|2021-01-05T07:30:00Z|Ferry"
                ),
            ),
            (
                "a page without date",
                head(fields) + &page(""),
                format!(
                    "urn:uuid:1|{story}|https://www.harbor.example/a|harbor.example|2021-01-06T00:00:00Z|Ferry"
                ),
            ),
            (
                "a page with another address",
                head(fields) + &page(amp),
                format!(
                    "urn:uuid:1|{story}|https://harbor.example/b|harbor.example|2021-01-06T00:00:00Z|Ferry"
                ),
            ),
            (
                "a page that names another site",
                head(fields) + &page(other),
                format!(
                    "urn:uuid:1|{story}|https://www.harbor.example/a|harbor.example|2021-01-06T00:00:00Z|Ferry"
                ),
            ),
            (
                "no fields",
                head("Content-Type: text/plain\r\n") + "Rain.",
                "a.warc.gz:512|Rain.|-|-|-|-".to_owned(),
            ),
            (
                "WET",
                head("WARC-Date: null\r\n").replace("response", "conversion") + "Rain.",
                "a.warc.gz:512|Rain.|-|-|-|-".to_owned(),
            ),
        ];
        for (name, record, expected) in cases {
            assert_eq!(described(&record), expected, "{name}");
        }
    }
}
