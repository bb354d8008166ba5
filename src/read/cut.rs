//! The bytes of an open stretch in, the next border between records out: what all formats' cutters share.

/// The next border in a stretch of bytes. Positions count from the beginning of the stretch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// There is none: the stretch goes on in bytes not yet read.
    More,
    /// The bytes up to `end` are a record; the next stretch begins at `next`, behind what ends the record.
    Record {
        /// Where the record ends.
        end: usize,
        /// Where the next stretch begins.
        next: usize,
    },
    /// The bytes up to `next` stand between records.
    Gap {
        /// Where the next stretch begins.
        next: usize,
    },
    /// The bytes up to `next` stand between records, and the last of them, or the first behind them, is wrong.
    Fault {
        /// Where the next stretch begins.
        next: usize,
        /// What is wrong.
        what: String,
    },
}

/// What the stretch is that is open when the input ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Last {
    /// Its bytes up to `end` are a record.
    Record {
        /// Where the record ends.
        end: usize,
    },
    /// It is no record, and nothing is missing.
    Nothing,
    /// The input should not end here.
    Fault {
        /// What is wrong.
        what: String,
    },
}

/// Finds the borders between the records of one format.
///
/// A cutter is shown the open stretch, which begins behind the last border, again and again while the stretch
/// grows; what it knows of the first `seen` bytes it keeps, so that a long record is walked once. Of a record
/// that is too long it is shown the new bytes only, as a stretch of their own; it must still find that record's
/// end.
pub(super) trait Cutter: Send {
    /// Finds the next border in `open`, of which the first `seen` bytes were shown before.
    fn cut(&mut self, open: &[u8], seen: usize) -> Cut;

    /// Tells what `open` is if the input ends here.
    fn finish(&mut self, open: &[u8]) -> Last;
}
