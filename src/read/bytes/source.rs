//! Reads the bytes of one input, and puts its records into batches.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cutter::{Cut, Cutter, Ending};
use super::lines::LineCutter;
use super::rows::{RowCutter, dialect};
use super::table_state::{HeaderRow, TableState};
use super::values::ValueCutter;
use super::whole::WholeCutter;
use crate::article::Location;
use crate::error::{Error, Extent, Problem};
use crate::read::batch::{Batch, RecordSpan};
use crate::read::container::DecompressedBytes;
use crate::read::decoding::Decoding;
use crate::read::encoding::utf8;
use crate::read::fill::Fill;
use crate::read::format::Format;
#[cfg(feature = "web")]
use crate::read::left_out::LeftOutCounts;
use crate::read::open_input::OpenInput;
use crate::read::options::ReadOptions;
#[cfg(feature = "web")]
use crate::read::page::encoding_counts::EncodingCounts;
use crate::read::parse::columns::Columns;
#[cfg(feature = "web")]
use crate::read::parse::page::PageParser;
use crate::read::parse::plan::FieldPlan;
use crate::read::parse::record_parser::{RecordForm, RecordParser};
use crate::read::skipped_file::SkippedFile;
use crate::read::source_summary::SourceSummary;
#[cfg(feature = "web")]
use crate::read::warc::cutter::WarcCutter;

/// The number of bytes that may follow a record and belong to its end while its end is not known: `\r`.
const END_SLACK: usize = 1;

/// An input that is being read.
pub(in crate::read) struct ByteSource {
    parser: Arc<RecordParser>,
    plan: Arc<FieldPlan>,
    bytes: DecompressedBytes,
    cutter: Box<dyn Cutter>,
    format: Format,
    /// The table, if the format is CSV or TSV.
    table: Option<TableState>,
    /// The number of bytes that are read at a time.
    block: usize,
    max_record: usize,
    records: u64,
    /// The bytes of the open stretch (see [`Cutter`]), while no batch is being filled.
    open: Vec<u8>,
    /// The number of bytes of the open stretch that the cutter has visited.
    seen: usize,
    /// The line on which the open stretch begins.
    line: u64,
    /// The offset of the open stretch, in bytes after decompression.
    offset: u64,
    /// True if the open stretch begins in a record that is too long and was reported.
    skips: bool,
    /// The problem with the whole file, until it is reported.
    refused: Option<Problem>,
    /// The reason why nothing is read, if the file was found in a folder and is no article.
    skipped: Option<SkippedFile>,
    /// True if all bytes were read and all records were taken.
    ended: bool,
    /// The conversion to UTF-8, if the text has another encoding.
    decoding: Option<Decoding>,
    #[cfg(feature = "web")]
    web: WebState,
}

/// The counts of what is read of web archives and pages.
#[cfg(feature = "web")]
#[derive(Default)]
struct WebState {
    left_out: Arc<LeftOutCounts>,
    encodings: Arc<EncodingCounts>,
}

impl ByteSource {
    /// Creates the source of the records of `input`, which is the input with the index `number` of the reader. It
    /// reads `block` bytes at a time.
    pub(in crate::read) fn new(
        input: OpenInput,
        number: usize,
        options: &ReadOptions,
        plan: &Arc<FieldPlan>,
        block: usize,
    ) -> Self {
        let OpenInput { file, bytes, mut head, mark, format, refused, skipped, decoding, again: _ } = input;
        let (dialect, before) = dialect(format, &head, plan).unzip();
        // A line before the header that names the delimiter is between records.
        let before = before.unwrap_or(0);
        head.drain(..before);
        #[cfg(feature = "web")]
        let web = WebState::default();
        let cutter: Box<dyn Cutter> = match (format, dialect) {
            #[cfg(feature = "web")]
            (Format::Warc, _) => Box::new(WarcCutter::new(options.html, options.max_record, &web.left_out)),
            (Format::JsonLines, _) => Box::new(LineCutter { longest_blank: options.max_record }),
            (Format::Json, _) => Box::new(ValueCutter::new()),
            (_, Some(dialect)) => Box::new(RowCutter::new(dialect)),
            (_, None) => Box::new(WholeCutter),
        };
        let form = match format {
            Format::JsonLines | Format::Json => RecordForm::Object(Arc::clone(plan)),
            #[cfg(feature = "web")]
            Format::Html => RecordForm::Page(PageParser::new(options, &web.encodings)),
            #[cfg(feature = "web")]
            Format::Warc => RecordForm::Warc(PageParser::new(options, &web.encodings)),
            // The parser of rows is created with the header. Without their features, other formats are refused.
            _ => RecordForm::Text,
        };
        Self {
            parser: Arc::new(RecordParser { file, source: number, form }),
            plan: Arc::clone(plan),
            bytes,
            cutter,
            format,
            table: dialect.map(TableState::new),
            block,
            // The cutter of web archives knows the length of a record before its end is read.
            max_record: if format == Format::Warc { usize::MAX } else { options.max_record },
            records: 0,
            open: head,
            seen: 0,
            line: 1 + u64::from(before > 0),
            offset: (mark + before) as u64,
            skips: false,
            refused,
            ended: skipped.is_some(),
            skipped,
            decoding,
            #[cfg(feature = "web")]
            web,
        }
    }

    /// Returns the counts of the encodings of pages.
    #[cfg(feature = "web")]
    pub(in crate::read) fn encodings(&self) -> Arc<EncodingCounts> {
        Arc::clone(&self.web.encodings)
    }

    /// Returns what has been read so far.
    pub(in crate::read) fn summary(&self) -> SourceSummary {
        let header = self.table.as_ref().and_then(|table| table.header.as_ref());
        SourceSummary {
            name: String::from(&*self.parser.file),
            bytes: self.bytes.bytes(),
            hash: self.bytes.hash(),
            records: self.records,
            format: self.format,
            compression: self.bytes.compression(),
            delimiter: self.table.as_ref().map(|table| table.dialect.delimiter),
            header: header.map(|header| header.row.clone()),
            header_end: header.map(|header| header.end),
            encoding: self.decoding.as_ref().map(|decoding| decoding.encoding.name()),
            replaced: self.decoding.as_ref().map_or(0, Decoding::replaced),
            encodings: BTreeMap::new(),
            #[cfg(feature = "web")]
            left_out: self.web.left_out.counts(),
            #[cfg(not(feature = "web"))]
            left_out: Vec::new(),
            skipped: self.skipped,
        }
    }

    /// Appends records to `batch` until it is full or the source ends.
    ///
    /// # Errors
    /// The error after the records that were appended. After an [`Error::Record`], the source can continue.
    pub(in crate::read) fn fill(&mut self, batch: &mut Batch) -> Result<Fill, Error> {
        if self.skipped.is_some() {
            return Ok(Fill::End);
        }
        if let Some(problem) = self.refused.take() {
            self.skip_rest();
            return Err(self.error(problem));
        }
        let mut begin = batch.data.len();
        batch.data.append(&mut self.open);
        let outcome = self.cut_into(batch, &mut begin);
        self.open = batch.data.split_off(begin);
        outcome
    }

    /// Cuts the bytes of `batch` from `begin` on. `begin` is moved to the beginning of the open stretch.
    fn cut_into(&mut self, batch: &mut Batch, begin: &mut usize) -> Result<Fill, Error> {
        while !self.ended {
            match self.cutter.cut(&batch.data[*begin..], self.seen) {
                Cut::More => {
                    self.seen = batch.data.len() - *begin;
                    self.limit(batch, *begin)?;
                    if batch.is_full() {
                        return Ok(Fill::Full);
                    }
                    if batch.is_empty() {
                        // Otherwise endless blank lines would collect in a batch that is never full.
                        batch.data.drain(..*begin);
                        *begin = 0;
                    }
                    if self.bytes.read(&mut batch.data, self.block)? == 0 {
                        self.finish(batch, begin)?;
                    }
                }
                Cut::Record { end, next } => self.take(batch, begin, end, next)?,
                Cut::Gap { next } => {
                    if let Some(table) = &mut self.table {
                        table.count_empty_row(&batch.data[*begin..*begin + next]);
                    }
                    self.advance(batch, begin, next);
                }
                Cut::Fault { next, problem } => {
                    self.advance(batch, begin, next);
                    return Err(self.error(problem));
                }
            }
        }
        Ok(Fill::End)
    }

    /// Ends the source, and takes the open stretch if it is a record.
    fn finish(&mut self, batch: &mut Batch, begin: &mut usize) -> Result<(), Error> {
        self.ended = true;
        let length = batch.data.len() - *begin;
        if self.skips {
            return Ok(());
        }
        match self.cutter.finish(&batch.data[*begin..]) {
            Ending::Record { end } => self.take(batch, begin, end, length),
            Ending::Nothing => Ok(()),
            Ending::Fault { problem } => Err(self.error(problem)),
        }
    }

    /// Takes the record of `end` bytes that begins at `begin`; the next stretch begins `next` bytes after `begin`.
    fn take(&mut self, batch: &mut Batch, begin: &mut usize, end: usize, next: usize) -> Result<(), Error> {
        let (from, line, offset, skips) = (*begin, self.place(), self.offset, self.skips);
        let row = self.table.as_mut().and_then(TableState::count_row);
        if !skips && end > self.max_record {
            let (error, lacks_header) = (self.too_long(), self.lacks_header());
            self.advance(batch, begin, next);
            if lacks_header {
                self.skip_rest();
            }
            return Err(error);
        }
        self.advance(batch, begin, next);
        if skips {
            return Ok(());
        }
        if self.lacks_header() {
            return self.take_header(&batch.data[from..from + end], offset).map_err(|problem| {
                self.skip_rest();
                Error::record(&Location { file: Arc::clone(&self.parser.file), line }, problem)
            });
        }
        let span = RecordSpan { begin: from, end: from + end, next: from + next, line, offset, row };
        batch.push(&self.parser, span);
        self.records += 1;
        Ok(())
    }

    /// Returns whether the next record is the header of a table.
    fn lacks_header(&self) -> bool {
        self.table.as_ref().is_some_and(|table| table.header.is_none())
    }

    /// Skips the rest of the input. It is still read, because the number and the hash of all bytes are needed to
    /// copy the file.
    fn skip_rest(&mut self) {
        self.cutter = Box::new(WholeCutter);
        self.skips = true;
    }

    /// Takes the header of a table, which begins at `offset`.
    fn take_header(&mut self, header: &[u8], offset: u64) -> Result<(), Problem> {
        let table = self.table.as_mut().expect("only tables have a header");
        let text = utf8(header, Extent::Header)?;
        let columns = Columns::new(text, table.dialect, &self.plan)?;
        let RecordParser { file, source, .. } = &*self.parser;
        let form = RecordForm::Row(Arc::new(columns));
        self.parser = Arc::new(RecordParser { file: Arc::clone(file), source: *source, form });
        table.header = Some(HeaderRow { row: header.to_vec(), end: offset + header.len() as u64 });
        Ok(())
    }

    /// Drops the bytes of an open stretch that is too long, and reports it when it is seen first.
    fn limit(&mut self, batch: &mut Batch, begin: usize) -> Result<(), Error> {
        let length = batch.data.len() - begin;
        let is_new = !self.skips && length > self.max_record.saturating_add(END_SLACK);
        let error = is_new.then(|| self.too_long());
        if self.skips || is_new {
            self.skips = true;
            self.line += count_lines(&batch.data[begin..]);
            self.offset += length as u64;
            self.seen = 0;
            batch.data.truncate(begin);
            if self.lacks_header() {
                self.skip_rest();
            }
        }
        error.map_or(Ok(()), Err)
    }

    /// Begins a new stretch `next` bytes after `begin`.
    fn advance(&mut self, batch: &Batch, begin: &mut usize, next: usize) {
        let bytes = &batch.data[*begin..*begin + next];
        self.line += match self.format {
            // The stretch is one line.
            Format::JsonLines => u64::from(bytes.ends_with(b"\n")),
            // Its records are found by their offsets.
            Format::Warc => 0,
            _ => count_lines(bytes),
        };
        self.offset += next as u64;
        *begin += next;
        self.seen = 0;
        self.skips = false;
    }

    fn too_long(&self) -> Error {
        let extent = if self.lacks_header() { Extent::Header } else { Extent::Record };
        self.error(Problem::TooLong { extent, limit: self.max_record })
    }

    /// Creates an error with the place at which the open stretch begins.
    fn error(&self, problem: Problem) -> Error {
        Error::record(&Location { file: Arc::clone(&self.parser.file), line: self.place() }, problem)
    }

    /// Returns the place at which the open stretch begins: its line; in a web archive, the offset of its gzip member in the
    /// file, at which other programs find it, or, if the members are not the records, its offset after decompression.
    fn place(&self) -> u64 {
        #[cfg(feature = "web")]
        if self.format == Format::Warc {
            return self.bytes.member_start(self.offset).unwrap_or(self.offset);
        }
        self.line
    }
}

impl std::fmt::Debug for ByteSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ByteSource")
            .field("bytes", &self.bytes)
            .field("line", &self.line)
            .finish_non_exhaustive()
    }
}

fn count_lines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}
