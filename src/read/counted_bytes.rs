//! Counts the bytes that are read of inputs, before decompression: the share of a file that was read is known by them.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A reader that adds the number of bytes that were read to a common count.
pub(super) struct CountedBytes {
    pub(super) inner: Box<dyn Read + Send>,
    pub(super) count: Arc<AtomicU64>,
}

impl Read for CountedBytes {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(bytes)?;
        self.count.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}
