//! Recognizes one file under several names: hard links, links, and standard input or output that is a file.

#[cfg(unix)]
use std::fs::{self, File};
#[cfg(unix)]
use std::io;
use std::path::Path;

use wirecopy::Input;

use crate::stream_name::STREAM;

/// The device and the inode of a file, which are equal for all its names.
pub(crate) type Identity = (u64, u64);

/// Returns the identity of the file at `path`, or `None` if it is no file. Only Unix tells it.
#[cfg(unix)]
pub(crate) fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    let metadata = fs::metadata(path).ok()?;
    metadata.is_file().then(|| (metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
pub(crate) fn identity(_: &Path) -> Option<Identity> {
    None
}

/// Returns the identity of the file that standard output is, if it is one.
#[cfg(unix)]
pub(crate) fn stdout_identity() -> Option<Identity> {
    use std::os::fd::AsFd as _;
    use std::os::unix::fs::MetadataExt as _;
    let file = File::from(io::stdout().as_fd().try_clone_to_owned().ok()?);
    let metadata = file.metadata().ok()?;
    metadata.is_file().then(|| (metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
pub(crate) fn stdout_identity() -> Option<Identity> {
    None
}

/// Returns the path of an input. For standard input this is `/dev/stdin`, which is a link to its file, if it has
/// one.
pub(crate) fn path_of(input: &Input) -> Option<&Path> {
    input.path().or_else(|| (input.name() == STREAM).then_some(Path::new("/dev/stdin")))
}
