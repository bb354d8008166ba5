//! Defines an input: a file, standard input or any other reader.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::spool::Spool;
use crate::error::{Error, Problem};

/// A file, standard input or any other reader that can be read.
pub struct Input {
    name: Arc<str>,
    handle: Handle,
    /// True if no path and no pattern names the file: it was found in a folder, and is read only if it is an article.
    pub(super) is_found: bool,
}

/// The thing that is opened.
enum Handle {
    Stdin,
    File(PathBuf),
    Reader(Box<dyn Read + Send>),
    Spool(Spool),
}

impl Input {
    /// The name of standard input, in the arguments of a caller and in messages.
    pub(super) const STDIN: &str = "-";

    /// Creates an input that reads standard input; its name is `-`.
    pub fn stdin() -> Self {
        Self { name: Self::STDIN.into(), handle: Handle::Stdin, is_found: false }
    }

    /// Creates an input that reads a file. The file is opened only when it is read.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        Self { name: path.to_string_lossy().into(), handle: Handle::File(path), is_found: false }
    }

    /// Creates an input that reads `reader`. Messages show its name, and the format may be detected from the ending
    /// of the name.
    pub fn reader(name: &str, reader: impl Read + Send + 'static) -> Self {
        Self { name: name.into(), handle: Handle::Reader(Box::new(reader)), is_found: false }
    }

    /// Returns the name for messages: the path as the caller named it, or `-`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the path of a file, as the caller named it.
    pub fn path(&self) -> Option<&Path> {
        match &self.handle {
            Handle::File(path) => Some(path),
            Handle::Stdin | Handle::Reader(_) | Handle::Spool(_) => None,
        }
    }

    /// Returns an input that can be read several times. An input that is not a regular file is read now, into an
    /// unnamed temporary file in `folder`, which is deleted with the last input that reads it.
    ///
    /// # Errors
    /// An [`Error::Input`] if it cannot be read or the temporary file cannot be written.
    pub fn into_repeatable(self, folder: &Path) -> Result<Self, Error> {
        match &self.handle {
            Handle::File(path) if fs::metadata(path).is_ok_and(|metadata| metadata.is_file()) => Ok(self),
            Handle::Spool(_) => Ok(self),
            _ => {
                let (name, mut reader) = self.open()?;
                let spool = Spool::new(&mut reader, folder).map_err(|error| {
                    Error::input(Path::new(&*name), Problem::NotKept { message: error.to_string() })
                })?;
                Ok(Self { name, handle: Handle::Spool(spool), is_found: false })
            }
        }
    }

    /// Returns the same input again; `None` if it can be read only once.
    pub fn again(&self) -> Option<Self> {
        let handle = match &self.handle {
            Handle::File(path) => Handle::File(path.clone()),
            Handle::Spool(spool) => Handle::Spool(spool.clone()),
            Handle::Stdin | Handle::Reader(_) => return None,
        };
        Some(Self { name: Arc::clone(&self.name), handle, is_found: self.is_found })
    }

    /// Returns a reader of the bytes of the input, without decompressing them.
    ///
    /// # Errors
    /// An [`Error::Input`] if it cannot be opened.
    pub fn into_reader(self) -> Result<Box<dyn Read + Send>, Error> {
        Ok(self.open()?.1)
    }

    /// Returns the file that the input is, if it is a regular one; it is opened once more.
    #[cfg(feature = "parquet")]
    pub(super) fn into_file(self) -> Option<Arc<File>> {
        match self.handle {
            Handle::File(path) => {
                let file = File::open(path).ok()?;
                file.metadata().is_ok_and(|metadata| metadata.is_file()).then(|| Arc::new(file))
            }
            Handle::Spool(spool) => Some(spool.into_file()),
            Handle::Stdin | Handle::Reader(_) => None,
        }
    }

    /// Opens the input, and returns its name and a reader of its bytes.
    pub(super) fn open(self) -> Result<(Arc<str>, Box<dyn Read + Send>), Error> {
        let reader: Box<dyn Read + Send> = match self.handle {
            Handle::Stdin => Box::new(io::stdin()),
            Handle::Reader(reader) => reader,
            Handle::Spool(spool) => Box::new(spool.reader()),
            Handle::File(path) => Box::new(File::open(&path).map_err(|error| unreadable(&path, &error))?),
        };
        Ok((self.name, reader))
    }
}

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Input").field(&self.name).finish()
    }
}

/// Returns the error for a file that cannot be opened.
pub(super) fn unreadable(path: &Path, error: &io::Error) -> Error {
    let is_broken_link = error.kind() == io::ErrorKind::NotFound && path.is_symlink();
    Error::input(path, if is_broken_link { Problem::BrokenLink } else { Problem::unreadable(error) })
}
