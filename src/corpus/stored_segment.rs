//! Reads the articles of a segment whose columns are in stores.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::article_columns::ArticleColumns;
use super::line_codec::{ShortLine, decode_lines, decode_other_text};
use super::offset::offset;
use super::recorded_masks::RecordedMasks;
use super::retained::Retained;
use super::role::Role;
use super::row::{Field, PackedTime};
use super::segment_store::{SegmentStore, SegmentStoreWriter};
use super::span_codec::decode_spans;
use super::stored_row::StoredRow;
use crate::article::LocationRef;
use crate::error::Error;
use crate::store::{Column, list_range, take_ranges};
use crate::text::Token;

/// A segment whose columns are in stores. After ambiguous dates are resolved, it never changes.
#[derive(Debug)]
pub(crate) struct StoredSegment {
    pub(super) times: Vec<PackedTime>,
    pub(super) rows: Column<StoredRow>,
    pub(super) files: Vec<Arc<str>>,
    pub(super) strings: Column<u8>,
    pub(super) tokens: Column<Token>,
    pub(super) token_ends: Vec<u32>,
    /// The spans of the tokens, encoded.
    pub(super) spans: Column<u8>,
    /// The ranges of tokens that are direct speech, encoded.
    pub(super) speech: Column<u8>,
    /// The lines of the texts, encoded, and what pages print besides.
    pub(super) lines: Column<u8>,
    pub(super) texts: Column<u8>,
    pub(super) recorded_masks: Option<RecordedMasks>,
    pub(super) retained: Retained,
    pub(super) role: Role,
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
        self.recorded_masks.as_ref()?.of(index)
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
        take_ranges(&mut store.strings.read(&self.speech, range, &mut buffer).iter()).collect()
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
