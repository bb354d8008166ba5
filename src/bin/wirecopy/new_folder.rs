//! Writes a folder that appears under its name only when all its files are complete.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, bail};
use wirecopy::Error;

use crate::new_file::BUFFER;
use crate::pending_output::PendingOutput;

/// A folder that appears under its name only when all its files are complete. If the run fails, nothing of it is
/// left.
pub(crate) struct NewFolder {
    /// The name as the user gave it.
    name: PathBuf,
    pending: PendingOutput,
}

impl NewFolder {
    /// Creates the folder under a temporary name.
    ///
    /// # Errors
    /// Returns an error if something other than an empty folder has that name already.
    pub(crate) fn create(name: &Path) -> anyhow::Result<Self> {
        if fs::symlink_metadata(name).is_ok() && !is_empty_folder(name) {
            bail!("{}: exists already, and is not an empty folder; name a new one", name.display());
        }
        let Some(Component::Normal(_)) = name.components().next_back() else {
            bail!("{}: expected the name of a new folder", name.display());
        };
        let begun = PendingOutput::begin(name.to_owned(), |path| fs::create_dir(path));
        let (pending, ()) = begun.map_err(|source| Error::Output { path: name.to_owned(), source })?;
        Ok(Self { name: name.to_owned(), pending })
    }

    /// Returns the name as the user gave it.
    pub(crate) fn name(&self) -> &Path {
        &self.name
    }

    /// Creates a file at a path in the folder.
    pub(crate) fn open(&self, path: &Path) -> anyhow::Result<BufWriter<File>> {
        let file = self.pending.within(path, |path| {
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            File::create_new(path)
        });
        let file = file.with_context(|| self.name.join(path).display().to_string())?;
        Ok(BufWriter::with_capacity(BUFFER, file))
    }

    /// Removes the file at a path in the folder.
    pub(crate) fn remove(&self, path: &Path) -> anyhow::Result<()> {
        let removed = self.pending.within(path, |path| fs::remove_file(path));
        removed.with_context(|| self.name.join(path).display().to_string())
    }

    /// Moves the folder to its name.
    pub(crate) fn finish(self) -> anyhow::Result<()> {
        self.pending.publish_folder().with_context(|| self.name.display().to_string())
    }
}

fn is_empty_folder(path: &Path) -> bool {
    fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none())
}
