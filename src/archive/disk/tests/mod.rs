//! Tests of the files of an archive as a whole.

mod access;
mod blocks;
mod damage;
mod failing_file_system;
mod failures;
mod postings;

use std::path::Path;
use std::sync::Arc;

use super::{Folder, RealFileSystem};

/// Returns a folder on the file system of the computer.
fn folder(path: &Path) -> Folder {
    Folder::new(path, Arc::new(RealFileSystem))
}
