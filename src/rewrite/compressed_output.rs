//! Compresses an output as its input is compressed, and names it in errors.

use std::io::{self, Write};
use std::path::Path;

use flate2::write::GzEncoder;
use zstd::stream::write::Encoder as ZstdEncoder;

use crate::error::Error;
use crate::read::Compression;

/// An output that is compressed while it is written, at the default level of its compression.
pub(super) struct CompressedOutput<'a> {
    encoder: Encoder<'a>,
    /// The name of the output, for errors.
    name: &'a Path,
}

enum Encoder<'a> {
    Plain(&'a mut dyn Write),
    Gzip(GzEncoder<&'a mut dyn Write>),
    Zstd(ZstdEncoder<'static, &'a mut dyn Write>),
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
        let encoder = Encoder::new(out, compression).map_err(|source| cannot_write(name, source))?;
        Ok(Self { encoder, name })
    }

    /// Writes all of `bytes`.
    ///
    /// # Errors
    /// Returns an [`Error::Output`] if they cannot be written.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.encoder.write_all(bytes).map_err(|source| cannot_write(self.name, source))
    }

    /// Writes the bytes that the encoder still holds, and flushes the output.
    ///
    /// # Errors
    /// Returns an [`Error::Output`] if that fails.
    pub(super) fn finish(self) -> Result<(), Error> {
        let Self { encoder, name } = self;
        encoder.finish().and_then(Write::flush).map_err(|source| cannot_write(name, source))
    }
}

impl<'a> Encoder<'a> {
    fn new(out: &'a mut dyn Write, compression: Compression) -> io::Result<Self> {
        Ok(match compression {
            Compression::Plain => Self::Plain(out),
            Compression::Gzip => Self::Gzip(GzEncoder::new(out, flate2::Compression::default())),
            Compression::Zstd => {
                let mut encoder = ZstdEncoder::new(out, zstd::DEFAULT_COMPRESSION_LEVEL)?;
                encoder.include_checksum(true)?;
                Self::Zstd(encoder)
            }
        })
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Plain(out) => out.write_all(bytes),
            Self::Gzip(encoder) => encoder.write_all(bytes),
            Self::Zstd(encoder) => encoder.write_all(bytes),
        }
    }

    fn finish(self) -> io::Result<&'a mut dyn Write> {
        match self {
            Self::Plain(out) => Ok(out),
            Self::Gzip(encoder) => encoder.finish(),
            Self::Zstd(encoder) => encoder.finish(),
        }
    }
}

fn cannot_write(name: &Path, source: io::Error) -> Error {
    Error::Output { path: name.to_owned(), source }
}
