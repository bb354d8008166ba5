//! Defines what is taken in together: consecutive records, wherever they come from.

use crate::article::Article;
use crate::error::Error;

/// Consecutive records that become articles one by one, from any thread.
///
/// A [`Batch`](super::Batch) has the records of files. A caller that has records in memory, such as the rows of a data frame,
/// implements this trait, so that they are taken in as fast ([`Detector::add_records`](crate::Detector::add_records));
/// [`RowParser`](super::RowParser) makes articles of them.
pub trait Records: Sync {
    /// Returns the number of records.
    fn count(&self) -> usize;

    /// Returns their size in bytes, as progress reports it.
    fn bytes(&self) -> usize;

    /// Returns the article of the record at `index`.
    ///
    /// # Errors
    /// An [`Error::Record`] that says what is wrong with the record.
    fn article(&self, index: usize) -> Result<Article<'_>, Error>;

    /// Returns a hash by which the record at `index` is recognized elsewhere; nothing if what its article says is to be
    /// hashed.
    fn record_hash(&self, _index: usize) -> Option<u64> {
        None
    }
}
