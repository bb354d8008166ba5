//! Claims the name of an output for one run, so that no other run writes the same output at the same time.
//!
//! A claim is a lock on the hidden file `.NAME.lock` beside the output. The system ends the lock with the process,
//! whatever ends it: after `kill -9` the file may be left, but claims nothing, and the next run removes it. Where files
//! cannot be locked, as on some network file systems, outputs are written without a claim.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::hidden_name::hidden_name;

/// The number of times that a lock file is opened. Another try is needed only if an ending run removes the file between
/// two calls of this one.
const MAX_TRIES: usize = 1000;

/// The claim of this run to the name of an output. It ends when it is dropped.
pub(crate) struct OutputClaim {
    lock_file: PathBuf,
    /// Locked as long as it is open.
    _file: File,
}

impl OutputClaim {
    /// Claims the output at `path`, or returns `None` if files cannot be locked there.
    ///
    /// # Errors
    /// Returns an error if another run has claimed it, or if the lock file cannot be created.
    pub(crate) fn new(path: &Path) -> io::Result<Option<Self>> {
        let lock_file = hidden_name(path, ".lock")?;
        let mut last = io::ErrorKind::ResourceBusy.into();
        for _ in 0..MAX_TRIES {
            let file = match open(&lock_file) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    last = error;
                    continue;
                }
                opened => opened?,
            };
            match file.try_lock() {
                Ok(()) if is_at(&file, &lock_file) => return Ok(Some(Self { lock_file, _file: file })),
                // The run that had the lock has ended, and has removed the file.
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    return Err(io::Error::other(
                        "is being written by another run; wait until it ends, or name another output",
                    ));
                }
                Err(TryLockError::Error(_)) => {
                    // The file is of no use. If it cannot be removed, it does no harm.
                    let _ = fs::remove_file(&lock_file);
                    return Ok(None);
                }
            }
        }
        Err(last)
    }

    /// Returns the path of the lock file, which is to be removed before the claim ends.
    pub(crate) fn lock_file(&self) -> &Path {
        &self.lock_file
    }
}

/// Opens a lock file, or creates it. Links are not followed: in a folder that others may write to, one could lead
/// anywhere.
fn open(lock_file: &Path) -> io::Result<File> {
    match OpenOptions::new().write(true).create_new(true).open(lock_file) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        created => return created,
    }
    if !fs::symlink_metadata(lock_file)?.is_file() {
        let name = lock_file.display();
        return Err(io::Error::other(format!(
            "{name} is in the way, where a lock file would be created; remove it"
        )));
    }
    // A network file system may want a file that is open for writing; another user's file can only be read.
    let file = OpenOptions::new().write(true).open(lock_file);
    file.or_else(|error| match error.kind() {
        io::ErrorKind::PermissionDenied => File::open(lock_file),
        _ => Err(error),
    })
}

/// Returns whether the open file is the one that has this path now.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let (Ok(open), Ok(named)) = (file.metadata(), fs::symlink_metadata(path)) else { return false };
    (open.dev(), open.ino()) == (named.dev(), named.ino())
}

/// Returns whether the open file is the one that has this path now. While it is open, no other file gets its path.
#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_a_name_once_and_again_after_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kept.jsonl");
        let lock_file = folder.path().join(".kept.jsonl.lock");
        // As after `kill -9`.
        fs::write(&lock_file, "").unwrap();
        for _ in 0..2 {
            let claim = OutputClaim::new(&path).unwrap().expect("files can be locked here");
            assert_eq!(claim.lock_file(), lock_file);
            let refused = OutputClaim::new(&path).err().expect("the name is claimed").to_string();
            assert_eq!(
                refused,
                "is being written by another run; wait until it ends, or name another output"
            );
            fs::remove_file(&lock_file).unwrap();
            drop(claim);
        }
    }

    #[test]
    #[cfg(unix)]
    fn follows_no_link() {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("elsewhere", folder.path().join(".kept.jsonl.lock")).unwrap();
        let refused =
            OutputClaim::new(&folder.path().join("kept.jsonl")).err().expect("a link is in the way");
        assert!(refused.to_string().contains("is in the way"), "{refused}");
        assert!(!folder.path().join("elsewhere").exists());
    }
}
