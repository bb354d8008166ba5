//! Collects articles that are read into a segment: a stretch of articles, as columns.

use std::ops::Range;
use std::sync::Arc;

use super::article_columns::ArticleColumns;
use super::line_codec::{push_lines, push_other_text};
use super::offset::offset;
use super::recorded_masks::RecordedMasks;
use super::retained::Retained;
use super::role::Role;
use super::row::{PackedTime, Row};
use super::segment_store::SegmentStoreWriter;
use super::span_codec::push_spans;
use super::stored_row::{ColumnEnds, StoredRow};
use super::stored_segment::StoredSegment;
use crate::article::Article;
use crate::error::Error;
use crate::store::{Column, ColumnBudget, list_range, push_ranges};
use crate::text::{Token, Tokens, direct_speech};

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
        if let Some(recorded) = &mut self.recorded_masks {
            recorded.push(self.rows.len(), &article.masked);
        }
        let retained = Retained { texts: article.text.is_some(), for_removals: article.lines.is_some() };
        let row = article.row.moved_to(offset(self.strings.len()));
        self.strings.extend_from_slice(&article.strings);
        self.push_row(&row, retained);
    }

    /// Returns the masks that an archive recorded, of the articles of which something is masked: the index of each, with the
    /// masked ranges.
    pub(crate) fn recorded_masks(&self) -> impl Iterator<Item = (usize, &[Range<u32>])> {
        self.recorded_masks.iter().flat_map(RecordedMasks::iter)
    }

    /// Has the article at `index` masked anew, whatever an archive recorded; to be called with ascending indexes.
    pub(crate) fn mask_anew(&mut self, index: usize) {
        if let Some(recorded) = &mut self.recorded_masks {
            recorded.mask_anew(index);
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
