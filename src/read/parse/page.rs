//! Makes articles of web pages.

use std::borrow::Cow;
use std::sync::Arc;

use crate::article::{Article, Location};
use crate::error::PageProblem;
use crate::read::options::{HtmlText, ReadOptions, TextEncoding};
use crate::read::page::decode::{EncodingHints, decode_page};
use crate::read::page::encoding_counts::EncodingCounts;
use crate::read::page::extract::{PageArticle, extract};
use crate::read::page::other_text::other_text;
use crate::site::{outlet_of, site_of};

/// What is needed to parse pages.
#[derive(Clone, Debug)]
pub(in crate::read) struct PageParser {
    pub(in crate::read) html: HtmlText,
    other_text: bool,
    encoding: TextEncoding,
    counts: Arc<EncodingCounts>,
}

impl PageParser {
    /// Creates a parser that counts pages in `counts`.
    pub(in crate::read) fn new(options: &ReadOptions, counts: &Arc<EncodingCounts>) -> Self {
        let ReadOptions { html, other_text, encoding, .. } = *options;
        Self { html, other_text, encoding, counts: Arc::clone(counts) }
    }

    /// Decodes a page, and counts its encoding. `charset` is the name of the encoding that the server said, `url` the
    /// address of the page.
    pub(in crate::read) fn decode<'p>(
        &self,
        bytes: &'p [u8],
        charset: Option<&str>,
        url: Option<&str>,
    ) -> Cow<'p, str> {
        let asked = match self.encoding {
            TextEncoding::Named(encoding) => Some(encoding),
            TextEncoding::Utf8 | TextEncoding::Detect => None,
        };
        let decoded = decode_page(bytes, EncodingHints { asked, header: charset, url });
        self.counts.add(decoded.encoding.name(), decoded.has_replaced);
        decoded.text
    }

    /// Decodes a page as [`PageParser::decode`] does, and extracts its article.
    ///
    /// # Errors
    /// The problem with the page.
    pub(in crate::read) fn page(
        &self,
        bytes: &[u8],
        charset: Option<&str>,
        url: Option<&str>,
    ) -> Result<PageArticle, PageProblem> {
        let html = self.decode(bytes, charset, url);
        let page = extract(&html, self.html)?;
        if !self.other_text || self.html == HtmlText::Page {
            return Ok(page);
        }
        Ok(PageArticle { other_text: other_text(&html, &page.text), ..page })
    }
}

/// Returns the article of a file with a page. Its key is the path, as the caller named it.
pub(super) fn article<'r>(
    bytes: &'r [u8],
    parser: &PageParser,
    location: &Location,
) -> Result<Article<'r>, PageProblem> {
    Ok(article_of_page(parser.page(bytes, None, None)?, location.file.to_string(), None, location))
}

/// Returns the article of a page that was found at the address `target`.
///
/// The address is that which the page names, if it is of the same outlet: so the pages for phones and printers of an
/// article have its address. Another outlet is that which published the article first; the page was not found there.
pub(in crate::read) fn article_of_page(
    page: PageArticle,
    key: String,
    target: Option<String>,
    location: &Location,
) -> Article<'static> {
    let outlet = |url: &str| site_of(Some(url), None).map(|site| outlet_of(&site).to_owned());
    let canonical = page
        .canonical
        .filter(|canonical| target.as_deref().is_none_or(|target| outlet(target) == outlet(canonical)));
    let url = canonical.or(target);
    Article {
        site: site_of(url.as_deref(), page.site_name.as_deref()),
        url,
        published: page.published,
        title: page.title,
        other_text: page.other_text,
        location: location.clone(),
        ..Article::new(key, page.text)
    }
}
