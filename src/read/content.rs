//! Reads the bytes of an input after decompression, without dividing them into records: for copying an input.

use std::io::{self, Read};

use super::container::{Compression, DecompressedBytes};
use super::decoding::Decoding;
use super::input::Input;
use crate::error::Error;

/// The number of bytes that are read at a time.
const BLOCK: usize = 256 << 10;

/// The bytes of an input after decompression, counted and hashed as they are read.
#[derive(Debug)]
pub struct Content {
    bytes: DecompressedBytes,
    /// The bytes that were read last.
    block: Vec<u8>,
    /// The number of these bytes that were consumed.
    taken: usize,
}

impl Content {
    /// Opens an input.
    ///
    /// # Errors
    /// An [`Error::Input`] if it cannot be read.
    pub fn open(input: Input) -> Result<Self, Error> {
        let (file, raw) = input.open()?;
        Ok(Self { bytes: DecompressedBytes::new(file, raw)?, block: Vec::new(), taken: 0 })
    }

    /// Opens an input whose bytes are converted to UTF-8 from an encoding, if there is one, as
    /// [`SourceSummary::encoding`](super::SourceSummary::encoding) names it.
    ///
    /// # Errors
    /// An [`Error::Input`] if it cannot be read.
    pub fn open_converted(input: Input, encoding: Option<&str>) -> Result<Self, Error> {
        let Self { bytes, block, taken } = Self::open(input)?;
        let encoding = encoding.and_then(|name| encoding_rs::Encoding::for_label(name.as_bytes()));
        let bytes = match encoding.map(Decoding::new) {
            Some(decoding) => bytes.decode(Vec::new(), |raw| decoding.reader(raw)),
            None => bytes,
        };
        Ok(Self { bytes, block, taken })
    }

    /// Returns the next bytes, or none at the end. They are returned again until they are consumed with
    /// [`Content::consume`].
    ///
    /// # Errors
    /// An [`Error::Input`], after all bytes before the failure were returned.
    pub fn fill(&mut self) -> Result<&[u8], Error> {
        if self.taken == self.block.len() {
            self.block.clear();
            self.taken = 0;
            self.bytes.read(&mut self.block, BLOCK)?;
        }
        Ok(&self.block[self.taken..])
    }

    /// Consumes `count` of the bytes that [`Content::fill`] returned.
    ///
    /// # Panics
    /// Panics if [`Content::fill`] returned fewer.
    pub fn consume(&mut self, count: usize) {
        assert!(count <= self.block.len() - self.taken, "no more bytes are consumed than were returned");
        self.taken += count;
    }

    /// Returns the compression of the input.
    pub fn compression(&self) -> Compression {
        self.bytes.compression()
    }

    /// Returns the number of bytes that were read so far.
    pub fn bytes(&self) -> u64 {
        self.bytes.bytes()
    }

    /// Returns XXH3-64, with seed 0, of the bytes that were read so far.
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
