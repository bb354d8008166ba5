//! Converts lengths and indexes to 32 bits, in which a corpus stores them.

/// Returns a length or an index as a number of 32 bits.
///
/// # Panics
/// Panics if it needs more bits, which is a bug: a segment contains a batch of records, far below 4 GiB, and a
/// corpus has at most 2 to the power of 31 articles.
pub(super) fn offset(length: usize) -> u32 {
    u32::try_from(length).expect("a segment is far below 4 GiB, and a corpus has at most 2^31 articles")
}
