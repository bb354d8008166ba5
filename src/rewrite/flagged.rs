//! A record and what is to be said of it in, the one member or column more out.

use std::path::Path;

use super::Fate;
use crate::error::{Error, FieldForm, Problem};
use crate::read::{Batch, Format, SourceSummary, member_names};

/// Puts one member, or in CSV and TSV one column, into records.
#[derive(Clone, Copy, Debug)]
pub struct Flagging<'a> {
    /// The name of the member.
    pub member: &'a str,
    /// What was read of the input.
    pub summary: &'a SourceSummary,
}

impl Flagging<'_> {
    /// Gives what is put behind the header of CSV and TSV; nothing for JSON.
    ///
    /// # Errors
    /// An [`Error::Input`] where there is such a column, or where the input is text, into which nothing can be put.
    pub fn header(&self) -> Result<Vec<u8>, Error> {
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
        if names.iter().any(|name| name == self.member) {
            return Err(Error::input(path, self.name_taken(FieldForm::Column)));
        }
        Ok(cell(delimiter, self.member))
    }

    /// Gives the fate of a record of which `value`, as JSON, is to be said.
    ///
    /// # Errors
    /// An [`Error::Record`] where the record has such a member already.
    pub fn fate<T>(&self, batch: &Batch, index: usize, value: &str) -> Result<Fate<T>, Error> {
        let record = batch.record(index);
        if let Some(delimiter) = self.summary.delimiter {
            return Ok(Fate::Insert { at: record.len(), bytes: cell(delimiter, value) });
        }
        if member_names(&String::from_utf8_lossy(record)).iter().any(|name| name == self.member) {
            return Err(Error::record(&batch.place(index), self.name_taken(FieldForm::Member)));
        }
        let members = record.trim_ascii_end().strip_suffix(b"}").unwrap_or(record).trim_ascii_end();
        let name = serde_json::Value::from(self.member);
        Ok(Fate::Insert { at: members.len(), bytes: format!(",{name}:{value}").into_bytes() })
    }

    fn name_taken(&self, form: FieldForm) -> Problem {
        Problem::NameTaken { form, name: self.member.to_owned() }
    }
}

/// Writes one cell more of a row, quoted.
fn cell(delimiter: u8, value: &str) -> Vec<u8> {
    format!("{}\"{}\"", char::from(delimiter), value.replace('"', "\"\"")).into_bytes()
}
