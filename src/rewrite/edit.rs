//! Defines what may be done to a record of an input.

/// A change of one record of an input, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit<T> {
    /// The record stays as it is.
    Keep,
    /// Bytes are inserted into the record.
    Insert {
        /// The offset in the record, in bytes, at which they are inserted.
        offset: usize,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// The record is removed. The value is passed on with its bytes; it may say why the record is removed.
    Remove(T),
}
