//! Defines the summary of an input.

use super::container::Compression;
use super::format::Format;
use super::skipped_file::SkippedFile;

/// The summary of an input: its format, and the bytes and records that were read so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceSummary {
    /// The file, as the caller named it; `-` for standard input.
    pub name: String,
    /// The number of bytes that were read, after decompression.
    pub bytes: u64,
    /// XXH3-64, with seed 0, of these bytes.
    pub hash: u64,
    /// The number of records that were read. Records longer than the limit do not count.
    pub records: u64,
    /// The format.
    pub format: Format,
    /// The compression.
    pub compression: Compression,
    /// The byte between the fields of a CSV or TSV file.
    pub delimiter: Option<u8>,
    /// The header row of a CSV or TSV file, byte by byte, without its line end.
    pub header: Option<Vec<u8>>,
    /// The offset, in bytes after decompression, of the end of that row.
    pub header_end: Option<u64>,
    /// The reason why nothing was read, if the file was found in a folder and is no article.
    pub skipped: Option<SkippedFile>,
}
