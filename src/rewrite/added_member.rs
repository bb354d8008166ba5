//! Adds one member to each record of JSON, or one column to CSV and TSV.

use std::path::Path;

use super::edit::Edit;
use crate::error::{Error, FieldForm, Problem};
use crate::read::{Batch, Format, SourceSummary, object_member_names};

/// A member that is added at the end of each record; in CSV and TSV, a column after the last one.
#[derive(Clone, Copy, Debug)]
pub struct AddedMember<'a> {
    /// The name of the member, or of the column.
    pub name: &'a str,
    /// The summary of the first reading of the input.
    pub summary: &'a SourceSummary,
}

impl AddedMember<'_> {
    /// Returns the bytes to be inserted at the end of the header row of CSV and TSV, and none for JSON.
    ///
    /// # Errors
    /// Returns an [`Error::Input`] if the input has a column of that name, or if it is plain text, which has no
    /// members.
    pub fn header_suffix(&self) -> Result<Vec<u8>, Error> {
        let path = Path::new(&self.summary.name);
        let Some(delimiter) = self.summary.delimiter else {
            return match self.summary.format {
                Format::Text if self.summary.records > 0 => Err(Error::input(path, Problem::PlainText)),
                _ => Ok(Vec::new()),
            };
        };
        let Some(header) = &self.summary.header else { return Ok(Vec::new()) };
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(header.as_slice());
        let names = reader.records().next().and_then(Result::ok).unwrap_or_default();
        if names.iter().any(|name| name == self.name) {
            return Err(Error::input(path, self.name_taken(FieldForm::Column)));
        }
        Ok(cell(delimiter, self.name))
    }

    /// Returns the edit that adds the member to a record that has been parsed. `value` is the value as JSON.
    ///
    /// # Errors
    /// Returns an [`Error::Record`] if the record has a member of that name.
    pub fn edit<T>(&self, batch: &Batch, index: usize, value: &str) -> Result<Edit<T>, Error> {
        let record = batch.record(index);
        if let Some(delimiter) = self.summary.delimiter {
            return Ok(Edit::Insert { offset: record.len(), bytes: cell(delimiter, value) });
        }
        if object_member_names(&String::from_utf8_lossy(record)).iter().any(|name| name == self.name) {
            return Err(Error::record(&batch.location(index), self.name_taken(FieldForm::Member)));
        }
        // A record that has been parsed has a member for its text, so a comma is always right.
        let members = record.trim_ascii_end().strip_suffix(b"}").unwrap_or(record).trim_ascii_end();
        let name = serde_json::Value::from(self.name);
        Ok(Edit::Insert { offset: members.len(), bytes: format!(",{name}:{value}").into_bytes() })
    }

    fn name_taken(&self, form: FieldForm) -> Problem {
        Problem::NameTaken { form, name: self.name.to_owned() }
    }
}

/// Returns a delimiter and a quoted cell.
fn cell(delimiter: u8, value: &str) -> Vec<u8> {
    format!("{}\"{}\"", char::from(delimiter), value.replace('"', "\"\"")).into_bytes()
}
