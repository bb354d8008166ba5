//! The directory of a file of blocks: where each block is, and its checksum.
//!
//! A file is: a header (magic number, version), the blocks one after the other, the directory, and a footer (length
//! and checksum of the directory, magic number). The checksum is that of header and directory together. All numbers
//! are little-endian.

use std::fs::File;
use std::io;
use std::ops::Range;

use xxhash_rust::xxh3::Xxh3;

use super::file_entry::FileEntry;
use super::manifest::FORMAT_VERSION;
use crate::error::{ArchiveProblem, DamagedPart};
use crate::store::read_at;

/// The first bytes of a file of blocks.
const MAGIC: [u8; 8] = *b"\x89WCYBLK\n";
/// The last bytes of a file of blocks.
const END_MAGIC: [u8; 8] = *b"\nKLBYCW\x89";
/// The length of the header: magic number and version.
const HEADER_BYTES: usize = MAGIC.len() + 4;
/// The length of the footer: length of the directory, checksum, magic number.
const FOOTER_BYTES: usize = 8 + 8 + END_MAGIC.len();
/// The length of an entry: section, codec, stored length, length of the content, checksum.
pub(super) const ENTRY_BYTES: usize = 1 + 1 + 4 + 4 + 8;

/// The form in which a block is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Codec {
    /// As it is.
    Plain,
    /// As a frame of Zstandard.
    Zstd,
}

/// One block of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BlockEntry {
    /// The position in the file.
    pub(super) offset: u64,
    /// The checksum of the stored bytes.
    pub(super) checksum: u64,
    /// The number of stored bytes.
    pub(super) stored: u32,
    /// The number of bytes of the content.
    pub(super) content: u32,
    pub(super) codec: Codec,
}

/// The blocks of a file, by section.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Directory {
    blocks: Vec<BlockEntry>,
    /// The range of blocks of each section that has some, by section.
    sections: Vec<(u8, Range<usize>)>,
    /// The number of bytes before the directory.
    end: u64,
}

impl Directory {
    /// Creates the directory of a file without blocks.
    pub(super) fn new() -> Self {
        Self { blocks: Vec::new(), sections: Vec::new(), end: HEADER_BYTES as u64 }
    }

    /// Adds the next block, in the last section or in one with a greater number. Its position is ignored, and
    /// becomes the end of the last block.
    ///
    /// Returns `None` if the section has a smaller number.
    pub(super) fn push(&mut self, section: u8, block: BlockEntry) -> Option<()> {
        let index = self.blocks.len();
        match self.sections.last_mut() {
            Some((last, range)) if *last == section => range.end += 1,
            Some((last, _)) if *last > section => return None,
            _ => self.sections.push((section, index..index + 1)),
        }
        self.blocks.push(BlockEntry { offset: self.end, ..block });
        self.end += u64::from(block.stored);
        Some(())
    }

    /// Returns the number of bytes before the directory.
    pub(super) fn end(&self) -> u64 {
        self.end
    }

    /// Returns the blocks of a section.
    pub(super) fn section(&self, section: u8) -> &[BlockEntry] {
        let range =
            self.sections.iter().find(|(number, _)| *number == section).map(|(_, range)| range.clone());
        &self.blocks[range.unwrap_or(0..0)]
    }

    /// Returns all blocks, each with its section and its index in the section.
    pub(super) fn blocks(&self) -> impl Iterator<Item = (u8, usize)> {
        self.sections.iter().flat_map(|(section, range)| (0..range.len()).map(|index| (*section, index)))
    }

    /// Returns the bytes of the header.
    pub(super) fn header() -> Vec<u8> {
        [&MAGIC[..], &FORMAT_VERSION.to_le_bytes()].concat()
    }

    /// Returns the bytes of the directory and of the footer, and the checksum.
    pub(super) fn encode(&self) -> (Vec<u8>, u64) {
        let mut bytes = Vec::with_capacity(self.blocks.len() * ENTRY_BYTES + FOOTER_BYTES);
        for (section, range) in &self.sections {
            for block in &self.blocks[range.clone()] {
                bytes.extend([*section, block.codec as u8]);
                bytes.extend(block.stored.to_le_bytes());
                bytes.extend(block.content.to_le_bytes());
                bytes.extend(block.checksum.to_le_bytes());
            }
        }
        let checksum = push_footer(&mut bytes);
        (bytes, checksum)
    }

    /// Reads the directory of a file, and compares all bytes of the file that are not in blocks with what they must
    /// be.
    pub(super) fn read(file: &File, entry: &FileEntry) -> Result<Self, ArchiveProblem> {
        let FileEntry { name, bytes: expected, checksum: expected_checksum } = entry;
        let unreadable = |source: io::Error| ArchiveProblem::Unreadable { file: name.clone(), source };
        let damaged = |part| ArchiveProblem::Damaged { file: name.clone(), part };
        let frame = || damaged(DamagedPart::Frame);

        let found = file.metadata().map_err(unreadable)?.len();
        if found != *expected {
            return Err(damaged(DamagedPart::Length { found, expected: *expected }));
        }
        let rest = found.checked_sub((HEADER_BYTES + FOOTER_BYTES) as u64).ok_or_else(frame)?;
        let mut header = [0; HEADER_BYTES];
        read_at(file, &mut header, 0).map_err(unreadable)?;
        let mut footer = [0; FOOTER_BYTES];
        read_at(file, &mut footer, found - FOOTER_BYTES as u64).map_err(unreadable)?;
        let version = header.strip_prefix(&MAGIC).and_then(number).ok_or_else(frame)?;
        let footer = footer.strip_suffix(&END_MAGIC).ok_or_else(frame)?;
        let (length, footer) = footer.split_first_chunk().ok_or_else(frame)?;
        let stored_checksum =
            footer.first_chunk().map(|bytes| u64::from_le_bytes(*bytes)).ok_or_else(frame)?;
        let length = u64::from_le_bytes(*length);
        let end = HEADER_BYTES as u64 + rest.checked_sub(length).ok_or_else(frame)?;
        let mut bytes = vec![0; usize::try_from(length).map_err(|_| frame())?];
        read_at(file, &mut bytes, end).map_err(unreadable)?;
        if stored_checksum != *expected_checksum || checksum(&header, &bytes) != stored_checksum {
            return Err(frame());
        }
        if version != FORMAT_VERSION {
            let file = name.clone();
            return Err(ArchiveProblem::OtherVersion { file, found: version, known: FORMAT_VERSION });
        }
        Self::decode(&bytes).filter(|directory| directory.end == end).ok_or_else(frame)
    }

    /// Returns `None` if the bytes are no directory.
    fn decode(bytes: &[u8]) -> Option<Self> {
        let (entries, rest) = bytes.as_chunks::<ENTRY_BYTES>();
        if !rest.is_empty() {
            return None;
        }
        let mut directory = Self::new();
        directory.blocks.reserve_exact(entries.len());
        for entry in entries {
            let (&[section, codec], entry) = entry.split_first_chunk()?;
            let codec = match codec {
                0 => Codec::Plain,
                1 => Codec::Zstd,
                _ => return None,
            };
            let (stored, content) = (number(entry)?, number(&entry[4..])?);
            let checksum = u64::from_le_bytes(*entry[8..].first_chunk()?);
            if codec == Codec::Plain && stored != content {
                return None;
            }
            directory.push(section, BlockEntry { offset: 0, checksum, stored, content, codec })?;
        }
        Some(directory)
    }
}

/// Appends the footer to the bytes of a directory, and returns their checksum.
pub(super) fn push_footer(directory: &mut Vec<u8>) -> u64 {
    let checksum = checksum(&Directory::header(), directory);
    let length = directory.len() as u64;
    directory.extend(length.to_le_bytes());
    directory.extend(checksum.to_le_bytes());
    directory.extend(END_MAGIC);
    checksum
}

/// Returns the number in the first four bytes.
fn number(bytes: &[u8]) -> Option<u32> {
    bytes.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}

fn checksum(header: &[u8], directory: &[u8]) -> u64 {
    let mut hasher = Xxh3::new();
    hasher.update(header);
    hasher.update(directory);
    hasher.digest()
}
