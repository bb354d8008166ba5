//! Whole records in, articles out, one by one and from any thread.

use std::sync::Arc;

use super::origin::Origin;
use crate::article::{Article, Location};
use crate::error::Error;

/// Some records, one after another as they were read, and not parsed yet.
#[derive(Debug)]
pub struct Batch {
    /// The bytes that were read, records and what stands between them.
    pub(super) data: Vec<u8>,
    records: Vec<Span>,
    /// The files that the records come from, in reading order.
    origins: Vec<Arc<Origin>>,
    /// Bytes after which the batch is full.
    limit: usize,
}

/// Where a record stands in a batch.
#[derive(Clone, Copy, Debug)]
struct Span {
    begin: usize,
    end: usize,
    /// Where the next stretch begins, behind the record's line end.
    next: usize,
    line: u64,
    /// Where the record begins in its file, in bytes after decompression.
    offset: u64,
    /// Position among the batch's origins.
    origin: usize,
}

impl Batch {
    pub(super) fn new(limit: usize, block: usize) -> Self {
        Self { data: Vec::with_capacity(limit + block), records: Vec::new(), origins: Vec::new(), limit }
    }

    /// Notes that `begin..end` of the data is a record, that `next` lies behind its line end, and on which line and at
    /// which byte of its file it began.
    pub(super) fn push(
        &mut self,
        origin: &Arc<Origin>,
        (begin, end, next): (usize, usize, usize),
        (line, offset): (u64, u64),
    ) {
        if !self.origins.last().is_some_and(|last| Arc::ptr_eq(last, origin)) {
            self.origins.push(Arc::clone(origin));
        }
        self.records.push(Span { begin, end, next, line, offset, origin: self.origins.len() - 1 });
    }

    /// Tells whether it is time to hand the batch out. What is kept about each record counts as well: the
    /// smallest records are smaller than that.
    pub(super) fn is_full(&self) -> bool {
        !self.is_empty() && self.data.len() + self.records.len() * size_of::<Span>() >= self.limit
    }

    /// Gives the number of records.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Tells whether there is no record; a reader never returns such a batch.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Gives the size in bytes of the records and what stands between them.
    pub fn bytes(&self) -> usize {
        self.data.len()
    }

    /// Parses the record at `index`.
    ///
    /// # Errors
    /// An [`Error::Record`] with what is wrong with the record.
    ///
    /// # Panics
    /// Where `index` is not below [`Self::len`].
    pub fn article(&self, index: usize) -> Result<Article, Error> {
        self.origin(index).article(self.record(index), self.records[index].line)
    }

    /// Gives the record at `index` as it stands in the file, without the line end, or the comma, behind it.
    ///
    /// # Panics
    /// Where `index` is not below [`Self::len`].
    pub fn record(&self, index: usize) -> &[u8] {
        let span = self.records[index];
        &self.data[span.begin..span.end]
    }

    /// Gives the line end behind the record at `index` as it stands in the file: `\n`, `\r\n`, `\r`, or nothing
    /// at the end of a file and for [`Format::Json`](super::Format::Json) and
    /// [`Format::Text`](super::Format::Text), whose records are not lines.
    ///
    /// # Panics
    /// Where `index` is not below [`Self::len`].
    pub fn line_end(&self, index: usize) -> &[u8] {
        let span = self.records[index];
        &self.data[span.end..span.next]
    }

    /// Tells at which byte of its file, after decompression, the record at `index` begins.
    ///
    /// # Panics
    /// Where `index` is not below [`Self::len`].
    pub fn offset(&self, index: usize) -> u64 {
        self.records[index].offset
    }

    /// Tells where the record at `index` was read.
    ///
    /// # Panics
    /// Where `index` is not below [`Self::len`].
    pub fn place(&self, index: usize) -> Location {
        Location { file: Arc::clone(&self.origin(index).file), line: self.records[index].line }
    }

    /// Gives the position, in [`Reader::sources`](super::Reader::sources), of the input in which the record at
    /// `index` was read.
    ///
    /// # Panics
    /// Where `index` is not below [`Self::len`].
    pub fn source(&self, index: usize) -> usize {
        self.origin(index).number
    }

    fn origin(&self, index: usize) -> &Origin {
        &self.origins[self.records[index].origin]
    }
}
