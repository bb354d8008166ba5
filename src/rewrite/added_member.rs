//! Adds one member to each record of JSON.

use std::path::Path;

use super::edit::Edit;
use crate::error::{Error, FieldForm, FileKind, Problem};
use crate::read::{Batch, Format, SourceSummary, object_member_names};

/// A member that is added at the end of each record.
#[derive(Clone, Copy, Debug)]
pub struct AddedMember<'a> {
    /// The name of the member.
    pub name: &'a str,
}

impl AddedMember<'_> {
    /// Checks that the records of an input have members.
    ///
    /// # Errors
    /// An [`Error::Input`] if the input is plain text, a web page or a web archive.
    pub fn check(summary: &SourceSummary) -> Result<(), Error> {
        let problem = match summary.format {
            Format::Text if summary.records > 0 => Problem::PlainText,
            Format::Html => Problem::WebPages { kind: FileKind::Html },
            Format::Warc => Problem::WebPages { kind: FileKind::Warc },
            _ => return Ok(()),
        };
        Err(Error::input(Path::new(&summary.name), problem))
    }

    /// Returns the edit that adds the member to a record that has been parsed. `value` is the value as JSON.
    ///
    /// # Errors
    /// Returns an [`Error::Record`] if the record has a member of that name.
    pub fn edit<T>(&self, batch: &Batch, index: usize, value: &str) -> Result<Edit<T>, Error> {
        let record = batch.record(index);
        if object_member_names(&String::from_utf8_lossy(record)).iter().any(|name| name == self.name) {
            let taken = Problem::NameTaken { form: FieldForm::Member, name: self.name.to_owned() };
            return Err(Error::record(&batch.location(index), taken));
        }
        // A record that has been parsed has a member for its text, so a comma is always right.
        let members = record.trim_ascii_end().strip_suffix(b"}").unwrap_or(record).trim_ascii_end();
        let name = serde_json::Value::from(self.name);
        Ok(Edit::Insert { offset: members.len(), bytes: format!(",{name}:{value}").into_bytes() })
    }
}
