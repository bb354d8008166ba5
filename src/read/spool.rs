//! Bytes that come once in, bytes that can be read any number of times out.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

/// Bytes in a temporary file without a name: nothing is left of it, however the run ends.
#[derive(Clone, Debug)]
pub(super) struct Spool {
    file: Arc<File>,
}

impl Spool {
    /// Keeps all that a reader gives, in a file in `folder`.
    pub(super) fn new(reader: &mut dyn Read, folder: &Path) -> io::Result<Self> {
        let mut file = tempfile::tempfile_in(folder)?;
        io::copy(reader, &mut file)?;
        Ok(Self { file: Arc::new(file) })
    }

    /// Gives a reader from the beginning; several may read at once.
    pub(super) fn reader(self) -> SpoolReader {
        SpoolReader { file: self.file, at: 0 }
    }
}

/// Reads a spool from its own place: the file has one place for all.
#[derive(Debug)]
pub(super) struct SpoolReader {
    file: Arc<File>,
    at: u64,
}

impl Read for SpoolReader {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let count = read_at(&self.file, bytes, self.at)?;
        self.at += count as u64;
        Ok(count)
    }
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, bytes, at)
}

#[cfg(windows)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, bytes, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_read_several_times_at_once() {
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
