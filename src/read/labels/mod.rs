//! Reads files of labels: pairs, articles with their groups, or whole groups.
//!
//! A file is JSON (objects one after another, or an array of them), CSV or TSV; the format is detected, and so is
//! the compression. The fields of a row decide its form. Files of labeled pairs, files of articles with a cluster
//! field, and the clusters and pairs that this library writes can all be read.
//!
//! Cost: the whole file is in memory while it is read.

mod fields;
mod read_labels;
mod row;
mod value;

pub use self::fields::LabelFields;
pub use self::read_labels::read_labels;
pub use self::row::LabelRow;

#[cfg(test)]
mod tests;
