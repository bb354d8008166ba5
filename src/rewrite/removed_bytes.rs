//! Defines the bytes that are removed from an input with a record.

/// The bytes that were removed from an input: a record, and the separator before or after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemovedBytes {
    /// The offset in the input, in bytes after decompression, at which the removed bytes begin.
    pub offset: u64,
    /// The bytes removed before the record: a comma between two elements of an array, with the white space around
    /// it.
    pub before: Vec<u8>,
    /// The record.
    pub record: Vec<u8>,
    /// The bytes removed after the record: its line end, or a comma with the white space around it.
    pub after: Vec<u8>,
}
