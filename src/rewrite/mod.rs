//! An input and what is to become of each of its records in, a copy in the same format and compression out.
//!
//! A copy is the input byte by byte, but for records that are cut out of it and what is put into others. What is cut
//! out is handed over with the place it had, so that [`restore`] puts it back: what stays and what was cut out are the
//! input together, always. What stands between records stays, and so does what is no whole record: a line over the
//! limit, a row whose quote is never closed, a file that is no text or a table without one.
//!
//! Invariants: nothing is held but a batch of records; an input that changed since it was read the first time is an
//! error.
//! Cost: two passes over the input, one that finds the records and one that copies the bytes.

mod flagged;
mod pack;
mod piece;
mod restore;
mod tape;
mod weave;

use std::io::{self, Write};
use std::path::Path;

pub use self::flagged::Flagging;
use self::pack::Packer;
pub use self::piece::{CutPlace, CutRecord, Piece, Source, Unreadable};
pub use self::restore::{Cuts, restore};
use self::tape::Tape;
use self::weave::Weaver;
use crate::error::{Error, Problem};
use crate::read::{Batch, Content, Format, Input, ReadOptions, Reader, SourceSummary};

/// What becomes of a record in a copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate<T> {
    /// It stays as it is.
    Stay,
    /// Something is put into it.
    Insert {
        /// Where in the record, in bytes.
        at: usize,
        /// What.
        bytes: Vec<u8>,
    },
    /// It is cut out; what is said of it goes with it.
    Cut(T),
}

/// An input that is copied.
#[derive(Clone, Copy, Debug)]
pub struct Copying<'a> {
    /// The input; it is read again, twice.
    pub input: &'a Input,
    /// How it was read.
    pub options: &'a ReadOptions,
    /// What was read of it the first time.
    pub summary: &'a SourceSummary,
    /// What is put behind the header of CSV and TSV.
    pub header: &'a [u8],
}

impl Copying<'_> {
    /// Writes the copy. `fate` is asked about each record in reading order, those that cannot be parsed too; `cut` is
    /// handed each record that is cut out, in the same order.
    ///
    /// # Errors
    /// What `fate` and `cut` return; an [`Error::Input`] where the input cannot be read or is not what it was the
    /// first time; an [`Error::Output`] named after `name` where the copy cannot be written.
    pub fn write<T>(
        &self,
        name: &Path,
        out: &mut dyn Write,
        mut fate: impl FnMut(&Batch, usize) -> Result<Fate<T>, Error>,
        cut: impl FnMut(T, &Piece) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let again = || self.input.again().ok_or_else(|| self.error(Problem::ReadOnce));
        let mut reader = Reader::new(vec![again()?], self.options.clone());
        let tape = Tape::new(Content::open(again()?)?, name);
        let out = Packer::new(out, self.summary.compression)
            .map_err(|source| Error::Output { path: name.to_owned(), source })?;
        let mut weaver = Weaver::new(tape, out, self.summary.format == Format::Json, cut);
        if let (Some(end), false) = (self.summary.header_end, self.header.is_empty()) {
            weaver.insert(end, self.header)?;
        }
        loop {
            let batch = match reader.next_batch() {
                Ok(Some(batch)) => batch,
                Ok(None) => break,
                // No whole record: it stays where it is.
                Err(error) if error.is_record() => continue,
                Err(error) => return Err(error),
            };
            for index in 0..batch.len() {
                let begin = batch.offset(index);
                let end = begin + batch.record(index).len() as u64;
                let next = end + batch.line_end(index).len() as u64;
                weaver.record((begin, end, next), fate(&batch, index)?)?;
            }
        }
        let (content, out) = weaver.finish()?;
        let copied = (content.bytes(), content.hash());
        let cut_up =
            reader.sources().iter().map(|source| (source.bytes, source.hash)).all(|read| read == copied);
        if copied != (self.summary.bytes, self.summary.hash) || !cut_up {
            return Err(self.error(Problem::Changed));
        }
        out.finish().and_then(Write::flush).map_err(|source| Error::Output { path: name.to_owned(), source })
    }

    fn error(&self, problem: Problem) -> Error {
        Error::input(Path::new(self.input.name()), problem)
    }
}

/// Turns what a writer says into an error that names the file.
fn unwritable(name: &Path, source: io::Error) -> Error {
    Error::Output { path: name.to_owned(), source }
}

#[cfg(test)]
mod tests;
