//! Defines the line that is written about a removed record, and from which the record can be restored.

use data_encoding::{BASE64, DecodeError};
use serde::{Deserialize, Serialize};

use super::original_input::OriginalInput;
use super::removed_bytes::RemovedBytes;
use crate::error::Problem;

/// A removed record with its description and everything that is needed to restore it: one line of JSON.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RemovedRecord<D> {
    /// The description: why the record was removed.
    #[serde(flatten)]
    description: D,
    /// The bytes of the record, if they are valid UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    record: Option<String>,
    /// The bytes of the record in base64, if they are not valid UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    record_base64: Option<String>,
    /// The input and the offset that it was removed from.
    #[serde(rename = "cut")]
    from: RemovedFrom,
}

/// The input and the offset from which a record was removed, and the bytes that were removed around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct RemovedFrom {
    #[serde(flatten)]
    input: OriginalInput,
    /// The offset in the input, in bytes after decompression, at which the removed bytes begin.
    #[serde(rename = "begin")]
    offset: u64,
    /// The bytes removed before the record.
    before: String,
    /// The bytes removed after the record.
    #[serde(rename = "behind")]
    after: String,
}

impl<D> RemovedRecord<D> {
    /// Creates the line about bytes that were removed from an input.
    pub fn new(description: D, input: &OriginalInput, removed: &RemovedBytes) -> Self {
        let record = std::str::from_utf8(&removed.record).ok().map(str::to_owned);
        let record_base64 = record.is_none().then(|| BASE64.encode(&removed.record));
        let from = RemovedFrom {
            input: input.clone(),
            offset: removed.offset,
            before: separator(&removed.before),
            after: separator(&removed.after),
        };
        Self { description, record, record_base64, from }
    }

    /// Returns the input from which the record was removed.
    pub(super) fn input(&self) -> &OriginalInput {
        &self.from.input
    }

    /// Returns the key by which removed records are ordered for restoring: the number of the input, then the
    /// offset.
    pub(super) fn order(&self) -> (usize, u64) {
        (self.from.input.number, self.from.offset)
    }

    /// Returns the removed bytes.
    ///
    /// # Errors
    /// Returns what is wrong with the line, if it does not contain the record exactly once or its base64 is
    /// invalid.
    pub(super) fn bytes(&self) -> Result<RemovedBytes, Problem> {
        let record = match (&self.record, &self.record_base64) {
            (Some(text), None) => text.as_bytes().to_vec(),
            (None, Some(encoded)) => {
                let invalid = |error: DecodeError| Problem::InvalidBase64 { message: error.to_string() };
                BASE64.decode(encoded.as_bytes()).map_err(invalid)?
            }
            _ => return Err(Problem::NoRemovedBytes),
        };
        Ok(RemovedBytes {
            offset: self.from.offset,
            before: self.from.before.as_bytes().to_vec(),
            record,
            after: self.from.after.as_bytes().to_vec(),
        })
    }
}

/// Converts the bytes removed around a record to text. They are commas, white space and line ends: always ASCII.
fn separator(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
