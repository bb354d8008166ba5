//! After any failure at any moment, an archive is as it was before a commit or as it is after it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::file_system::FileSystem;
use super::super::{FileEntry, Folder};
use super::failing_file_system::{Chance, FailingFileSystem, Failure};
use crate::error::{ArchiveProblem, Error};

/// What the commits of the test leave, one after the other: the names of the files. The last one merges two files.
const STATES: [&[&str]; 4] = [&["s.wcy"], &["s.wcy", "a.wcy"], &["s.wcy", "a.wcy", "b.wcy"], &["c.wcy"]];

/// Power is lost in this many ways after each failure.
const POWER_LOSSES: u64 = 6;

/// Returns the content of the block of a file.
fn content(name: &str) -> Vec<u8> {
    name.as_bytes().repeat(1000)
}

/// An archive of the test.
struct Archive {
    folder: Folder,
}

impl Archive {
    fn new(path: &Path, files: &FailingFileSystem) -> Self {
        Self { folder: Folder::new(path, Arc::new(files.clone()) as Arc<dyn FileSystem>) }
    }

    /// Returns the index of the state, after checking all its files; `None` if there is no archive.
    fn state(&self) -> Option<usize> {
        let entries = match self.folder.read(|manifest| {
            let entries: Vec<FileEntry> = serde_json::from_slice(manifest).unwrap();
            for entry in &entries {
                let file = self.folder.open(entry)?;
                file.check()?;
                assert_eq!(file.block(1, 0)?, content(&entry.name));
            }
            Ok(entries)
        }) {
            Err(Error::Archive { problem: ArchiveProblem::NotAnArchive, .. }) => return None,
            entries => entries.unwrap(),
        };
        let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
        Some(STATES.iter().position(|state| *state == names).unwrap())
    }

    /// Brings the archive from its state to the last one, as a process that starts does. Calls `committed` with each
    /// state that was committed.
    fn run(&self, mut committed: impl FnMut(usize)) -> Result<(), Error> {
        self.folder.create()?;
        let lock = self.folder.lock()?;
        let mut entries: Vec<FileEntry> = Vec::new();
        let state = self.state();
        if state.is_some() {
            entries = serde_json::from_slice(&self.folder.read_manifest()?).unwrap();
        }
        self.folder.remove_orphans(&lock, &names_of(&entries))?;
        let done = state.map_or(0, |state| state + 1);
        for (state, names) in STATES.iter().enumerate().skip(done) {
            entries.retain(|entry| names.contains(&entry.name.as_str()));
            for name in *names {
                if entries.iter().all(|entry| entry.name != *name) {
                    let mut file = self.folder.writer(name)?;
                    file.block(1, &content(name), false)?;
                    entries.push(file.finish()?);
                }
            }
            let manifest = serde_json::to_vec(&entries).unwrap();
            self.folder.commit(&lock, &manifest, &names_of(&entries))?;
            committed(state);
        }
        Ok(())
    }

    /// Checks that the archive is in a state that was acknowledged, or in the next one.
    fn check(&self, acknowledged: Option<usize>) {
        let state = self.state();
        let next = acknowledged.map_or(0, |state| state + 1);
        assert!(state == acknowledged || state == Some(next), "{state:?} after {acknowledged:?}");
    }

    /// Brings the archive to the last state, and checks that nothing else is left.
    fn check_recovery(&self) {
        self.run(|_| {}).unwrap();
        assert_eq!(self.state(), Some(STATES.len() - 1));
        let found: BTreeSet<PathBuf> =
            fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        let expected = ["c.wcy", "lock", "manifest"].map(|name| self.folder.path().join(name));
        assert!(found.iter().eq(&expected), "{found:?}");
    }
}

fn names_of(entries: &[FileEntry]) -> BTreeSet<String> {
    entries.iter().map(|entry| entry.name.clone()).collect()
}

/// Runs until operation `left` fails. Returns the folder, the file system and the acknowledged state; `None` if
/// nothing failed.
fn fail(failure: Failure, left: usize) -> Option<(tempfile::TempDir, FailingFileSystem, Option<usize>)> {
    let dir = tempfile::tempdir().unwrap();
    let files = FailingFileSystem::new(failure, left);
    let mut acknowledged = None;
    let done = Archive::new(&dir.path().join("archive"), &files).run(|state| acknowledged = Some(state));
    // What fails after a commit is not the failure of the commit.
    assert!(done.is_err() || acknowledged == Some(STATES.len() - 1));
    files.has_failed().then_some((dir, files, acknowledged))
}

/// Calls `check` with the archive and its file system after a failure at each operation.
fn for_each_failure(failure: Failure, mut check: impl FnMut(&Archive, &FailingFileSystem, Option<usize>)) {
    let mut left = 0;
    while let Some((dir, files, acknowledged)) = fail(failure, left) {
        check(&Archive::new(&dir.path().join("archive"), &files), &files, acknowledged);
        left += 1;
    }
    assert!(left > 30, "{left} operations");
}

#[test]
fn a_failing_operation_leaves_the_state_before_or_after() {
    for failure in [Failure::Once, Failure::FullDisk, Failure::Death] {
        for_each_failure(failure, |archive, files, acknowledged| {
            archive.check(acknowledged);
            files.repair();
            archive.check_recovery();
        });
    }
}

#[test]
fn a_lost_power_leaves_the_state_before_or_after() {
    for seed in 0..POWER_LOSSES {
        for_each_failure(Failure::Death, |archive, files, acknowledged| {
            files.lose_power(&mut Chance(seed));
            archive.check(acknowledged);
            files.repair();
            archive.check_recovery();
        });
    }
}

#[test]
fn power_lost_after_a_process_died_leaves_the_state_before_or_after() {
    for seed in 0..POWER_LOSSES {
        for_each_failure(Failure::Death, |archive, files, acknowledged| {
            // The next process removes what the first one left, and then the power is lost.
            files.repair();
            archive.folder.create().unwrap();
            let lock = archive.folder.lock().unwrap();
            let named = archive.state().map_or(&[][..], |state| STATES[state]);
            archive.folder.remove_orphans(&lock, &named.iter().map(ToString::to_string).collect()).unwrap();
            drop(lock);
            files.lose_power(&mut Chance(seed));
            archive.check(acknowledged);
            archive.check_recovery();
        });
    }
}

#[test]
fn power_lost_after_a_failure_was_repaired_leaves_what_was_acknowledged() {
    for seed in 0..POWER_LOSSES {
        for_each_failure(Failure::Once, |archive, files, mut acknowledged| {
            archive.run(|state| acknowledged = Some(state)).unwrap();
            files.lose_power(&mut Chance(seed));
            archive.check(acknowledged);
            archive.check_recovery();
        });
    }
}
