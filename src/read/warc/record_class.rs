//! Decides which records of web archives are articles.

use super::head::WarcHead;
use super::http::HttpHead;
use crate::read::file_kind::is_html;
use crate::read::left_out::LeftOut;
use crate::read::options::HtmlText;

/// The class of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RecordClass {
    Article(Block),
    LeftOut(LeftOut),
}

/// The block of a record that is an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// The text of a page in UTF-8, which another program has extracted (WET).
    Text,
    /// A response of a server, after its header.
    Response { http: HttpHead, is_html: bool },
    /// A page without the header of a server.
    Page { content_type: Option<String>, is_html: bool },
}

/// Returns whether the header of the block decides what a record is, so that its end must be read first.
pub(super) fn needs_http_head(head: &WarcHead<'_>) -> bool {
    is_http(head) && matches!(head.record_type().as_deref(), Some("response" | "resource"))
}

fn is_http(head: &WarcHead<'_>) -> bool {
    head.field("Content-Type").is_some_and(|value| value.to_ascii_lowercase().starts_with("application/http"))
}

/// Returns what a record is. `block` is the beginning of its block, with the header of HTTP if there is one.
pub(super) fn class_of(head: &WarcHead<'_>, block: &[u8], html: HtmlText) -> RecordClass {
    match head.record_type().as_deref() {
        Some("conversion") => {
            let is_text = head.field("Content-Type").is_none_or(|value| value.starts_with("text/plain"));
            return if is_text {
                RecordClass::Article(Block::Text)
            } else {
                RecordClass::LeftOut(LeftOut::MediaType)
            };
        }
        Some("response" | "resource") => {}
        Some("revisit") => return RecordClass::LeftOut(LeftOut::Revisit),
        _ => return RecordClass::LeftOut(LeftOut::About),
    }
    let http = is_http(head).then(|| HttpHead::new(block).unwrap_or_default());
    if http.as_ref().is_some_and(|http| http.status != Some(200)) {
        return RecordClass::LeftOut(LeftOut::Status);
    }
    if head.target().is_some_and(|target| is_robots(&target)) {
        return RecordClass::LeftOut(LeftOut::Robots);
    }
    let content_type = match &http {
        Some(http) => http.content_type.clone(),
        None => head.field("Content-Type").map(|value| value.to_ascii_lowercase()),
    };
    let body = http.as_ref().map_or(block, |http| &block[http.length..]);
    let media_type = content_type.as_deref().map(|value| value.split(';').next().unwrap_or_default().trim());
    let is_html = match media_type {
        Some("text/html" | "application/xhtml+xml") => true,
        Some("text/plain") => false,
        None | Some("") if is_html(body) => true,
        _ => return RecordClass::LeftOut(LeftOut::MediaType),
    };
    if is_html && html == HtmlText::Off {
        return RecordClass::LeftOut(LeftOut::Page);
    }
    RecordClass::Article(match http {
        Some(http) => Block::Response { http, is_html },
        None => Block::Page { content_type, is_html },
    })
}

/// Returns whether an address is that of a file for robots.
fn is_robots(target: &str) -> bool {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    path.ends_with("/robots.txt") || target.starts_with("dns:")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classifies_records() {
        let http = "Content-Type: application/http; msgtype=response";
        let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>a";
        let cases = [
            ("a page", "response", http, page, "html"),
            ("a resource", "resource", http, page, "html"),
            (
                "xhtml",
                "response",
                http,
                "HTTP/1.1 200 OK\r\nContent-Type: application/xhtml+xml\r\n\r\n",
                "html",
            ),
            ("text", "response", http, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\na", "text"),
            ("no media type", "response", http, "HTTP/1.1 200 OK\r\n\r\n<!doctype html>", "html"),
            ("no media type and no page", "response", http, "HTTP/1.1 200 OK\r\n\r\n{}", "media-type"),
            (
                "an image",
                "response",
                http,
                "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n",
                "media-type",
            ),
            (
                "not found",
                "response",
                http,
                "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n",
                "status",
            ),
            ("no response", "response", http, "oops", "status"),
            ("a page without header", "response", "Content-Type: text/html", "<p>a", "html"),
            ("a text without header", "resource", "Content-Type: text/plain;charset=utf-8", "a", "text"),
            ("WET", "conversion", "Content-Type: text/plain", "a", "conversion"),
            ("a picture of a page", "conversion", "Content-Type: image/png", "a", "media-type"),
            ("a revisit", "revisit", http, page, "revisit"),
            ("a request", "request", http, "GET / HTTP/1.1\r\n\r\n", "about"),
            ("metadata", "metadata", "Content-Type: application/warc-fields", "a: b", "about"),
            (
                "robots",
                "response",
                &format!("WARC-Target-URI: https://a.example/robots.txt?x\r\n{http}"),
                page,
                "robots",
            ),
        ];
        for (name, record_type, fields, block, expected) in cases {
            let head = format!("WARC/1.0\r\nWARC-Type: {record_type}\r\n{fields}\r\n\r\n");
            let head = WarcHead::new(head.as_bytes(), 0).unwrap();
            let found = match class_of(&head, block.as_bytes(), HtmlText::Article) {
                RecordClass::LeftOut(reason) => reason.name(),
                RecordClass::Article(Block::Text) => "conversion",
                RecordClass::Article(
                    Block::Response { is_html: true, .. } | Block::Page { is_html: true, .. },
                ) => "html",
                RecordClass::Article(_) => "text",
            };
            assert_eq!(found, expected, "{name}");
            assert_eq!(
                needs_http_head(&head),
                fields.contains("application/http")
                    && (record_type == "response" || record_type == "resource"),
                "{name}"
            );
        }
        let head = WarcHead::new(b"WARC/1.0\nWARC-Type: response\nContent-Type: text/html\n\n", 0).unwrap();
        assert_eq!(class_of(&head, b"", HtmlText::Off), RecordClass::LeftOut(LeftOut::Page));
    }
}
