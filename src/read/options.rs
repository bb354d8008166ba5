//! Defines the options of reading.

use std::path::PathBuf;

use super::field_names::FieldNames;
use super::format::Format;

/// The options of reading: the names of the fields, the format, and the greatest size of a record.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ReadOptions {
    /// The names of the fields that hold the parts of an article.
    pub fields: FieldNames,
    /// The format of every input. If it is `None`, the format of each input is detected.
    pub format: Option<Format>,
    /// The greatest size of a record in bytes, up to [`ReadOptions::LARGEST_RECORD`]. A longer record is an
    /// [`Error::Record`](crate::Error::Record); it is skipped without being held in memory.
    pub max_record: usize,
    /// The folder for the bytes of a Parquet file that comes from standard input or is compressed as a whole: it is read
    /// from its end. If it is `None`, that of the system.
    pub temp_dir: Option<PathBuf>,
}

impl ReadOptions {
    /// The greatest value of [`ReadOptions::max_record`]: 3 GiB, so that an offset in a text fits into 32 bits.
    pub const LARGEST_RECORD: usize = 3 << 30;
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { fields: FieldNames::default(), format: None, max_record: 256 << 20, temp_dir: None }
    }
}
