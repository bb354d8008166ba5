//! Collects what a page prints besides its article: where the extraction was wrong, that is what the page says.
//!
//! Left out are menus, footers, forms, comments and lists of other articles: what leads elsewhere, and what elements or
//! their names declare to be such a part of the page. An element that contains a line of the article is none of them,
//! whatever its name.

use std::collections::HashSet;

use super::plain_text::TextBuilder;
use super::seen_tokens::SeenTokens;
use super::tokens::{Tag, Token};
use crate::read::block_elements::BLOCK_ELEMENTS;

/// The elements that are no part of what a page says.
const PARTS: &[&str] = &["nav", "footer", "aside", "form", "button", "select", "dialog"];
/// The words with which names of such parts begin or end, in classes, ids and roles: most of those by which Readability
/// recognizes them (`unlikelyCandidates` and `UNLIKELY_ROLES`; Mozilla, 2024), and notices of today.
const NAMES: &[&str] = &[
    "ad",
    "ads",
    "advertisement",
    "alert",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "comment",
    "comments",
    "complementary",
    "consent",
    "cookie",
    "cookies",
    "disqus",
    "footer",
    "gdpr",
    "menu",
    "menubar",
    "navigation",
    "newsletter",
    "pager",
    "pagination",
    "popup",
    "promo",
    "related",
    "replies",
    "rss",
    "share",
    "sharing",
    "shoutbox",
    "sidebar",
    "skyscraper",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "teaser",
    "teasers",
    "widget",
];
/// The attributes with names of parts.
const NAMING: [&str; 3] = ["class", "id", "role"];
/// Elements that contain the whole page, whose names say what else is on it.
const WHOLE: &[&str] = &["html", "body"];
/// The most parts inside each other. Pages have a few.
const MOST_PARTS: usize = 64;

/// Returns what a page prints besides its article: the lines that are not in `article`.
pub(in crate::read) fn other_text(html: &str, article: &str) -> String {
    let mut collector = Collector::new(article);
    for token in SeenTokens::new(html) {
        match token {
            Token::Text(text) => collector.text(text),
            Token::Start(tag) => collector.start(tag),
            Token::End(tag) => collector.end(tag),
            Token::Other(_) => {}
        }
    }
    collector.finish()
}

/// An open element that is no part of what the page says, unless the article is in it.
struct Part<'h> {
    tag: Tag<'h>,
    /// The number of open elements with its name since it began, itself included.
    depth: usize,
    /// The numbers of lines, and of lines of the article, before it.
    lines: usize,
    of_article: usize,
}

/// Collects the lines of a page.
struct Collector<'h, 'a> {
    article: HashSet<&'a str>,
    lines: Vec<String>,
    /// The number of lines of the article so far.
    of_article: usize,
    line: TextBuilder,
    /// The number of bytes of the line that are links.
    linked: usize,
    is_link: bool,
    parts: Vec<Part<'h>>,
}

impl<'h, 'a> Collector<'h, 'a> {
    fn new(article: &'a str) -> Self {
        Self {
            article: article.lines().collect(),
            lines: Vec::new(),
            of_article: 0,
            line: TextBuilder::default(),
            linked: 0,
            is_link: false,
            parts: Vec::new(),
        }
    }

    fn text(&mut self, text: &str) {
        let before = self.line.len();
        self.line.push(text, false);
        if self.is_link {
            self.linked += self.line.len() - before;
        }
    }

    fn start(&mut self, tag: Tag<'h>) {
        if tag.is("br") {
            self.line.push(" ", false);
        } else if tag.is_one_of(BLOCK_ELEMENTS) {
            self.end_line();
        }
        if tag.is_closed {
            return;
        }
        self.is_link |= tag.is("a");
        if let Some(part) = self.parts.iter_mut().rev().find(|part| part.tag.has_name_of(&tag)) {
            part.depth += 1;
        }
        if self.parts.len() < MOST_PARTS && is_part(tag) {
            self.end_line();
            let (lines, of_article) = (self.lines.len(), self.of_article);
            self.parts.push(Part { tag, depth: 1, lines, of_article });
        }
    }

    fn end(&mut self, tag: Tag<'h>) {
        if tag.is_one_of(BLOCK_ELEMENTS) && !tag.is("br") {
            self.end_line();
        }
        if tag.is("a") {
            self.is_link = false;
        }
        let Some(at) = self.parts.iter().rposition(|part| part.tag.has_name_of(&tag)) else { return };
        self.parts[at].depth -= 1;
        if self.parts[at].depth == 0 {
            self.end_line();
            while self.parts.len() > at {
                self.end_part();
            }
        }
    }

    /// Drops the lines of the last part, if none is of the article.
    fn end_part(&mut self) {
        if let Some(part) = self.parts.pop()
            && part.of_article == self.of_article
        {
            self.lines.truncate(part.lines);
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line).finish();
        let linked = std::mem::take(&mut self.linked);
        if self.article.contains(line.as_str()) {
            self.of_article += 1;
        } else if !line.is_empty() && linked * 2 <= line.len() {
            // A line that is mostly links leads to other pages.
            self.lines.push(line);
        }
    }

    fn finish(mut self) -> String {
        self.end_line();
        while !self.parts.is_empty() {
            self.end_part();
        }
        self.lines.join("\n")
    }
}

/// Returns whether an element is no part of what the page says.
fn is_part(tag: Tag<'_>) -> bool {
    if tag.is_one_of(WHOLE) {
        return false;
    }
    let names = || NAMING.iter().filter_map(|name| tag.attribute(name)).flat_map(str::split_ascii_whitespace);
    tag.is_one_of(PARTS) || tag.has_attributes() && names().any(is_name_of_part)
}

/// Returns whether the first or the last word of a name is that of a part.
fn is_name_of_part(name: &str) -> bool {
    let words = || name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let is_one = |word: &str| NAMES.iter().any(|name| word.eq_ignore_ascii_case(name));
    words().next().is_some_and(is_one) || words().next_back().is_some_and(is_one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn collects_what_is_besides_the_article() {
        let article = "The ferry stayed in harbor.\nTickets remain valid.";
        let body = "<p>The ferry stayed in harbor.</p><p>Tickets remain valid.</p>";
        let cases = [
            ("nothing", body.to_owned(), ""),
            ("a caption", format!("{body}<figcaption>The ferry at noon.</figcaption>"), "The ferry at noon."),
            ("lines of one block", format!("{body}<div>The ferry<br>at noon.</div>"), "The ferry at noon."),
            (
                "a link in a sentence",
                format!("{body}<p>More of this <a href=x>here</a>."),
                "More of this here.",
            ),
            ("a list of links", format!("{body}<ul><li><a href=x>Trams stopped</a> 3</ul>"), ""),
            ("a menu", format!("<nav><p>All about us.</nav>{body}"), ""),
            ("a named footer", format!("{body}<div class='x site-footer'><div>A</div><p>B</div><p>C"), "C"),
            ("a name of something else", format!("{body}<p class=adventure>A</p>"), "A"),
            ("a name on the article", format!("<div class=sidebar><p>A</p>{body}</div>"), "A"),
            ("a part in a part", format!("<div id=menu><div class=share>A</div>{body}<p>B</div>"), "B"),
            ("an open part", format!("{body}<p>A<div class=comments><p>B"), "A"),
            ("a name of the page", format!("<body class=sidebar>{body}<p>A"), "A"),
            ("no article", "<p>A".to_owned(), "A"),
            ("a script", format!("{body}<script>a</script><svg><svg></svg>b</svg><iframe/>"), ""),
        ];
        for (name, html, expected) in cases {
            let article = if name == "no article" { "" } else { article };
            assert_eq!(other_text(&html, article), expected, "{name}");
        }
        let deep = format!("{}a{}", "<div class=menu>".repeat(10_000), "</div>".repeat(10_000));
        assert_eq!(other_text(&deep, ""), "");
    }
}
