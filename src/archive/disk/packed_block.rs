//! Compresses blocks before they are written, so that several threads can do so.

use std::io;

use xxhash_rust::xxh3::xxh3_64;
use zstd::bulk::Compressor;

use super::directory::Codec;

/// The level of compression of Zstandard: its default.
const LEVEL: i32 = 3;
/// A block stays uncompressed unless compression saves one part of this many: less is not worth the time that each
/// reading takes to decompress it.
const LEAST_SAVING: usize = 16;

/// A block as it is written.
#[derive(Debug)]
pub(in crate::archive) struct PackedBlock {
    pub(super) stored: Vec<u8>,
    pub(super) checksum: u64,
    /// The number of bytes before compression.
    pub(super) content: u32,
    pub(super) codec: Codec,
}

/// Compresses blocks. It keeps its tables from block to block.
#[derive(Default)]
pub(in crate::archive) struct Packer(Option<Compressor<'static>>);

impl std::fmt::Debug for Packer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Packer")
    }
}

impl Packer {
    /// Packs a block. It is compressed if `compress` is set and if that makes it smaller.
    ///
    /// # Errors
    /// Returns an error if the block has 4 GiB or more.
    pub(in crate::archive) fn pack(&mut self, bytes: &[u8], compress: bool) -> io::Result<PackedBlock> {
        let content = u32::try_from(bytes.len()).map_err(|_| io::ErrorKind::FileTooLarge)?;
        let compressed = if compress { self.compress(bytes)? } else { None };
        let codec = if compressed.is_some() { Codec::Zstd } else { Codec::Plain };
        let stored = compressed.unwrap_or_else(|| bytes.to_vec());
        Ok(PackedBlock { checksum: xxh3_64(&stored), stored, content, codec })
    }

    /// Returns the compressed bytes if they are worth it.
    fn compress(&mut self, bytes: &[u8]) -> io::Result<Option<Vec<u8>>> {
        let compressor = match &mut self.0 {
            Some(compressor) => compressor,
            none => none.insert(Compressor::new(LEVEL)?),
        };
        let compressed = compressor.compress(bytes)?;
        Ok((compressed.len() < bytes.len() - bytes.len() / LEAST_SAVING).then_some(compressed))
    }
}
