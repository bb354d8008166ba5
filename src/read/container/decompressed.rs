//! Decompresses an input, and counts and hashes its bytes.

use std::fmt;
use std::io::{self, BufReader, Cursor, ErrorKind, Read};
use std::path::Path;
use std::sync::Arc;

use xxhash_rust::xxh3::Xxh3;
use zstd::stream::read::Decoder;

use super::compression::Compression;
use super::gzip::GzipMembers;
use crate::error::{Error, Problem};

/// The number of compressed bytes that are read at a time.
const COMPRESSED_BLOCK: usize = 128 << 10;
/// The greatest window, as a power of two, that Zstandard writes in its long-distance mode: 2 GiB.
const ZSTD_WINDOW_LOG: u32 = 31;

/// The bytes of an input after decompression, counted and hashed as they are read.
pub(in crate::read) struct DecompressedBytes {
    file: Arc<str>,
    inner: Box<dyn Read + Send>,
    compression: Compression,
    bytes: u64,
    hash: Xxh3,
    /// The error that ended the last read after it had read some bytes.
    failure: Option<io::Error>,
    /// True if the end was reached.
    ended: bool,
}

impl DecompressedBytes {
    /// Opens `raw` and detects its compression.
    ///
    /// # Errors
    /// An [`Error::Input`] if the first bytes cannot be read.
    pub(in crate::read) fn new(file: Arc<str>, raw: Box<dyn Read + Send>) -> Result<Self, Error> {
        let mut opened = Self {
            file,
            inner: raw,
            compression: Compression::Plain,
            bytes: 0,
            hash: Xxh3::new(),
            failure: None,
            ended: false,
        };
        let mut magic = Vec::new();
        if let Err(error) = (&mut opened.inner).take(Compression::MAGIC_LENGTH as u64).read_to_end(&mut magic)
        {
            return Err(opened.explain(&error));
        }
        opened.compression = Compression::of(&magic);
        let whole = Cursor::new(magic).chain(opened.inner);
        let buffered = |raw| BufReader::with_capacity(COMPRESSED_BLOCK, raw);
        opened.inner = match opened.compression {
            Compression::Plain => Box::new(whole),
            Compression::Gzip => Box::new(GzipMembers::new(buffered(whole))),
            Compression::Zstd => {
                let decoder = Decoder::with_buffer(buffered(whole)).and_then(|mut decoder| {
                    decoder.window_log_max(ZSTD_WINDOW_LOG)?;
                    Ok(decoder)
                });
                let unreadable = |error| Error::input(Path::new(&*opened.file), Problem::unreadable(&error));
                Box::new(decoder.map_err(unreadable)?)
            }
        };
        Ok(opened)
    }

    /// Appends the next bytes to `data` and returns their number: `block`, or fewer if the input ends or fails
    /// before; 0 at its end.
    ///
    /// # Errors
    /// An [`Error::Input`], after earlier calls appended all bytes before the failure.
    pub(in crate::read) fn read(&mut self, data: &mut Vec<u8>, block: usize) -> Result<usize, Error> {
        if let Some(error) = self.failure.take() {
            return Err(self.explain(&error));
        }
        if self.ended {
            return Ok(0);
        }
        let begin = data.len();
        let mut end = begin;
        data.resize(begin + block, 0);
        while end < data.len() {
            match self.inner.read(&mut data[end..]) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(count) => end += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    self.failure = Some(error);
                    break;
                }
            }
        }
        data.truncate(end);
        self.hash.update(&data[begin..]);
        self.bytes += (end - begin) as u64;
        match self.failure.take_if(|_| end == begin) {
            Some(error) => Err(self.explain(&error)),
            None => Ok(end - begin),
        }
    }

    /// Returns the compression of the input.
    pub(in crate::read) fn compression(&self) -> Compression {
        self.compression
    }

    /// Returns the number of bytes that were read.
    pub(in crate::read) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Returns XXH3-64, with seed 0, of the bytes that were read.
    pub(in crate::read) fn hash(&self) -> u64 {
        self.hash.digest()
    }

    /// Returns the error for a failed read.
    fn explain(&self, error: &io::Error) -> Error {
        // An error with a number comes from the system, any other from the decoder.
        let is_of_decoder = self.compression != Compression::Plain && error.raw_os_error().is_none();
        let problem = if is_of_decoder { self.problem_of_decoder(error) } else { Problem::unreadable(error) };
        Error::input(Path::new(&*self.file), problem)
    }

    fn problem_of_decoder(&self, error: &io::Error) -> Problem {
        let compression = self.compression.name();
        let message = error.to_string();
        if error.kind() == ErrorKind::UnexpectedEof {
            return Problem::TruncatedCompression { compression, bytes: self.bytes };
        }
        // The decoders have no other sign of bytes after the last member or frame than their message.
        if message.contains("gzip header") || message.contains("Unknown frame descriptor") {
            return Problem::TrailingBytes { compression };
        }
        Problem::DamagedCompression { compression, message }
    }
}

impl fmt::Debug for DecompressedBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecompressedBytes")
            .field("file", &self.file)
            .field("bytes", &self.bytes)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::write::GzEncoder;
    use xxhash_rust::xxh3::xxh3_64;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        zstd::encode_all(bytes, 1).unwrap()
    }

    /// Returns all bytes that can be read, and the compression or the message.
    fn read_all(packed: &[u8], block: usize) -> (Vec<u8>, String) {
        let raw = Box::new(Cursor::new(packed.to_vec()));
        let mut bytes = DecompressedBytes::new("f".into(), raw).unwrap();
        let mut data = Vec::new();
        let outcome = loop {
            match bytes.read(&mut data, block) {
                Ok(0) => break format!("{:?}", bytes.compression()),
                Ok(_) => {}
                Err(error) => break error.to_string(),
            }
        };
        assert_eq!((bytes.bytes(), bytes.hash()), (data.len() as u64, xxh3_64(&data)));
        (data, outcome)
    }

    #[test]
    fn decompresses() {
        let text = "Rain is expected in the north. ".repeat(50).into_bytes();
        let skippable = [&[0x5a, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9], &zstd(&text)[..]].concat();
        let cases = [
            ("empty", Vec::new(), "", "Plain"),
            ("one byte", vec![0x1f], "\u{1f}", "Plain"),
            ("plain", text.clone(), "1", "Plain"),
            ("gzip", gzip(&text), "1", "Gzip"),
            ("gzip of nothing", gzip(b""), "", "Gzip"),
            ("gzip in two members", [gzip(&text), gzip(&text)].concat(), "2", "Gzip"),
            ("zstd", zstd(&text), "1", "Zstd"),
            ("zstd in two frames", [zstd(&text), zstd(&text)].concat(), "2", "Zstd"),
            ("zstd after a skippable frame", skippable, "1", "Zstd"),
        ];
        for (name, packed, times, compression) in cases {
            let expected = match times {
                "1" => text.clone(),
                "2" => text.repeat(2),
                other => other.as_bytes().to_vec(),
            };
            for block in [1, 7, 100_000] {
                assert_eq!(read_all(&packed, block), (expected.clone(), compression.to_owned()), "{name}");
            }
        }
    }

    #[test]
    fn explains_what_is_wrong() {
        let text: Vec<u8> =
            (0..20_000_u32).flat_map(|n| (n.wrapping_mul(2_654_435_761)).to_le_bytes()).collect();
        let cut = |packed: Vec<u8>| packed[..packed.len() - 10].to_vec();
        let damaged = |mut packed: Vec<u8>| {
            let last = packed.len() - 6;
            packed[last] ^= 1;
            packed
        };
        let cases = [
            ("gzip cut off", cut(gzip(&text)), "f: gzip data ends too early, after "),
            ("zstd cut off", cut(zstd(&text)), "f: zstd data ends too early, after "),
            (
                "gzip and more",
                [gzip(&text), b"and something else".to_vec()].concat(),
                "f: gzip data is followed by bytes that are not gzip",
            ),
            (
                "gzip and a line feed",
                [gzip(&text), b"\n".to_vec()].concat(),
                "f: gzip data is followed by bytes that are not gzip",
            ),
            (
                "gzip and less than a member",
                [gzip(&text), gzip(b"")[..5].to_vec()].concat(),
                "f: gzip data ends too early, after ",
            ),
            (
                "zstd and a line feed",
                [zstd(&text), b"\n".to_vec()].concat(),
                "f: zstd data is followed by bytes that are not zstd",
            ),
            (
                "zstd and more",
                [zstd(&text), b"and something else".to_vec()].concat(),
                "f: zstd data is followed by bytes that are not zstd",
            ),
            ("gzip damaged", damaged(gzip(&text)), "f: gzip data is damaged: "),
        ];
        for (name, packed, expected) in cases {
            for block in [777, 1 << 20] {
                let (data, outcome) = read_all(&packed, block);
                assert!(outcome.starts_with(expected), "{name}: {outcome}");
                assert!(
                    text.starts_with(&data) && data.len() + 10_000 > text.len(),
                    "{name}: bytes are lost"
                );
            }
        }
    }
}
