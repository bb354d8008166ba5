//! Compresses an edited input while it is written, and names it in errors.

use std::io::{self, Write};
use std::path::Path;

use super::compressed_writer::CompressedWriter;
use crate::error::Error;
use crate::read::Compression;

/// An output that is compressed while it is written.
pub(super) struct CompressedOutput<'a> {
    out: CompressedWriter<&'a mut dyn Write>,
    /// The name of the output, for errors.
    name: &'a Path,
}

impl<'a> CompressedOutput<'a> {
    /// Creates an output that is written to `out`.
    ///
    /// # Errors
    /// Returns an [`Error::Output`] with `name` if the encoder cannot be created.
    pub(super) fn new(
        out: &'a mut dyn Write,
        compression: Compression,
        name: &'a Path,
    ) -> Result<Self, Error> {
        let out = CompressedWriter::new(out, compression).map_err(|source| cannot_write(name, source))?;
        Ok(Self { out, name })
    }

    /// Writes all of `bytes`.
    ///
    /// # Errors
    /// Returns an [`Error::Output`] if they cannot be written.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.out.write_all(bytes).map_err(|source| cannot_write(self.name, source))
    }

    /// Writes the bytes that the encoder still holds, and flushes the output.
    ///
    /// # Errors
    /// Returns an [`Error::Output`] if that fails.
    pub(super) fn finish(self) -> Result<(), Error> {
        let Self { out, name } = self;
        out.finish().and_then(Write::flush).map_err(|source| cannot_write(name, source))
    }
}

fn cannot_write(name: &Path, source: io::Error) -> Error {
    Error::Output { path: name.to_owned(), source }
}
