//! Writes an output under a temporary name in the same folder. [`publish`](crate::publication::publish) renames it when
//! all outputs of the run are complete.
//!
//! Invariants: however the run ends, the final path has either its old content, or a complete output that is on
//! disk: the output is synced before it is renamed, and the folder after. No other run writes the same output meanwhile.
//! If the program can react to the end of the run, which is always except after SIGKILL and power loss, no temporary
//! output is left.

use std::collections::BTreeSet;
use std::fs;
#[cfg(any(unix, test))]
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::hidden_name::hidden_name;
use crate::output_claim::OutputClaim;
use crate::output_place::check_replaceable;

/// The paths of all temporary outputs and lock files. The lock is held while one is created, renamed or removed, so that
/// `discard_all` misses none.
static PENDING: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// The number of temporary names to try. Some may be taken: in a container, a killed run may have had the same
/// process number.
const MAX_NAMES: usize = 1000;

/// Returns the paths of all temporary outputs and lock files. As long as the guard lives, no signal ends the process.
pub(crate) fn lock_pending() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    PENDING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file or folder under a temporary name. It is removed if it is dropped before it is published.
pub(crate) struct PendingOutput {
    temporary: PathBuf,
    path: PathBuf,
    claim: Option<OutputClaim>,
}

impl PendingOutput {
    /// Begins the output whose final path is `path`. `create` creates the file or folder at a temporary path.
    ///
    /// # Errors
    /// Returns an error if another run writes the same output, if the final path cannot be replaced, and the error of
    /// `create`.
    pub(crate) fn begin<T>(path: PathBuf, create: impl Fn(&Path) -> io::Result<T>) -> io::Result<(Self, T)> {
        // Dropped after the lock, which its destructor needs.
        let mut output = Self { temporary: PathBuf::new(), path, claim: None };
        let mut pending = lock_pending();
        output.claim = OutputClaim::new(&output.path)?;
        pending.extend(output.claim.as_ref().map(|claim| claim.lock_file().to_owned()));
        for attempt in 0..MAX_NAMES {
            let temporary = hidden_name(&output.path, &temporary_ending(attempt))?;
            match create(&temporary) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                created => {
                    let created = created?;
                    pending.insert(temporary.clone());
                    output.temporary = temporary;
                    check_replaceable(&output.path, &fs::symlink_metadata(&output.temporary)?)?;
                    drop(pending);
                    return Ok((output, created));
                }
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Returns the path that the output will have.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the path that the output has until it is published.
    pub(crate) fn temporary(&self) -> &Path {
        &self.temporary
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

    /// Syncs an output that is a folder, and all that it contains.
    pub(crate) fn sync_folder(&self) -> io::Result<()> {
        sync_tree(&self.temporary)
    }
}

impl Drop for PendingOutput {
    fn drop(&mut self) {
        let mut pending = lock_pending();
        if pending.remove(&self.temporary) {
            remove(&self.temporary);
        }
        if let Some(claim) = &self.claim
            && pending.remove(claim.lock_file())
        {
            remove(claim.lock_file());
        }
    }
}

/// Returns the ending of the hidden name of an output: `.PROCESS.tmp`, or `.PROCESS.ATTEMPT.tmp` after the first attempt.
fn temporary_ending(attempt: usize) -> String {
    let process = std::process::id();
    if attempt == 0 { format!(".{process}.tmp") } else { format!(".{process}.{attempt}.tmp") }
}

/// Removes all temporary outputs and lock files. Afterwards none can be created, renamed or removed: the process must end.
#[cfg(unix)]
pub(crate) fn discard_all() {
    let pending = lock_pending();
    pending.iter().for_each(|path| remove(path));
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
pub(crate) fn sync_entries(folder: &Path) -> io::Result<()> {
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
pub(crate) fn sync_entries(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Syncs a folder and everything in it. Many files are synced with one call, since one for each takes minutes. That call
/// also waits for what other processes wrote, so a few files are synced one by one.
#[cfg(target_os = "linux")]
fn sync_tree(folder: &Path) -> io::Result<()> {
    const FEW: usize = 64;
    let has_few = sync_some(folder, FEW)?.is_some();
    if has_few { Ok(()) } else { Ok(rustix::fs::syncfs(File::open(folder)?)?) }
}

/// Syncs a folder and everything in it.
#[cfg(all(unix, not(target_os = "linux")))]
fn sync_tree(folder: &Path) -> io::Result<()> {
    sync_some(folder, usize::MAX).map(|_| ())
}

/// Syncs a folder and everything in it, if these are at most `most` files. Returns how many more it could be; nothing if there
/// are more, of which some were synced.
#[cfg(unix)]
fn sync_some(folder: &Path, mut most: usize) -> io::Result<Option<usize>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let left = if path.is_dir() {
            sync_some(&path, most)?
        } else if most > 0 {
            File::open(&path)?.sync_all()?;
            Some(most - 1)
        } else {
            None
        };
        let Some(left) = left else { return Ok(None) };
        most = left;
    }
    sync_entries(folder)?;
    Ok(Some(most))
}

#[cfg(not(unix))]
fn sync_tree(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn begins_although_a_killed_run_left_the_same_names() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["out.jsonl".to_owned(), "ä".repeat(127)] {
            let path = folder.path().join(name);
            let left = hidden_name(&path, &temporary_ending(0)).unwrap();
            fs::write(&left, "half").unwrap();
            fs::write(hidden_name(&path, ".lock").unwrap(), "").unwrap();
            let (output, _) = PendingOutput::begin(path.clone(), |path| File::create_new(path)).unwrap();
            assert!(PendingOutput::begin(path.clone(), |path| File::create_new(path)).is_err());
            drop(output);
            assert_eq!(fs::read_to_string(&left).unwrap(), "half");
            fs::remove_file(left).unwrap();
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        }
    }
}
