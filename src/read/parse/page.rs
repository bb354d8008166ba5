//! Makes articles of web pages.

use std::sync::Arc;

use encoding_rs::Encoding;

use crate::article::{Article, Location};
use crate::error::PageProblem;
use crate::read::options::{HtmlText, ReadOptions, TextEncoding};
use crate::read::page::decode::decode_page;
use crate::read::page::encoding_counts::EncodingCounts;
use crate::read::page::extract::{PageArticle, extract};
use crate::site::{outlet_of, site_of};

/// What is needed to parse pages.
#[derive(Clone, Debug)]
pub(in crate::read) struct PageParser {
    pub(in crate::read) html: HtmlText,
    encoding: TextEncoding,
    pub(in crate::read) counts: Arc<EncodingCounts>,
}

impl PageParser {
    /// Creates a parser that counts pages in `counts`.
    pub(in crate::read) fn new(options: &ReadOptions, counts: &Arc<EncodingCounts>) -> Self {
        Self { html: options.html, encoding: options.encoding, counts: Arc::clone(counts) }
    }

    /// Returns the encoding that holds for all pages, if the user named one.
    pub(in crate::read) fn asked_encoding(&self) -> Option<&'static Encoding> {
        match self.encoding {
            TextEncoding::Named(encoding) => Some(encoding),
            TextEncoding::Utf8 | TextEncoding::Detect => None,
        }
    }

    /// Decodes a page and extracts its article. `charset` is the encoding that the server named.
    ///
    /// # Errors
    /// The problem with the page.
    pub(in crate::read) fn page(
        &self,
        bytes: &[u8],
        charset: Option<&str>,
    ) -> Result<PageArticle, PageProblem> {
        let decoded = decode_page(bytes, self.asked_encoding(), charset);
        self.counts.add(decoded.encoding.name(), decoded.has_replaced);
        extract(&decoded.text, self.html)
    }
}

/// Returns the article of a file with a page. Its key is the path, as the caller named it.
pub(super) fn article<'r>(
    bytes: &'r [u8],
    parser: &PageParser,
    location: &Location,
) -> Result<Article<'r>, PageProblem> {
    Ok(article_of_page(parser.page(bytes, None)?, location.file.to_string(), None, location))
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
        location: location.clone(),
        ..Article::new(key, page.text)
    }
}
