//! A segment: a stretch of articles, as columns.

use std::borrow::Cow;
use std::ops::Range;

use super::article_columns::ArticleColumns;
use super::line_codec::{ShortLine, decode_lines, decode_other_text, push_lines, push_other_text};
use super::offset::offset;
use super::range_codec::{decode_ranges, push_ranges};
use super::role::Role;
use super::row::{Field, Row};
use super::segment_store::{SegmentStore, SegmentStoreWriter};
use super::span_codec::{decode_spans, push_spans};
use crate::article::Article;
use crate::error::Error;
use crate::store::{Column, ColumnBudget, list_range};
use crate::text::{Token, Tokens, direct_speech};

/// The parts of articles that a segment retains besides tokens and headers: the same of all its articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    rows: Vec<Row>,
    strings: Vec<u8>,
    tokens: Vec<Token>,
    token_ends: Vec<u32>,
    /// The spans of the tokens, encoded.
    spans: Vec<u8>,
    span_ends: Vec<u32>,
    /// The ranges of tokens that are direct speech, encoded.
    speech: Vec<u8>,
    speech_ends: Vec<u32>,
    /// The lines of the texts, encoded, and what pages print besides.
    lines: Vec<u8>,
    line_ends: Vec<u32>,
    texts: Vec<u8>,
    text_ends: Vec<u32>,
    role: Role,
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
        self.token_ends.push(offset(self.tokens.len()));
        push_spans(&mut self.spans, tokens.spans());
        self.span_ends.push(offset(self.spans.len()));
        push_ranges(&mut self.speech, &direct_speech(&article.text, tokens.spans()));
        self.speech_ends.push(offset(self.speech.len()));
        if retained.for_removals {
            push_lines(&mut self.lines, &article.text, tokens);
            push_other_text(&mut self.lines, &article.other_text);
            self.line_ends.push(offset(self.lines.len()));
        }
        if retained.texts {
            self.texts.extend_from_slice(article.text.as_bytes());
            self.text_ends.push(offset(self.texts.len()));
        }
        self.rows.push(Row::new(article, without_notices, tokens, &mut self.strings));
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
        self.token_ends.push(offset(self.tokens.len()));
        self.spans.extend_from_slice(&article.spans);
        self.span_ends.push(offset(self.spans.len()));
        self.speech.extend_from_slice(&article.speech);
        self.speech_ends.push(offset(self.speech.len()));
        if let Some(lines) = &article.lines {
            self.lines.extend_from_slice(lines);
            self.line_ends.push(offset(self.lines.len()));
        }
        if let Some(text) = &article.text {
            self.texts.extend_from_slice(text);
            self.text_ends.push(offset(self.texts.len()));
        }
        self.rows.push(article.row.moved_to(offset(self.strings.len())));
        self.strings.extend_from_slice(&article.strings);
    }

    /// Returns the segment with its columns in memory.
    pub(crate) fn hold(self) -> StoredSegment {
        StoredSegment {
            rows: self.rows,
            strings: Column::in_memory(self.strings),
            tokens: Column::in_memory(self.tokens),
            token_ends: self.token_ends,
            spans: Column::in_memory(self.spans),
            span_ends: self.span_ends,
            speech: Column::in_memory(self.speech),
            speech_ends: self.speech_ends,
            lines: Column::in_memory(self.lines),
            line_ends: self.line_ends,
            texts: Column::in_memory(self.texts),
            text_ends: self.text_ends,
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
        self.rows.shrink_to_fit();
        self.token_ends.shrink_to_fit();
        self.span_ends.shrink_to_fit();
        self.speech_ends.shrink_to_fit();
        self.line_ends.shrink_to_fit();
        self.text_ends.shrink_to_fit();
        Ok(StoredSegment {
            rows: self.rows,
            strings: stores.strings.put(self.strings, budget.strings)?,
            tokens: stores.tokens.put(self.tokens, budget.tokens)?,
            token_ends: self.token_ends,
            spans: stores.spans_and_texts.put(self.spans, budget.besides)?,
            span_ends: self.span_ends,
            speech: stores.strings.put(self.speech, budget.strings)?,
            speech_ends: self.speech_ends,
            lines: stores.spans_and_texts.put(self.lines, budget.besides)?,
            line_ends: self.line_ends,
            texts: stores.spans_and_texts.put(self.texts, budget.besides)?,
            text_ends: self.text_ends,
            role: self.role,
        })
    }
}

/// A segment whose columns are in stores. After ambiguous dates are resolved, it never changes.
#[derive(Debug)]
pub(crate) struct StoredSegment {
    pub(super) rows: Vec<Row>,
    strings: Column<u8>,
    tokens: Column<Token>,
    token_ends: Vec<u32>,
    /// The spans of the tokens, encoded.
    spans: Column<u8>,
    span_ends: Vec<u32>,
    /// The ranges of tokens that are direct speech, encoded.
    speech: Column<u8>,
    speech_ends: Vec<u32>,
    /// The lines of the texts, encoded, and what pages print besides.
    lines: Column<u8>,
    /// Empty if no lines were kept.
    line_ends: Vec<u32>,
    texts: Column<u8>,
    /// Empty if no texts were kept.
    text_ends: Vec<u32>,
    role: Role,
}

impl StoredSegment {
    /// Returns the part that the articles have in the run.
    pub(super) fn role(&self) -> Role {
        self.role
    }

    /// Returns the number of articles.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Returns whether there are no articles.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
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
        let before = if index == 0 { 0 } else { self.rows[index - 1].end() };
        Some(store.strings.part(&self.strings, self.rows[index].string_range(field, before)?))
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
        let range = list_range(&self.span_ends, index);
        decode_spans(store.spans_and_texts.read(&self.spans, range, &mut buffer), self.words(index))
    }

    /// Returns the tokens of the article at `index` that are direct speech.
    pub(super) fn direct_speech(&self, index: usize, store: &SegmentStore) -> Vec<Range<u32>> {
        let mut buffer = Vec::new();
        decode_ranges(store.strings.read(&self.speech, list_range(&self.speech_ends, index), &mut buffer))
    }

    /// Returns the short lines of the article at `index`; nothing if lines were not kept.
    pub(super) fn short_lines(&self, index: usize, store: &SegmentStore) -> Vec<ShortLine> {
        if self.line_ends.is_empty() {
            return Vec::new();
        }
        let mut buffer = Vec::new();
        decode_lines(store.spans_and_texts.read(&self.lines, list_range(&self.line_ends, index), &mut buffer))
    }

    /// Returns what the page of the article at `index` prints besides its text; nothing if lines were not kept.
    pub(super) fn other_text(&self, index: usize, store: &SegmentStore) -> String {
        if self.line_ends.is_empty() {
            return String::new();
        }
        let mut buffer = Vec::new();
        let range = list_range(&self.line_ends, index);
        decode_other_text(store.spans_and_texts.read(&self.lines, range, &mut buffer)).to_owned()
    }

    /// Returns all that is stored of the article at `index`.
    pub(super) fn columns<'a>(&'a self, index: usize, store: &'a SegmentStore) -> ArticleColumns<'a> {
        let row = &self.rows[index];
        let strings_begin = if index == 0 { 0 } else { self.rows[index - 1].end() };
        let strings = strings_begin as usize..row.end() as usize;
        let besides = |column: &'a Column<u8>, ends: &[u32]| {
            let mut buffer = Vec::new();
            let bytes = store.spans_and_texts.read(column, list_range(ends, index), &mut buffer);
            Cow::Owned(bytes.to_vec())
        };
        ArticleColumns {
            row: row.moved_from(strings_begin),
            strings: Cow::Borrowed(store.strings.part(&self.strings, strings)),
            tokens: Cow::Borrowed(self.tokens(index, store)),
            spans: besides(&self.spans, &self.span_ends),
            speech: Cow::Borrowed(store.strings.part(&self.speech, list_range(&self.speech_ends, index))),
            lines: (!self.line_ends.is_empty()).then(|| besides(&self.lines, &self.line_ends)),
            text: (!self.text_ends.is_empty()).then(|| besides(&self.texts, &self.text_ends)),
        }
    }

    /// Returns the text of the article at `index`, if texts were kept.
    pub(super) fn text<'a>(&'a self, index: usize, store: &'a SegmentStore) -> Option<&'a str> {
        let is_kept = !self.text_ends.is_empty();
        is_kept
            .then(|| as_string(store.spans_and_texts.part(&self.texts, list_range(&self.text_ends, index))))
    }

    /// Returns the part of an article's text in a range of bytes, if texts were kept; without a character that the range
    /// does not contain as a whole. It is read from the file without mapping more of it than that.
    pub(super) fn text_part(&self, index: usize, range: Range<u32>, store: &SegmentStore) -> Option<String> {
        if self.text_ends.is_empty() {
            return None;
        }
        let whole = list_range(&self.text_ends, index);
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
