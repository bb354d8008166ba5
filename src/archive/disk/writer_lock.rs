//! Locks an archive for one writer.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use crate::error::{ArchiveProblem, Error};

/// The file that the writer holds a lock on.
pub(super) const LOCK: &str = "lock";

/// The right to change an archive. It ends when the value is dropped, or when the process dies.
#[derive(Debug)]
pub(in crate::archive) struct WriterLock {
    folder: PathBuf,
    /// The system releases the lock when the file is closed, if not before.
    file: File,
}

impl WriterLock {
    /// Locks the archive in a folder.
    pub(super) fn new(folder: &Path) -> Result<Self, Error> {
        let unwritable =
            |source| Error::archive(folder, ArchiveProblem::Unwritable { file: LOCK.to_owned(), source });
        let file = File::options().create(true).truncate(false).write(true).open(folder.join(LOCK));
        let file = file.map_err(unwritable)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { folder: folder.to_owned(), file }),
            Err(TryLockError::WouldBlock) => Err(Error::archive(folder, ArchiveProblem::Locked)),
            Err(TryLockError::Error(source)) => Err(unwritable(source)),
        }
    }

    /// Returns whether it is the lock of the archive in this folder.
    pub(super) fn is_of(&self, folder: &Path) -> bool {
        self.folder == folder
    }
}

impl Drop for WriterLock {
    fn drop(&mut self) {
        // A process that another thread is starting has the file, too, for a moment, and it would hold the lock as long. If
        // this fails, closing the file is enough.
        let _ = self.file.unlock();
    }
}
