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
    pub(crate) fn begin<T>(
        place: PathBuf,
        make: impl FnOnce(&Path) -> io::Result<T>,
    ) -> io::Result<(Self, T)> {
        let title = place.file_name().ok_or(io::ErrorKind::InvalidFilename)?.to_string_lossy();
        let beside = place.with_file_name(format!(".{title}.{}.tmp", std::process::id()));
        let mut drafts = drafts();
        let made = make(&beside)?;
        drafts.insert(beside.clone());
        Ok((Self { beside, place }, made))
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
