//! Articles with their tokens in, the pile they make out: every later room reads articles here.
//!
//! An article is compared by its core: its tokens without those that are masked as boilerplate. Where nothing is
//! masked the core is all of it.
//!
//! Invariants: articles are numbered by key, then content, whatever order they were read in. Tokens are kept four
//! bytes each and their spans about two, in parts as they were read; a part is never copied or changed.
//! Cost: about 200 bytes of memory an article; tokens and all else that grows with the text are kept in a `store`, and
//! texts only where asked for.

mod copies;
mod dates;
mod header;
mod junk;
mod masking;
mod masks;
mod order;
mod part;
mod shelves;
mod tokens;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

pub use self::copies::IdenticalArticles;
use self::dates::settle_dates;
pub use self::header::Header;
use self::header::{Said, offset};
use self::masks::Masks;
pub use self::part::Segment;
pub(crate) use self::part::StoredSegment;
use self::part::string;
use self::shelves::Shelves;
pub(crate) use self::shelves::Stores;
pub(crate) use self::tokens::TokenBuffer;
use crate::article::{ArticleId, Location};
use crate::error::Error;
use crate::provenance::Seconds;
use crate::store::ColumnBudget;

/// The pile: all articles of a run.
#[derive(Debug, Default)]
pub struct Corpus {
    parts: Vec<StoredSegment>,
    shelves: Shelves,
    /// For each article its part and its place in it.
    slots: Vec<(u32, u32)>,
    /// The articles in the order in which they were put in.
    ids: Vec<ArticleId>,
    /// Whether some belong to the reference pile.
    has_references: bool,
    /// For each part how many articles there are before it.
    befores: Vec<usize>,
    /// The names of sites.
    sites: Vec<Box<str>>,
    /// For each article the number of its site, if it is known, from 1.
    site_of: Vec<u32>,
    /// What is masked of articles.
    masks: Masks,
    /// For each article the number of tokens of its core.
    words: Vec<u32>,
    /// For each article whether it is no article; empty as long as nobody asked.
    junk: Vec<bool>,
    /// What was asked for last of [`Corpus::with_spans`].
    lately: Lately,
}

/// The places of the tokens of a long core, with its article.
type Lately = Mutex<Option<(ArticleId, Arc<Vec<(u32, u32)>>)>>;

impl Corpus {
    /// Puts parts together, settles dates that are read by what other dates of their site show, and numbers their
    /// articles by key, content, date, site and place. Everything is held in memory.
    pub fn new(parts: Vec<Segment>) -> Self {
        let stores = Stores::new(Path::new(""), 0);
        let put_away = |part: Segment| part.put_away(&stores, ColumnBudget::UNLIMITED);
        let parts: Result<Vec<StoredSegment>, Error> = parts.into_iter().map(put_away).collect();
        let corpus = parts.and_then(|parts| Self::stored(parts, stores, usize::MAX));
        corpus.expect("where everything is held nothing is written")
    }

    /// Puts parts together as [`Corpus::new`] does whose columns were put into `stores`.
    ///
    /// # Errors
    /// What was put away cannot be looked at.
    pub(crate) fn stored(mut parts: Vec<StoredSegment>, stores: Stores, shown: usize) -> Result<Self, Error> {
        let shelves = stores.close(shown)?;
        settle_dates(&mut parts, &shelves);
        let mut befores = Vec::with_capacity(parts.len());
        let mut slots: Vec<(u32, u32)> = Vec::with_capacity(parts.iter().map(StoredSegment::len).sum());
        for (number, part) in parts.iter().enumerate() {
            befores.push(slots.len());
            slots.extend((0..part.len()).map(|index| (offset(number), offset(index))));
        }
        order::sort(&mut slots, &parts, &shelves);
        let mut ids = vec![ArticleId::new(0); slots.len()];
        for (number, &(part, index)) in slots.iter().enumerate() {
            ids[befores[part as usize] + index as usize] = ArticleId::new(number);
        }
        let (sites, site_of) = name_sites(&parts, &shelves, &ids);
        let has_references = parts.iter().any(|part| part.is_reference() && !part.is_empty());
        let mut corpus = Self {
            parts,
            shelves,
            slots,
            ids,
            has_references,
            befores,
            sites,
            site_of,
            masks: Masks::default(),
            words: Vec::new(),
            junk: Vec::new(),
            lately: Lately::default(),
        };
        corpus.unmask();
        Ok(corpus)
    }

    /// Tells how many articles there are.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Tells whether there are none.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// Gives all articles in order.
    pub fn ids(&self) -> impl Iterator<Item = ArticleId> + use<> {
        (0..self.len()).map(ArticleId::new)
    }

    /// Gives all articles in the order in which they were put in: neighbors there are neighbors in memory.
    pub fn ids_as_put_in(&self) -> &[ArticleId] {
        &self.ids
    }

    /// Tells where an article was put in: the number of its part, and its place in it.
    pub fn place_in_parts(&self, id: ArticleId) -> (usize, usize) {
        let (part, index) = self.slots[id.index()];
        (part as usize, index as usize)
    }

    /// Tells whether an article belongs to the reference pile: others are matched against it, and none of these with
    /// each other.
    pub fn is_reference(&self, id: ArticleId) -> bool {
        self.has_references && self.slot(id).0.is_reference()
    }

    /// Tells whether there is a reference pile.
    pub fn has_references(&self) -> bool {
        self.has_references
    }

    /// Tells how many parts were put in.
    pub fn parts(&self) -> usize {
        self.parts.len()
    }

    /// Gives the articles of a part, in the order in which they were put in.
    pub fn ids_of_part(&self, part: usize) -> &[ArticleId] {
        let begin = self.befores[part];
        &self.ids[begin..begin + self.parts[part].len()]
    }

    /// Tells how many bytes stand in temporary files.
    pub fn filed(&self) -> u64 {
        self.shelves.filed()
    }

    fn slot(&self, id: ArticleId) -> (&StoredSegment, usize) {
        let (part, index) = self.slots[id.index()];
        (&self.parts[part as usize], index as usize)
    }

    /// Gives the key of an article.
    pub fn key(&self, id: ArticleId) -> &str {
        let (part, index) = self.slot(id);
        part.said(index, Said::Key, &self.shelves).map(string).unwrap_or_default()
    }

    /// Gives the owner that an article's copyright line names, where there is one.
    pub fn copyright(&self, id: ArticleId) -> Option<&str> {
        let (part, index) = self.slot(id);
        part.said(index, Said::Copyright, &self.shelves).map(string)
    }

    /// Gives what is known of an article.
    pub fn header(&self, id: ArticleId) -> Header<'_> {
        let (part, index) = self.slot(id);
        let row = &part.rows[index];
        let said = |which| part.said(index, which, &self.shelves).map(string);
        Header {
            key: self.key(id),
            site: self.site(id),
            published: said(Said::Published),
            time: row.time,
            title: said(Said::Title),
            credit: row.credit,
            copyright: self.copyright(id),
            is_error_page: row.is_error_page,
            place: &row.place,
            content: row.content,
            bytes: row.bytes,
        }
    }

    /// Gives the site of an article, where it is known.
    pub fn site(&self, id: ArticleId) -> Option<&str> {
        let number = self.site_of[id.index()];
        number.checked_sub(1).map(|index| &*self.sites[index as usize])
    }

    /// Gives the time at which an article was published, where it is known.
    pub fn time(&self, id: ArticleId) -> Option<Seconds> {
        let (part, index) = self.slot(id);
        part.rows[index].time
    }

    /// Gives the agency that an article's text is credited to, where it is.
    pub fn credit(&self, id: ArticleId) -> Option<&'static str> {
        let (part, index) = self.slot(id);
        part.rows[index].credit
    }

    /// Tells where an article was read.
    pub fn place(&self, id: ArticleId) -> &Location {
        let (part, index) = self.slot(id);
        &part.rows[index].place
    }

    /// Gives the hash of an article's words: equal for articles that say the same, word by word.
    pub fn content(&self, id: ArticleId) -> u128 {
        let (part, index) = self.slot(id);
        part.rows[index].content
    }

    /// Gives the length of an article's text, in bytes.
    pub fn bytes(&self, id: ArticleId) -> u32 {
        let (part, index) = self.slot(id);
        part.rows[index].bytes
    }

    fn is_error_page(&self, id: ArticleId) -> bool {
        let (part, index) = self.slot(id);
        part.rows[index].is_error_page
    }

    /// Marks the articles that are none: error pages, and the few words that a site gives under any headline.
    pub fn mark_junk(&mut self, copies: &IdenticalArticles) {
        self.junk = junk::junk(self, copies);
    }

    /// Tells whether an article is marked as none.
    pub fn is_junk(&self, id: ArticleId) -> bool {
        self.junk.get(id.index()).copied().unwrap_or(false)
    }

    /// Gives an article's text, where texts were kept.
    pub fn text(&self, id: ArticleId) -> Option<&str> {
        let (part, index) = self.slot(id);
        part.text(index, &self.shelves)
    }

    /// Gives for each of all tokens of an article its begin and end in the text, in bytes.
    fn all_spans(&self, id: ArticleId) -> Vec<(u32, u32)> {
        let (part, index) = self.slot(id);
        part.spans(index, &self.shelves)
    }
}

/// Gives the names of sites, and for each article the number of its own, from 1, or 0 where it is not known.
fn name_sites(parts: &[StoredSegment], shelves: &Shelves, ids: &[ArticleId]) -> (Vec<Box<str>>, Vec<u32>) {
    let mut numbers: BTreeMap<&[u8], u32> = BTreeMap::new();
    let mut sites: Vec<Box<str>> = Vec::new();
    let mut site_of = vec![0; ids.len()];
    let mut ids = ids.iter();
    for part in parts {
        for (index, id) in (0..part.len()).zip(&mut ids) {
            if let Some(site) = part.said(index, Said::Site, shelves) {
                site_of[id.index()] = *numbers.entry(site).or_insert_with(|| {
                    sites.push(string(site).into());
                    offset(sites.len())
                });
            }
        }
    }
    (sites, site_of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Location};
    use crate::text::{Tokens, tokenize};

    fn article(key: &str, text: &str, line: u64) -> Article {
        let location = Location { file: "a".into(), line };
        Article { key: key.into(), text: text.into(), site: None, published: None, title: None, location }
    }

    pub(super) fn part(articles: &[(&str, &str)]) -> Segment {
        let mut part = Segment::new();
        let mut tokens = Tokens::new();
        for (line, (key, text)) in (1..).zip(articles) {
            tokenize(text, &mut tokens);
            part.push(article(key, text, line), &tokens, true);
        }
        part
    }

    #[test]
    fn numbers_by_key_and_content() {
        let corpus = Corpus::new(vec![part(&[("c", "x"), ("a", "y")]), part(&[("b", "z"), ("a", "x")])]);
        let keys: Vec<&str> = corpus.ids().map(|id| corpus.key(id)).collect();
        assert_eq!(keys, ["a", "a", "b", "c"]);
        let shuffled = Corpus::new(vec![part(&[("a", "x"), ("b", "z"), ("a", "y"), ("c", "x")])]);
        for id in corpus.ids() {
            assert_eq!(corpus.text(id), shuffled.text(id));
        }
        let places: Vec<(usize, usize)> = corpus.ids().map(|id| corpus.place_in_parts(id)).collect();
        assert_eq!([places[2], places[3]], [(1, 0), (0, 0)]);
    }

    #[test]
    fn gives_spans_back() {
        let long = format!("one {} two", "—".repeat(100));
        for text in ["", "one", "  one, two ", &long, &"long".repeat(100)] {
            let corpus = Corpus::new(vec![part(&[("a", text)])]);
            let mut tokens = Tokens::new();
            tokenize(text, &mut tokens);
            assert_eq!(corpus.spans(ArticleId::new(0)), tokens.spans());
        }
    }
}
