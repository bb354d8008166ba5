//! Counts the bytes that are read of inputs, before decompression: the share of a file that was read is known by them.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// The number of bytes that were read of all inputs, before decompression, and whether reading is to stop.
#[derive(Debug, Default)]
pub(crate) struct ByteCount {
    bytes: AtomicU64,
    is_stopped: AtomicBool,
}

impl ByteCount {
    /// Returns the number of bytes.
    pub(super) fn get(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Sets the number of bytes, unless it is greater already. Files that are read from their end count so.
    #[cfg(feature = "parquet")]
    pub(super) fn raise_to(&self, bytes: u64) {
        self.bytes.fetch_max(bytes, Ordering::Relaxed);
    }

    /// Stops reading: for the reader, every input ends at the next read. An input that is refused is otherwise read to its
    /// end, and a device may have none.
    pub(crate) fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }
}

/// A reader that adds the number of bytes that were read to a common count.
pub(super) struct CountedBytes {
    pub(super) inner: Box<dyn Read + Send>,
    pub(super) count: Arc<ByteCount>,
}

impl Read for CountedBytes {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        if self.count.is_stopped.load(Ordering::Relaxed) {
            return Ok(0);
        }
        let count = self.inner.read(bytes)?;
        self.count.bytes.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}
