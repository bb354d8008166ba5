//! Checks, before work starts, that what has the name of an output can be replaced.

use std::fs::Metadata;
use std::io;
use std::path::Path;

/// Checks that the file or folder at `path` can be replaced by `draft`, which is a file or folder beside it that this
/// process has just created.
///
/// # Errors
/// Returns an error if it is a mount point, may not be changed, or belongs to another user in a folder in which only
/// owners may replace what is theirs.
pub(crate) fn check_replaceable(path: &Path, draft: &Metadata) -> io::Result<()> {
    if let Some(reason) = unix::fixed(path).or_else(|| unix::foreign(path, draft)) {
        return Err(io::Error::other(format!("{reason}; name another output")));
    }
    Ok(())
}

#[cfg(unix)]
mod unix {
    use std::fs::{self, Metadata};
    use std::os::unix::fs::MetadataExt as _;
    use std::path::Path;

    /// The bit of the mode of a folder in which only owners may replace what is theirs, such as `/tmp`.
    const STICKY: u32 = 0o1000;
    /// The number of the superuser, who may replace anything.
    const SUPERUSER: u32 = 0;

    /// Returns why nobody may replace the file or folder, if that is so.
    #[cfg(target_os = "linux")]
    pub(super) fn fixed(path: &Path) -> Option<&'static str> {
        use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
        // Older kernels do not know the call or some attributes. Then the rename is refused at the end of the run.
        let found = statx(CWD, path, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::BASIC_STATS).ok()?;
        if found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT) {
            return Some("is a mount point, which cannot be replaced");
        }
        let unchangeable = StatxAttributes::IMMUTABLE | StatxAttributes::APPEND;
        found.stx_attributes.intersects(unchangeable).then_some("has an attribute that forbids to replace it")
    }

    /// Returns why nobody may replace the file or folder, if that is so.
    #[cfg(not(target_os = "linux"))]
    pub(super) fn fixed(path: &Path) -> Option<&'static str> {
        let is_mount_point = fs::metadata(path).ok()?.dev() != fs::metadata(path.parent()?).ok()?.dev();
        is_mount_point.then_some("is a mount point, which cannot be replaced")
    }

    /// Returns why the owner of `draft` may not replace the file or folder, if that is so.
    pub(super) fn foreign(path: &Path, draft: &Metadata) -> Option<&'static str> {
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let (folder, found) = (fs::metadata(parent).ok()?, fs::symlink_metadata(path).ok()?);
        let user = draft.uid();
        let is_foreign =
            folder.mode() & STICKY != 0 && ![folder.uid(), found.uid(), SUPERUSER].contains(&user);
        is_foreign.then_some("belongs to another user, and only its owner may replace it in this folder")
    }
}

#[cfg(not(unix))]
mod unix {
    use std::fs::Metadata;
    use std::path::Path;

    pub(super) fn fixed(_: &Path) -> Option<&'static str> {
        None
    }

    pub(super) fn foreign(_: &Path, _: &Metadata) -> Option<&'static str> {
        None
    }
}
