//! Describes an input from which records were removed, so that it can be restored and checked.

#[cfg(unix)]
use std::ffi::OsString;
#[cfg(unix)]
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::{Path, PathBuf};

use data_encoding::BASE64;
#[cfg(unix)]
use data_encoding::DecodeError;
use serde::{Deserialize, Serialize};

use crate::error::Problem;
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
    /// The bytes of that path in base64, if it is not valid UTF-8.
    #[serde(rename = "copy_base64", default, skip_serializing_if = "Option::is_none")]
    pub output_base64: Option<String>,
    /// The compression: `none`, `gzip` or `zstd`.
    pub compression: String,
    /// The size in bytes, after decompression.
    pub bytes: u64,
    /// The XXH3-64 of these bytes, as 16 hexadecimal digits.
    pub hash: String,
}

impl OriginalInput {
    /// Describes the input with this number. `output` is the path of its edited output in the output folder.
    pub fn new(number: usize, summary: &SourceSummary, output: Option<&Path>) -> Self {
        Self {
            number,
            name: summary.name.clone(),
            output: output.map(with_slashes),
            output_base64: output.and_then(bytes_of_no_text).map(|bytes| BASE64.encode(bytes)),
            compression: summary.compression.name().to_owned(),
            bytes: summary.bytes,
            hash: hex(summary.hash),
        }
    }

    /// Returns the path of its edited output in the output folder, or `None` if the output was not written to a folder.
    ///
    /// # Errors
    /// Returns a [`Problem::InvalidBase64`] if the bytes of the path are not base64.
    pub fn output_path(&self) -> Result<Option<PathBuf>, Problem> {
        #[cfg(unix)]
        if let Some(encoded) = &self.output_base64 {
            let invalid = |error: DecodeError| Problem::InvalidBase64 { message: error.to_string() };
            let bytes = BASE64.decode(encoded.as_bytes()).map_err(invalid)?;
            return Ok(Some(PathBuf::from(OsString::from_vec(bytes))));
        }
        Ok(self.output.as_ref().map(PathBuf::from))
    }

    /// Returns the compression, which is none if its name is unknown.
    pub fn compression(&self) -> Compression {
        let all = [Compression::Plain, Compression::Gzip, Compression::Zstd];
        all.into_iter().find(|known| known.name() == self.compression).unwrap_or(Compression::Plain)
    }
}

/// Returns a path with `/` between its components, on all systems.
fn with_slashes(path: &Path) -> String {
    path.components().map(|name| name.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Returns the bytes of a path that is not valid UTF-8. Only on Unix are paths bytes.
#[cfg(unix)]
fn bytes_of_no_text(path: &Path) -> Option<&[u8]> {
    path.to_str().is_none().then(|| path.as_os_str().as_bytes())
}

#[cfg(not(unix))]
fn bytes_of_no_text(_: &Path) -> Option<&[u8]> {
    None
}

/// Returns a hash in the form in which removed records contain it.
pub(super) fn hex(hash: u64) -> String {
    format!("{hash:016x}")
}
