//! Writes an edited version of an input: records are removed, or bytes are inserted into them; every other byte
//! stays as it is.
//!
//! The output has the format of the input, and any compression. Bytes between records stay, and so does what is not
//! a whole record: a line over the limit, a row whose quote is never closed, a file that is not text, a table
//! without a text column. Each removed record is passed on with its offset, so that [`restore()`] can put it back:
//! the output and the removed records together are always the whole input.
//!
//! The rows of Parquet have no bytes of their own: [`RowRewriter`] writes such a file without some of its rows, or with
//! more columns. Its removed rows cannot be put back.
//!
//! [`WarcRewriter`] writes a web archive without some of its records. A text that was converted to UTF-8 when it was read is
//! written in UTF-8.
//!
//! Invariants: only one batch of records is in memory. An input that changed since it was first read is an error.
//! Cost: reads the input twice at the same time, once to find the records and once to write the bytes.

mod added_columns;
mod added_member;
mod compressed_output;
mod compressed_writer;
mod edit;
mod edit_writer;
mod forward_reader;
mod invalid_record;
mod original_input;
mod removed_bytes;
mod removed_reader;
mod removed_record;
mod restore;
mod rewriter;
#[cfg(feature = "parquet")]
mod row_group;
#[cfg(feature = "parquet")]
mod row_rewriter;
#[cfg(feature = "web")]
mod warc_rewriter;
#[cfg(feature = "parquet")]
mod write_failure;

pub use self::added_columns::AddedColumns;
pub use self::added_member::AddedMember;
pub use self::compressed_writer::CompressedWriter;
pub use self::edit::Edit;
pub use self::invalid_record::InvalidRecord;
pub use self::original_input::OriginalInput;
pub use self::removed_bytes::RemovedBytes;
pub use self::removed_reader::RemovedReader;
pub use self::removed_record::RemovedRecord;
pub use self::restore::restore;
pub use self::rewriter::Rewriter;
#[cfg(feature = "parquet")]
pub use self::row_rewriter::RowRewriter;
#[cfg(feature = "web")]
pub use self::warc_rewriter::WarcRewriter;

#[cfg(test)]
mod tests;
