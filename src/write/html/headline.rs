//! Writes the headline of an article as a link to the article, if its address is known.

use maud::{Markup, html};

use super::untrusted::{isolated, safe};
use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::write::headline::{address, headline};

/// Returns the headline of an article as a link to it. The page that is opened learns nothing about this one.
pub(super) fn linked_headline(corpus: &Corpus, id: ArticleId) -> Markup {
    let text = isolated(&headline(corpus, id));
    match address(&corpus.header(id)) {
        Some(address) => html! {
            a lang="" href=(safe(address)) rel="noopener noreferrer" target="_blank" { (text) }
        },
        None => html! { span lang="" { (text) } },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::corpus::{Retained, Segment};
    use crate::text::Tokens;

    #[test]
    fn an_article_is_linked_by_its_address_or_its_key() {
        let (page, other) = ("https://e.example/a", "https://e.example/b");
        for (key, url, expected) in [
            ("a", Some(page), Some(page)),
            (other, Some(page), Some(page)),
            (page, None, Some(page)),
            (page, Some("javascript:go()"), Some(page)),
            ("a", Some("e.example/a"), None),
            ("a", None, None),
        ] {
            let mut segment = Segment::new();
            let article = Article { url: url.map(str::to_owned), ..Article::new(key, "") };
            segment.push(article, &Tokens::new(), Retained::TOKENS);
            let corpus = Corpus::new(vec![segment]);
            let link = linked_headline(&corpus, ArticleId::new(0)).into_string();
            assert_eq!(address(&corpus.header(ArticleId::new(0))), expected, "{key} {url:?}");
            assert_eq!(link.contains("<a "), expected.is_some(), "{link}");
        }
    }
}
