//! Says why a source stopped filling a batch.

/// The reason why a source stopped filling a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Fill {
    /// The batch is full; the source may have more records.
    Full,
    /// The source has no more records.
    End,
}
