//! Writes columns into a store.

use std::fs::File;
use std::io;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use bytemuck::Pod;

use super::column::{Column, Values};
use super::positioned_io::write_at;
use super::store::Store;
use crate::error::Error;

/// Columns begin in the file at multiples of this number of bytes, so that a mapped column can be read as a slice of
/// its type.
const ALIGNMENT: usize = 16;

/// A store that columns are put into, from any thread.
#[derive(Debug)]
pub(crate) struct StoreWriter {
    folder: PathBuf,
    reserve: usize,
    /// The bytes of the columns that are in memory.
    bytes_in_memory: AtomicUsize,
    /// The file, once it is needed.
    file: OnceLock<File>,
    /// The bytes of the file that are taken, padding included.
    bytes_in_file: AtomicU64,
}

impl StoreWriter {
    /// Creates an empty store. If it needs a file, it creates one in `folder`. If no file can be created there, up
    /// to `reserve` bytes are kept in memory: a run that has enough memory needs no folder that it can write to.
    pub(crate) fn new(folder: &Path, reserve: usize) -> Self {
        Self {
            folder: folder.to_owned(),
            reserve,
            bytes_in_memory: AtomicUsize::new(0),
            file: OnceLock::new(),
            bytes_in_file: AtomicU64::new(0),
        }
    }

    /// Puts a column into the store: into memory if the store then holds at most `allowed` bytes there, else into
    /// the file.
    ///
    /// # Errors
    /// An [`Error::Storage`] where the file cannot be created or written.
    pub(crate) fn put<T: Pod>(&self, column: Vec<T>, allowed: usize) -> Result<Column<T>, Error> {
        let bytes = size_of_val(column.as_slice());
        let before = self.bytes_in_memory.fetch_add(bytes, Ordering::Relaxed);
        let after = before.saturating_add(bytes);
        if after <= allowed || after <= self.reserve && self.file().is_err() {
            return Ok(Column(Values::InMemory(column.into_boxed_slice())));
        }
        self.bytes_in_memory.fetch_sub(bytes, Ordering::Relaxed);
        let begin = self.bytes_in_file.fetch_add(bytes.next_multiple_of(ALIGNMENT) as u64, Ordering::Relaxed);
        let written = self.file().and_then(|file| write_at(file, bytemuck::cast_slice(&column), begin));
        written.map_err(|source| Error::Storage { folder: self.folder.clone(), source })?;
        let length = u32::try_from(column.len()).expect("a column is made of records of 3 GiB at most");
        Ok(Column(Values::InFile { begin, length, kind: PhantomData }))
    }

    /// Returns whether columns take more than `allowed` bytes in memory.
    pub(crate) fn holds_more_than(&self, allowed: usize) -> bool {
        self.bytes_in_memory.load(Ordering::Relaxed) > allowed
    }

    /// Moves a column that was put into this store from memory into the file.
    ///
    /// # Errors
    /// As [`StoreWriter::put`].
    pub(crate) fn spill<T: Pod>(&self, column: &mut Column<T>) -> Result<(), Error> {
        if let Values::InMemory(values) = &mut column.0 {
            let values = std::mem::take(values).into_vec();
            self.bytes_in_memory.fetch_sub(size_of_val(values.as_slice()), Ordering::Relaxed);
            *column = self.put(values, 0)?;
        }
        Ok(())
    }

    /// Returns the file; the first call creates it.
    fn file(&self) -> io::Result<&File> {
        if let Some(file) = self.file.get() {
            return Ok(file);
        }
        let file = tempfile::tempfile_in(&self.folder)?;
        // If another thread was faster, its file is used, and this one is dropped.
        Ok(self.file.get_or_init(|| file))
    }

    /// Ends the writing, and returns the store that the columns are read from. While more than `shown` bytes of
    /// mapped files, of this store and of others, are in the memory of the process, reading from this store releases
    /// the pages of its file.
    ///
    /// # Errors
    /// An [`Error::Storage`] where the file cannot be mapped.
    pub(crate) fn close(self, shown: usize) -> Result<Store, Error> {
        Store::new(self.file.into_inner(), self.bytes_in_file.into_inner(), shown)
            .map_err(|source| Error::Storage { folder: self.folder, source })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spilled_columns_are_in_the_file() {
        let writer = StoreWriter::new(&std::env::temp_dir(), 0);
        let mut columns: Vec<Column<u32>> =
            (0..4).map(|number| writer.put(vec![number; 10], 120).unwrap()).collect();
        columns[..2].iter_mut().for_each(|column| writer.spill(column).unwrap());
        assert!(writer.holds_more_than(39) && !writer.holds_more_than(40));
        let store = writer.close(0).unwrap();
        for (number, column) in (0..).zip(&columns) {
            assert_eq!(store.get(column), [number; 10]);
        }
        assert_eq!(store.filed(), 3 * 48);
    }

    #[test]
    fn an_error_names_the_folder_that_cannot_be_written_to() {
        let writer = StoreWriter::new(Path::new("/nowhere at all"), 8);
        assert!(writer.put(vec![1_u32], 4).is_ok());
        assert!(writer.put(vec![1_u32], 4).is_ok(), "the reserve");
        let mut held = writer.put(Vec::<u32>::new(), 4).unwrap();
        assert!(writer.spill(&mut held).is_ok(), "the reserve");
        let message = writer.put(vec![1_u32], 4).unwrap_err().to_string();
        assert!(message.starts_with("/nowhere at all: data that does not fit into memory"), "{message}");
    }
}
