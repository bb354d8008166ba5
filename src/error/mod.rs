//! Describes what can fail: where it failed, what is wrong, and what the caller can do about it.
//!
//! Errors are data. [`Error`] says which record, file or setting is concerned, [`Problem`] and [`SettingProblem`]
//! say what was expected and what was found, and [`Remedy`] says what helps. Their texts are complete sentences
//! without the name of any command-line option, so that a command, a server and a package for another language can
//! each name the remedy in their own words: see [`Error::without_remedy`].
//!
//! ```
//! use wirecopy::error::{FieldRole, Remedy};
//! use wirecopy::{Input, ReadOptions, Reader};
//!
//! let lines = "{\"words\": \"Rain is expected.\"}\n";
//! let mut reader = Reader::new(vec![Input::reader("news.jsonl", lines.as_bytes())], ReadOptions::default());
//! let batch = reader.next_batch()?.expect("the input holds one record");
//! let error = batch.article(0).unwrap_err();
//! assert_eq!(error.remedy(), Some(Remedy::NameField(FieldRole::Text)));
//! assert_eq!(
//!     error.to_string(),
//!     "news.jsonl:1: no text field: found \"words\"; name the field that holds the text"
//! );
//! # Ok::<(), wirecopy::Error>(())
//! ```

mod archive_problem;
mod extent;
mod field;
mod file_kind;
mod page_problem;
mod parquet_problem;
mod problem;
mod problem_remedy;
mod problem_text;
mod remedy;
mod setting;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

pub use self::archive_problem::{ArchiveProblem, DamagedPart};
pub use self::extent::Extent;
pub use self::field::{ExpectedValue, FieldForm, FieldHint, FieldRole, FoundNames, LackingLabel, ValueKind};
pub use self::file_kind::FileKind;
pub use self::page_problem::{PageProblem, WarcProblem};
pub use self::parquet_problem::ParquetProblem;
pub use self::problem::Problem;
pub use self::remedy::Remedy;
pub use self::setting::SettingProblem;
use crate::article::Location;

/// Everything that can go wrong in the library.
///
/// Only reading, writing and configuring can fail; comparing and clustering articles cannot, except where memory is
/// short and temporary files cannot be written.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// One record cannot be read. A reader can continue after it.
    Record {
        /// The location of the record.
        location: Location,
        /// The problem with the record.
        problem: Problem,
    },
    /// A file cannot be read any further.
    Input {
        /// The file, as the caller named it.
        path: PathBuf,
        /// The problem with the file.
        problem: Problem,
    },
    /// A report cannot be written.
    Output {
        /// The file, as the caller named it.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// No thread can be started.
    Threads {
        /// The error of the operating system.
        source: io::Error,
    },
    /// Data that does not fit into memory cannot be written to a temporary file.
    Storage {
        /// The folder for temporary files.
        folder: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// An archive cannot be read or changed.
    Archive {
        /// The folder of the archive, as the caller named it.
        path: PathBuf,
        /// The problem with the archive.
        problem: ArchiveProblem,
    },
    /// The value of a setting is not allowed.
    Setting {
        /// The name of the setting: the field of [`Settings`](crate::Settings).
        name: &'static str,
        /// The problem with its value.
        problem: SettingProblem,
    },
    /// The caller ended the run ([`Progress::is_cancelled`](crate::progress::Progress::is_cancelled)).
    Cancelled,
}

impl Error {
    /// Creates the error for one record.
    pub fn record(location: &Location, problem: Problem) -> Self {
        Self::Record { location: location.clone(), problem }
    }

    /// Creates the error for a whole file.
    pub fn input(path: &Path, problem: Problem) -> Self {
        Self::Input { path: path.to_owned(), problem }
    }

    /// Creates the error for an archive.
    pub fn archive(path: &Path, problem: ArchiveProblem) -> Self {
        Self::Archive { path: path.to_owned(), problem }
    }

    /// Returns whether only one record is affected, so that a reader may report it and continue.
    pub fn is_record(&self) -> bool {
        matches!(self, Self::Record { .. })
    }

    /// Returns what the caller can do about the error, if there is a known remedy.
    pub fn remedy(&self) -> Option<Remedy> {
        match self {
            Self::Record { problem, .. } | Self::Input { problem, .. } => problem.remedy(),
            Self::Output { source, .. } if source.kind() == io::ErrorKind::NotFound => {
                Some(Remedy::CreateFolder)
            }
            Self::Output { .. } => None,
            Self::Threads { .. } => Some(Remedy::AllowMoreProcesses),
            Self::Storage { .. } => Some(Remedy::MoreMemoryOrAnotherFolder),
            Self::Archive { problem, .. } => problem.remedy(),
            Self::Setting { problem, .. } => problem.remedy(),
            Self::Cancelled => None,
        }
    }

    /// Returns the message without the remedy, for a caller that names the remedy in its own words.
    pub fn without_remedy(&self) -> impl fmt::Display + '_ {
        WithoutRemedy(self)
    }
}

/// Writes the location and the problem first, and then the remedy in neutral words.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.without_remedy().fmt(f)?;
        match self.remedy() {
            Some(remedy) => write!(f, "; {remedy}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            // The message says it.
            Self::Output { source, .. } if source.kind() == io::ErrorKind::NotFound => None,
            Self::Output { source, .. } | Self::Storage { source, .. } | Self::Threads { source } => {
                Some(source)
            }
            Self::Archive { problem, .. } => problem.source().map(|source| source as _),
            Self::Record { .. } | Self::Input { .. } | Self::Setting { .. } | Self::Cancelled => None,
        }
    }
}

/// The message of an error without its remedy.
struct WithoutRemedy<'a>(&'a Error);

impl fmt::Display for WithoutRemedy<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Error::Record { location, problem } => write!(f, "{location}: {problem}"),
            Error::Input { path, problem } => write!(f, "{}: {problem}", path.display()),
            Error::Output { path, source } if source.kind() == io::ErrorKind::NotFound => {
                write!(f, "{}: its folder does not exist", path.display())
            }
            Error::Output { path, source } => write!(f, "{}: {source}", path.display()),
            Error::Threads { source } => write!(f, "no thread can be started: {source}"),
            Error::Storage { folder, source } => write!(
                f,
                "{}: data that does not fit into memory cannot be written to a temporary file: {source}",
                folder.display()
            ),
            Error::Archive { path, problem } => write!(f, "{}: {problem}", path.display()),
            Error::Setting { name, problem } => write!(f, "{name}: {problem}"),
            Error::Cancelled => f.write_str("the run was cancelled"),
        }
    }
}

#[cfg(test)]
mod tests;
