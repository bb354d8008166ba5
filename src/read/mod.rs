//! Reads articles from files, standard input and other readers.
//!
//! Data passes through these steps, each in its own file or folder:
//!
//! | step | where |
//! |---|---|
//! | paths to inputs | `find_inputs`, `folder_filter`, `input` |
//! | the bytes of an input, decompressed | `container` |
//! | its kind, encoding, format and dialect | `file_kind`, `encoding`, `decoding`, `detect_format`, `dialect`, `open_input` |
//! | its records, as byte ranges | `bytes` |
//! | its records, as rows of columns (Parquet) | `rows` |
//! | the records of web archives; the articles of web pages | `warc`; `page` |
//! | batches of records | `reader`, `batch` |
//! | one record to its fields, and fields to an article | `parse` |
//! | rows that the caller has in memory, to articles | `records`, `parse` |
//!
//! [`Reader::next_batch`] only divides the input into records, in one thread and in reading order.
//! [`Batch::article`] parses one record and may be called from many threads. `labels` reads files of labels, `templates`
//! those of templates, and `content` reads the bytes of an input for those that copy it.
//!
//! A new format has its place here:
//! - records that are byte ranges: a cutter in `bytes`, and a parser in `parse`
//! - rows without bytes of their own: a source beside the one in `rows`, which fills batches; their values become
//!   articles by the field plan in `parse`
//!
//! Invariants: a batch contains whole records, in reading order. The sizes of reads, blocks and batches do not
//! change a record, its line or an error. Only damaged gzip or Zstandard data may yield more or fewer of the bytes
//! before the damage.
//!
//! Cost: one pass. Memory is one batch and the longest record (twice that while its buffer grows), whatever the size
//! of the input; of Parquet, also a page of each column that is read.

mod batch;
mod block_elements;
mod bytes;
mod container;
mod content;
mod counted_bytes;
mod decoding;
mod detect_format;
mod dialect;
mod encoding;
mod field_names;
mod file_kind;
mod fill;
mod find_inputs;
mod folder_filter;
mod format;
mod formula;
mod input;
mod labels;
mod left_out;
mod open_input;
mod options;
#[cfg(feature = "web")]
mod page;
mod parse;
mod reader;
mod records;
#[cfg(feature = "parquet")]
mod rows;
#[cfg(any(feature = "parquet", feature = "web"))]
mod silent_panic;
mod sizes;
mod skipped_file;
mod source;
mod source_summary;
mod spool;
mod suspect_texts;
mod templates;
#[cfg(feature = "web")]
mod warc;
mod whole_text;

pub use self::batch::Batch;
pub use self::container::Compression;
pub use self::content::Content;
pub use self::field_names::FieldNames;
pub use self::find_inputs::{FoundInputs, find_inputs, find_inputs_by};
pub use self::folder_filter::FolderFilter;
pub use self::format::Format;
pub(crate) use self::formula::marked_formula;
pub use self::input::Input;
pub use self::labels::{LabelFields, LabelRow, read_labels};
pub use self::left_out::LeftOut;
pub use self::options::{HtmlText, ReadOptions, TextEncoding};
pub(crate) use self::parse::object::names as object_member_names;
pub(crate) use self::parse::placeholder::is_blank;
pub use self::parse::row_parser::{RowParser, RowValue};
pub use self::parse::site_names::SeenSiteNames;
pub use self::reader::Reader;
pub use self::records::Records;
#[cfg(feature = "parquet")]
pub(crate) use self::rows::{HashedPrefix, SeekableFile, guarded, has_encrypted_columns};
pub use self::skipped_file::SkippedFile;
pub use self::source_summary::{EncodingCount, SourceSummary};
pub use self::suspect_texts::SuspectTexts;
pub use self::templates::{TemplateRow, read_templates};
#[cfg(feature = "web")]
pub(crate) use self::warc::{WARC_MAGIC, WarcHead};

#[cfg(test)]
mod tests;
