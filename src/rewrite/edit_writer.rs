//! Writes an input with its edits applied, and passes on the records that are removed.
//!
//! A line is removed with its line end. An element of a JSON array is removed with one comma, so that the output is
//! an array again: with the comma before it if an earlier element of the array is kept, else with the comma after
//! it.

use std::mem;

use super::compressed_output::CompressedOutput;
use super::edit::Edit;
use super::forward_reader::ForwardReader;
use super::removed_bytes::RemovedBytes;
use crate::error::Error;
use crate::read::Content;

/// The longest separator of two elements, in bytes. Up to this length, the bytes between two elements are read into
/// memory, to see whether they are only a separator; more bytes than that are not.
const LONGEST_SEPARATOR: u64 = 64 << 10;

/// The bytes between two records, which are removed with one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Separator {
    /// A line end, which belongs to the record before it. A record without one, such as a whole text, has an empty
    /// line end.
    LineEnd,
    /// A comma, or only white space between JSON objects that are not in an array.
    Comma,
}

/// The offsets of a record in its input, in bytes after decompression.
#[derive(Clone, Copy, Debug)]
pub(super) struct RecordRange {
    pub(super) begin: u64,
    pub(super) end: u64,
    /// The offset after the line end that follows the record.
    pub(super) line_end: u64,
}

/// Writes an input with its edits applied. `T` is the value that comes with a removed record, and `F` receives
/// both.
pub(super) struct EditWriter<'a, T, F> {
    input: ForwardReader,
    output: CompressedOutput<'a>,
    separator: Separator,
    receive_removed: F,
    /// True if an element was kept, and only separators and removed elements are between it and the next element.
    follows_kept: bool,
    /// An element that was removed, while it is unknown whether a comma follows that is removed with it.
    pending: Option<(T, RemovedBytes)>,
}

impl<'a, T, F> EditWriter<'a, T, F>
where
    F: FnMut(T, &RemovedBytes) -> Result<(), Error>,
{
    /// Creates a writer from the beginning of `input` to `output`.
    pub(super) fn new(
        input: ForwardReader,
        output: CompressedOutput<'a>,
        separator: Separator,
        receive_removed: F,
    ) -> Self {
        Self { input, output, separator, receive_removed, follows_kept: false, pending: None }
    }

    /// Copies the input up to `offset`, and inserts `bytes` there.
    pub(super) fn insert(&mut self, offset: u64, bytes: &[u8]) -> Result<(), Error> {
        self.copy_to(offset)?;
        self.output.write(bytes)
    }

    /// Copies the input up to the next record, and applies an edit to that record.
    pub(super) fn edit(&mut self, range: RecordRange, edit: Edit<T>) -> Result<(), Error> {
        match self.separator {
            Separator::LineEnd => self.edit_line(range, edit),
            Separator::Comma => self.edit_element(range, edit),
        }
    }

    fn edit_line(&mut self, range: RecordRange, edit: Edit<T>) -> Result<(), Error> {
        self.copy_to(range.begin)?;
        match edit {
            Edit::Keep => self.copy_to(range.line_end),
            Edit::Insert { offset, bytes } => {
                self.insert(range.begin + offset as u64, &bytes)?;
                self.copy_to(range.line_end)
            }
            Edit::Remove(value) => {
                let record = self.input.take_to(range.end)?;
                let after = self.input.take_to(range.line_end)?;
                let removed = RemovedBytes { offset: range.begin, before: Vec::new(), record, after };
                (self.receive_removed)(value, &removed)
            }
        }
    }

    fn edit_element(&mut self, range: RecordRange, edit: Edit<T>) -> Result<(), Error> {
        let gap_begin = self.input.position();
        // A gap that is too long to be a separator stays unread here.
        let is_short = range.begin.saturating_sub(gap_begin) <= LONGEST_SEPARATOR;
        let mut gap = if is_short { self.input.take_to(range.begin)? } else { Vec::new() };
        let is_separator = self.input.position() == range.begin && is_separator(&gap);
        self.follows_kept &= is_separator;
        if let Some((value, mut removed)) = self.pending.take() {
            if is_separator {
                removed.after = mem::take(&mut gap);
            }
            (self.receive_removed)(value, &removed)?;
        }
        match edit {
            // The comma before the element is removed with it.
            Edit::Remove(value) if self.follows_kept => {
                let record = self.input.take_to(range.end)?;
                let removed = RemovedBytes { offset: gap_begin, before: gap, record, after: Vec::new() };
                (self.receive_removed)(value, &removed)
            }
            // A comma after the element is to be removed with it.
            Edit::Remove(value) => {
                self.write_gap(&gap, range)?;
                let record = self.input.take_to(range.end)?;
                let (before, after) = (Vec::new(), Vec::new());
                self.pending = Some((value, RemovedBytes { offset: range.begin, before, record, after }));
                Ok(())
            }
            Edit::Keep => {
                self.write_gap(&gap, range)?;
                self.follows_kept = true;
                self.copy_to(range.end)
            }
            Edit::Insert { offset, bytes } => {
                self.write_gap(&gap, range)?;
                self.insert(range.begin + offset as u64, &bytes)?;
                self.follows_kept = true;
                self.copy_to(range.end)
            }
        }
    }

    /// Writes the bytes before an element: those that were read, and the rest up to the element.
    fn write_gap(&mut self, read: &[u8], range: RecordRange) -> Result<(), Error> {
        self.output.write(read)?;
        self.copy_to(range.begin)
    }

    /// Copies the rest of the input. Returns the input, which was read to its end, and the output.
    pub(super) fn finish(mut self) -> Result<(Content, CompressedOutput<'a>), Error> {
        if let Some((value, mut removed)) = self.pending.take() {
            let rest = self.input.take_to(self.input.position() + LONGEST_SEPARATOR)?;
            // The reader accepts a comma before the closing bracket. It must not stay if no element is before it.
            let space = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            let comma_end = if rest.get(space) == Some(&b',') { space + 1 } else { 0 };
            removed.after.extend_from_slice(&rest[..comma_end]);
            (self.receive_removed)(value, &removed)?;
            self.output.write(&rest[comma_end..])?;
        }
        self.copy_to(u64::MAX)?;
        Ok((self.input.into_content(), self.output))
    }

    /// Copies the input up to the offset `end` to the output.
    fn copy_to(&mut self, end: u64) -> Result<(), Error> {
        self.input.read_to(end, |bytes| self.output.write(bytes))
    }
}

/// Returns whether the bytes between two elements are white space with one comma at most: no bracket, and nothing
/// else that was not read as a record.
fn is_separator(gap: &[u8]) -> bool {
    let mut marks = gap.iter().filter(|byte| !byte.is_ascii_whitespace());
    marks.next().is_none_or(|&mark| mark == b',') && marks.next().is_none()
}
