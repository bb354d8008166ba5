//! Computes what later steps need to know of a record.

use crate::article::Article;
use crate::corpus::{Retained, Segment, encode_articles};
use crate::detect::hash_of_fields;
use crate::error::{Error, Problem};
use crate::index::{Fingerprints, Scratch, Sketcher};
use crate::provenance::{DayOrder, Seconds, day_order, is_error_page, is_wall, published_time};
use crate::settings::Settings;
use crate::site::{outlet_of, page_address};
use crate::sketch::Fingerprint;
use crate::text::{Tokens, has_more_words, tokenize};
use xxhash_rust::xxh3::xxh3_64;

/// Computes what later steps need to know of records. Each thread needs its own.
pub struct ArticleSketcher {
    sketcher: Sketcher,
    most_words: usize,
    tokens: Tokens,
    scratch: Scratch,
}

/// All that later steps need to know of an article.
#[derive(Clone, Debug)]
pub struct SketchedArticle {
    /// The article, encoded, without its text.
    pub article: Vec<u8>,
    /// A hash of its words, in bytes that ascend as the hash does.
    pub content: [u8; 16],
    /// A hash of all that it says. Articles that are equal in all else that the canonical order compares are ordered by it.
    pub record: u64,
    /// Its site, if known, unless this is the name of a collection.
    pub site: Option<String>,
    /// The outlet of the site.
    pub outlet: Option<String>,
    /// The number of its words.
    pub words: u32,
    /// The time of publication, if it is known without regard to the other dates of its site.
    pub time: Option<Seconds>,
    /// The order of day and month in the date, if it shows one.
    pub day_order: Option<DayOrder>,
    /// If the time is not known, that by each order of day and month.
    pub times_by_order: [Option<Seconds>; 2],
    /// A hash of the headline, if there is one.
    pub title: Option<u64>,
    /// A hash of the address of the page, if it has one.
    pub address: Option<u64>,
    /// True if the text is that of an error page or a wall.
    pub is_error_page: bool,
    /// The fingerprints of the whole article, by position.
    pub fingerprints: Vec<Fingerprint>,
}

impl ArticleSketcher {
    /// Creates a sketcher for these settings.
    pub fn new(settings: &Settings) -> Self {
        Self {
            sketcher: Sketcher::new(&settings.index_rule()),
            most_words: settings.most_words(),
            tokens: Tokens::new(),
            scratch: Scratch::default(),
        }
    }

    /// Computes what later steps need to know of an article.
    ///
    /// # Errors
    /// [`Error::Record`] if its text has more words than the settings allow.
    pub fn sketch(&mut self, article: Article<'_>) -> Result<SketchedArticle, Error> {
        if has_more_words(&article.text, self.most_words) {
            return Err(Error::record(&article.location, Problem::TooManyWords { limit: self.most_words }));
        }
        let Self { sketcher, tokens, scratch, .. } = self;
        tokenize(&article.text, tokens);
        let mut fingerprints = Fingerprints::default();
        sketcher.fingerprint(tokens.tokens(), scratch, &mut fingerprints);
        let date = article.published.as_deref();
        let time = date.and_then(|date| published_time(date, None));
        let by_order = |order| match time {
            None => date.and_then(|date| published_time(date, Some(order))),
            Some(_) => None,
        };
        let address = article.url.as_deref().unwrap_or(&article.key);
        let sketched = SketchedArticle {
            article: Vec::new(),
            content: tokens.content().to_be_bytes(),
            record: hash_of_fields(&article),
            outlet: article.site.as_deref().map(|site| outlet_of(site).to_owned()),
            site: article.site.clone(),
            words: tokens.tokens().len() as u32,
            time,
            day_order: time.and_then(|_| day_order(date?)),
            times_by_order: [DayOrder::DayFirst, DayOrder::MonthFirst].map(by_order),
            title: article.title.as_deref().map(|title| xxh3_64(title.as_bytes())),
            address: page_address(address).map(|address| xxh3_64(address.as_bytes())),
            is_error_page: is_error_page(&article.text) || is_wall(&article.text),
            fingerprints: fingerprints.of(0).to_vec(),
        };
        let mut segment = Segment::new();
        segment.push(article, tokens, Retained::TOKENS);
        Ok(SketchedArticle { article: encode_articles(segment), ..sketched })
    }
}
