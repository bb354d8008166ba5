//! Adds columns at the end of each row of CSV and TSV.

use std::path::Path;

use super::edit::Edit;
use crate::error::{Error, FieldForm, Problem};
use crate::read::{Batch, SourceSummary};
use crate::report::Cell;
use crate::write::CellStyle;

/// Columns that are added after the last one of a table.
#[derive(Clone, Copy, Debug)]
pub struct AddedColumns<'a> {
    /// The names of the columns.
    pub names: &'a [String],
    /// The delimiter of the table.
    pub delimiter: u8,
    /// The way in which the added cells are written.
    pub style: CellStyle,
}

impl AddedColumns<'_> {
    /// Returns the bytes to be inserted at the end of the header row. `summary` is that of the first reading of the
    /// input.
    ///
    /// # Errors
    /// An [`Error::Input`] if the input has a column of one of these names.
    pub fn header_suffix(&self, summary: &SourceSummary) -> Result<Vec<u8>, Error> {
        let Some(header) = &summary.header else { return Ok(Vec::new()) };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(self.delimiter)
            .has_headers(false)
            .from_reader(header.as_slice());
        let present = reader.records().next().and_then(Result::ok).unwrap_or_default();
        if let Some(name) = self.names.iter().find(|name| present.iter().any(|other| other == **name)) {
            let taken = Problem::NameTaken { form: FieldForm::Column, name: name.clone() };
            return Err(Error::input(Path::new(&summary.name), taken));
        }
        Ok(self.cells(self.names.iter().map(|name| self.style.text(name).into_owned())))
    }

    /// Returns the edit that adds cells to a row that has been parsed.
    pub fn edit<T>(&self, batch: &Batch, index: usize, cells: Vec<Cell<'_>>) -> Edit<T> {
        let cells = cells.into_iter().map(|cell| self.style.cell(cell));
        Edit::Insert { offset: batch.record(index).len(), bytes: self.cells(cells) }
    }

    /// Returns the cells, each after a delimiter.
    fn cells(&self, cells: impl Iterator<Item = impl AsRef<[u8]>>) -> Vec<u8> {
        let mut row = csv::WriterBuilder::new().delimiter(self.delimiter).from_writer(Vec::new());
        row.write_record(cells).and_then(|()| Ok(row.flush()?)).expect("writing to memory does not fail");
        let written = row.into_inner().expect("the row was flushed");
        let mut out = vec![self.delimiter];
        out.extend_from_slice(written.strip_suffix(b"\n").unwrap_or(&written));
        out
    }
}
