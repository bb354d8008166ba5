//! A segment: a stretch of articles, as columns.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::article_columns::ArticleColumns;
use super::line_codec::{ShortLine, decode_lines, decode_other_text, push_lines, push_other_text};
use super::offset::offset;
use super::range_codec::{decode_ranges, push_ranges};
use super::role::Role;
use super::row::{Field, PackedTime, Row};
use super::segment_store::{SegmentStore, SegmentStoreWriter};
use super::span_codec::{decode_spans, push_spans};
use super::stored_row::{ColumnEnds, StoredRow};
use crate::article::{Article, LocationRef};
use crate::error::Error;
use crate::store::{Column, ColumnBudget, list_range};
use crate::text::{Token, Tokens, direct_speech};

/// The parts of articles that a segment retains besides tokens and headers: the same of all its articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retained {
    /// The texts: what is shown is cut from them.
    pub texts: bool,
    /// All that only removals need: the lines, by which furniture of pages is told from text, what pages print besides,
    /// and hashes of the records.
    pub for_removals: bool,
}

impl Retained {
    /// All of it.
    pub const ALL: Self = Self { texts: true, for_removals: true };
    /// None of it.
    pub const TOKENS: Self = Self { texts: false, for_removals: false };
}

/// A stretch of articles that is being read, in memory.
#[derive(Debug, Default)]
pub struct Segment {
    times: Vec<PackedTime>,
    rows: Vec<StoredRow>,
    /// The files of the articles, one after the other.
    files: Vec<Arc<str>>,
    strings: Vec<u8>,
    tokens: Vec<Token>,
    token_ends: Vec<u32>,
    /// The spans of the tokens, encoded.
    spans: Vec<u8>,
    /// The ranges of tokens that are direct speech, encoded.
    speech: Vec<u8>,
    /// The lines of the texts, encoded, and what pages print besides.
    lines: Vec<u8>,
    texts: Vec<u8>,
    recorded_masks: Option<RecordedMasks>,
    retained: Retained,
    role: Role,
}

/// The masks that an archive recorded of the articles of a segment.
#[derive(Debug, Default)]
struct RecordedMasks {
    /// The indexes of the articles of which something is masked, ascending, with the masked ranges.
    masks: Vec<(u32, Vec<Range<u32>>)>,
    /// The indexes of the articles that are masked anew, ascending.
    masked_anew: Vec<u32>,
}

impl Segment {
    /// Creates an empty segment of new articles.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates an empty segment of articles that have the same part in a run.
    pub fn with_role(role: Role) -> Self {
        Self { role, ..Self::default() }
    }

    /// Creates an empty segment of articles that an archive stores. Reference articles stay masked as they were when they
    /// were stored; all others are masked anew.
    pub(crate) fn of_archived(role: Role) -> Self {
        let recorded_masks = (role == Role::Reference).then(RecordedMasks::default);
        Self { recorded_masks, ..Self::with_role(role) }
    }

    /// Adds an article with its tokens.
    pub fn push(&mut self, article: Article<'_>, tokens: &Tokens, retained: Retained) {
        self.push_without_notices(article, None, tokens, retained);
    }

    /// Adds an article with its tokens. `without_notices` is its text without notices, if it has some: the credit and the
    /// source are read there.
    pub(crate) fn push_without_notices(
        &mut self,
        article: Article<'_>,
        without_notices: Option<&str>,
        tokens: &Tokens,
        retained: Retained,
    ) {
        self.tokens.extend_from_slice(tokens.tokens());
        push_spans(&mut self.spans, tokens.spans());
        push_ranges(&mut self.speech, &direct_speech(&article.text, tokens.spans()));
        if retained.for_removals {
            push_lines(&mut self.lines, &article.text, tokens);
            push_other_text(&mut self.lines, &article.other_text);
        }
        if retained.texts {
            self.texts.extend_from_slice(article.text.as_bytes());
        }
        let row = Row::new(article, without_notices, tokens, &mut self.strings);
        self.push_row(&row, retained);
    }

    /// Adds the row of an article whose parts are the last of the other columns.
    fn push_row(&mut self, row: &Row, retained: Retained) {
        let file = &row.location.file;
        if self.files.last() != Some(file) {
            self.files.push(Arc::clone(file));
        }
        let ends = ColumnEnds {
            spans: offset(self.spans.len()),
            speech: offset(self.speech.len()),
            lines: offset(self.lines.len()),
            texts: offset(self.texts.len()),
        };
        self.token_ends.push(offset(self.tokens.len()));
        self.times.push(row.time);
        self.rows.push(StoredRow::new(row, offset(self.files.len() - 1), ends));
        self.retained = retained;
    }

    /// Sets the hash of the record from which the last article was read. Articles with equal hashes are the same record
    /// in different files.
    pub fn set_record_hash(&mut self, hash: u64) {
        if let Some(row) = self.rows.last_mut() {
            row.record = hash;
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

    /// Returns the number of bytes of all texts, kept or not.
    pub(crate) fn text_bytes(&self) -> u64 {
        self.rows.iter().map(|row| u64::from(row.bytes)).sum()
    }

    /// Returns the tokens of the article at `index`.
    pub(crate) fn tokens(&self, index: usize) -> &[Token] {
        &self.tokens[list_range(&self.token_ends, index)]
    }

    /// Adds an article as another segment stores it.
    pub(crate) fn push_columns(&mut self, article: &ArticleColumns<'_>) {
        self.tokens.extend_from_slice(&article.tokens);
        self.spans.extend_from_slice(&article.spans);
        self.speech.extend_from_slice(&article.speech);
        self.lines.extend_from_slice(article.lines.as_deref().unwrap_or_default());
        self.texts.extend_from_slice(article.text.as_deref().unwrap_or_default());
        if let Some(recorded) = self.recorded_masks.as_mut().filter(|_| !article.masked.is_empty()) {
            recorded.masks.push((offset(self.rows.len()), article.masked.clone()));
        }
        let retained = Retained { texts: article.text.is_some(), for_removals: article.lines.is_some() };
        let row = article.row.moved_to(offset(self.strings.len()));
        self.strings.extend_from_slice(&article.strings);
        self.push_row(&row, retained);
    }

    /// Returns the masks that an archive recorded, of the articles of which something is masked: the index of each, with the
    /// masked ranges.
    pub(crate) fn recorded_masks(&self) -> impl Iterator<Item = (usize, &[Range<u32>])> {
        let masks = self.recorded_masks.iter().flat_map(|recorded| &recorded.masks);
        masks.map(|(index, mask)| (*index as usize, &mask[..]))
    }

    /// Has the article at `index` masked anew, whatever an archive recorded; to be called with ascending indexes.
    pub(crate) fn mask_anew(&mut self, index: usize) {
        if let Some(recorded) = &mut self.recorded_masks {
            recorded.masked_anew.push(offset(index));
        }
    }

    /// Returns the segment with its columns in memory.
    pub(crate) fn hold(self) -> StoredSegment {
        StoredSegment {
            times: self.times,
            rows: Column::in_memory(self.rows),
            files: self.files,
            strings: Column::in_memory(self.strings),
            tokens: Column::in_memory(self.tokens),
            token_ends: self.token_ends,
            spans: Column::in_memory(self.spans),
            speech: Column::in_memory(self.speech),
            lines: Column::in_memory(self.lines),
            texts: Column::in_memory(self.texts),
            recorded_masks: self.recorded_masks,
            retained: self.retained,
            role: self.role,
        }
    }

    /// Puts the columns into stores. `budget` says how many bytes of them may stay in memory.
    ///
    /// # Errors
    /// An [`Error::Storage`] if they cannot be written.
    pub(crate) fn store(
        mut self,
        stores: &SegmentStoreWriter,
        budget: ColumnBudget,
    ) -> Result<StoredSegment, Error> {
        self.times.shrink_to_fit();
        self.files.shrink_to_fit();
        self.token_ends.shrink_to_fit();
        Ok(StoredSegment {
            times: self.times,
            rows: stores.rows.put(self.rows, budget.rows)?,
            files: self.files,
            strings: stores.strings.put(self.strings, budget.strings)?,
            tokens: stores.tokens.put(self.tokens, budget.tokens)?,
            token_ends: self.token_ends,
            spans: stores.spans_and_texts.put(self.spans, budget.besides)?,
            speech: stores.strings.put(self.speech, budget.strings)?,
            lines: stores.spans_and_texts.put(self.lines, budget.besides)?,
            texts: stores.spans_and_texts.put(self.texts, budget.besides)?,
            recorded_masks: self.recorded_masks,
            retained: self.retained,
            role: self.role,
        })
    }
}

/// A segment whose columns are in stores. After ambiguous dates are resolved, it never changes.
#[derive(Debug)]
pub(crate) struct StoredSegment {
    pub(super) times: Vec<PackedTime>,
    rows: Column<StoredRow>,
    files: Vec<Arc<str>>,
    strings: Column<u8>,
    tokens: Column<Token>,
    token_ends: Vec<u32>,
    /// The spans of the tokens, encoded.
    spans: Column<u8>,
    /// The ranges of tokens that are direct speech, encoded.
    speech: Column<u8>,
    /// The lines of the texts, encoded, and what pages print besides.
    lines: Column<u8>,
    texts: Column<u8>,
    recorded_masks: Option<RecordedMasks>,
    retained: Retained,
    role: Role,
}

impl StoredSegment {
    /// Returns the part that the articles have in the run.
    pub(super) fn role(&self) -> Role {
        self.role
    }

    /// Moves the columns from memory into the files of their stores.
    ///
    /// # Errors
    /// An [`Error::Storage`] if they cannot be written.
    pub(crate) fn spill(&mut self, stores: &SegmentStoreWriter) -> Result<(), Error> {
        stores.rows.spill(&mut self.rows)?;
        stores.tokens.spill(&mut self.tokens)?;
        for column in [&mut self.strings, &mut self.speech] {
            stores.strings.spill(column)?;
        }
        for column in [&mut self.spans, &mut self.lines, &mut self.texts] {
            stores.spans_and_texts.spill(column)?;
        }
        Ok(())
    }

    /// Returns whether articles may stay masked as an archive recorded it.
    pub(super) fn has_recorded_masks(&self) -> bool {
        self.recorded_masks.is_some()
    }

    /// Returns the mask that an archive recorded of the article at `index`; nothing if it is masked anew.
    pub(super) fn recorded_mask(&self, index: usize) -> Option<&[Range<u32>]> {
        let RecordedMasks { masks, masked_anew } = self.recorded_masks.as_ref()?;
        let index = offset(index);
        if masked_anew.binary_search(&index).is_ok() {
            return None;
        }
        let found = masks.binary_search_by_key(&index, |(of, _)| *of);
        Some(found.map_or(&[], |found| &masks[found].1))
    }

    /// Returns the number of articles.
    pub(crate) fn len(&self) -> usize {
        self.times.len()
    }

    /// Returns whether there are no articles.
    pub(super) fn is_empty(&self) -> bool {
        self.times.is_empty()
    }

    /// Returns the row of the article at `index`.
    pub(super) fn row<'a>(&'a self, index: usize, store: &'a SegmentStore) -> &'a StoredRow {
        &store.rows.part(&self.rows, index..index + 1)[0]
    }

    /// Returns the location of the record of the article at `index`.
    pub(super) fn location<'a>(&'a self, index: usize, store: &'a SegmentStore) -> LocationRef<'a> {
        self.row(index, store).location(&self.files)
    }

    /// Returns the row of the article at `index`, and where its part of a column begins: where that of the article before
    /// it ends. `end` returns the end in a row.
    fn row_and_begin<'a>(
        &'a self,
        index: usize,
        store: &'a SegmentStore,
        end: impl Fn(&StoredRow) -> u32,
    ) -> (&'a StoredRow, u32) {
        match store.rows.part(&self.rows, index.saturating_sub(1)..index + 1) {
            [before, row] => (row, end(before)),
            rows => (&rows[0], 0),
        }
    }

    /// Returns the range of the article at `index` in a column, of which `end` returns the end in each row.
    fn range(&self, index: usize, store: &SegmentStore, end: impl Fn(&StoredRow) -> u32) -> Range<usize> {
        let (row, begin) = self.row_and_begin(index, store, &end);
        begin as usize..end(row) as usize
    }

    /// Returns a string of the article at `index`, if the article has it.
    pub(super) fn string<'a>(
        &'a self,
        index: usize,
        field: Field,
        store: &'a SegmentStore,
    ) -> Option<&'a str> {
        self.string_bytes(index, field, store).map(as_string)
    }

    /// Returns the bytes of a string of the article at `index`, if the article has it. This is cheaper than
    /// [`StoredSegment::string`], which checks that they are UTF-8.
    pub(super) fn string_bytes<'a>(
        &'a self,
        index: usize,
        field: Field,
        store: &'a SegmentStore,
    ) -> Option<&'a [u8]> {
        let (row, begin) = self.row_and_begin(index, store, StoredRow::strings_end);
        Some(store.strings.part(&self.strings, row.string_range(field, begin)?))
    }

    /// Returns the number of tokens of the article at `index`.
    pub(super) fn words(&self, index: usize) -> usize {
        list_range(&self.token_ends, index).len()
    }

    /// Returns the tokens of the article at `index`.
    pub(super) fn tokens<'a>(&'a self, index: usize, store: &'a SegmentStore) -> &'a [Token] {
        store.tokens.part(&self.tokens, list_range(&self.token_ends, index))
    }

    /// Returns a range of the tokens of the article at `index`. If they are in a file, they are read into `buffer`.
    pub(super) fn read_tokens<'a>(
        &'a self,
        index: usize,
        range: Range<usize>,
        store: &'a SegmentStore,
        buffer: &'a mut Vec<Token>,
    ) -> &'a [Token] {
        let begin = list_range(&self.token_ends, index).start;
        store.tokens.read(&self.tokens, begin + range.start..begin + range.end, buffer)
    }

    /// Returns the begin and end of each token of the article at `index` in the text, in bytes.
    pub(super) fn spans(&self, index: usize, store: &SegmentStore) -> Vec<(u32, u32)> {
        let mut buffer = Vec::new();
        let range = self.range(index, store, |row| row.ends.spans);
        decode_spans(store.spans_and_texts.read(&self.spans, range, &mut buffer), self.words(index))
    }

    /// Returns the tokens of the article at `index` that are direct speech.
    pub(super) fn direct_speech(&self, index: usize, store: &SegmentStore) -> Vec<Range<u32>> {
        let mut buffer = Vec::new();
        let range = self.range(index, store, |row| row.ends.speech);
        decode_ranges(store.strings.read(&self.speech, range, &mut buffer))
    }

    /// Returns the short lines of the article at `index`; nothing if lines were not kept.
    pub(super) fn short_lines(&self, index: usize, store: &SegmentStore) -> Vec<ShortLine> {
        if !self.retained.for_removals {
            return Vec::new();
        }
        let mut buffer = Vec::new();
        let range = self.range(index, store, |row| row.ends.lines);
        decode_lines(store.spans_and_texts.read(&self.lines, range, &mut buffer))
    }

    /// Returns what the page of the article at `index` prints besides its text; nothing if lines were not kept.
    pub(super) fn other_text(&self, index: usize, store: &SegmentStore) -> String {
        if !self.retained.for_removals {
            return String::new();
        }
        let mut buffer = Vec::new();
        let range = self.range(index, store, |row| row.ends.lines);
        decode_other_text(store.spans_and_texts.read(&self.lines, range, &mut buffer)).to_owned()
    }

    /// Returns all that is stored of the article at `index`, unmasked.
    pub(super) fn columns<'a>(&'a self, index: usize, store: &'a SegmentStore) -> ArticleColumns<'a> {
        let row = self.row(index, store).row(self.times[index], &self.files);
        let strings = self.range(index, store, StoredRow::strings_end);
        let speech = self.range(index, store, |row| row.ends.speech);
        let besides = |column: &'a Column<u8>, end: fn(&StoredRow) -> u32| {
            let mut buffer = Vec::new();
            let bytes = store.spans_and_texts.read(column, self.range(index, store, end), &mut buffer);
            Cow::Owned(bytes.to_vec())
        };
        ArticleColumns {
            row: row.moved_from(offset(strings.start)),
            strings: Cow::Borrowed(store.strings.part(&self.strings, strings)),
            tokens: Cow::Borrowed(self.tokens(index, store)),
            spans: besides(&self.spans, |row| row.ends.spans),
            speech: Cow::Borrowed(store.strings.part(&self.speech, speech)),
            masked: Vec::new(),
            lines: self.retained.for_removals.then(|| besides(&self.lines, |row| row.ends.lines)),
            text: self.retained.texts.then(|| besides(&self.texts, |row| row.ends.texts)),
        }
    }

    /// Returns the text of the article at `index`, if texts were kept.
    pub(super) fn text<'a>(&'a self, index: usize, store: &'a SegmentStore) -> Option<&'a str> {
        self.retained.texts.then(|| {
            let range = self.range(index, store, |row| row.ends.texts);
            as_string(store.spans_and_texts.part(&self.texts, range))
        })
    }

    /// Returns the part of an article's text in a range of bytes, if texts were kept; without a character that the range
    /// does not contain as a whole. It is read from the file without mapping more of it than that.
    pub(super) fn text_part(&self, index: usize, range: Range<u32>, store: &SegmentStore) -> Option<String> {
        if !self.retained.texts {
            return None;
        }
        let whole = self.range(index, store, |row| row.ends.texts);
        let [begin, end] = [range.start, range.end].map(|at| whole.end.min(whole.start + at as usize));
        let mut buffer = Vec::new();
        let bytes = store.spans_and_texts.read(&self.texts, begin..end, &mut buffer);
        Some(bytes.utf8_chunks().next().map(|chunk| chunk.valid().to_owned()).unwrap_or_default())
    }
}

/// Returns as a string what was put into a store as a string.
fn as_string(bytes: &[u8]) -> &str {
    simdutf8::basic::from_utf8(bytes).expect("a string is read as it was written")
}
