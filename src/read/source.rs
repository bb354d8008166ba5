//! One input in, its whole records out, into one batch after another.

use std::sync::Arc;

use super::batch::Batch;
use super::csv::RowCutter;
use super::cut::{Cut, Cutter, Last};
use super::decompress::PlainBytes;
use super::fields::Plan;
use super::inputs::Input;
use super::json::ValueCutter;
use super::jsonl::LineCutter;
use super::origin::{Origin, Parser, utf8};
use super::row::Columns;
use super::text::{WholeCutter, is_binary};
use super::{Format, ReadOptions, Sizes, SourceSummary, sniff};
use crate::article::Location;
use crate::error::Error;

/// The bytes that may follow a record and belong to its end while it is not known to have ended: `\r`.
const END_SLACK: usize = 1;

/// Why a source stopped to fill a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fill {
    /// The batch is full; the source may hold more.
    Full,
    /// The source is at its end.
    End,
}

/// An input that is being read.
pub(super) struct Source {
    origin: Arc<Origin>,
    plan: Arc<Plan>,
    bytes: PlainBytes,
    cutter: Box<dyn Cutter>,
    format: Format,
    delimiter: Option<u8>,
    header: Option<Vec<u8>>,
    block: usize,
    max_record: usize,
    records: u64,
    /// The open stretch, as far as it was read, while no batch is being filled.
    open: Vec<u8>,
    /// How many bytes of the open stretch the cutter has seen.
    seen: usize,
    /// The line on which the open stretch begins.
    line: u64,
    /// The byte, after decompression, at which it begins.
    offset: u64,
    /// The byte at which the header ends.
    header_end: Option<u64>,
    /// The record in which the open stretch begins is too long, and was reported.
    skips: bool,
    /// What is wrong with the whole file, until it is reported.
    refused: Option<String>,
    /// All bytes were read and all records handed out.
    ended: bool,
}

impl Source {
    /// Opens `input` and tells its compression and format by its first bytes.
    pub(super) fn open(
        input: Input,
        number: usize,
        options: &ReadOptions,
        plan: &Arc<Plan>,
        sizes: Sizes,
    ) -> Result<Self, Error> {
        let (file, raw) = input.open()?;
        let mut bytes = PlainBytes::new(Arc::clone(&file), raw)?;
        let mut head = Vec::new();
        let ends = bytes.read(&mut head, sizes.head)? < sizes.head;
        let mark = sniff::check_mark(&head);
        let (mark, mut refused) = mark.map_or_else(|what| (0, Some(what)), |mark| (mark, None));
        head.drain(..mark);
        let format = options.format.unwrap_or_else(|| sniff::format_of(&file, &head, ends, plan));
        if refused.is_none() && format == Format::Text && is_binary(&head) {
            refused = Some("is binary, expected text".to_owned());
        }
        let delimiter = sniff::delimiter(format, &head);
        let cutter: Box<dyn Cutter> = match (format, delimiter) {
            (Format::JsonLines, _) => Box::new(LineCutter { longest_blank: options.max_record }),
            (Format::Json, _) => Box::new(ValueCutter::new()),
            (_, Some(delimiter)) => Box::new(RowCutter::new(delimiter)),
            (_, None) => Box::new(WholeCutter),
        };
        let parser = match format {
            Format::JsonLines | Format::Json => Parser::Object(Arc::clone(plan)),
            // Rows get their own parser with the header.
            Format::Csv | Format::Tsv | Format::Text => Parser::Text,
        };
        Ok(Self {
            origin: Arc::new(Origin { file, number, parser }),
            plan: Arc::clone(plan),
            bytes,
            cutter,
            format,
            delimiter,
            header: None,
            block: sizes.block,
            max_record: options.max_record,
            records: 0,
            open: head,
            seen: 0,
            line: 1,
            offset: mark as u64,
            header_end: None,
            skips: false,
            refused,
            ended: false,
        })
    }

    /// Tells what has been read so far.
    pub(super) fn summary(&self) -> SourceSummary {
        SourceSummary {
            name: String::from(&*self.origin.file),
            bytes: self.bytes.bytes(),
            hash: self.bytes.hash(),
            records: self.records,
            format: self.format,
            compression: self.bytes.compression(),
            delimiter: self.delimiter,
            header: self.header.clone(),
            header_end: self.header_end,
        }
    }

    /// Appends records to `batch` until it is full or the source ends.
    ///
    /// # Errors
    /// What is wrong behind the records that were appended; after an [`Error::Record`] the source can go on.
    pub(super) fn fill(&mut self, batch: &mut Batch) -> Result<Fill, Error> {
        if let Some(what) = self.refused.take() {
            self.pass_over();
            return Err(self.error(what));
        }
        let mut begin = batch.data.len();
        batch.data.append(&mut self.open);
        let outcome = self.cut_into(batch, &mut begin);
        self.open = batch.data.split_off(begin);
        outcome
    }

    /// Cuts the data of `batch` from `begin` on, which moves to where the open stretch begins.
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
                        // Else endless blank lines would pile up in a batch that never fills.
                        batch.data.drain(..*begin);
                        *begin = 0;
                    }
                    if self.bytes.read(&mut batch.data, self.block)? == 0 {
                        self.finish(batch, begin)?;
                    }
                }
                Cut::Record { end, next } => self.take(batch, begin, end, next)?,
                Cut::Gap { next } => self.advance(batch, begin, next),
                Cut::Fault { next, what } => {
                    self.advance(batch, begin, next);
                    return Err(self.error(what));
                }
            }
        }
        Ok(Fill::End)
    }

    /// Ends the source with what the open stretch is.
    fn finish(&mut self, batch: &mut Batch, begin: &mut usize) -> Result<(), Error> {
        self.ended = true;
        let length = batch.data.len() - *begin;
        if self.skips {
            return Ok(());
        }
        match self.cutter.finish(&batch.data[*begin..]) {
            Last::Record { end } => self.take(batch, begin, end, length),
            Last::Nothing => Ok(()),
            Last::Fault { what } => Err(self.error(what)),
        }
    }

    /// Takes the record that ends `end` bytes behind `begin`.
    fn take(&mut self, batch: &mut Batch, begin: &mut usize, end: usize, next: usize) -> Result<(), Error> {
        let (from, line, offset, skips) = (*begin, self.line, self.offset, self.skips);
        if !skips && end > self.max_record {
            let (error, lacks_header) = (self.too_long(), self.lacks_header());
            self.advance(batch, begin, next);
            if lacks_header {
                self.pass_over();
            }
            return Err(error);
        }
        self.advance(batch, begin, next);
        if skips {
            return Ok(());
        }
        if self.lacks_header() {
            self.header_end = Some(offset + end as u64);
            return self.take_header(&batch.data[from..from + end]).map_err(|what| {
                self.pass_over();
                Error::record(&Location { file: Arc::clone(&self.origin.file), line }, what)
            });
        }
        batch.push(&self.origin, (from, from + end, from + next), (line, offset));
        self.records += 1;
        Ok(())
    }

    /// Tells whether the next record is the header of a table.
    fn lacks_header(&self) -> bool {
        self.delimiter.is_some() && self.header.is_none()
    }

    /// Takes all that is left for no record. It is still read: who copies the file knows it by all of its bytes.
    fn pass_over(&mut self) {
        self.cutter = Box::new(WholeCutter);
        self.skips = true;
    }

    fn take_header(&mut self, header: &[u8]) -> Result<(), String> {
        let delimiter = self.delimiter.expect("only tables have a header");
        let columns = utf8(header)
            .map_err(|at| format!("the header is not valid UTF-8 at byte {at}"))
            .and_then(|header| Columns::new(header, delimiter, &self.plan))?;
        let Origin { file, number, .. } = &*self.origin;
        let parser = Parser::Row(Arc::new(columns));
        self.origin = Arc::new(Origin { file: Arc::clone(file), number: *number, parser });
        self.header = Some(header.to_vec());
        Ok(())
    }

    /// Gives an open stretch up that is too long already, or goes on to do so.
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
                self.pass_over();
            }
        }
        error.map_or(Ok(()), Err)
    }

    /// Begins a new stretch `next` bytes behind `begin`.
    fn advance(&mut self, batch: &Batch, begin: &mut usize, next: usize) {
        let bytes = &batch.data[*begin..*begin + next];
        self.line += match self.format {
            // What ends here is one line.
            Format::JsonLines => u64::from(bytes.ends_with(b"\n")),
            _ => count_lines(bytes),
        };
        self.offset += next as u64;
        *begin += next;
        self.seen = 0;
        self.skips = false;
    }

    fn too_long(&self) -> Error {
        let limit = self.max_record;
        let what = match limit {
            _ if limit >= 1 << 20 && limit.is_multiple_of(1 << 20) => format!("{} MiB", limit >> 20),
            _ => format!("{limit} bytes"),
        };
        let what = format!("is longer than {what}; allow for more with --max-record");
        let which = if self.lacks_header() { "header" } else { "record" };
        self.error(format!("the {which} {what}"))
    }

    fn error(&self, what: String) -> Error {
        Error::record(&Location { file: Arc::clone(&self.origin.file), line: self.line }, what)
    }
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Source").field("bytes", &self.bytes).field("line", &self.line).finish_non_exhaustive()
    }
}

fn count_lines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}
