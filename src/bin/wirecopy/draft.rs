//! The place of an output in, a draft beside it out, which takes that place when it is whole; else nothing is left of
//! it.
//!
//! Invariants: whatever ends the run, nothing stands in the place but what stood there before, or a whole output that
//! is on disk: it is synced before it is renamed, and so is the rename. After what the system lets a program notice,
//! which is every end but a kill and a loss of power, no draft is left either.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Where drafts stand. Who makes, places or removes one holds it, so that none is made behind the back of
/// `discard_all`.
static DRAFTS: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn drafts() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    DRAFTS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file or a folder that is written beside its place.
pub(crate) struct Draft {
    beside: PathBuf,
    place: PathBuf,
}

impl Draft {
    /// Begins a draft of what belongs at `place`; `make` makes the file or the folder.
    pub(crate) fn begin<T>(place: PathBuf, make: impl Fn(&Path) -> io::Result<T>) -> io::Result<(Self, T)> {
        /// Names that are tried; drafts of runs that were killed may stand under some, in a container of the same
        /// number.
        const TRIES: usize = 1000;
        /// What a name may have in bytes at most, nearly everywhere.
        const LONGEST_NAME: usize = 255;
        let title = place.file_name().ok_or(io::ErrorKind::InvalidFilename)?.to_string_lossy();
        let mut drafts = drafts();
        for number in 0..TRIES {
            let number = if number == 0 { String::new() } else { format!(".{number}") };
            let ending = format!(".{}{number}.tmp", std::process::id());
            let mut length = title.len().min(LONGEST_NAME - 1 - ending.len());
            while !title.is_char_boundary(length) {
                length -= 1;
            }
            let beside = place.with_file_name(format!(".{}{ending}", &title[..length]));
            match make(&beside) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                made => {
                    let made = made?;
                    drafts.insert(beside.clone());
                    return Ok((Self { beside, place }, made));
                }
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Makes something in a draft that is a folder.
    pub(crate) fn within<T>(&self, name: &Path, make: impl FnOnce(&Path) -> io::Result<T>) -> io::Result<T> {
        let _held = drafts();
        make(&self.beside.join(name))
    }

    /// Puts a draft that is on disk in its place.
    fn put(self) -> io::Result<()> {
        let mut drafts = drafts();
        if cfg!(windows) && self.place.is_dir() {
            // Elsewhere an empty folder is replaced.
            fs::remove_dir(&self.place)?;
        }
        fs::rename(&self.beside, &self.place)?;
        drafts.remove(&self.beside);
        drop(drafts);
        sync_entries(self.place.parent().unwrap_or(&self.place))
    }

    /// Puts a file in its place.
    pub(crate) fn put_file(self, file: &File) -> io::Result<()> {
        file.sync_all()?;
        self.put()
    }

    /// Puts a folder in its place.
    pub(crate) fn put_folder(self) -> io::Result<()> {
        sync_tree(&self.beside)?;
        self.put()
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        let mut drafts = drafts();
        if drafts.remove(&self.beside) {
            remove(&self.beside);
        }
    }
}

/// Removes what is not in its place yet; then nothing is made, placed or removed any more, and the run is to end.
#[cfg(unix)]
pub(crate) fn discard_all() {
    let drafts = drafts();
    drafts.iter().for_each(|draft| remove(draft));
    std::mem::forget(drafts);
}

fn remove(draft: &Path) {
    // The run has failed already; that its draft cannot be removed is no news.
    let _ = if draft.is_dir() { fs::remove_dir_all(draft) } else { fs::remove_file(draft) };
}

/// Syncs the names in a folder. Not every system lets a folder be opened or synced, nor every folder; there it is done
/// without.
#[cfg(unix)]
fn sync_entries(folder: &Path) -> io::Result<()> {
    use io::ErrorKind::{InvalidInput, IsADirectory, PermissionDenied, Unsupported};
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        Err(error)
            if !matches!(error.kind(), InvalidInput | IsADirectory | PermissionDenied | Unsupported) =>
        {
            Err(error)
        }
        _ => Ok(()),
    }
}

#[cfg(not(unix))]
fn sync_entries(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Syncs all that stands in a folder: in one go, since file by file it takes minutes for thousands of them.
#[cfg(target_os = "linux")]
fn sync_tree(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(folder)?)?)
}

/// Syncs all that stands in a folder.
#[cfg(all(unix, not(target_os = "linux")))]
fn sync_tree(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { sync_tree(&path)? } else { File::open(&path)?.sync_all()? }
    }
    sync_entries(folder)
}

#[cfg(not(unix))]
fn sync_tree(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_that_was_left_behind_is_in_nobodys_way() {
        let folder = tempfile::tempdir().unwrap();
        for title in ["out.jsonl".to_owned(), "ä".repeat(127)] {
            let place = folder.path().join(title);
            let begin = || Draft::begin(place.clone(), |beside| File::create_new(beside)).unwrap();
            let (left_behind, _) = begin();
            let (draft, file) = begin();
            draft.put_file(&file).unwrap();
            assert!(place.exists());
            drop(left_behind);
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
            fs::remove_file(place).unwrap();
        }
    }
}
