//! Writes a file of blocks.

use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::directory::{BlockEntry, Directory};
use super::file_entry::{FileEntry, is_block_file_name};
use super::file_system::{FileSystem, NewFile};
use super::packed_block::{PackedBlock, Packer};
use crate::error::{ArchiveProblem, Error};

/// The bytes that are collected before they are written to the file.
const BUFFER: usize = 256 << 10;

/// A file of blocks that is being written. If it is dropped before it is finished, the file is removed.
#[derive(Debug)]
pub(in crate::archive) struct BlockFileWriter {
    folder: PathBuf,
    name: String,
    files: Arc<dyn FileSystem>,
    /// The file; `None` when it is finished.
    out: Option<BufWriter<Box<dyn NewFile>>>,
    directory: Directory,
    packer: Packer,
}

impl BlockFileWriter {
    /// Creates a file, which must not exist.
    pub(super) fn new(folder: &Path, name: &str, files: Arc<dyn FileSystem>) -> Result<Self, Error> {
        debug_assert!(is_block_file_name(name), "{name} is a name for a file of blocks");
        let unwritable = |source| unwritable(folder, name, source);
        let file = files.create_new(&folder.join(name)).map_err(unwritable)?;
        let mut writer = Self {
            folder: folder.to_owned(),
            name: name.to_owned(),
            files,
            out: Some(BufWriter::with_capacity(BUFFER, file)),
            directory: Directory::new(),
            packer: Packer::default(),
        };
        writer.write(&Directory::header()).map_err(unwritable)?;
        Ok(writer)
    }

    /// Adds a block to a section, whose number is that of the last block or greater. The block is compressed if
    /// `compress` is set and if that makes it smaller.
    ///
    /// # Errors
    /// [`ArchiveProblem::Unwritable`] if it cannot be written, or if it has 4 GiB or more.
    ///
    /// # Panics
    /// Panics if the number of the section is less than that of the last block.
    pub(in crate::archive) fn block(
        &mut self,
        section: u8,
        bytes: &[u8],
        compress: bool,
    ) -> Result<(), Error> {
        let block = self.packer.pack(bytes, compress).map_err(|source| self.unwritable(source))?;
        self.packed_block(section, &block)
    }

    /// Adds a block that was packed before.
    ///
    /// # Errors
    /// As [`BlockFileWriter::block`].
    ///
    /// # Panics
    /// As [`BlockFileWriter::block`].
    pub(in crate::archive) fn packed_block(&mut self, section: u8, block: &PackedBlock) -> Result<(), Error> {
        self.push(section, block).map_err(|source| unwritable(&self.folder, &self.name, source))
    }

    /// Returns the error of a block of this file that cannot be packed.
    pub(in crate::archive) fn unwritable(&self, source: io::Error) -> Error {
        unwritable(&self.folder, &self.name, source)
    }

    fn push(&mut self, section: u8, block: &PackedBlock) -> io::Result<()> {
        let PackedBlock { stored, checksum, content, codec } = block;
        let (length, checksum, content, codec) = (stored.len() as u32, *checksum, *content, *codec);
        self.write(stored)?;
        let block = BlockEntry { offset: 0, checksum, stored: length, content, codec };
        self.directory.push(section, block).expect("sections are written in ascending order");
        Ok(())
    }

    /// Writes the directory, and returns after the file is on the disk.
    pub(in crate::archive) fn finish(mut self) -> Result<FileEntry, Error> {
        let (bytes, checksum) = self.directory.encode();
        let total = self.directory.end() + bytes.len() as u64;
        let written = self.write(&bytes).and_then(|()| match &mut self.out {
            Some(out) => out.flush().and_then(|()| out.get_mut().sync()),
            None => Ok(()),
        });
        written.map_err(|source| unwritable(&self.folder, &self.name, source))?;
        self.out = None;
        Ok(FileEntry { name: std::mem::take(&mut self.name), bytes: total, checksum })
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.as_mut().map_or(Ok(()), |out| out.write_all(bytes))
    }
}

impl Drop for BlockFileWriter {
    fn drop(&mut self) {
        if let Some(out) = self.out.take() {
            // What is buffered is not written. Windows removes a file only when it is closed.
            drop(out.into_parts());
            // If that fails, a later writer removes the file.
            let _ = self.files.remove(&self.folder.join(&self.name));
        }
    }
}

fn unwritable(folder: &Path, name: &str, source: io::Error) -> Error {
    Error::archive(folder, ArchiveProblem::Unwritable { file: name.to_owned(), source })
}
