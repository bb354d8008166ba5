//! Reads the rows of Parquet files: tables that are stored by columns, in groups of rows.
//!
//! [`RowSource`](source::RowSource) reads one batch of rows after another, and of these only the columns, or members of
//! columns, that an article may need ([`Projection`](projection::Projection)). Strings are views into the pages of the
//! file, so that a text is copied neither here nor where the row becomes an article ([`Rows`](row_batch::Rows)).
//! The crate `parquet` decodes; all that it is given from outside is read in [`guarded`](guard::guarded), since some
//! damaged files make it panic.
//!
//! Memory: one batch of rows, with the pages that its strings are in, and the footer of the file.

mod column;
mod footer;
mod guard;
mod nested;
mod projection;
mod row_batch;
mod scalar;
mod seekable_file;
pub(super) mod source;

pub(crate) use self::footer::has_encrypted_columns;
pub(crate) use self::guard::guarded;
pub(crate) use self::seekable_file::{HashedPrefix, SeekableFile};
