//! Reads an input once, from its first byte to its last, up to one offset after another.

use crate::error::Error;
use crate::read::Content;

/// Reads the bytes of an input in order. Offsets are in bytes after decompression.
pub(super) struct ForwardReader {
    content: Content,
    /// The offset of the next byte.
    position: u64,
}

impl ForwardReader {
    /// Creates a reader at the first byte of `content`.
    pub(super) fn new(content: Content) -> Self {
        Self { content, position: 0 }
    }

    /// Returns the offset of the next byte.
    pub(super) fn position(&self) -> u64 {
        self.position
    }

    /// Passes the bytes before the offset `end` to `receive`, block by block. Stops at the end of the input if that
    /// comes first.
    ///
    /// # Errors
    /// Returns an [`Error::Input`] if the input cannot be read, and the first error of `receive`.
    pub(super) fn read_to(
        &mut self,
        end: u64,
        mut receive: impl FnMut(&[u8]) -> Result<(), Error>,
    ) -> Result<(), Error> {
        while self.position < end {
            let block = self.content.fill()?;
            if block.is_empty() {
                // The input is shorter than when it was first read. The caller finds out when it compares the size
                // and the hash of the input at the end.
                break;
            }
            let count = block.len().min(usize::try_from(end - self.position).unwrap_or(usize::MAX));
            receive(&block[..count])?;
            self.content.consume(count);
            self.position += count as u64;
        }
        Ok(())
    }

    /// Returns the bytes before the offset `end`, or those before the end of the input if that comes first.
    ///
    /// # Errors
    /// Returns an [`Error::Input`] if the input cannot be read.
    pub(super) fn take_to(&mut self, end: u64) -> Result<Vec<u8>, Error> {
        let mut taken = Vec::new();
        self.read_to(end, |bytes| {
            taken.extend_from_slice(bytes);
            Ok(())
        })?;
        Ok(taken)
    }

    /// Returns the content, which knows the size and the hash of what was read.
    pub(super) fn into_content(self) -> Content {
        self.content
    }
}
