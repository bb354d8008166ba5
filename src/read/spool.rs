//! Keeps bytes that can be read only once in a temporary file, so that they can be read several times.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

/// Bytes in an unnamed temporary file: the system deletes it when the process ends, in whatever way.
#[derive(Clone, Debug)]
pub(super) struct Spool {
    file: Arc<File>,
}

impl Spool {
    /// Reads all bytes of `reader` into a temporary file in `folder`.
    pub(super) fn new(reader: &mut dyn Read, folder: &Path) -> io::Result<Self> {
        let mut file = tempfile::tempfile_in(folder)?;
        io::copy(reader, &mut file)?;
        Ok(Self { file: Arc::new(file) })
    }

    /// Returns the temporary file.
    #[cfg(feature = "parquet")]
    pub(super) fn into_file(self) -> Arc<File> {
        self.file
    }

    /// Returns a reader that begins at the first byte. Several may read at once.
    pub(super) fn reader(self) -> SpoolReader {
        SpoolReader { file: self.file, position: 0 }
    }
}

/// A reader of a spool with a position of its own: the file handle has only one position for all readers.
#[derive(Debug)]
pub(super) struct SpoolReader {
    file: Arc<File>,
    position: u64,
}

impl Read for SpoolReader {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let count = read_at(&self.file, bytes, self.position)?;
        self.position += count as u64;
        Ok(count)
    }
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], position: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, bytes, position)
}

#[cfg(windows)]
fn read_at(file: &File, bytes: &mut [u8], position: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, bytes, position)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_readers_read_at_once() {
        let spool = Spool::new(&mut "rain and wind".as_bytes(), &std::env::temp_dir()).unwrap();
        let (mut one, mut other) = (spool.clone().reader(), spool.reader());
        let mut head = [0; 4];
        one.read_exact(&mut head).unwrap();
        let (mut rest, mut whole) = (String::new(), String::new());
        other.read_to_string(&mut whole).unwrap();
        one.read_to_string(&mut rest).unwrap();
        assert_eq!((&head, rest.as_str(), whole.as_str()), (b"rain", " and wind", "rain and wind"));
    }
}
