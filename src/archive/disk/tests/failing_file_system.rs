//! A file system that fails on purpose, and that loses what was not synced when the machine dies.
//!
//! It works on real files, so that they can be read as always, and remembers what would be lost: the bytes of each
//! file that were written after it was synced, and the changes of names after the folder was synced. It syncs nothing.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use super::super::file_system::{FileSystem, NewFile};

/// How operations fail.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Failure {
    /// One operation fails; a write has written half of its bytes.
    Once,
    /// Writes and new files fail from one operation on, as on a full disk; a write has written half of its bytes.
    FullDisk,
    /// Nothing is done from one operation on: the process is dead.
    Death,
}

#[derive(Clone, Debug)]
pub(super) struct FailingFileSystem(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    failure: Failure,
    /// The number of operations that succeed before the failure.
    left: usize,
    failed: bool,
    /// The number of bytes of each file that are on the disk, for files that have more.
    synced: BTreeMap<PathBuf, u64>,
    /// The changes of names that are not on the disk, in order.
    changes: Vec<Change>,
}

/// A change of the names in a folder.
#[derive(Debug)]
enum Change {
    CreatedFolder(PathBuf),
    Created(PathBuf),
    Renamed { from: PathBuf, to: PathBuf, replaced: Option<Vec<u8>> },
    Removed { path: PathBuf, content: Vec<u8> },
}

#[derive(Debug)]
struct FailingFile {
    system: FailingFileSystem,
    path: PathBuf,
    file: File,
}

/// A source of decisions that look random.
pub(super) struct Chance(pub(super) u64);

impl Chance {
    /// Returns a number below `bound`.
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

impl FailingFileSystem {
    /// Creates a file system that fails after `left` operations.
    pub(super) fn new(failure: Failure, left: usize) -> Self {
        let (synced, changes) = (BTreeMap::new(), Vec::new());
        Self(Arc::new(Mutex::new(State { failure, left, failed: false, synced, changes })))
    }

    /// Returns whether an operation failed.
    pub(super) fn has_failed(&self) -> bool {
        self.state().failed
    }

    /// Ends the failure: from now on every operation succeeds.
    pub(super) fn repair(&self) {
        let mut state = self.state();
        (state.failure, state.left) = (Failure::Once, usize::MAX);
    }

    /// Loses what is not on the disk, or some of it.
    pub(super) fn lose_power(&self, chance: &mut Chance) {
        let mut state = self.state();
        let policy = chance.below(4);
        let is_lost = |chance: &mut Chance| match policy {
            0 => true,
            1 => false,
            _ => chance.below(2) == 0,
        };
        for (path, synced) in std::mem::take(&mut state.synced) {
            let Ok(content) = fs::read(&path) else { continue };
            let (kept, unsynced) = content.split_at(synced as usize);
            let rest = match chance.below(3) {
                0 => Vec::new(),
                1 => unsynced.to_vec(),
                // Half of it is on the disk; the length may be, too.
                _ => {
                    let mut torn = unsynced[..unsynced.len() / 2].to_vec();
                    torn.resize(if is_lost(chance) { torn.len() } else { unsynced.len() }, 0);
                    torn
                }
            };
            fs::write(&path, [kept, &rest].concat()).unwrap();
        }
        for change in std::mem::take(&mut state.changes).into_iter().rev() {
            if is_lost(chance) {
                change.undo();
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    /// Counts an operation. Returns an error if it is one that fails.
    fn step(&self, needs_space: bool) -> io::Result<MutexGuard<'_, State>> {
        let mut state = self.state();
        let is_due = state.left == 0;
        state.left = state.left.saturating_sub(1);
        let fails = match state.failure {
            Failure::Once => is_due && !state.failed,
            Failure::FullDisk => is_due && needs_space,
            Failure::Death => is_due,
        };
        state.failed |= fails;
        if fails { Err(io::ErrorKind::StorageFull.into()) } else { Ok(state) }
    }

    fn is_dead(&self) -> bool {
        let state = self.state();
        state.failure == Failure::Death && state.failed
    }
}

impl Change {
    /// Returns the folder whose names changed.
    fn folder(&self) -> Option<&Path> {
        let (Self::CreatedFolder(path)
        | Self::Created(path)
        | Self::Renamed { to: path, .. }
        | Self::Removed { path, .. }) = self;
        path.parent()
    }

    fn undo(self) {
        match self {
            Self::CreatedFolder(path) => {
                let _ = fs::remove_dir_all(path);
            }
            Self::Created(path) => {
                let _ = fs::remove_file(path);
            }
            Self::Renamed { from, to, replaced } => {
                let _ = fs::rename(&to, from);
                replaced.into_iter().for_each(|content| fs::write(&to, content).unwrap());
            }
            Self::Removed { path, content } => {
                let _ = fs::write(path, content);
            }
        }
    }
}

impl FileSystem for FailingFileSystem {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        let mut state = self.step(true)?;
        fs::create_dir(path)?;
        state.changes.push(Change::CreatedFolder(path.to_owned()));
        Ok(())
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        let mut state = self.step(true)?;
        let file = File::create_new(path)?;
        state.changes.push(Change::Created(path.to_owned()));
        state.synced.insert(path.to_owned(), 0);
        Ok(Box::new(FailingFile { system: self.clone(), path: path.to_owned(), file }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.step(false)?;
        let replaced = fs::read(to).ok();
        fs::rename(from, to)?;
        match state.synced.remove(from) {
            Some(bytes) => state.synced.insert(to.to_owned(), bytes),
            None => state.synced.remove(to),
        };
        state.changes.push(Change::Renamed { from: from.to_owned(), to: to.to_owned(), replaced });
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut state = self.step(false)?;
        let content = fs::read(path)?;
        fs::remove_file(path)?;
        let synced = state.synced.remove(path);
        let content = content[..synced.unwrap_or(content.len() as u64) as usize].to_vec();
        state.changes.push(Change::Removed { path: path.to_owned(), content });
        Ok(())
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        let mut state = self.step(false)?;
        assert!(path.is_dir());
        state.changes.retain(|change| change.folder() != Some(path));
        Ok(())
    }
}

impl Write for FailingFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Err(error) = self.system.step(true).map(drop) {
            if !self.system.is_dead() {
                self.file.write_all(&bytes[..bytes.len() / 2])?;
            }
            return Err(error);
        }
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl NewFile for FailingFile {
    fn sync(&mut self) -> io::Result<()> {
        let mut state = self.system.step(false)?;
        state.synced.remove(&self.path);
        Ok(())
    }
}
