//! Divides formats whose records are byte ranges into records: JSON Lines, JSON, CSV, TSV and plain text.
//!
//! A [`Cutter`](cutter::Cutter) for each format finds the borders between records;
//! [`ByteSource`](source::ByteSource) reads the bytes and puts the records into batches. Records are not parsed
//! here.

pub(super) mod cutter;
mod lines;
mod rows;
pub(super) mod source;
mod table_state;
pub(super) mod values;
mod whole;

#[cfg(test)]
pub(super) mod cut_all;
