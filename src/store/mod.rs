//! Columns in, the same columns out: held in memory as far as that is allowed, the others in a temporary file.
//!
//! A run over millions of articles needs each of its tokens again, but hardly ever two far apart at once. So columns
//! are put away as they are made, in any order and from any thread, and looked at when all are there: what was held is
//! a slice as before, what was filed is a slice of the mapped file, which the system keeps in memory as long as it has
//! room. The file has no name: nothing is left of it, however the run ends.
//!
//! Invariants: a column comes back as it was put in, wherever it is kept. Of the mapped file no more stays in the
//! memory of the process than the store was allowed to show, and what one thread is looking at.
//! Cost: one write of each filed column; a look at one is a look at memory if it was looked at lately.

mod budget;
mod map;
mod number;
mod storage;

use std::fs::File;
use std::io;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use bytemuck::Pod;
use rayon::prelude::*;

pub(crate) use self::budget::{Budget, ColumnBudget};
use self::map::Map;
pub(crate) use self::map::give_memory_back;
pub(crate) use self::number::{push_number, take_number};
pub(crate) use self::storage::Storage;
use crate::error::Error;

/// Takes columns.
#[derive(Debug)]
pub(crate) struct StoreWriter {
    folder: PathBuf,
    reserve: usize,
    held: AtomicUsize,
    file: OnceLock<File>,
    filed: AtomicU64,
}

/// Values that were put into a store, or the place where they are.
#[derive(Debug)]
pub(crate) struct Column<T>(Place<T>);

#[derive(Debug)]
enum Place<T> {
    Held(Box<[T]>),
    Filed { begin: u64, length: u32, kind: PhantomData<T> },
}

impl<T> Default for Column<T> {
    fn default() -> Self {
        Self(Place::Held(Box::default()))
    }
}

/// Where columns begin in the file: on multiples of this, so that they can be looked at as what they are.
const ALIGNED: usize = 16;

impl StoreWriter {
    /// Makes a store whose file, if it needs one, stands in `folder`. Where none can be made there, up to `reserve`
    /// bytes are held: a run that has the memory needs no place to write to.
    pub(crate) fn new(folder: &Path, reserve: usize) -> Self {
        Self {
            folder: folder.to_owned(),
            reserve,
            held: AtomicUsize::new(0),
            file: OnceLock::new(),
            filed: AtomicU64::new(0),
        }
    }

    /// Puts a column away: it is held where all that is held stays within `allowed` bytes with it.
    ///
    /// # Errors
    /// An [`Error::Storage`] where the file cannot be made or written.
    pub(crate) fn put<T: Pod>(&self, column: Vec<T>, allowed: usize) -> Result<Column<T>, Error> {
        let bytes = size_of_val(column.as_slice());
        let held = self.held.fetch_add(bytes, Ordering::Relaxed);
        let all = held.saturating_add(bytes);
        if all <= allowed || all <= self.reserve && self.file().is_err() {
            return Ok(Column(Place::Held(column.into_boxed_slice())));
        }
        self.held.fetch_sub(bytes, Ordering::Relaxed);
        let begin = self.filed.fetch_add(bytes.next_multiple_of(ALIGNED) as u64, Ordering::Relaxed);
        let written = self.file().and_then(|file| write_at(file, bytemuck::cast_slice(&column), begin));
        written.map_err(|source| Error::Storage { folder: self.folder.clone(), source })?;
        let length = u32::try_from(column.len()).expect("a column is made of records of 3 GiB at most");
        Ok(Column(Place::Filed { begin, length, kind: PhantomData }))
    }

    fn file(&self) -> io::Result<&File> {
        if let Some(file) = self.file.get() {
            return Ok(file);
        }
        let file = tempfile::tempfile_in(&self.folder)?;
        // Another thread may have been faster: then this one goes.
        Ok(self.file.get_or_init(|| file))
    }

    /// Ends the taking: the columns can be looked at from now on. Where more than so many bytes of files, of this and
    /// of other stores, are in the memory of the process, this one's go.
    ///
    /// # Errors
    /// An [`Error::Storage`] where the file cannot be mapped.
    pub(crate) fn close(self, shown: usize) -> Result<Store, Error> {
        let file = self.file.into_inner();
        let filed = self.filed.into_inner();
        let map = file.as_ref().map(|file| {
            // The last column may end before the place where another one would begin.
            file.set_len(filed)?;
            Map::new(file)
        });
        let map = map.transpose().map_err(|source| Error::Storage { folder: self.folder, source })?;
        Ok(Store { file, map, filed, allowed: shown, ..Store::default() })
    }
}

/// Shows columns.
#[derive(Debug, Default)]
pub(crate) struct Store {
    file: Option<File>,
    map: Option<Map>,
    filed: u64,
    /// How many bytes of the file may be in memory.
    allowed: usize,
    /// How many bytes were brought there since it was last emptied, as far as can be told without asking.
    shown: AtomicUsize,
    /// Neighborhoods that were brought there since then, from 1, each where its number says: to look at one again
    /// brings nothing.
    lately: [AtomicUsize; LATELY],
    /// The first bytes of the file, where they were taken back into memory.
    taken_back: Vec<u128>,
}

/// What the system brings into memory where one byte is looked at; some bring all that was written with it.
const NEIGHBORHOOD: usize = 64 << 10;
/// Neighborhoods that are remembered: one for each place where some thread reads on.
const LATELY: usize = 32;
/// After so many bytes that are known to have been brought there it is asked how many there are.
const LOOK: usize = 2 << 20;

impl Store {
    /// Shows a column that was put into the store that this shelf comes from.
    pub(crate) fn get<'a, T: Pod>(&'a self, column: &'a Column<T>) -> &'a [T] {
        self.part(column, 0..column.len())
    }

    /// Shows a range of a column.
    pub(crate) fn part<'a, T: Pod>(
        &'a self,
        column: &'a Column<T>,
        range: std::ops::Range<usize>,
    ) -> &'a [T] {
        match &column.0 {
            Place::Held(values) => &values[range],
            Place::Filed { begin, .. } => {
                let begin = *begin as usize + range.start * size_of::<T>();
                let bytes = range.len() * size_of::<T>();
                if let Some(taken) = self.taken_back(begin, bytes) {
                    return bytemuck::cast_slice(taken);
                }
                self.note(begin, bytes);
                let map = self.map.as_ref().filter(|_| bytes > 0);
                map.map_or(&[], |map| bytemuck::cast_slice(&map.bytes()[begin..begin + bytes]))
            }
        }
    }

    /// Shows a range of a column by reading it into `room`, where it is filed: for those who look at a little here and
    /// a little there, which would bring much of the file into memory.
    pub(crate) fn read<'a, T: Pod>(
        &'a self,
        column: &'a Column<T>,
        range: std::ops::Range<usize>,
        room: &'a mut Vec<T>,
    ) -> &'a [T] {
        room.clear();
        let (Place::Filed { begin, .. }, Some(file)) = (&column.0, &self.file) else {
            return self.part(column, range);
        };
        let begin = begin + (range.start * size_of::<T>()) as u64;
        if let Some(taken) = self.taken_back(begin as usize, range.len() * size_of::<T>()) {
            return bytemuck::cast_slice(taken);
        }
        room.resize(range.len(), T::zeroed());
        match read_at(file, bytemuck::cast_slice_mut(room), begin) {
            Ok(()) => room,
            Err(_) => self.part(column, range),
        }
    }

    /// Takes columns back into memory, up to so many bytes, for a stage that looks at them more often than others did,
    /// or when there is more room than before. They were put in first.
    pub(crate) fn take_back(&mut self, allowed: usize) {
        const WORD: usize = size_of::<u128>();
        /// Words that one thread reads at a time: a megabyte.
        const TAKEN_AT_ONCE: usize = 1 << 16;
        let Some(file) = &self.file else { return };
        let words = allowed.min(usize::try_from(self.filed).unwrap_or(usize::MAX)) / WORD;
        let mut taken = vec![0; words];
        let read = |(number, some): (usize, &mut [u128])| {
            read_at(file, bytemuck::cast_slice_mut(some), (number * TAKEN_AT_ONCE * WORD) as u64)
        };
        // Without it all is read as before.
        if taken.par_chunks_mut(TAKEN_AT_ONCE).enumerate().try_for_each(read).is_ok() {
            self.taken_back = taken;
        }
    }

    /// Keeps at most so many bytes of what was taken back.
    pub(crate) fn leave(&mut self, allowed: usize) {
        self.taken_back.truncate(allowed / size_of::<u128>());
        self.taken_back.shrink_to_fit();
    }

    fn taken_back(&self, begin: usize, bytes: usize) -> Option<&[u8]> {
        bytemuck::cast_slice(&self.taken_back).get(begin..begin + bytes)
    }

    /// Gives the memory back that the file takes, where it has become too much by what is looked at now.
    fn note(&self, begin: usize, bytes: usize) {
        let neighborhood = (begin + bytes) / NEIGHBORHOOD + 1;
        let lately = &self.lately[neighborhood % LATELY];
        let is_near = bytes <= NEIGHBORHOOD && begin / NEIGHBORHOOD + 1 == neighborhood;
        if is_near && lately.load(Ordering::Relaxed) == neighborhood {
            return;
        }
        lately.store(neighborhood, Ordering::Relaxed);
        let bytes = bytes.max(NEIGHBORHOOD);
        let shown = self.shown.fetch_add(bytes, Ordering::Relaxed);
        if shown / LOOK == (shown + bytes) / LOOK {
            return;
        }
        if let Some(map) = &self.map
            && map::bytes_of_files_in_memory().unwrap_or(shown + bytes) > self.allowed
        {
            self.shown.store(0, Ordering::Relaxed);
            map.leave_memory();
            self.lately.iter().for_each(|lately| lately.store(0, Ordering::Relaxed));
        }
    }

    /// Tells how many bytes the file has.
    pub(crate) fn filed(&self) -> u64 {
        self.filed
    }
}

/// Gives where the list at `index` stands in a column that holds lists one behind the other; `ends` are their ends.
pub(crate) fn list_at(ends: &[u32], index: usize) -> std::ops::Range<usize> {
    let begin = if index == 0 { 0 } else { ends[index - 1] };
    begin as usize..ends[index] as usize
}

impl<T> Column<T> {
    /// Tells how many values it has.
    pub(crate) fn len(&self) -> usize {
        match &self.0 {
            Place::Held(values) => values.len(),
            Place::Filed { length, .. } => *length as usize,
        }
    }
}

#[cfg(unix)]
fn write_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, at)
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(windows)]
fn read_at(file: &File, mut bytes: &mut [u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let count = std::os::windows::fs::FileExt::seek_read(file, bytes, at)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes = &mut std::mem::take(&mut bytes)[count..];
        at += count as u64;
    }
    Ok(())
}

#[cfg(windows)]
fn write_at(file: &File, mut bytes: &[u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let count = std::os::windows::fs::FileExt::seek_write(file, bytes, at)?;
        bytes = &bytes[count..];
        at += count as u64;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> Vec<Vec<u32>> {
        (0..50).map(|number| (0..number * 7 % 40).map(|value| value * number).collect()).collect()
    }

    #[test]
    fn gives_back_what_was_put_in() {
        let bytes = b"and bytes";
        let all: usize = columns().iter().map(|column| size_of_val(column.as_slice())).sum();
        let all = all + bytes.len();
        for allowed in [0, all / 2, all] {
            for shown in [0, 1000, usize::MAX] {
                let store = StoreWriter::new(&std::env::temp_dir(), 0);
                let put: Vec<Column<u32>> =
                    columns().into_iter().map(|column| store.put(column, allowed).unwrap()).collect();
                let put_bytes = store.put(bytes.to_vec(), allowed).unwrap();
                let mut shelf = store.close(shown).unwrap();
                for taken_back in [0, all / 3, usize::MAX, all / 4] {
                    shelf.take_back(taken_back);
                    let words = taken_back.min(shelf.filed() as usize) / ALIGNED;
                    assert_eq!(shelf.taken_back.len(), words, "of {} bytes", shelf.filed());
                    shelf.leave(taken_back / 4 * 3);
                    assert!(size_of_val(shelf.taken_back.as_slice()) <= taken_back / 4 * 3);
                    for (column, expected) in put.iter().zip(columns()) {
                        assert_eq!(shelf.get(column), expected);
                        let half = expected.len() / 2;
                        assert_eq!(shelf.part(column, half..expected.len()), &expected[half..]);
                        assert_eq!(shelf.read(column, half..expected.len(), &mut vec![7]), &expected[half..]);
                    }
                    assert_eq!(shelf.get(&put_bytes), bytes);
                }
                assert_eq!(shelf.filed() == 0, allowed >= all);
            }
        }
    }

    #[test]
    fn takes_columns_from_many_threads() {
        use rayon::prelude::*;

        let store = StoreWriter::new(&std::env::temp_dir(), 0);
        let put: Vec<Column<u64>> = (0..200_u64)
            .into_par_iter()
            .map(|number| store.put(vec![number; 100], 20_000).unwrap())
            .collect();
        let shelf = store.close(0).unwrap();
        put.par_iter().enumerate().for_each(|(number, column)| {
            assert!(shelf.get(column).iter().all(|&value| value == number as u64));
        });
    }

    #[test]
    fn says_where_it_cannot_write() {
        let store = StoreWriter::new(Path::new("/nowhere at all"), 8);
        assert!(store.put(vec![1_u32], 4).is_ok());
        assert!(store.put(vec![1_u32], 4).is_ok(), "the reserve");
        let said = store.put(vec![1_u32], 4).unwrap_err().to_string();
        assert!(
            said.starts_with("/nowhere at all: data that does not fit into memory cannot be written"),
            "{said}"
        );
        assert!(said.ends_with("or name another folder for temporary files"), "{said}");
    }
}
