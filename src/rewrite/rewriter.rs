//! Reads the records of an input once more, and writes the input with an edit applied to each.

use std::io::Write;
use std::path::Path;

use super::compressed_output::CompressedOutput;
use super::edit::Edit;
use super::edit_writer::{EditWriter, RecordRange, Separator};
use super::forward_reader::ForwardReader;
use super::removed_bytes::RemovedBytes;
use crate::error::{Error, Problem};
use crate::read::{Batch, Compression, Content, Format, Input, ReadOptions, Reader, SourceSummary};

/// An input of which an edited version is written.
#[derive(Clone, Copy, Debug)]
pub struct Rewriter<'a> {
    /// The input. It was read before; to write the edited version, it is read twice more.
    pub input: &'a Input,
    /// The options with which it was first read.
    pub options: &'a ReadOptions,
    /// The summary of that first reading.
    pub summary: &'a SourceSummary,
    /// The bytes that are inserted before the header row of CSV and TSV, if the input begins with it.
    pub header_prefix: &'a [u8],
    /// The bytes that are inserted at the end of the header row of CSV and TSV.
    pub header_suffix: &'a [u8],
    /// The compression of the output.
    pub compression: Compression,
}

impl Rewriter<'_> {
    /// Writes the edited input to `out`.
    ///
    /// `edit` is called for each record in reading order, with its batch and its index in the batch; also for
    /// records that cannot be parsed. `receive_removed` is called for each removed record, in the same order.
    ///
    /// # Errors
    /// Returns the first error of `edit` or `receive_removed`; an [`Error::Input`] if the input cannot be read, or
    /// has changed since it was first read; an [`Error::Output`] with `name` if the output cannot be written.
    pub fn write<T>(
        &self,
        name: &Path,
        out: &mut dyn Write,
        mut edit: impl FnMut(&Batch, usize) -> Result<Edit<T>, Error>,
        receive_removed: impl FnMut(T, &RemovedBytes) -> Result<(), Error>,
    ) -> Result<(), Error> {
        // One reader finds the records while another one reads the bytes to be written: batches do not contain the
        // bytes of what is not a whole record.
        let mut reader = Reader::new(vec![self.input_again()?], self.options.clone());
        let bytes = ForwardReader::new(Content::open_converted(self.input_again()?, self.summary.encoding)?);
        let output = CompressedOutput::new(out, self.compression, name)?;
        let separator =
            if self.summary.format == Format::Json { Separator::Comma } else { Separator::LineEnd };
        let mut writer = EditWriter::new(bytes, output, separator, receive_removed);
        if let (Some(header_end), Some(header)) = (self.summary.header_end, &self.summary.header) {
            if header_end == header.len() as u64 {
                writer.insert(0, self.header_prefix)?;
            }
            writer.insert(header_end, self.header_suffix)?;
        }
        loop {
            let batch = match reader.next_batch() {
                Ok(Some(batch)) => batch,
                Ok(None) => break,
                // What is not a whole record is copied with the bytes between records.
                Err(error) if error.is_record() => continue,
                Err(error) => return Err(error),
            };
            for index in 0..batch.len() {
                writer.edit(record_range(&batch, index), edit(&batch, index)?)?;
            }
        }
        let (content, output) = writer.finish()?;
        self.check_unchanged(&content, &reader)?;
        output.finish()
    }

    /// Opens the input once more.
    fn input_again(&self) -> Result<Input, Error> {
        self.input.again().ok_or_else(|| self.error(Problem::ReadOnce))
    }

    /// Checks that both readings gave the bytes of the first one.
    fn check_unchanged(&self, content: &Content, reader: &Reader) -> Result<(), Error> {
        let expected = (self.summary.bytes, self.summary.hash);
        let is_same = (content.bytes(), content.hash()) == expected
            && reader.sources().iter().all(|source| (source.bytes, source.hash) == expected);
        if is_same {
            return Ok(());
        }
        Err(self.error(Problem::Changed))
    }

    fn error(&self, problem: Problem) -> Error {
        Error::input(Path::new(self.input.name()), problem)
    }
}

fn record_range(batch: &Batch, index: usize) -> RecordRange {
    let begin = batch.offset(index);
    let end = begin + batch.record(index).len() as u64;
    RecordRange { begin, end, line_end: end + batch.line_end(index).len() as u64 }
}
