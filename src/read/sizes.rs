//! Defines the sizes of reads and batches.

/// The sizes of reads and batches. Only tests and fuzzing use other sizes than the default.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sizes {
    /// The bytes of records after which a batch is returned.
    pub(super) batch: usize,
    /// The bytes that are read from the system at a time: few enough to be still in the cache when they are cut.
    pub(super) block: usize,
    /// The bytes from which the format is detected.
    pub(super) head: usize,
}

impl Sizes {
    /// The sizes that are used outside of tests.
    pub(super) const DEFAULT: Self = Self { batch: 4 << 20, block: 256 << 10, head: 64 << 10 };
}
