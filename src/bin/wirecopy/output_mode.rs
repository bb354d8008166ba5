//! Decides who may read an output: whoever may read the file that it replaces, else whoever may read all the inputs, of
//! which it contains parts.

#[cfg(unix)]
use std::fs::DirBuilder;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
#[cfg(unix)]
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

use wirecopy::Input;

use crate::file_identity::path_of;

/// The permissions to read and write a file.
#[cfg(unix)]
const READ_AND_WRITE: u32 = 0o666;
/// The permissions of the owner of a file. The owner can always read, and replace, what a run has written.
#[cfg(unix)]
const OWNER_OF_FILE: u32 = 0o600;
/// The permissions to read, write and execute a file, or to use a folder.
#[cfg(unix)]
const ALL: u32 = 0o777;
/// The permissions of the owner of a folder, without which no file could be created in it.
#[cfg(unix)]
const OWNER_OF_FOLDER: u32 = 0o700;

/// The permissions with which files are created; as always, those that the user takes away (`umask`) are not given.
/// `None` is the default of the system. Only Unix has these permissions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct OutputMode(Option<u32>);

impl OutputMode {
    /// Returns the permissions that all of these inputs have, apart from pipes and devices.
    pub(crate) fn of(inputs: &[Input]) -> Self {
        Self::of_files(inputs.iter().filter_map(path_of))
    }

    /// Returns the permissions that all of these files have, apart from pipes and devices.
    #[cfg(unix)]
    pub(crate) fn of_files<'p>(paths: impl Iterator<Item = &'p Path>) -> Self {
        let files = paths.filter_map(|path| fs::metadata(path).ok()).filter(fs::Metadata::is_file);
        Self(files.map(|metadata| metadata.permissions().mode()).reduce(|one, other| one & other))
    }

    #[cfg(not(unix))]
    pub(crate) fn of_files<'p>(_: impl Iterator<Item = &'p Path>) -> Self {
        Self(None)
    }

    /// Creates a file with these permissions. It must not exist.
    pub(crate) fn create_file(self, path: &Path) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        if let Some(mode) = self.0 {
            options.mode(mode & READ_AND_WRITE | OWNER_OF_FILE);
        }
        options.open(path)
    }
}

/// Creates a folder at a path in `root`, and those between them, unless they exist. Each has the permissions of the folder
/// at the same place of the path `model`.
pub(crate) fn create_folders_like(root: &Path, path: &Path, model: Option<&Path>) -> io::Result<()> {
    let whole = root.join(path);
    if whole.is_dir() {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        create_folders_like(root, parent, model.and_then(Path::parent))?;
    }
    create_folder_like(&whole, model)
}

#[cfg(unix)]
fn create_folder_like(path: &Path, model: Option<&Path>) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    if let Some(model) = model.and_then(|model| fs::metadata(model).ok()) {
        builder.mode(model.permissions().mode() & ALL | OWNER_OF_FOLDER);
    }
    builder.create(path)
}

#[cfg(not(unix))]
fn create_folder_like(path: &Path, _: Option<&Path>) -> io::Result<()> {
    fs::create_dir(path)
}

/// Sets the permissions of a file to those of the one that it replaces.
#[cfg(unix)]
pub(crate) fn keep_mode(file: &File, replaced: &Metadata) -> io::Result<()> {
    file.set_permissions(fs::Permissions::from_mode(replaced.permissions().mode() & ALL))
}

#[cfg(not(unix))]
pub(crate) fn keep_mode(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}

/// Sets the permissions of a folder to those of the one that it replaces.
#[cfg(unix)]
pub(crate) fn keep_folder_mode(path: &Path, replaced: &Metadata) -> io::Result<()> {
    fs::set_permissions(path, fs::Permissions::from_mode(replaced.permissions().mode() & ALL))
}

#[cfg(not(unix))]
pub(crate) fn keep_folder_mode(_: &Path, _: &Metadata) -> io::Result<()> {
    Ok(())
}
