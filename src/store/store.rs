//! Reads the columns of a store.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytemuck::Pod;
use rayon::prelude::*;

use super::column::{Column, Values};
use super::map::{Map, resident_file_bytes};
use super::positioned_io::read_at;

/// The bytes that the system brings into memory around a byte that is read from a mapped file. Some systems bring in
/// everything that was written together with it.
const NEIGHBORHOOD: usize = 64 << 10;
/// The number of neighborhoods that are remembered: one for each position from which some thread reads on.
const RECENT: usize = 32;
/// The system is asked for the bytes of files in memory each time that about this many bytes were brought in: asking
/// takes longer than a read.
const ASK_AFTER: usize = 2 << 20;

/// A closed store, which columns are read from.
#[derive(Debug, Default)]
pub(crate) struct Store {
    file: Option<File>,
    map: Option<Map>,
    bytes_in_file: u64,
    /// The bytes of mapped files that may be in the memory of the process.
    allowed: usize,
    /// An estimate of the bytes of the file that reading brought into memory since the pages were last released.
    brought_in: AtomicUsize,
    /// Numbers, from 1, of neighborhoods that were brought in since then, each at its number modulo the length.
    /// Reading from one of them again brings in nothing.
    recent: [AtomicUsize; RECENT],
    /// The first bytes of the file, if they were loaded into memory by [`Store::take_back`].
    loaded: Vec<u128>,
}

impl Store {
    /// Creates a store of columns whose file, if there is one, has `bytes_in_file` bytes and is not written to any
    /// more.
    ///
    /// # Errors
    /// Returns an error if the file cannot be mapped.
    pub(super) fn new(file: Option<File>, bytes_in_file: u64, allowed: usize) -> io::Result<Self> {
        let map = match &file {
            Some(file) => {
                // The last column was written without its padding.
                file.set_len(bytes_in_file)?;
                Some(Map::new(file)?)
            }
            None => None,
        };
        Ok(Self { file, map, bytes_in_file, allowed, ..Self::default() })
    }

    /// Returns the values of a column of this store.
    pub(crate) fn get<'a, T: Pod>(&'a self, column: &'a Column<T>) -> &'a [T] {
        self.part(column, 0..column.len())
    }

    /// Returns a range of the values of a column of this store.
    pub(crate) fn part<'a, T: Pod>(&'a self, column: &'a Column<T>, range: Range<usize>) -> &'a [T] {
        match &column.0 {
            Values::InMemory(values) => &values[range],
            Values::InFile { begin, .. } => {
                let begin = *begin as usize + range.start * size_of::<T>();
                let bytes = range.len() * size_of::<T>();
                if let Some(loaded) = self.loaded(begin, bytes) {
                    return bytemuck::cast_slice(loaded);
                }
                self.limit_memory(begin, bytes);
                let map = self.map.as_ref().filter(|_| bytes > 0);
                map.map_or(&[], |map| bytemuck::cast_slice(&map.bytes()[begin..begin + bytes]))
            }
        }
    }

    /// Returns a range of the values of a column of this store. If they are in the file, they are read into
    /// `buffer`.
    ///
    /// This is for callers that read a few values here and there: by [`Store::part`] they would bring much of the
    /// file into memory.
    pub(crate) fn read<'a, T: Pod>(
        &'a self,
        column: &'a Column<T>,
        range: Range<usize>,
        buffer: &'a mut Vec<T>,
    ) -> &'a [T] {
        buffer.clear();
        let (Values::InFile { begin, .. }, Some(file)) = (&column.0, &self.file) else {
            return self.part(column, range);
        };
        let begin = begin + (range.start * size_of::<T>()) as u64;
        if let Some(loaded) = self.loaded(begin as usize, range.len() * size_of::<T>()) {
            return bytemuck::cast_slice(loaded);
        }
        buffer.resize(range.len(), T::zeroed());
        match read_at(file, bytemuck::cast_slice_mut(buffer), begin) {
            Ok(()) => buffer,
            Err(_) => self.part(column, range),
        }
    }

    /// Loads the first `allowed` bytes of the file into memory, for a stage that reads more often than the stages
    /// before it, or when more memory is free than before. The columns that were put in first are there.
    pub(crate) fn take_back(&mut self, allowed: usize) {
        const WORD: usize = size_of::<u128>();
        /// The words that one thread reads at a time: a megabyte.
        const WORDS_AT_ONCE: usize = 1 << 16;
        let Some(file) = &self.file else { return };
        let words = allowed.min(usize::try_from(self.bytes_in_file).unwrap_or(usize::MAX)) / WORD;
        let mut loaded = vec![0; words];
        let read = |(number, words): (usize, &mut [u128])| {
            read_at(file, bytemuck::cast_slice_mut(words), (number * WORDS_AT_ONCE * WORD) as u64)
        };
        // After an error everything is read from the map, as before.
        if loaded.par_chunks_mut(WORDS_AT_ONCE).enumerate().try_for_each(read).is_ok() {
            self.loaded = loaded;
        }
    }

    /// Keeps at most `allowed` of the bytes that [`Store::take_back`] loaded, and frees the memory of the others.
    pub(crate) fn leave(&mut self, allowed: usize) {
        self.loaded.truncate(allowed / size_of::<u128>());
        self.loaded.shrink_to_fit();
    }

    /// Returns bytes of the file, if all of them are loaded.
    fn loaded(&self, begin: usize, bytes: usize) -> Option<&[u8]> {
        bytemuck::cast_slice(&self.loaded).get(begin..begin + bytes)
    }

    /// Takes note of a read of mapped bytes. Releases the pages of the file if too many bytes of files are in
    /// memory.
    fn limit_memory(&self, begin: usize, bytes: usize) {
        let neighborhood = (begin + bytes) / NEIGHBORHOOD + 1;
        let recent = &self.recent[neighborhood % RECENT];
        let is_inside = bytes <= NEIGHBORHOOD && begin / NEIGHBORHOOD + 1 == neighborhood;
        if is_inside && recent.load(Ordering::Relaxed) == neighborhood {
            return;
        }
        recent.store(neighborhood, Ordering::Relaxed);
        let bytes = bytes.max(NEIGHBORHOOD);
        let before = self.brought_in.fetch_add(bytes, Ordering::Relaxed);
        let after = before + bytes;
        if before / ASK_AFTER == after / ASK_AFTER {
            return;
        }
        if let Some(map) = &self.map
            && resident_file_bytes().unwrap_or(after) > self.allowed
        {
            self.brought_in.store(0, Ordering::Relaxed);
            map.release_pages();
            self.recent.iter().for_each(|recent| recent.store(0, Ordering::Relaxed));
        }
    }

    /// Returns the size of the file, in bytes; 0 if there is none.
    pub(crate) fn filed(&self) -> u64 {
        self.bytes_in_file
    }
}

#[cfg(test)]
mod tests {
    use super::super::writer::StoreWriter;
    use super::*;

    fn columns() -> Vec<Vec<u32>> {
        (0..50).map(|number| (0..number * 7 % 40).map(|value| value * number).collect()).collect()
    }

    #[test]
    fn columns_are_read_as_they_were_written() {
        let bytes = b"and bytes";
        let all: usize = columns().iter().map(|column| size_of_val(column.as_slice())).sum();
        let all = all + bytes.len();
        for allowed in [0, all / 2, all] {
            for shown in [0, 1000, usize::MAX] {
                let writer = StoreWriter::new(&std::env::temp_dir(), 0);
                let put: Vec<Column<u32>> =
                    columns().into_iter().map(|column| writer.put(column, allowed).unwrap()).collect();
                let put_bytes = writer.put(bytes.to_vec(), allowed).unwrap();
                let mut store = writer.close(shown).unwrap();
                for loaded in [0, all / 3, usize::MAX, all / 4] {
                    store.take_back(loaded);
                    let words = loaded.min(store.filed() as usize) / size_of::<u128>();
                    assert_eq!(store.loaded.len(), words, "of {} bytes", store.filed());
                    store.leave(loaded / 4 * 3);
                    assert!(size_of_val(store.loaded.as_slice()) <= loaded / 4 * 3);
                    for (column, expected) in put.iter().zip(columns()) {
                        assert_eq!(store.get(column), expected);
                        let half = expected.len() / 2;
                        assert_eq!(store.part(column, half..expected.len()), &expected[half..]);
                        assert_eq!(store.read(column, half..expected.len(), &mut vec![7]), &expected[half..]);
                    }
                    assert_eq!(store.get(&put_bytes), bytes);
                }
                assert_eq!(store.filed() == 0, allowed >= all);
            }
        }
    }

    #[test]
    fn many_threads_write_and_read() {
        let writer = StoreWriter::new(&std::env::temp_dir(), 0);
        let put: Vec<Column<u64>> = (0..200_u64)
            .into_par_iter()
            .map(|number| writer.put(vec![number; 100], 20_000).unwrap())
            .collect();
        let store = writer.close(0).unwrap();
        put.par_iter().enumerate().for_each(|(number, column)| {
            assert!(store.get(column).iter().all(|&value| value == number as u64));
        });
    }
}
