//! The bytes of one record in, an article out: where the records of a file come from and how they are parsed.

use std::sync::Arc;

use super::fields::Plan;
use super::row::Columns;
use super::{object, text};
use crate::article::{Article, Location};
use crate::error::Error;

/// The file that records of a batch come from.
#[derive(Debug)]
pub(super) struct Origin {
    /// The file as it was named.
    pub(super) file: Arc<str>,
    /// Its position among the reader's sources.
    pub(super) number: usize,
    /// How its records are parsed.
    pub(super) parser: Parser,
}

/// How the records of a file are parsed.
#[derive(Clone, Debug)]
pub(super) enum Parser {
    /// As JSON objects.
    Object(Arc<Plan>),
    /// As rows under the file's header.
    Row(Arc<Columns>),
    /// As plain text.
    Text,
}

impl Origin {
    /// Parses the record that begins on `line`.
    pub(super) fn article(&self, record: &[u8], line: u64) -> Result<Article, Error> {
        let place = Location { file: Arc::clone(&self.file), line };
        let text = utf8(record).map_err(|at| Error::record(&place, self.not_utf8(at)))?;
        match &self.parser {
            Parser::Object(plan) => object::article(text, plan, &place),
            Parser::Row(columns) => columns.article(text, &place),
            Parser::Text => return Ok(text::article(text, place)),
        }
        .map_err(|what| Error::record(&place, what))
    }

    fn not_utf8(&self, at: usize) -> String {
        match self.parser {
            Parser::Text => format!(
                "not valid UTF-8 at byte {at}: expected UTF-8; convert it first, for example with \
                 iconv -f WINDOWS-1252 -t UTF-8"
            ),
            _ => format!("not valid UTF-8 at byte {at} of the record"),
        }
    }
}

/// Reads bytes as UTF-8, or tells which byte, counted from 1, is the first that is not.
pub(super) fn utf8(bytes: &[u8]) -> Result<&str, usize> {
    simdutf8::basic::from_utf8(bytes)
        .or_else(|_| std::str::from_utf8(bytes).map_err(|error| error.valid_up_to() + 1))
}
