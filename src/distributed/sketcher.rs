//! Computes what later steps need to know of a record.

use xxhash_rust::xxh3::xxh3_64;

use crate::article::{Article, ArticleId};
use crate::corpus::{Corpus, Header, Retained, Segment, encode_article};
use crate::detect::hash_of_fields;
use crate::error::{Error, Problem};
use crate::index::{Fingerprints, Scratch, Sketcher};
use crate::provenance::{
    DayOrder, Seconds, day_order, is_unknown_date, published_time, tokenize_without_notices,
};
use crate::settings::Settings;
use crate::site::page_address;
use crate::sketch::Fingerprint;
use crate::text::{Tokens, has_more_words};

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
    /// True if it has a date that is not understood, unless other dates of its site show the order of day and month.
    pub is_date_unknown: bool,
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
        let without_notices = tokenize_without_notices(&article.text, tokens);
        let mut fingerprints = Fingerprints::default();
        sketcher.fingerprint(tokens.tokens(), scratch, &mut fingerprints);
        let record = hash_of_fields(&article);
        let mut segment = Segment::new();
        let retained = Retained { texts: false, for_removals: true };
        segment.push_without_notices(article, without_notices.as_deref(), tokens, retained);
        let corpus = Corpus::of_ordered(segment);
        let id = ArticleId::new(0);
        let Header { key, url, published, time, title, is_error_page, content, .. } = corpus.header(id);
        let by_order = |order| match time {
            None => published_time(published?, Some(order)),
            Some(_) => None,
        };
        let hash = |text: &str| xxh3_64(text.as_bytes());
        Ok(SketchedArticle {
            article: encode_article(&corpus.columns(id)),
            content: content.to_be_bytes(),
            record,
            site: corpus.site(id).map(str::to_owned),
            outlet: corpus.outlet(id).map(str::to_owned),
            words: corpus.words(id) as u32,
            time,
            day_order: time.and_then(|_| day_order(published?)),
            is_date_unknown: time.is_none() && published.is_some_and(is_unknown_date),
            times_by_order: [DayOrder::DayFirst, DayOrder::MonthFirst].map(by_order),
            title: title.map(hash),
            address: page_address(url.unwrap_or(key)).map(|address| hash(&address)),
            is_error_page,
            fingerprints: fingerprints.of(0).to_vec(),
        })
    }
}
