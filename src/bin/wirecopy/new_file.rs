//! Writes a file that appears under its name only when it is complete.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, IntoInnerError, Write};
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};
use serde::Serialize;
use wirecopy::Error;
use wirecopy::read::Compression;
use wirecopy::rewrite::CompressedWriter;

use crate::output_mode::{OutputMode, keep_mode};
use crate::output_name::{check_ending, compression_of};
use crate::pending_output::PendingOutput;
use crate::publication::CompleteOutput;
use crate::stream_name::named_file;

/// The size in bytes of the buffer of an output.
pub(crate) const BUFFER: usize = 64 << 10;
/// A file that appears under its name only when it is complete. If the run fails, nothing of it is left.
pub(crate) struct NewFile {
    /// In a box, since the state of a compressor is large.
    out: BufWriter<Box<CompressedWriter<File>>>,
    /// The name as the user gave it.
    name: PathBuf,
    /// The temporary file, or `None` for a device or a pipe, which is written directly.
    pending: Option<PendingOutput>,
}

impl NewFile {
    /// Creates the temporary file of an output in a format whose names have one of `endings`. It is compressed if its
    /// name says so. It has the permissions of the file that it replaces, else `mode`.
    pub(crate) fn create(name: &Path, endings: &[&str], mode: OutputMode) -> anyhow::Result<Self> {
        check_ending(name, endings)?;
        Ok(Self::with_compression(name, compression_of(name), mode)?)
    }

    /// Creates the temporary file of an output whose bytes come in the compression that its name says.
    pub(crate) fn create_compressed(name: &Path, mode: OutputMode) -> anyhow::Result<Self> {
        Ok(Self::with_compression(name, Compression::Plain, mode)?)
    }

    fn with_compression(name: &Path, compression: Compression, mode: OutputMode) -> Result<Self, Error> {
        Self::begin(name, compression, mode).map_err(|source| Error::Output { path: name.to_owned(), source })
    }

    fn begin(name: &Path, compression: Compression, mode: OutputMode) -> io::Result<Self> {
        if named_file(Some(name)).is_none() {
            return Err(io::Error::other("is standard output, expected the name of a file"));
        }
        // A symbolic link is followed, so that the file that it points to is replaced, not the link.
        let path = fs::canonicalize(name).unwrap_or_else(|_| name.to_owned());
        let replaced = fs::metadata(&path).ok();
        let kind = replaced.as_ref().map(fs::Metadata::file_type);
        if kind.is_some_and(|kind| kind.is_dir()) {
            return Err(io::Error::from(io::ErrorKind::IsADirectory));
        }
        if is_device_name(name) || kind.is_some_and(|kind| !kind.is_file()) {
            let file = OpenOptions::new().append(true).open(name)?;
            return Self::new(file, compression, name, None);
        }
        let (pending, file) = PendingOutput::begin(path, |path| mode.create_file(path))?;
        if let Some(replaced) = replaced {
            keep_mode(&file, &replaced)?;
        }
        Self::new(file, compression, name, Some(pending))
    }

    fn new(
        file: File,
        compression: Compression,
        name: &Path,
        pending: Option<PendingOutput>,
    ) -> io::Result<Self> {
        let out = BufWriter::with_capacity(BUFFER, Box::new(CompressedWriter::new(file, compression)?));
        Ok(Self { out, name: name.to_owned(), pending })
    }

    /// Returns the name as the user gave it.
    pub(crate) fn name(&self) -> &Path {
        &self.name
    }

    /// Returns whether the file may contain colors.
    pub(crate) fn color_choice(&self) -> ColorChoice {
        AutoStream::choice(self.out.get_ref().get_ref())
    }

    /// Writes a record as one line of JSON.
    pub(crate) fn line(&mut self, record: &impl Serialize) -> Result<(), Error> {
        json_line(record, &mut self.out, &self.name)
    }

    /// Calls `write` with the file, and adds the name of the file to its error.
    pub(crate) fn fill(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Error> {
        write(&mut self.out).map_err(|source| Error::Output { path: self.name.clone(), source })
    }

    /// Writes the bytes that are still in the buffer. Returns the file, to be published with the other outputs of the run,
    /// or `None` for a device or a pipe.
    pub(crate) fn finish(self) -> Result<Option<CompleteOutput>, Error> {
        let Self { out, name, pending } = self;
        let file = out.into_inner().map_err(IntoInnerError::into_error).and_then(|out| out.finish());
        let written = file.and_then(|file| if pending.is_some() { file.sync_all() } else { Ok(()) });
        match written {
            Ok(()) => Ok(pending.map(|pending| CompleteOutput::new(name, pending))),
            Err(source) => Err(Error::Output { path: name, source }),
        }
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Returns whether a name is that of a device, or of an open file of the process. `/dev/stdout` may be a link to a file,
/// which must not be replaced. Folders of `/dev`, such as `/dev/shm`, contain files like any other.
fn is_device_name(name: &Path) -> bool {
    name.starts_with("/dev/fd")
        || name.starts_with("/proc")
        || name.parent().is_some_and(|folder| folder == Path::new("/dev"))
}

/// Writes a record as one line of JSON to the output with this name.
pub(crate) fn json_line(record: &impl Serialize, out: &mut impl Write, name: &Path) -> Result<(), Error> {
    serde_json::to_writer(&mut *out, record)
        .map_err(io::Error::from)
        .and_then(|()| out.write_all(b"\n"))
        .map_err(|source| Error::Output { path: name.to_owned(), source })
}
