//! Defines the summary of an input.

use std::collections::BTreeMap;

use super::container::Compression;
use super::format::Format;
use super::left_out::LeftOut;
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
    /// The encoding from which the bytes were converted to UTF-8 before they were counted, if that is another one.
    pub encoding: Option<&'static str>,
    /// The number of places with bytes that are not valid in that encoding. They became U+FFFD.
    pub replaced: u64,
    /// The numbers of pages by their encodings. Pages are decoded when they are parsed:
    /// [`Reader::parsed_sources`](super::Reader::parsed_sources) returns these numbers.
    pub encodings: BTreeMap<&'static str, EncodingCount>,
    /// The numbers of records of a web archive that are no articles, by reason.
    pub left_out: Vec<(LeftOut, u64)>,
    /// The reason why nothing was read, if the file was found in a folder and is no article.
    pub skipped: Option<SkippedFile>,
}

/// The numbers of pages with one encoding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EncodingCount {
    /// The number of pages.
    pub pages: u64,
    /// The number of those in which bytes that are not valid became U+FFFD.
    pub damaged: u64,
}
