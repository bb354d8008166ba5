//! Parses the records of one file.

use std::sync::Arc;

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::columns::Columns;
use super::plan::FieldPlan;
use super::{object, text};
use crate::article::{Article, Location};
use crate::error::{Error, Extent};
use crate::read::encoding::utf8;

/// Parses the records of one file.
#[derive(Debug)]
pub(in crate::read) struct RecordParser {
    /// The file, as the caller named it.
    pub(in crate::read) file: Arc<str>,
    /// The index of the file among the sources of the reader.
    pub(in crate::read) source: usize,
    /// The form of its records.
    pub(in crate::read) form: RecordForm,
}

/// The form of the records of a file.
#[derive(Clone, Debug)]
pub(in crate::read) enum RecordForm {
    /// JSON objects.
    Object(Arc<FieldPlan>),
    /// Rows of a table.
    Row(Arc<Columns>),
    /// Plain text.
    Text,
}

impl RecordParser {
    /// Parses the record that begins on `line`.
    ///
    /// # Errors
    /// An [`Error::Record`] that says what is wrong with the record.
    pub(in crate::read) fn article<'r>(&self, record: &'r [u8], line: u64) -> Result<Article<'r>, Error> {
        let location = Location { file: Arc::clone(&self.file), line };
        let extent = match self.form {
            RecordForm::Text => Extent::File,
            RecordForm::Object(_) | RecordForm::Row(_) => Extent::Record,
        };
        let text = utf8(record, extent).map_err(|problem| Error::record(&location, problem))?;
        match &self.form {
            RecordForm::Object(plan) => object::article(text, plan, &location),
            RecordForm::Row(columns) => columns.article(text, &location),
            RecordForm::Text => return Ok(text::article(text, &location)),
        }
        .map_err(|problem| Error::record(&location, problem))
    }

    /// Returns the hash of a record, as [`Batch::record_hash`](crate::read::Batch::record_hash) describes it.
    pub(in crate::read) fn record_hash(&self, record: &[u8]) -> u64 {
        let seed = match &self.form {
            RecordForm::Object(_) => 0,
            RecordForm::Row(columns) => columns.hash,
            // A text file has its name only to say which article it is.
            RecordForm::Text => xxh3_64(self.file.rsplit(['/', '\\']).next().unwrap_or_default().as_bytes()),
        };
        xxh3_64_with_seed(record, seed)
    }
}
