//! Everything that is done to the files of an archive, apart from reading them.

use std::fmt::Debug;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Changes files. Tests replace it by one that fails.
pub(in crate::archive) trait FileSystem: Debug + Send + Sync {
    /// Creates a folder, whose parent exists.
    fn create_folder(&self, path: &Path) -> io::Result<()>;

    /// Creates a file, which must not exist.
    fn create_new(&self, path: &Path) -> io::Result<Box<dyn NewFile>>;

    /// Renames a file. It replaces the one that has the new name, in one step.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Returns after the names of the files of a folder are on the disk.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;
}

/// A file that is being written.
pub(in crate::archive) trait NewFile: Debug + Send + Write {
    /// Returns after the content of the file is on the disk.
    fn sync(&mut self) -> io::Result<()>;
}

/// The file system of the computer.
#[derive(Clone, Copy, Debug)]
pub(in crate::archive) struct RealFileSystem;

impl FileSystem for RealFileSystem {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        Ok(Box::new(File::create_new(path)?))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    #[cfg(unix)]
    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        match File::open(path)?.sync_all() {
            // Some file systems cannot sync a folder, and say so.
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
            done => done,
        }
    }

    /// Does nothing: a folder cannot be opened as a file, and the names in it are journaled.
    #[cfg(not(unix))]
    fn sync_folder(&self, _path: &Path) -> io::Result<()> {
        Ok(())
    }
}

impl NewFile for File {
    fn sync(&mut self) -> io::Result<()> {
        self.sync_all()
    }
}
