//! Holds records that were read, and parses them one by one, from any thread.

use std::num::NonZeroU64;
use std::sync::Arc;

use super::parse::record_parser::RecordParser;
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
    /// The line of the file on which the record begins, from 1.
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
        Self { data: Vec::with_capacity(limit + block), records: Vec::new(), parsers: Vec::new(), limit }
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
        self.records.len()
    }

    /// Returns whether there is no record. A reader never returns such a batch.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Returns the size in bytes of the records and the bytes between them.
    pub fn bytes(&self) -> usize {
        self.data.len()
    }

    /// Parses the record at `index`.
    ///
    /// # Errors
    /// An [`Error::Record`] that says what is wrong with the record.
    ///
    /// # Panics
    /// Panics if `index` is not less than [`Self::len`].
    pub fn article(&self, index: usize) -> Result<Article<'_>, Error> {
        let span = self.records[index].span;
        let article = self.parser(index).article(self.record(index), span.line)?;
        Ok(Article { row: span.row, ..article })
    }

    /// Returns the bytes of the record at `index` as they are in the file, without the line end or comma after it.
    ///
    /// # Panics
    /// Panics if `index` is not less than [`Self::len`].
    pub fn record(&self, index: usize) -> &[u8] {
        let span = self.records[index].span;
        &self.data[span.begin..span.end]
    }

    /// Returns a hash of the record at `index`, by which the same record is found in another file. It is equal for
    /// records with the same bytes; of a table only if the headers are equal, too, and of plain text only if the files
    /// have the same name.
    ///
    /// # Panics
    /// Panics if `index` is not less than [`Self::len`].
    pub fn record_hash(&self, index: usize) -> u64 {
        self.parser(index).record_hash(self.record(index))
    }

    /// Returns the line end after the record at `index` as it is in the file: `\n`, `\r\n` or `\r`. It is empty at
    /// the end of a file, and for [`Format::Json`](super::Format::Json) and [`Format::Text`](super::Format::Text),
    /// whose records are not lines.
    ///
    /// # Panics
    /// Panics if `index` is not less than [`Self::len`].
    pub fn line_end(&self, index: usize) -> &[u8] {
        let span = self.records[index].span;
        &self.data[span.end..span.next]
    }

    /// Returns the offset of the record at `index` in its file, in bytes after decompression.
    ///
    /// # Panics
    /// Panics if `index` is not less than [`Self::len`].
    pub fn offset(&self, index: usize) -> u64 {
        self.records[index].span.offset
    }

    /// Returns the location of the record at `index`: its file and line.
    ///
    /// # Panics
    /// Panics if `index` is not less than [`Self::len`].
    pub fn location(&self, index: usize) -> Location {
        Location { file: Arc::clone(&self.parser(index).file), line: self.records[index].span.line }
    }

    /// Returns the index, in [`Reader::sources`](super::Reader::sources), of the input that the record at `index`
    /// comes from.
    ///
    /// # Panics
    /// Panics if `index` is not less than [`Self::len`].
    pub fn source(&self, index: usize) -> usize {
        self.parser(index).source
    }

    fn parser(&self, index: usize) -> &RecordParser {
        &self.parsers[self.records[index].parser]
    }
}
