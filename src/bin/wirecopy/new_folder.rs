//! Writes a folder that appears under its name only when all its files are complete.

use std::fs::{self, File, Metadata};
use std::io::BufWriter;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, bail};
use wirecopy::Error;

use crate::new_file::BUFFER;
use crate::output_mode::{OutputMode, create_folders_like, keep_folder_mode};
use crate::pending_output::PendingOutput;
use crate::publication::CompleteOutput;

/// A folder that appears under its name only when all its files are complete. If the run fails, nothing of it is
/// left.
pub(crate) struct NewFolder {
    /// The name as the user gave it.
    name: PathBuf,
    pending: PendingOutput,
    /// The empty folder that it replaces, if there is one.
    replaced: Option<Metadata>,
}

impl NewFolder {
    /// Creates the folder under a temporary name.
    ///
    /// # Errors
    /// Returns an error if something other than an empty folder has that name already.
    pub(crate) fn create(name: &Path) -> anyhow::Result<Self> {
        let Some(Component::Normal(_)) = name.components().next_back() else {
            bail!("{}: expected the name of a new folder", name.display());
        };
        // A symbolic link to an empty folder is followed, so that this folder is replaced, not the link.
        let path = fs::canonicalize(name).unwrap_or_else(|_| name.to_owned());
        let begun = PendingOutput::begin(path, |path| fs::create_dir(path));
        let (pending, ()) = begun.map_err(|source| Error::Output { path: name.to_owned(), source })?;
        // Checked only now that no other run can complete a folder with this name.
        if fs::symlink_metadata(name).is_ok() && !is_empty_folder(name) {
            bail!("{}: exists already, and is not an empty folder; name a new one", name.display());
        }
        let replaced = fs::metadata(pending.path()).ok();
        Ok(Self { name: name.to_owned(), pending, replaced })
    }

    /// Returns the name as the user gave it.
    pub(crate) fn name(&self) -> &Path {
        &self.name
    }

    /// Creates a file at a path in the folder, with the permissions of the file `model`; the folders that contain it have
    /// those of the folders that contain `model`.
    pub(crate) fn open(&self, path: &Path, model: Option<&Path>) -> anyhow::Result<BufWriter<File>> {
        let folders = path.parent();
        let model_folder = model.and_then(Path::parent);
        let file = self.pending.within(Path::new(""), |root| {
            if let Some(folders) = folders {
                create_folders_like(root, folders, model_folder)?;
            }
            OutputMode::of_files(model.into_iter()).create_file(&root.join(path))
        });
        let file = file.with_context(|| self.name.join(path).display().to_string())?;
        Ok(BufWriter::with_capacity(BUFFER, file))
    }

    /// Removes the file at a path in the folder.
    pub(crate) fn remove(&self, path: &Path) -> anyhow::Result<()> {
        let removed = self.pending.within(path, |path| fs::remove_file(path));
        removed.with_context(|| self.name.join(path).display().to_string())
    }

    /// Completes the folder. Returns it, to be published with the other outputs of the run.
    pub(crate) fn finish(self) -> anyhow::Result<CompleteOutput> {
        let kept =
            self.replaced.map_or(Ok(()), |replaced| keep_folder_mode(self.pending.temporary(), &replaced));
        kept.and_then(|()| self.pending.sync_folder()).with_context(|| self.name.display().to_string())?;
        Ok(CompleteOutput::new(self.name, self.pending))
    }
}

fn is_empty_folder(path: &Path) -> bool {
    fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none())
}
