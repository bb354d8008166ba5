//! Parses the records of one file.

use std::sync::Arc;

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::columns::Columns;
#[cfg(feature = "web")]
use super::page::{self, PageParser};
use super::plan::FieldPlan;
use super::{object, text};
use crate::article::{Article, Location};
#[cfg(feature = "web")]
use crate::error::Problem;
use crate::error::{Error, Extent};
use crate::read::encoding::utf8;
#[cfg(feature = "web")]
use crate::read::warc;

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
    /// A web page.
    #[cfg(feature = "web")]
    Page(PageParser),
    /// Records of a web archive.
    #[cfg(feature = "web")]
    Warc(PageParser),
}

impl RecordParser {
    /// Parses the record that begins on `line`.
    ///
    /// # Errors
    /// An [`Error::Record`] that says what is wrong with the record.
    pub(in crate::read) fn article<'r>(&self, record: &'r [u8], line: u64) -> Result<Article<'r>, Error> {
        let location = Location { file: Arc::clone(&self.file), line };
        let extent = match &self.form {
            RecordForm::Text => Extent::File,
            RecordForm::Object(_) | RecordForm::Row(_) => Extent::Record,
            // These bytes are decoded by what they say of themselves.
            #[cfg(feature = "web")]
            RecordForm::Page(parser) => {
                let article = page::article(record, parser, &location);
                return article.map_err(|problem| Error::record(&location, Problem::Page(problem)));
            }
            #[cfg(feature = "web")]
            RecordForm::Warc(parser) => {
                let article = warc::parse::article(record, parser, &location);
                return article.map_err(|problem| Error::record(&location, problem));
            }
        };
        let text = utf8(record, extent).map_err(|problem| Error::record(&location, problem))?;
        match &self.form {
            RecordForm::Object(plan) => object::article(text, plan, &location),
            RecordForm::Row(columns) => columns.article(text, &location),
            _ => return Ok(text::article(text, &location)),
        }
        .map_err(|problem| Error::record(&location, problem))
    }

    /// Returns the hash of a record, as [`Batch::record_hash`](crate::read::Batch::record_hash) describes it.
    pub(in crate::read) fn record_hash(&self, record: &[u8]) -> u64 {
        let seed = match &self.form {
            RecordForm::Object(_) => 0,
            #[cfg(feature = "web")]
            RecordForm::Warc(_) => 0,
            RecordForm::Row(columns) => columns.hash,
            // A text file has its name only to say which article it is, and so does a page.
            _ => xxh3_64(self.file.rsplit(['/', '\\']).next().unwrap_or_default().as_bytes()),
        };
        xxh3_64_with_seed(record, seed)
    }
}
