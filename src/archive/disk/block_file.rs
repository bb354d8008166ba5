//! Reads a file of blocks.

use std::cell::RefCell;
use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::xxh3_64;
use zstd::bulk::Decompressor;

use super::directory::{BlockEntry, Codec, Directory};
use super::file_entry::{FileEntry, is_block_file_name};
use crate::error::{ArchiveProblem, DamagedPart, Error};
use crate::store::read_at;

/// An open file of blocks. Several threads may read from it at once, also after it was removed from the folder.
#[derive(Debug)]
pub(in crate::archive) struct BlockFile {
    folder: PathBuf,
    entry: FileEntry,
    file: File,
    directory: Directory,
}

thread_local! {
    /// The stored bytes of a compressed block, and the decompressor: creating one takes longer than a small block.
    static DECOMPRESSION: RefCell<(Vec<u8>, Option<Decompressor<'static>>)> = const { RefCell::new((Vec::new(), None)) };
}

impl BlockFile {
    /// Opens a file, and reads its directory.
    pub(super) fn open(folder: &Path, entry: &FileEntry) -> Result<Self, Error> {
        let error = |problem| Error::archive(folder, problem);
        let name = &entry.name;
        if !is_block_file_name(name) {
            return Err(error(ArchiveProblem::Damaged { file: name.clone(), part: DamagedPart::Frame }));
        }
        let file = File::open(folder.join(name)).map_err(|source| {
            error(match source.kind() {
                io::ErrorKind::NotFound => ArchiveProblem::MissingFile { file: name.clone() },
                _ => ArchiveProblem::Unreadable { file: name.clone(), source },
            })
        })?;
        let directory = Directory::read(&file, entry).map_err(error)?;
        Ok(Self { folder: folder.to_owned(), entry: entry.clone(), file, directory })
    }

    /// Returns the number of blocks of a section.
    pub(in crate::archive) fn count(&self, section: u8) -> usize {
        self.directory.section(section).len()
    }

    /// Returns the number of bytes that the blocks of a section take in the file.
    pub(in crate::archive) fn bytes_of(&self, section: u8) -> u64 {
        self.directory.section(section).iter().map(|block| u64::from(block.stored)).sum()
    }

    /// Returns the content of a block.
    ///
    /// # Errors
    /// [`ArchiveProblem::Damaged`] if it is not what was written, or if there is no such block.
    pub(in crate::archive) fn block(&self, section: u8, index: usize) -> Result<Vec<u8>, Error> {
        let mut buffer = Vec::new();
        self.read_block(section, index, &mut buffer)?;
        Ok(buffer)
    }

    /// Replaces the content of `buffer` by that of a block.
    ///
    /// # Errors
    /// As of [`block`](Self::block).
    pub(in crate::archive) fn read_block(
        &self,
        section: u8,
        index: usize,
        buffer: &mut Vec<u8>,
    ) -> Result<(), Error> {
        let damaged = || self.damaged(section, index);
        let block = *self.directory.section(section).get(index).ok_or_else(damaged)?;
        match block.codec {
            Codec::Plain => {
                self.read(block.offset, block.stored as usize, buffer)?;
                if xxh3_64(buffer) != block.checksum {
                    return Err(damaged());
                }
                Ok(())
            }
            Codec::Zstd => DECOMPRESSION.with_borrow_mut(|(stored, decompressor)| {
                self.read(block.offset, block.stored as usize, stored)?;
                if xxh3_64(stored) != block.checksum {
                    return Err(damaged());
                }
                decompress(decompressor, stored, block, buffer).map_err(|_| damaged())
            }),
        }
    }

    /// Replaces the content of `buffer` by that of several blocks in sequence, none of which is compressed, with one
    /// read. Returns the range of each block in the buffer.
    ///
    /// # Errors
    /// As of [`block`](Self::block), also if one is compressed.
    pub(super) fn read_blocks(
        &self,
        section: u8,
        indexes: Range<usize>,
        buffer: &mut Vec<u8>,
        ranges: &mut Vec<Range<usize>>,
    ) -> Result<(), Error> {
        let begin = indexes.start;
        let blocks = self.directory.section(section).get(indexes).unwrap_or_default();
        ranges.clear();
        let mut length = 0;
        for block in blocks {
            ranges.push(length..length + block.stored as usize);
            length += block.stored as usize;
        }
        let Some(first) = blocks.first() else { return Err(self.damaged(section, begin)) };
        self.read(first.offset, length, buffer)?;
        for (index, (block, range)) in blocks.iter().zip(&*ranges).enumerate() {
            if block.codec != Codec::Plain || xxh3_64(&buffer[range.clone()]) != block.checksum {
                return Err(self.damaged(section, begin + index));
            }
        }
        Ok(())
    }

    /// Checks every byte of the file.
    ///
    /// # Errors
    /// [`ArchiveProblem::Damaged`] if one is not as it was written.
    pub(in crate::archive) fn check(&self) -> Result<(), Error> {
        let again = Directory::read(&self.file, &self.entry);
        again.map_err(|problem| Error::archive(&self.folder, problem))?;
        let mut buffer = Vec::new();
        self.directory.blocks().try_for_each(|(section, index)| self.read_block(section, index, &mut buffer))
    }

    /// Returns the error that the content of a block is not what was written.
    pub(in crate::archive) fn damaged(&self, section: u8, index: usize) -> Error {
        let part = DamagedPart::Block { section, index };
        Error::archive(&self.folder, ArchiveProblem::Damaged { file: self.entry.name.clone(), part })
    }

    /// Replaces the content of `buffer` by `length` bytes of the file, from `offset` on.
    fn read(&self, offset: u64, length: usize, buffer: &mut Vec<u8>) -> Result<(), Error> {
        buffer.resize(length, 0);
        read_at(&self.file, buffer, offset).map_err(|source| {
            let file = self.entry.name.clone();
            Error::archive(&self.folder, ArchiveProblem::Unreadable { file, source })
        })
    }
}

/// Replaces the content of `buffer` by that of a compressed block.
fn decompress(
    decompressor: &mut Option<Decompressor<'static>>,
    stored: &[u8],
    block: BlockEntry,
    buffer: &mut Vec<u8>,
) -> io::Result<()> {
    let decompressor = match decompressor {
        Some(decompressor) => decompressor,
        none => none.insert(Decompressor::new()?),
    };
    buffer.clear();
    // The length is a number of the file: it may be too large for the memory.
    buffer.try_reserve_exact(block.content as usize).map_err(io::Error::other)?;
    let length = decompressor.decompress_to_buffer(stored, buffer)?;
    if length == block.content as usize { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
}
