//! An input in, its bytes after decompression out, for those who copy it and do not ask for records.

use std::io::{self, Read};

use super::decompress::PlainBytes;
use super::{Compression, Input};
use crate::error::Error;

/// Bytes that are read at a time.
const BLOCK: usize = 256 << 10;

/// The bytes of an input after decompression, from the first to the last, counted and hashed on their way.
#[derive(Debug)]
pub struct Content {
    bytes: PlainBytes,
    /// What was read and not yet handed out.
    block: Vec<u8>,
    /// How much of it was handed out.
    taken: usize,
}

impl Content {
    /// Opens an input.
    ///
    /// # Errors
    /// An [`Error::Input`] where it cannot be read.
    pub fn open(input: Input) -> Result<Self, Error> {
        let (file, raw) = input.open()?;
        Ok(Self { bytes: PlainBytes::new(file, raw)?, block: Vec::new(), taken: 0 })
    }

    /// Gives bytes that come next, or none at the end; [`Content::consume`] says how many of them were used.
    ///
    /// # Errors
    /// An [`Error::Input`] after all bytes before the failure were handed out.
    pub fn fill(&mut self) -> Result<&[u8], Error> {
        if self.taken == self.block.len() {
            self.block.clear();
            self.taken = 0;
            self.bytes.read(&mut self.block, BLOCK)?;
        }
        Ok(&self.block[self.taken..])
    }

    /// Says that so many of the bytes that come next were used.
    ///
    /// # Panics
    /// Where [`Content::fill`] did not give as many.
    pub fn consume(&mut self, count: usize) {
        assert!(count <= self.block.len() - self.taken, "no more is used than was given");
        self.taken += count;
    }

    /// Tells how the input is packed.
    pub fn compression(&self) -> Compression {
        self.bytes.compression()
    }

    /// Counts the bytes that were read; all of them, once there are no more.
    pub fn bytes(&self) -> u64 {
        self.bytes.bytes()
    }

    /// Gives XXH3-64, with seed 0, of the bytes that were read.
    pub fn hash(&self) -> u64 {
        self.bytes.hash()
    }
}

impl Read for Content {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let next = self.fill().map_err(io::Error::other)?;
        let count = next.len().min(bytes.len());
        bytes[..count].copy_from_slice(&next[..count]);
        self.consume(count);
        Ok(count)
    }
}
