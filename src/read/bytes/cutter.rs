//! Defines what the cutters of all formats share: they find the borders between records.

use crate::error::Problem;

/// The next border in a stretch of bytes. Offsets count from the beginning of the stretch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::read) enum Cut {
    /// There is no border: the stretch continues in bytes that were not read yet.
    More,
    /// The bytes up to `end` are a record. The next stretch begins at `next`, after the bytes that end the record.
    Record {
        /// The end of the record.
        end: usize,
        /// The beginning of the next stretch.
        next: usize,
    },
    /// The bytes up to `next` are between records.
    Gap {
        /// The beginning of the next stretch.
        next: usize,
    },
    /// The bytes up to `next` are between records, and the last of them, or the first one after them, is wrong.
    Fault {
        /// The beginning of the next stretch.
        next: usize,
        /// The problem.
        problem: Problem,
    },
}

/// The meaning of the stretch that is open when the input ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::read) enum Ending {
    /// The bytes up to `end` are a record.
    Record {
        /// The end of the record.
        end: usize,
    },
    /// The bytes are no record, and nothing is missing.
    Nothing,
    /// The input should not end here.
    Fault {
        /// The problem.
        problem: Problem,
    },
}

/// Finds the borders between the records of one format.
///
/// The open stretch is the bytes after the last border that were read so far. A cutter gets it again each time that
/// more bytes of it were read. It keeps its state at the end of the first `seen` bytes, so that each byte of a long
/// record is visited once. Of a record that is too long, it gets only the new bytes, as a stretch of their own; it
/// must still find the end of that record.
pub(in crate::read) trait Cutter: Send {
    /// Finds the next border in `open`, of which the first `seen` bytes were visited before.
    fn cut(&mut self, open: &[u8], seen: usize) -> Cut;

    /// Returns the meaning of `open` if the input ends after it.
    fn finish(&mut self, open: &[u8]) -> Ending;
}
