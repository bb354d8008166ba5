//! The folder of an archive.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::block_file::BlockFile;
use super::block_file_writer::BlockFileWriter;
use super::file_entry::{FileEntry, is_block_file_name};
use super::file_system::FileSystem;
use super::manifest::{MANIFEST, MANIFEST_MAGIC, NEW_MANIFEST, decode_manifest, encode_manifest};
use super::writer_lock::{LOCK, WriterLock};
use crate::error::{ArchiveProblem, DamagedPart, Error};

/// The file that says that there was no manifest yet: the files of blocks beside it are orphans. Without it, they are an
/// archive whose manifest was lost, from which nothing may be removed.
const CREATING: &str = "creating";

/// The folder of an archive. Cloning it is cheap.
#[derive(Clone, Debug)]
pub(in crate::archive) struct Folder {
    path: PathBuf,
    files: Arc<dyn FileSystem>,
}

impl Folder {
    /// Creates a folder value; the folder itself may not exist yet.
    pub(in crate::archive) fn new(path: &Path, files: Arc<dyn FileSystem>) -> Self {
        Self { path: path.to_owned(), files }
    }

    /// Returns the path of the folder.
    pub(in crate::archive) fn path(&self) -> &Path {
        &self.path
    }

    /// Creates the folder, if it does not exist, so that the first commit can follow. If a process dies before that, an
    /// archive can be created in the folder again: what was left in it is an orphan.
    ///
    /// # Errors
    /// [`ArchiveProblem::NotEmpty`] if the folder contains other files and no manifest,
    /// [`ArchiveProblem::MissingFile`] if it contains files of an archive that had a manifest, and an
    /// [`ArchiveProblem::Unwritable`] if it cannot be created.
    pub(in crate::archive) fn create(&self) -> Result<(), Error> {
        match self.files.create_folder(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                if !self.is_free()? {
                    return Ok(());
                }
            }
            created => created.map_err(|source| self.unwritable("the folder", source))?,
        }
        self.sync_parent()?;
        self.mark().map_err(|source| self.unwritable(CREATING, source))
    }

    /// Marks the folder as one that has no manifest yet.
    fn mark(&self) -> io::Result<()> {
        match self.files.create_new(&self.path.join(CREATING)) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
            _ => self.files.sync_folder(&self.path),
        }
    }

    /// Returns after the name of the folder is on the disk.
    fn sync_parent(&self) -> Result<(), Error> {
        let parent = self.path.parent().filter(|parent| !parent.as_os_str().is_empty());
        let synced = self.files.sync_folder(parent.unwrap_or(Path::new(".")));
        synced.map_err(|source| self.unwritable("the folder", source))
    }

    /// Returns whether the existing folder has no archive, but one can be created in it.
    ///
    /// # Errors
    /// As of [`create`](Self::create).
    fn is_free(&self) -> Result<bool, Error> {
        if Self::is_archive(&self.path) {
            return Ok(false);
        }
        if self.has_lost_manifest()? {
            return Err(self.error(ArchiveProblem::MissingFile { file: MANIFEST.to_owned() }));
        }
        let is_ours = |name: &OsString| [LOCK, NEW_MANIFEST, CREATING].iter().any(|ours| name == ours);
        if !self.names()?.iter().all(|name| is_ours(name) || is_block_file(name)) {
            return Err(self.error(ArchiveProblem::NotEmpty));
        }
        Ok(true)
    }

    /// Returns whether the folder at `path` contains a file that has the name and begins with the magic number of a
    /// manifest.
    pub(in crate::archive) fn is_archive(path: &Path) -> bool {
        let mut magic = [0; MANIFEST_MAGIC.len()];
        File::open(path.join(MANIFEST)).and_then(|mut file| file.read_exact(&mut magic)).is_ok()
            && magic == MANIFEST_MAGIC
    }

    /// Locks the archive for one writer.
    ///
    /// # Errors
    /// [`ArchiveProblem::Locked`] if there is a writer already, in this process or in another.
    pub(in crate::archive) fn lock(&self) -> Result<WriterLock, Error> {
        WriterLock::new(&self.path)
    }

    /// Reads the content of the manifest.
    ///
    /// # Errors
    /// [`ArchiveProblem::NotAnArchive`] if there is none.
    pub(in crate::archive) fn read_manifest(&self) -> Result<Vec<u8>, Error> {
        match fs::read(self.path.join(MANIFEST)) {
            Ok(bytes) if bytes.starts_with(&MANIFEST_MAGIC) => decode_manifest(&self.path, &bytes),
            Ok(_) if self.has_lost_manifest()? => {
                let problem = ArchiveProblem::Damaged { file: MANIFEST.to_owned(), part: DamagedPart::Frame };
                Err(self.error(problem))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound && self.has_lost_manifest()? => {
                Err(self.error(ArchiveProblem::MissingFile { file: MANIFEST.to_owned() }))
            }
            Ok(_) => Err(self.error(ArchiveProblem::NotAnArchive)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(self.error(ArchiveProblem::NotAnArchive))
            }
            Err(source) => Err(self.error(ArchiveProblem::Unreadable { file: MANIFEST.to_owned(), source })),
        }
    }

    /// Reads the manifest, and calls `open` with its content to open the files that it names. If one of them is
    /// missing because a writer replaced the manifest meanwhile, it starts again with the new manifest.
    pub(in crate::archive) fn read<T>(
        &self,
        mut open: impl FnMut(&[u8]) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut manifest = self.read_manifest()?;
        loop {
            let opened = open(&manifest);
            if let Err(Error::Archive { problem: ArchiveProblem::MissingFile { .. }, .. }) = opened {
                let now = self.read_manifest()?;
                if now != manifest {
                    manifest = now;
                    continue;
                }
            }
            return opened;
        }
    }

    /// Replaces the manifest in one step, and then removes the files that it does not name. `named` has the names of
    /// all files that it names; they are finished.
    ///
    /// # Errors
    /// After an error the archive is as before or as after the commit: read the manifest again.
    pub(in crate::archive) fn commit(
        &self,
        lock: &WriterLock,
        manifest: &[u8],
        named: &BTreeSet<String>,
    ) -> Result<(), Error> {
        debug_assert!(lock.is_of(&self.path), "the lock is that of this archive");
        debug_assert!(
            named.iter().all(|name| is_block_file_name(name)),
            "{named:?} are names of files of blocks"
        );
        self.replace_manifest(manifest).map_err(|source| self.unwritable(MANIFEST, source))?;
        // The commit is done. What cannot be removed now is removed by a later writer.
        let _ = self.files.remove(&self.path.join(CREATING));
        let _ = self.orphans(named).map(|orphans| self.remove(&orphans));
        Ok(())
    }

    fn replace_manifest(&self, content: &[u8]) -> io::Result<()> {
        let new = self.path.join(NEW_MANIFEST);
        match self.files.remove(&new) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = self.files.create_new(&new)?;
        file.write_all(&encode_manifest(content))?;
        file.sync()?;
        drop(file);
        // The names of the new files must be on the disk before a manifest that contains them.
        self.files.sync_folder(&self.path)?;
        self.files.rename(&new, &self.path.join(MANIFEST))?;
        self.files.sync_folder(&self.path)
    }

    /// Removes the files of blocks that the manifest, which names those in `named`, does not name. Files with other
    /// names are never removed, and a file that cannot be removed (on Windows, one that a reader has open) is left to
    /// a later writer.
    pub(in crate::archive) fn remove_orphans(
        &self,
        lock: &WriterLock,
        named: &BTreeSet<String>,
    ) -> Result<(), Error> {
        debug_assert!(lock.is_of(&self.path), "the lock is that of this archive");
        let mut orphans = self.orphans(named)?;
        if Self::is_archive(&self.path) && self.path.join(CREATING).exists() {
            orphans.push(CREATING.to_owned());
        }
        if !orphans.is_empty() {
            // If a process died after it had renamed the manifest, the last manifest may still be the one on the disk,
            // and these files the ones that it names.
            self.files.sync_folder(&self.path).map_err(|source| self.unwritable("the folder", source))?;
            self.remove(&orphans);
        }
        Ok(())
    }

    /// Returns the names of files of blocks that are in the folder and not in `named`.
    fn orphans(&self, named: &BTreeSet<String>) -> Result<Vec<String>, Error> {
        let names = self.names()?.into_iter().filter_map(|name| name.into_string().ok());
        Ok(names.filter(|name| is_block_file_name(name) && !named.contains(name)).collect())
    }

    fn remove(&self, names: &[String]) {
        for name in names {
            let _ = self.files.remove(&self.path.join(name));
        }
    }

    /// Creates a file of blocks. Its name must be new: names of files that a manifest once named are not used again.
    pub(in crate::archive) fn writer(&self, name: &str) -> Result<BlockFileWriter, Error> {
        BlockFileWriter::new(&self.path, name, Arc::clone(&self.files))
    }

    /// Opens a file of blocks that a manifest names.
    ///
    /// # Errors
    /// [`ArchiveProblem::MissingFile`] if it does not exist, and [`ArchiveProblem::Damaged`] if it is another file
    /// than the one that was written.
    pub(in crate::archive) fn open(&self, entry: &FileEntry) -> Result<BlockFile, Error> {
        BlockFile::open(&self.path, entry)
    }

    /// Returns whether the folder, which has no valid manifest, had one: there are files of blocks, and not of an archive
    /// that was being created.
    fn has_lost_manifest(&self) -> Result<bool, Error> {
        match self.names() {
            Ok(names) => {
                Ok(names.iter().any(|name| is_block_file(name)) && names.iter().all(|name| name != CREATING))
            }
            Err(_) if !self.path.exists() => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Returns the names of all files in the folder.
    fn names(&self) -> Result<Vec<OsString>, Error> {
        let entries = fs::read_dir(&self.path);
        let names = entries.and_then(|entries| entries.map(|entry| Ok(entry?.file_name())).collect());
        names.map_err(|source| {
            self.error(ArchiveProblem::Unreadable { file: "the folder".to_owned(), source })
        })
    }

    fn unwritable(&self, file: &str, source: io::Error) -> Error {
        self.error(ArchiveProblem::Unwritable { file: file.to_owned(), source })
    }

    fn error(&self, problem: ArchiveProblem) -> Error {
        Error::archive(&self.path, problem)
    }
}

fn is_block_file(name: &OsStr) -> bool {
    name.to_str().is_some_and(is_block_file_name)
}
