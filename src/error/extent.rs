//! Names the parts of a file that a problem may concern.

use std::fmt;

/// The part of a file that a problem concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The whole file.
    File,
    /// The header row of a table.
    Header,
    /// One record.
    Record,
}

impl fmt::Display for Extent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::File => "file",
            Self::Header => "header",
            Self::Record => "record",
        })
    }
}
