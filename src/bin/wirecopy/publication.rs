//! Renames all outputs of a run to their names: all of them, or none.
//!
//! A rename can be refused although everything was checked before, for example because a folder with this name was
//! created meanwhile. Then those before it are undone: what they replaced is kept under a hidden name until all are
//! done. Only SIGKILL or a loss of power between two renames leaves some outputs of this run and some of an earlier one;
//! then the replaced ones are still there, as `.NAME.PROCESS.old`.

use std::collections::BTreeSet;
use std::fs::{self, Permissions};
use std::io;
use std::path::{Path, PathBuf};

use wirecopy::Error;

use crate::error_message::warn;
use crate::hidden_name::hidden_name;
use crate::pending_output::{PendingOutput, lock_pending, sync_entries};

/// An output that is complete and on disk, and still has its temporary name. It is removed if it is dropped.
#[must_use]
pub(crate) struct CompleteOutput {
    /// The name as the user gave it.
    name: PathBuf,
    pending: PendingOutput,
}

impl CompleteOutput {
    pub(crate) fn new(name: PathBuf, pending: PendingOutput) -> Self {
        Self { name, pending }
    }
}

/// Moves all outputs of a run to their names, in this order.
///
/// # Errors
/// Returns the first error. Then all names have what they had before.
pub(crate) fn publish(outputs: impl IntoIterator<Item = CompleteOutput>) -> Result<(), Error> {
    let outputs: Vec<CompleteOutput> = outputs.into_iter().collect();
    // No signal ends the process between two renames. The lock is released before the outputs are dropped.
    let mut pending = lock_pending();
    let mut moved: Vec<Moved<'_>> = Vec::new();
    let keeps_replaced = outputs.len() > 1;
    for output in &outputs {
        match Moved::new(&output.pending, keeps_replaced) {
            Ok(done) => moved.push(done),
            Err(source) => return Err(undo(moved, &output.name, source)),
        }
    }
    for output in &outputs {
        let path = output.pending.path();
        if let Err(source) = sync_entries(path.parent().unwrap_or(path)) {
            return Err(undo(moved, &output.name, source));
        }
    }
    moved.into_iter().for_each(|moved| moved.end(&mut pending));
    Ok(())
}

/// Undoes renames. Returns the error of the output with this name, which was the reason.
fn undo(moved: Vec<Moved<'_>>, name: &Path, source: io::Error) -> Error {
    moved.into_iter().rev().for_each(Moved::undo);
    Error::Output { path: name.to_owned(), source }
}

/// An output that was moved to its name.
struct Moved<'p> {
    output: &'p PendingOutput,
    replaced: Replaced,
}

/// A file that an output replaced.
enum Replaced {
    /// Nothing, or something that is not kept.
    Nothing,
    /// A file, with the hidden name under which it is kept.
    File(PathBuf),
    /// An empty folder.
    Folder(Permissions),
}

impl<'p> Moved<'p> {
    /// Moves an output to its name, and keeps what it replaces if `keeps_replaced` is set.
    fn new(output: &'p PendingOutput, keeps_replaced: bool) -> io::Result<Self> {
        let path = output.path();
        let replaced = if keeps_replaced { keep(path)? } else { Replaced::Nothing };
        let moved = Self { output, replaced };
        if cfg!(windows) && path.is_dir() {
            // On other systems, a rename replaces an empty folder.
            fs::remove_dir(path)?;
        }
        match fs::rename(output.temporary(), path) {
            Ok(()) => Ok(moved),
            Err(error) => {
                if let Replaced::File(kept) = &moved.replaced {
                    moved.put_back(kept);
                }
                Err(error)
            }
        }
    }

    /// Renames the output to its temporary name again, and what it replaced to its own.
    fn undo(self) {
        let path = self.output.path();
        match &self.replaced {
            Replaced::File(kept) => self.put_back(kept),
            replaced => {
                // The temporary name is free, and in the same folder, so that this is not refused.
                let _ = fs::rename(path, self.output.temporary());
                if let Replaced::Folder(permissions) = replaced {
                    let _ =
                        fs::create_dir(path).and_then(|()| fs::set_permissions(path, permissions.clone()));
                }
            }
        }
    }

    /// Renames the file that was replaced to its name again.
    fn put_back(&self, kept: &Path) {
        let path = self.output.path();
        if let Err(error) = fs::rename(kept, path) {
            let (name, path) = (kept.display(), path.display());
            warn(&format!("{path}: its earlier version is {name}, and cannot be moved back: {error}"));
        }
    }

    /// Removes what was replaced. The output no longer has a temporary name.
    fn end(self, pending: &mut BTreeSet<PathBuf>) {
        pending.remove(self.output.temporary());
        if let Replaced::File(kept) = self.replaced {
            // If it cannot be removed, a hidden file is left, and the outputs are as they should be.
            let _ = fs::remove_file(kept);
        }
    }
}

/// Gives the file that has the path a hidden name as well, or, where a file can have only one, instead.
fn keep(path: &Path) -> io::Result<Replaced> {
    let Ok(found) = fs::symlink_metadata(path) else { return Ok(Replaced::Nothing) };
    if found.is_dir() {
        return Ok(Replaced::Folder(found.permissions()));
    }
    let kept = hidden_name(path, &format!(".{}.old", std::process::id()))?;
    if fs::hard_link(path, &kept).is_err() {
        fs::rename(path, &kept)?;
    }
    Ok(Replaced::File(kept))
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use super::*;

    fn complete(path: &Path, content: Option<&str>) -> CompleteOutput {
        let create = |path: &Path| match content {
            Some(content) => fs::write(path, content),
            None => fs::create_dir(path).and_then(|()| File::create(path.join("new")).map(drop)),
        };
        let (pending, ()) = PendingOutput::begin(path.to_owned(), create).unwrap();
        CompleteOutput::new(path.to_owned(), pending)
    }

    /// Returns the names in a folder, with the content of files.
    fn contents(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let mut contents: Vec<String> = entries
            .map(|path| {
                let name = path.file_name().unwrap().to_str().unwrap();
                let content = fs::read_to_string(&path)
                    .unwrap_or_else(|_| format!("{} entries", fs::read_dir(&path).unwrap().count()));
                format!("{name}: {content}")
            })
            .collect();
        contents.sort();
        contents
    }

    #[test]
    fn publishes_all_outputs_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("a"), "old").unwrap();
        fs::create_dir(at("empty")).unwrap();
        let before = ["a: old", "empty: 0 entries", "full: 1 entries"];
        let outputs = |last: &str| {
            let outputs = [("a", Some("new")), ("b", Some("new")), ("empty", None), ("new", None)];
            let outputs = outputs.map(|(name, content)| complete(&at(name), content));
            outputs.into_iter().chain([complete(&at(last), None)])
        };
        // A folder that is not empty is never replaced.
        fs::create_dir_all(at("full/inside")).unwrap();
        for reversed in [false, true] {
            let mut all: Vec<CompleteOutput> = outputs("full").collect();
            if reversed {
                all.reverse();
            }
            let refused = publish(all).unwrap_err().to_string();
            assert!(refused.starts_with(&at("full").display().to_string()), "{refused}");
            assert_eq!(contents(folder.path()), before);
        }
        publish(outputs("last")).unwrap();
        let after =
            ["a: new", "b: new", "empty: 1 entries", "full: 1 entries", "last: 1 entries", "new: 1 entries"];
        assert_eq!(contents(folder.path()), after);
        publish([complete(&at("a"), Some("newer"))]).unwrap();
        assert_eq!(fs::read_to_string(at("a")).unwrap(), "newer");
    }
}
