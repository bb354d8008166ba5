//! The articles of a run, by number.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::ambiguous_dates::resolve_ambiguous_dates;
use super::article_columns::ArticleColumns;
use super::canonical_order::sort_canonically;
use super::cores::Cores;
use super::header::Header;
use super::recent_spans::RecentSpans;
use super::role::Role;
use super::row::Field;
use super::row_id::RowId;
use super::segment::Segment;
use super::segment_store::{SegmentStore, SegmentStoreWriter};
use super::sites::Sites;
use super::stored_row::StoredRow;
use super::stored_segment::StoredSegment;
use crate::article::{ArticleId, LocationRef};
use crate::error::Error;
use crate::provenance::Seconds;
use crate::store::ColumnBudget;

/// All articles of a run, those of the reference collection included.
#[derive(Debug, Default)]
pub struct Corpus {
    segments: Vec<StoredSegment>,
    pub(super) store: SegmentStore,
    /// For each article its segment and row.
    rows: Vec<RowId>,
    /// The articles by segment and row.
    ids: Vec<ArticleId>,
    /// For each segment the number of articles in the segments before it.
    articles_before: Vec<usize>,
    has_references: bool,
    pub(super) has_recorded_masks: bool,
    pub(super) sites: Sites,
    pub(super) cores: Cores,
    /// For each article whether it is junk; empty until [`Corpus::mark_junk`] is called.
    pub(super) junk: Vec<bool>,
    pub(super) recent_spans: RecentSpans,
    /// The new articles that are never removed.
    staying: BTreeSet<ArticleId>,
    /// The articles whose dates are not believed, ascending, once they were asked for.
    pub(super) doubted: OnceLock<Vec<ArticleId>>,
}

impl Corpus {
    /// Creates a corpus of segments, all in memory. Ambiguous dates are resolved by the other dates of their site,
    /// and articles are numbered by key, content, date, site and location.
    pub fn new(segments: Vec<Segment>) -> Self {
        let stores = SegmentStoreWriter::new(Path::new(""), 0);
        let stored: Result<Vec<StoredSegment>, Error> =
            segments.into_iter().map(|segment| segment.store(&stores, ColumnBudget::UNLIMITED)).collect();
        let corpus = stored.and_then(|segments| Ok(Self::from_stored(segments, stores.close(usize::MAX)?)));
        corpus.expect("where everything is kept in memory nothing is written")
    }

    /// Creates a corpus, as [`Corpus::new`] does, of segments whose columns are in `store`.
    pub(crate) fn from_stored(mut segments: Vec<StoredSegment>, store: SegmentStore) -> Self {
        resolve_ambiguous_dates(&mut segments, &store);
        let rows = sort_canonically(&segments, &store);
        Self::with_rows(segments, store, rows)
    }

    /// Creates a corpus of some articles of a larger collection, by their order there. Their dates are those that the
    /// whole collection shows: ambiguous ones are not resolved again.
    pub(crate) fn of_ordered(articles: Segment) -> Self {
        let segments = vec![articles.hold()];
        let rows = RowId::all(&segments).collect();
        Self::with_rows(segments, SegmentStore::default(), rows)
    }

    /// Creates a corpus in which the articles are numbered by `rows`.
    fn with_rows(segments: Vec<StoredSegment>, store: SegmentStore, rows: Vec<RowId>) -> Self {
        let mut articles_before = Vec::with_capacity(segments.len());
        let mut count = 0;
        for segment in &segments {
            articles_before.push(count);
            count += segment.len();
        }
        let mut ids = vec![ArticleId::new(0); rows.len()];
        for (number, row) in rows.iter().enumerate() {
            ids[articles_before[row.segment()] + row.index()] = ArticleId::new(number);
        }
        Self {
            sites: Sites::new(&segments, &store, &ids),
            has_references: segments.iter().any(|segment| segment.role() != Role::New && !segment.is_empty()),
            has_recorded_masks: segments.iter().any(StoredSegment::has_recorded_masks),
            cores: Cores::unmasked(token_counts(&rows, &segments)),
            segments,
            store,
            rows,
            ids,
            articles_before,
            junk: Vec::new(),
            recent_spans: RecentSpans::default(),
            staying: BTreeSet::new(),
            doubted: OnceLock::new(),
        }
    }

    /// Returns the number of articles.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Returns whether there are no articles.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Returns all articles, ascending.
    pub fn ids(&self) -> impl Iterator<Item = ArticleId> + use<> {
        (0..self.len()).map(ArticleId::new)
    }

    /// Returns all articles in the order in which they are stored: neighbors in this order are neighbors in memory.
    pub fn ids_in_storage_order(&self) -> &[ArticleId] {
        &self.ids
    }

    /// Returns the number of an article's segment, and the article's row in it.
    pub fn segment_and_row(&self, id: ArticleId) -> (usize, usize) {
        let row = self.rows[id.index()];
        (row.segment(), row.index())
    }

    /// Returns whether an article belongs to the reference collection, or was remembered: it is not new.
    pub fn is_reference(&self, id: ArticleId) -> bool {
        self.role(id) != Role::New
    }

    /// Returns the part that an article has in the run.
    pub fn role(&self, id: ArticleId) -> Role {
        if self.has_references { self.segment(id).0.role() } else { Role::New }
    }

    /// Returns whether an article is never removed: it is not new, or an earlier run kept it.
    pub(crate) fn stays(&self, id: ArticleId) -> bool {
        self.is_reference(id) || self.staying.contains(&id)
    }

    /// Sets new articles that are never removed, since an earlier run kept them.
    pub(crate) fn set_staying(&mut self, ids: &[ArticleId]) {
        self.staying = ids.iter().copied().collect();
    }

    /// Returns whether there are articles that are not new.
    pub fn has_references(&self) -> bool {
        self.has_references
    }

    /// Returns the number of segments.
    pub fn segment_count(&self) -> usize {
        self.segments.len()
    }

    /// Returns the articles of a segment, by row.
    pub fn ids_of_segment(&self, segment: usize) -> &[ArticleId] {
        let begin = self.articles_before[segment];
        &self.ids[begin..begin + self.segments[segment].len()]
    }

    /// Returns the number of bytes in temporary files.
    pub fn filed(&self) -> u64 {
        self.store.bytes_in_files()
    }

    /// Returns the segment of an article, and the article's row in it.
    pub(super) fn segment(&self, id: ArticleId) -> (&StoredSegment, usize) {
        let row = self.rows[id.index()];
        (row.segment_in(&self.segments), row.index())
    }

    /// Returns all that is stored of an article, and what is masked of it.
    pub(crate) fn columns(&self, id: ArticleId) -> ArticleColumns<'_> {
        let (segment, index) = self.segment(id);
        let masked = self.masked_ranges(id).collect();
        ArticleColumns { masked, ..segment.columns(index, &self.store) }
    }

    fn row(&self, id: ArticleId) -> &StoredRow {
        let (segment, index) = self.segment(id);
        segment.row(index, &self.store)
    }

    fn string(&self, id: ArticleId, field: Field) -> Option<&str> {
        let (segment, index) = self.segment(id);
        segment.string(index, field, &self.store)
    }

    /// Returns the key of an article.
    pub fn key(&self, id: ArticleId) -> &str {
        self.string(id, Field::Key).unwrap_or_default()
    }

    /// Returns the source that an article names in its first or last lines, or else the owner in its copyright line, if
    /// there is one.
    pub fn named_source(&self, id: ArticleId) -> Option<&str> {
        self.string(id, Field::Source)
    }

    /// Returns the header of an article: its key, site, date and the like.
    pub fn header(&self, id: ArticleId) -> Header<'_> {
        let row = self.row(id);
        Header {
            key: self.key(id),
            site: self.site(id),
            url: self.string(id, Field::Url),
            published: self.string(id, Field::Published),
            time: self.time(id),
            title: self.string(id, Field::Title),
            credit: row.credit(),
            named_source: self.named_source(id),
            is_error_page: row.is_error_page(),
            location: self.location(id),
            row: row.number(),
            content: row.content(),
            bytes: row.bytes,
        }
    }

    /// Returns the site of an article, if known.
    pub fn site(&self, id: ArticleId) -> Option<&str> {
        self.sites.of(id)
    }

    /// Returns the time at which an article was published, if known.
    pub fn time(&self, id: ArticleId) -> Option<Seconds> {
        let (segment, index) = self.segment(id);
        segment.times[index].get()
    }

    /// Returns the agency that an article's text is credited to, if any.
    pub fn credit(&self, id: ArticleId) -> Option<&'static str> {
        self.row(id).credit()
    }

    /// Returns the location of an article's record.
    pub fn location(&self, id: ArticleId) -> LocationRef<'_> {
        let (segment, index) = self.segment(id);
        segment.location(index, &self.store)
    }

    /// Returns the hash of an article's words: equal for articles with the same words in the same order.
    pub fn content(&self, id: ArticleId) -> u128 {
        self.row(id).content()
    }

    /// Returns the hash of an article's record, if it is known: equal for records that are the same, byte for byte.
    pub fn record_hash(&self, id: ArticleId) -> Option<u64> {
        Some(self.row(id).record).filter(|&hash| hash != 0)
    }

    /// Returns the length of an article's text, in bytes.
    pub fn bytes(&self, id: ArticleId) -> u32 {
        self.row(id).bytes
    }

    /// Returns whether the text of an article is that of an error page.
    pub(super) fn is_error_page(&self, id: ArticleId) -> bool {
        self.row(id).is_error_page()
    }

    /// Returns the number of words of the mark at the end of an article's text that says that the text was cut off;
    /// `None` if there is no such mark.
    pub(crate) fn cut_mark_words(&self, id: ArticleId) -> Option<u8> {
        self.row(id).cut_mark_words()
    }

    /// Returns whether an article was marked as junk by [`Corpus::mark_junk`].
    pub fn is_junk(&self, id: ArticleId) -> bool {
        self.junk.get(id.index()).copied().unwrap_or(false)
    }

    /// Returns an article's text, if texts were kept.
    pub fn text(&self, id: ArticleId) -> Option<&str> {
        let (segment, index) = self.segment(id);
        segment.text(index, &self.store)
    }

    /// Returns the part of an article's text in a range of bytes, if texts were kept; without a character that the range
    /// does not contain as a whole.
    pub fn text_part(&self, id: ArticleId, range: Range<u32>) -> Option<String> {
        let (segment, index) = self.segment(id);
        segment.text_part(index, range, &self.store)
    }

    /// Returns the number of tokens of each article, masked ones included.
    pub(super) fn token_counts(&self) -> Vec<u32> {
        token_counts(&self.rows, &self.segments)
    }
}

fn token_counts(rows: &[RowId], segments: &[StoredSegment]) -> Vec<u32> {
    rows.par_iter().map(|id| id.segment_in(segments).words(id.index()) as u32).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::retained::Retained;
    use super::*;
    use crate::article::{Article, Location};
    use crate::text::{Tokens, tokenize};

    fn article<'t>(key: &str, text: &'t str, line: u64) -> Article<'t> {
        let location = Location { file: "a".into(), line };
        Article { location, ..Article::new(key, text) }
    }

    /// Returns a segment of articles, each with its key and text.
    pub(in super::super) fn segment(articles: &[(&str, &str)]) -> Segment {
        let mut segment = Segment::new();
        let mut tokens = Tokens::new();
        for (line, (key, text)) in (1..).zip(articles) {
            tokenize(text, &mut tokens);
            segment.push(article(key, text, line), &tokens, Retained::ALL);
        }
        segment
    }

    #[test]
    fn articles_are_numbered_by_key_and_content() {
        let corpus =
            Corpus::new(vec![segment(&[("c", "x"), ("a", "y")]), segment(&[("b", "z"), ("a", "x")])]);
        let keys: Vec<&str> = corpus.ids().map(|id| corpus.key(id)).collect();
        assert_eq!(keys, ["a", "a", "b", "c"]);
        let shuffled = Corpus::new(vec![segment(&[("a", "x"), ("b", "z"), ("a", "y"), ("c", "x")])]);
        for id in corpus.ids() {
            assert_eq!(corpus.text(id), shuffled.text(id));
        }
        let rows: Vec<(usize, usize)> = corpus.ids().map(|id| corpus.segment_and_row(id)).collect();
        assert_eq!([rows[2], rows[3]], [(1, 0), (0, 0)]);
    }

    #[test]
    fn addresses_are_kept_whether_they_are_keys_or_not() {
        let address = "https://example.org/a";
        let mut segment = Segment::new();
        let url = Some(address.to_owned());
        for (key, url) in [(address, url.clone()), ("b", url), ("c", None)] {
            segment.push(Article { url, ..article(key, "Rain.", 1) }, &Tokens::new(), Retained::TOKENS);
        }
        let corpus = Corpus::new(vec![segment]);
        let mut kept: Vec<_> =
            corpus.ids().map(|id| (corpus.key(id), corpus.header(id).url, corpus.header(id).title)).collect();
        kept.sort_unstable();
        assert_eq!(kept, [("b", Some(address), None), ("c", None, None), (address, Some(address), None)]);
    }

    #[test]
    fn parts_of_texts_divide_no_character() {
        let corpus = Corpus::new(vec![segment(&[("a", "Žaluzie zavřít"), ("b", "Rain.")])]);
        let part = |range| corpus.text_part(ArticleId::new(0), range).unwrap();
        assert_eq!(part(0..4), "Žal");
        assert_eq!(part(9..13), "zav");
        assert_eq!(part(14..500), "ít");
        assert_eq!(part(500..900), "");
    }

    #[test]
    fn spans_are_those_of_the_tokenizer() {
        let long = format!("one {} two", "—".repeat(100));
        for text in ["", "one", "  one, two ", &long, &"long".repeat(100)] {
            let corpus = Corpus::new(vec![segment(&[("a", text)])]);
            let mut tokens = Tokens::new();
            tokenize(text, &mut tokens);
            assert_eq!(corpus.spans(ArticleId::new(0)), tokens.spans());
        }
    }
}
