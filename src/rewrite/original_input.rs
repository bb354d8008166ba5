//! Describes an input from which records were removed, so that it can be restored and checked.

use serde::{Deserialize, Serialize};

use crate::read::{Compression, SourceSummary};

/// The input from which a record was removed, as each removed record describes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OriginalInput {
    /// The number of the input among all inputs, from 0.
    pub number: usize,
    /// The name of the input.
    #[serde(rename = "input")]
    pub name: String,
    /// The path of its edited output in the output folder, or `None` if the output was not written to a folder.
    #[serde(rename = "copy")]
    pub output: Option<String>,
    /// The compression: `none`, `gzip` or `zstd`.
    pub compression: String,
    /// The size in bytes, after decompression.
    pub bytes: u64,
    /// The XXH3-64 of these bytes, as 16 hexadecimal digits.
    pub hash: String,
}

impl OriginalInput {
    /// Describes the input with this number. `output` is the path of its edited output in the output folder.
    pub fn new(number: usize, summary: &SourceSummary, output: Option<String>) -> Self {
        Self {
            number,
            name: summary.name.clone(),
            output,
            compression: summary.compression.name().to_owned(),
            bytes: summary.bytes,
            hash: hex(summary.hash),
        }
    }

    /// Returns the compression, which is none if its name is unknown.
    pub fn compression(&self) -> Compression {
        let all = [Compression::Plain, Compression::Gzip, Compression::Zstd];
        all.into_iter().find(|known| known.name() == self.compression).unwrap_or(Compression::Plain)
    }
}

/// Returns a hash in the form in which removed records contain it.
pub(super) fn hex(hash: u64) -> String {
    format!("{hash:016x}")
}
