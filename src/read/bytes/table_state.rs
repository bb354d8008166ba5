//! Holds the state of a table while its rows are read.

use std::num::NonZeroU64;

use crate::read::dialect::Dialect;

/// The dialect of a table, its header after it was read, and the number of rows up to the open stretch.
pub(super) struct TableState {
    pub(super) dialect: Dialect,
    pub(super) header: Option<HeaderRow>,
    /// The rows as spreadsheets count them: with the header and with empty lines.
    rows: u64,
}

/// The header row of a table.
pub(super) struct HeaderRow {
    pub(super) row: Vec<u8>,
    /// The offset of its end, in bytes after decompression.
    pub(super) end: u64,
}

impl TableState {
    /// Creates the state before the header is read.
    pub(super) fn new(dialect: Dialect) -> Self {
        Self { dialect, header: None, rows: 0 }
    }

    /// Counts a row, and returns its number.
    pub(super) fn count_row(&mut self) -> Option<NonZeroU64> {
        self.rows += 1;
        NonZeroU64::new(self.rows)
    }

    /// Counts an empty line, which spreadsheets show as a row. `gap` is a byte between rows: of CRLF, only the second
    /// byte counts.
    pub(super) fn count_empty_row(&mut self, gap: &[u8]) {
        self.rows += u64::from(gap == b"\n");
    }
}
