//! What can fail, and how it is said: place first, then what is wrong, then the remedy.

use std::path::{Path, PathBuf};

use crate::article::Location;

/// Everything that can go wrong in the library.
///
/// Only reading, writing and configuring can fail; from tokens to clusters nothing does.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// One record cannot be read; the reader can go on behind it.
    #[error("{place}: {what}")]
    Record {
        /// Where the record stands.
        place: Location,
        /// What is wrong with it.
        what: String,
    },
    /// A file as a whole cannot be read any further.
    #[error("{}: {what}", path.display())]
    Input {
        /// The file, as it was named.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// A report cannot be written.
    #[error("{}: {source}", path.display())]
    Output {
        /// The file, as it was named.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// What does not fit into memory cannot be kept on disk.
    #[error("{}: what does not fit into memory cannot be kept in a temporary file: {source}; allow for more memory with --memory, or name another folder with --temp-dir", folder.display())]
    Storage {
        /// The folder for temporary files.
        folder: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A setting is out of its range.
    #[error("{name}: {what}")]
    Setting {
        /// The setting's name.
        name: &'static str,
        /// What is wrong with its value.
        what: String,
    },
}

impl Error {
    /// Says what is wrong with one record.
    pub fn record(location: &Location, what: impl Into<String>) -> Self {
        Self::Record { place: location.clone(), what: what.into() }
    }

    /// Says what is wrong with a whole file.
    pub fn input(path: &Path, what: impl Into<String>) -> Self {
        Self::Input { path: path.to_owned(), what: what.into() }
    }

    /// Tells whether only one record is affected, so that a reader may report it and go on.
    pub fn is_record(&self) -> bool {
        matches!(self, Self::Record { .. })
    }
}
