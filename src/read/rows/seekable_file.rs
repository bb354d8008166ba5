//! Reads a file at any offset, and hashes it from its beginning on.

use std::fs::File;
use std::io::{self, Read, Write as _};
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, Length};
use xxhash_rust::xxh3::Xxh3;

use crate::error::{Error, Problem};
use crate::read::container::{Compression, DecompressedBytes};
use crate::read::input::Input;
use crate::store::read_at;

/// The number of bytes that are read at a time where they are hashed or copied.
const BLOCK: usize = 256 << 10;

/// A file that is read at any offset, and its length when it was opened.
#[derive(Clone, Debug)]
pub(crate) struct SeekableFile {
    file: Arc<File>,
    length: u64,
}

impl SeekableFile {
    /// Opens an input. What is no regular file, or compressed as a whole, is first copied to an unnamed temporary file in
    /// `folder`.
    ///
    /// # Errors
    /// An [`Error::Input`] if the input cannot be read or copied.
    pub(crate) fn open(input: Input, folder: &Path) -> Result<Self, Error> {
        let again = input.again();
        let (name, raw) = input.open()?;
        Self::of(&name, again, &[], &mut DecompressedBytes::new(Arc::clone(&name), raw)?, folder)
    }

    /// Returns the file `name`, of which `head` and then `bytes` were read; `again` is the input once more, if it can be
    /// read again. Otherwise as [`SeekableFile::open`].
    pub(super) fn of(
        name: &str,
        again: Option<Input>,
        head: &[u8],
        bytes: &mut DecompressedBytes,
        folder: &Path,
    ) -> Result<Self, Error> {
        let path = Path::new(name);
        let again = again.filter(|_| bytes.compression() == Compression::Plain);
        let file = match again.and_then(Input::into_file) {
            Some(file) => file,
            None => copied(path, head, bytes, folder)?,
        };
        let length = file.metadata().map_err(|error| Error::input(path, Problem::unreadable(&error)))?.len();
        Ok(Self { file, length })
    }

    /// Returns its length in bytes.
    pub(crate) fn length(&self) -> u64 {
        self.length
    }
}

/// Copies `head` and then `bytes`, which are those of the file `path`, to a temporary file in `folder`.
fn copied(
    path: &Path,
    head: &[u8],
    bytes: &mut DecompressedBytes,
    folder: &Path,
) -> Result<Arc<File>, Error> {
    let not_kept = |error: io::Error| Error::input(path, Problem::NotKept { message: error.to_string() });
    let mut file = tempfile::tempfile_in(folder).map_err(not_kept)?;
    file.write_all(head).map_err(not_kept)?;
    let mut block = Vec::new();
    while bytes.read(&mut block, BLOCK)? > 0 {
        file.write_all(&block).map_err(not_kept)?;
        block.clear();
    }
    Ok(Arc::new(file))
}

impl Length for SeekableFile {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for SeekableFile {
    type T = FileReader;

    fn get_read(&self, start: u64) -> Result<FileReader, ParquetError> {
        Ok(FileReader { file: self.clone(), position: start })
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        // The length may come from a damaged file: no memory is reserved for more than there is.
        if start.checked_add(length as u64).is_none_or(|end| end > self.length) {
            return Err(ParquetError::EOF(format!(
                "{length} bytes at {start} are beyond the end of the file"
            )));
        }
        let mut bytes = vec![0; length];
        read_at(&self.file, &mut bytes, start)?;
        Ok(bytes.into())
    }
}

/// A reader of a file with a position of its own.
#[derive(Debug)]
pub(crate) struct FileReader {
    file: SeekableFile,
    position: u64,
}

impl Read for FileReader {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let rest = self.file.length.saturating_sub(self.position);
        let count = bytes.len().min(usize::try_from(rest).unwrap_or(usize::MAX));
        read_at(&self.file.file, &mut bytes[..count], self.position)?;
        self.position += count as u64;
        Ok(count)
    }
}

/// The hash of a file up to a position.
pub(crate) struct HashedPrefix {
    hash: Xxh3,
    position: u64,
    block: Vec<u8>,
}

impl HashedPrefix {
    /// Creates the hash of nothing.
    pub(crate) fn new() -> Self {
        Self { hash: Xxh3::new(), position: 0, block: Vec::new() }
    }

    /// Hashes the file up to `end`, or to its end.
    pub(crate) fn extend(&mut self, file: &SeekableFile, end: u64) -> io::Result<()> {
        let end = end.min(file.length);
        self.block.resize(BLOCK, 0);
        while self.position < end {
            let length = (end - self.position).min(BLOCK as u64) as usize;
            read_at(&file.file, &mut self.block[..length], self.position)?;
            self.hash.update(&self.block[..length]);
            self.position += length as u64;
        }
        Ok(())
    }

    /// Returns the number of bytes.
    pub(crate) fn position(&self) -> u64 {
        self.position
    }

    /// Returns XXH3-64, with seed 0, of these bytes.
    pub(crate) fn digest(&self) -> u64 {
        self.hash.digest()
    }
}
