//! Holds records that were read, and parses them one by one, from any thread.

use std::fmt;
use std::num::NonZeroU64;
use std::sync::Arc;

use super::parse::record_parser::RecordParser;
use super::records::Records;
use crate::article::{Article, Location};
use crate::error::Error;

/// Consecutive records that were read and not yet parsed.
#[derive(Debug)]
pub struct Batch {
    /// The bytes that were read: the records and the bytes between them.
    pub(super) data: Vec<u8>,
    records: Vec<BatchRecord>,
    /// The parsers of the files that the records come from, in reading order.
    parsers: Vec<Arc<RecordParser>>,
    /// The number of bytes from which the batch is full.
    limit: usize,
    /// The rows of a file without bytes for each record. The batch then has no other records.
    rows: Option<HeldRows>,
}

/// Consecutive rows of one file.
pub(super) struct HeldRows {
    pub(super) rows: Box<dyn Records + Send>,
    /// The file, as the caller named it.
    pub(super) file: Arc<str>,
    /// The index of the file among the sources of the reader.
    pub(super) source: usize,
    /// The number of the first row, from 1.
    pub(super) first: u64,
}

impl fmt::Debug for HeldRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HeldRows")
            .field("file", &self.file)
            .field("first", &self.first)
            .finish_non_exhaustive()
    }
}

/// The location of a record in a batch and in its file.
#[derive(Clone, Copy, Debug)]
pub(super) struct RecordSpan {
    /// The beginning of the record in the batch.
    pub(super) begin: usize,
    /// The end of the record in the batch.
    pub(super) end: usize,
    /// The offset in the batch after the line end of the record.
    pub(super) next: usize,
    /// The line of the file on which the record begins, from 1; in a web archive, its offset.
    pub(super) line: u64,
    /// The offset in the file, in bytes after decompression.
    pub(super) offset: u64,
    /// The number of the row, if the file is a table. Its header is row 1.
    pub(super) row: Option<NonZeroU64>,
}

/// A record of a batch.
#[derive(Clone, Copy, Debug)]
struct BatchRecord {
    span: RecordSpan,
    /// The index of its parser.
    parser: usize,
}

impl Batch {
    /// Creates an empty batch that is full from `limit` bytes on, and has space for one more `block`.
    pub(super) fn new(limit: usize, block: usize) -> Self {
        let data = Vec::with_capacity(limit + block);
        Self { data, records: Vec::new(), parsers: Vec::new(), limit, rows: None }
    }

    /// Sets the rows of the batch, which must be empty.
    #[cfg_attr(not(feature = "parquet"), expect(dead_code, reason = "only Parquet has such rows"))]
    pub(super) fn hold(&mut self, rows: HeldRows) {
        debug_assert!(self.is_empty(), "a batch has rows or other records");
        self.rows = Some(rows);
    }

    /// Adds the record of `span`, whose bytes are already in `data`.
    pub(super) fn push(&mut self, parser: &Arc<RecordParser>, span: RecordSpan) {
        if !self.parsers.last().is_some_and(|last| Arc::ptr_eq(last, parser)) {
            self.parsers.push(Arc::clone(parser));
        }
        self.records.push(BatchRecord { span, parser: self.parsers.len() - 1 });
    }

    /// Returns whether the batch should be returned to the caller. The entries of the records count as well,
    /// because the smallest records are smaller than their entries.
    pub(super) fn is_full(&self) -> bool {
        !self.is_empty() && self.data.len() + self.records.len() * size_of::<BatchRecord>() >= self.limit
    }

    /// Returns the number of records.
    pub fn len(&self) -> usize {
        self.rows.as_ref().map_or(self.records.len(), |held| held.rows.count())
    }

    /// Returns whether there is no record. A reader never returns such a batch.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the size in bytes of the records and the bytes between them; of rows without bytes of their own, the size
    /// of the values that are needed.
    pub fn bytes(&self) -> usize {
        self.rows.as_ref().map_or(self.data.len(), |held| held.rows.bytes())
    }

    /// Parses the record at `index`.
    ///
    /// # Errors
    /// An [`Error::Record`] that says what is wrong with the record.
    ///
    /// # Panics
    /// Panics if `index` is not less than [`Self::len`].
    pub fn article(&self, index: usize) -> Result<Article<'_>, Error> {
        if let Some(held) = &self.rows {
            return held.rows.article(index);
        }
        let span = self.records[index].span;
        let article = self.parser(index).article(self.record(index), span.line)?;
        Ok(Article { row: span.row, ..article })
    }

    /// Returns the bytes of the record at `index` as they are in the file, without the line end or comma after it. A row
    /// of Parquet has none: its values are in columns.
    ///
    /// # Panics
    /// Panics if `index` is not less than [`Self::len`].
    pub fn record(&self, index: usize) -> &[u8] {
        let Some(record) = self.byte_record(index) else { return &[] };
        &self.data[record.span.begin..record.span.end]
    }

    /// Returns a hash of the record at `index`, by which the same record is found in another file. It is equal for
    /// records with the same bytes; of a table only if the headers are equal, too, and of plain text only if the files
    /// have the same name. A row of Parquet has no bytes, and no hash.
    ///
    /// # Panics
    /// Panics if `index` is not less than [`Self::len`].
    pub fn record_hash(&self, index: usize) -> Option<u64> {
        let record = self.byte_record(index)?;
        Some(self.parsers[record.parser].record_hash(self.record(index)))
    }

    /// Returns the line end after the record at `index` as it is in the file: `\n`, `\r\n` or `\r`. It is empty at
    /// the end of a file, and for [`Format::Json`](super::Format::Json), [`Format::Text`](super::Format::Text) and
    /// [`Format::Parquet`](super::Format::Parquet), whose records are not lines.
    ///
    /// # Panics
    /// Panics if `index` is not less than [`Self::len`].
    pub fn line_end(&self, index: usize) -> &[u8] {
        let Some(record) = self.byte_record(index) else { return &[] };
        &self.data[record.span.end..record.span.next]
    }

    /// Returns the offset of the record at `index` in its file, in bytes after decompression; 0 for a row of Parquet.
    ///
    /// # Panics
    /// Panics if `index` is not less than [`Self::len`].
    pub fn offset(&self, index: usize) -> u64 {
        self.byte_record(index).map_or(0, |record| record.span.offset)
    }

    /// Returns the location of the record at `index`: its file, and its line, the number of its row, or its offset.
    ///
    /// # Panics
    /// Panics if `index` is not less than [`Self::len`].
    pub fn location(&self, index: usize) -> Location {
        match &self.rows {
            Some(held) => Location { file: Arc::clone(&held.file), line: held.first + index as u64 },
            None => {
                Location { file: Arc::clone(&self.parser(index).file), line: self.records[index].span.line }
            }
        }
    }

    /// Returns the index, in [`Reader::sources`](super::Reader::sources), of the input that the record at `index`
    /// comes from.
    ///
    /// # Panics
    /// Panics if `index` is not less than [`Self::len`].
    pub fn source(&self, index: usize) -> usize {
        self.rows.as_ref().map_or_else(|| self.parser(index).source, |held| held.source)
    }

    /// Returns the record at `index`, unless it is a row without bytes of its own.
    fn byte_record(&self, index: usize) -> Option<&BatchRecord> {
        self.rows.is_none().then(|| &self.records[index])
    }

    fn parser(&self, index: usize) -> &RecordParser {
        &self.parsers[self.records[index].parser]
    }
}

impl Records for Batch {
    fn count(&self) -> usize {
        self.len()
    }

    fn bytes(&self) -> usize {
        self.bytes()
    }

    fn article(&self, index: usize) -> Result<Article<'_>, Error> {
        self.article(index)
    }

    fn record_hash(&self, index: usize) -> Option<u64> {
        self.record_hash(index)
    }
}
