//! Removes tags that are nested deeper than in any page that people read, before a tree is built.
//!
//! Builders of HTML trees take quadratic time for deeply nested tags, and some users of trees need stack for each level.
//! A page of ten thousand open `<b>`, which every further `<p>` opens again, would fill the memory.

use std::borrow::Cow;

use super::tokens::{Tag, Token, Tokens};

/// The deepest nesting of elements. Browsers stop at 512 (Blink, `kMaximumHTMLParserDOMTreeDepth`), and the extraction
/// library looks at 500 levels, of which some are not written as tags.
const DEEPEST: usize = 400;
/// The most nested elements that change letters only. Unlike other elements, they are opened again in each paragraph after
/// that which they begin in, so that the tree grows by their product. Their text does not depend on them.
const MOST_FORMATTING: usize = 8;
/// The most nested tables. Layouts of old pages have up to ten, and the extraction takes time for each cell and each table
/// around it.
const MOST_TABLES: usize = 16;
/// The most tags and texts of a page that is extracted. Of 154 pages of web archives, the largest has 12,000, and the
/// extraction of hostile ones takes up to 0.1 ms for each. A page with more is a table or a list.
const MOST_TOKENS: usize = 100_000;
/// The most attributes of a tag. No element has so many, and the builder of trees compares each with all others.
const MOST_ATTRIBUTES: usize = 1024;
/// The number of bytes up to which a tag has fewer attributes.
const SHORT_TAG: usize = 2 * MOST_ATTRIBUTES;
/// Elements that change letters only.
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Elements without content.
const VOID: &[&str] = &[
    "area", "base", "basefont", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param",
    "source", "track", "wbr",
];
/// Elements that end where the next one of the same name begins, since their end tags may be left out.
const IMPLIED_END: &[&str] = &[
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup", "a",
];
const TABLE: &str = "table";
/// Elements in which other rules hold: no end is implied, and nothing is without content.
const FOREIGN: &[&str] = &["svg", "math"];

/// Returns a page without the tags that are nested too deeply, or have too many attributes. Their content stays. Returns
/// `None` if the page has too many tags.
pub(super) fn flatten(html: &str) -> Option<Cow<'_, str>> {
    let mut open = OpenTags::default();
    let mut kept = String::new();
    // The bytes that are not in `kept` yet, and the number of those that were seen.
    let (mut begin, mut at) = (0, 0);
    for (number, token) in Tokens::new(html).enumerate() {
        if number == MOST_TOKENS {
            return None;
        }
        let (length, is_kept) = match token {
            Token::Text(text) | Token::Other(text) => (text.len(), true),
            Token::Start(tag) => (tag.whole.len(), !has_many_attributes(tag) && open.start(tag)),
            Token::End(tag) => (tag.whole.len(), open.end(tag)),
        };
        if !is_kept {
            kept.push_str(&html[begin..at]);
            begin = at + length;
        }
        at += length;
    }
    if begin == 0 && kept.is_empty() {
        return Some(Cow::Borrowed(html));
    }
    kept.push_str(&html[begin..]);
    Some(Cow::Owned(kept))
}

/// Returns whether a tag has more attributes than any in use.
fn has_many_attributes(tag: Tag<'_>) -> bool {
    let is_space = |byte: &u8| byte.is_ascii_whitespace();
    tag.whole.len() > SHORT_TAG
        && tag.whole.as_bytes().split(is_space).filter(|part| !part.is_empty()).count() > MOST_ATTRIBUTES
}

/// The elements that are open.
#[derive(Default)]
struct OpenTags<'h> {
    tags: Vec<Tag<'h>>,
    formatting: usize,
    foreign: usize,
    tables: usize,
    /// The number of open elements whose tags were removed.
    removed: usize,
}

impl<'h> OpenTags<'h> {
    /// Opens an element. Returns whether its tag stays.
    fn start(&mut self, tag: Tag<'h>) -> bool {
        if self.foreign > 0 {
            if tag.is_closed {
                return true;
            }
        } else if tag.is_one_of(VOID) {
            return true;
        } else if tag.is_one_of(IMPLIED_END) {
            let ended = self.tags.iter().rev().take_while(|open| open.is_one_of(IMPLIED_END));
            if let Some(distance) = ended.into_iter().position(|open| open.has_name_of(&tag)) {
                self.close(distance + 1);
            }
        }
        let is_formatting = tag.is_one_of(FORMATTING);
        let is_table = tag.is(TABLE);
        if self.tags.len() >= DEEPEST
            || is_formatting && self.formatting >= MOST_FORMATTING
            || is_table && self.tables >= MOST_TABLES
        {
            self.removed += 1;
            return false;
        }
        self.formatting += usize::from(is_formatting);
        self.tables += usize::from(is_table);
        self.foreign += usize::from(tag.is_one_of(FOREIGN));
        self.tags.push(tag);
        true
    }

    /// Closes an element. Returns whether its tag stays.
    fn end(&mut self, tag: Tag<'h>) -> bool {
        if self.removed > 0 {
            // It probably closes an element that was removed: those are the innermost.
            self.removed -= 1;
            return false;
        }
        // An end tag without an open element closes nothing; one that is far from its element is none in practice.
        const FARTHEST: usize = 16;
        let near = self.tags.iter().rev().take(FARTHEST);
        if let Some(distance) = near.into_iter().position(|open| open.has_name_of(&tag)) {
            self.close(distance + 1);
        }
        true
    }

    /// Closes the last `count` elements.
    fn close(&mut self, count: usize) {
        for closed in self.tags.drain(self.tags.len() - count..) {
            self.formatting -= usize::from(closed.is_one_of(FORMATTING));
            self.foreign -= usize::from(closed.is_one_of(FOREIGN));
            self.tables -= usize::from(closed.is(TABLE));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_usual_pages() {
        let rows = "<tr><td>a<td>b".repeat(1000);
        let items = "<li>a<p>b".repeat(1000);
        let spans = "<span>a</span><br><img src=x>".repeat(1000);
        let deep = format!("{}a{}", "<div>".repeat(300), "</div>".repeat(300));
        for page in [&rows, &items, &spans, &deep, "", "</p></b>text"] {
            assert!(matches!(flatten(page), Some(Cow::Borrowed(_))), "{}", &page[..page.len().min(40)]);
        }
    }

    #[test]
    fn removes_deep_tags_and_keeps_their_text() {
        let levels = 40_000;
        let deep = format!("{}a{}b", "<div>".repeat(levels), "</div>".repeat(levels));
        let expected = format!("{}a{}b", "<div>".repeat(DEEPEST), "</div>".repeat(DEEPEST));
        assert_eq!(flatten(&deep).as_deref(), Some(expected.as_str()));
        let foreign = format!("<svg>{}", "<td>".repeat(levels));
        assert_eq!(flatten(&foreign).unwrap(), format!("<svg>{}", "<td>".repeat(DEEPEST - 1)));
        let bold: String = (0..levels).map(|n| format!("<b class={n}>")).collect();
        assert_eq!(flatten(&bold).unwrap().matches("<b ").count(), MOST_FORMATTING);
        let attributes: String = (0..levels).map(|n| format!("a{n}=b ")).collect();
        assert_eq!(flatten(&format!("<p {attributes}>a</p>")).unwrap(), "a</p>");
        assert_eq!(flatten(&"<p>".repeat(MOST_TOKENS + 1)), None);
    }
}
