//! Writes an output under a temporary name in the same folder, and renames it when it is complete.
//!
//! Invariants: however the run ends, the final path has either its old content, or a complete output that is on
//! disk: the output is synced before it is renamed, and the folder after. If the program can react to the end of
//! the run, which is always except after SIGKILL and power loss, no temporary output is left.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The paths of all temporary outputs. The lock is held while one is created, renamed or removed, so that
/// `discard_all` misses none.
static PENDING: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// The number of temporary names to try. Some may be taken: in a container, a killed run may have had the same
/// process number.
const MAX_NAMES: usize = 1000;
/// The length in bytes of the longest file name that nearly all file systems allow.
const LONGEST_NAME: usize = 255;

fn lock_pending() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    PENDING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file or folder under a temporary name. It is removed if it is dropped before it is published.
pub(crate) struct PendingOutput {
    temporary: PathBuf,
    path: PathBuf,
}

impl PendingOutput {
    /// Begins the output whose final path is `path`. `create` creates the file or folder at a temporary path.
    pub(crate) fn begin<T>(path: PathBuf, create: impl Fn(&Path) -> io::Result<T>) -> io::Result<(Self, T)> {
        let name = path.file_name().ok_or(io::ErrorKind::InvalidFilename)?.to_string_lossy();
        let mut pending = lock_pending();
        for attempt in 0..MAX_NAMES {
            let temporary = path.with_file_name(temporary_name(&name, attempt));
            match create(&temporary) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                created => {
                    let created = created?;
                    pending.insert(temporary.clone());
                    return Ok((Self { temporary, path }, created));
                }
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Calls `change` with the current path of `name` in an output that is a folder. Use it to create or remove
    /// files there.
    pub(crate) fn within<T>(
        &self,
        name: &Path,
        change: impl FnOnce(&Path) -> io::Result<T>,
    ) -> io::Result<T> {
        let _lock = lock_pending();
        change(&self.temporary.join(name))
    }

    /// Syncs a file and moves it to its final path.
    pub(crate) fn publish_file(self, file: &File) -> io::Result<()> {
        file.sync_all()?;
        self.publish()
    }

    /// Syncs a folder and moves it to its final path.
    pub(crate) fn publish_folder(self) -> io::Result<()> {
        sync_tree(&self.temporary)?;
        self.publish()
    }

    /// Moves an output that is on disk to its final path.
    fn publish(self) -> io::Result<()> {
        let mut pending = lock_pending();
        if cfg!(windows) && self.path.is_dir() {
            // On other systems, a rename replaces an empty folder.
            fs::remove_dir(&self.path)?;
        }
        fs::rename(&self.temporary, &self.path)?;
        pending.remove(&self.temporary);
        drop(pending);
        sync_entries(self.path.parent().unwrap_or(&self.path))
    }
}

impl Drop for PendingOutput {
    fn drop(&mut self) {
        let mut pending = lock_pending();
        if pending.remove(&self.temporary) {
            remove(&self.temporary);
        }
    }
}

/// Returns the hidden name `.NAME.PROCESS.tmp`, or `.NAME.PROCESS.ATTEMPT.tmp` after the first attempt. A name that
/// would be too long is truncated at the end of a character.
fn temporary_name(name: &str, attempt: usize) -> String {
    let process = std::process::id();
    let ending = if attempt == 0 { format!(".{process}.tmp") } else { format!(".{process}.{attempt}.tmp") };
    let mut length = name.len().min(LONGEST_NAME - 1 - ending.len());
    while !name.is_char_boundary(length) {
        length -= 1;
    }
    format!(".{}{ending}", &name[..length])
}

/// Removes all temporary outputs. Afterwards none can be created, renamed or removed: the process must end.
#[cfg(unix)]
pub(crate) fn discard_all() {
    let pending = lock_pending();
    pending.iter().for_each(|temporary| remove(temporary));
    // The lock stays held.
    std::mem::forget(pending);
}

fn remove(temporary: &Path) {
    // The run has failed already, and its error is more useful than that of the removal.
    let _ = if temporary.is_dir() { fs::remove_dir_all(temporary) } else { fs::remove_file(temporary) };
}

/// Syncs the entries of a folder. Some systems cannot open or sync folders, or not all folders; these are not
/// synced.
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

/// Syncs a folder and everything in it, in one call: one call for each file takes minutes for thousands of files.
#[cfg(target_os = "linux")]
fn sync_tree(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(folder)?)?)
}

/// Syncs a folder and everything in it.
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
    fn publishes_although_an_earlier_temporary_output_has_the_same_name() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["out.jsonl".to_owned(), "ä".repeat(127)] {
            let path = folder.path().join(name);
            let begin =
                || PendingOutput::begin(path.clone(), |temporary| File::create_new(temporary)).unwrap();
            let (earlier, _) = begin();
            let (pending, file) = begin();
            pending.publish_file(&file).unwrap();
            assert!(path.exists());
            drop(earlier);
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
            fs::remove_file(path).unwrap();
        }
    }
}
