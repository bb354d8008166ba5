//! Decompresses an input, and counts and hashes its bytes.

use std::fmt;
use std::io::{self, BufReader, Cursor, ErrorKind, Read};
use std::path::Path;
use std::sync::Arc;

use xxhash_rust::xxh3::Xxh3;
use zstd::stream::read::Decoder;

use super::compression::Compression;
use super::gzip::GzipMembers;
use super::member_starts::MemberStarts;
use super::zstd_dictionary::LeadingDictionary;
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
    /// The beginnings of gzip members.
    starts: MemberStarts,
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
            starts: MemberStarts::default(),
        };
        let mut magic = Vec::new();
        if let Err(error) = (&mut opened.inner).take(Compression::MAGIC_LENGTH as u64).read_to_end(&mut magic)
        {
            return Err(opened.explain(&error));
        }
        opened.compression = Compression::of(&magic);
        let unreadable = |error| Error::input(Path::new(&*opened.file), Problem::unreadable(&error));
        opened.inner = match opened.compression {
            Compression::Plain => Box::new(Cursor::new(magic).chain(opened.inner)),
            Compression::Gzip => {
                let raw = BufReader::with_capacity(COMPRESSED_BLOCK, Cursor::new(magic).chain(opened.inner));
                Box::new(GzipMembers::new(raw, opened.starts.clone()))
            }
            Compression::Zstd => zstd_content(&magic, opened.inner).map_err(unreadable)?,
        };
        Ok(opened)
    }

    /// Decodes the input from its beginning, of which `head` is what was read: `decode` returns a reader of the decoded
    /// bytes. Only these are counted and hashed.
    pub(in crate::read) fn decode(
        self,
        head: Vec<u8>,
        decode: impl FnOnce(Box<dyn Read + Send>) -> Box<dyn Read + Send>,
    ) -> Self {
        let Self { file, inner, compression, failure, ended, starts, .. } = self;
        // What failed or ended is read to the same point again.
        let rest: Box<dyn Read + Send> = match failure {
            Some(error) => Box::new(Failing(Some(error))),
            None if ended => Box::new(io::empty()),
            None => inner,
        };
        let inner = decode(Box::new(Cursor::new(head).chain(rest)));
        Self { file, inner, compression, bytes: 0, hash: Xxh3::new(), failure: None, ended: false, starts }
    }

    /// Returns the offset in the file of the gzip member whose content begins at `offset`, in bytes after decompression;
    /// `None` if there is no such member. Offsets are asked for in increasing order.
    #[cfg(feature = "web")]
    pub(in crate::read) fn member_start(&self, offset: u64) -> Option<u64> {
        self.starts.take(offset)
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

/// Returns a reader of the content of Zstandard frames, which begin with `magic` and continue in `rest`.
fn zstd_content(magic: &[u8], mut rest: Box<dyn Read + Send>) -> io::Result<Box<dyn Read + Send>> {
    let LeadingDictionary { dictionary, read } = LeadingDictionary::read(magic, &mut rest)?;
    let raw = BufReader::with_capacity(COMPRESSED_BLOCK, Cursor::new(read).chain(rest));
    let mut decoder = Decoder::with_dictionary(raw, &dictionary)?;
    decoder.window_log_max(ZSTD_WINDOW_LOG)?;
    Ok(Box::new(decoder))
}

/// A reader that fails once.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _into: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
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

    /// Returns `text` after a frame with the dictionary by which it is compressed.
    fn with_dictionary(text: &[u8], is_packed: bool) -> Vec<u8> {
        let samples: Vec<Vec<u8>> = (0..200_u32)
            .map(|n| format!("<p>Rain number {} is expected in the north.</p>", n * 7919).into_bytes())
            .collect();
        let dictionary = zstd::dict::from_samples(&samples, 4096).unwrap();
        let frame = if is_packed { zstd(&dictionary) } else { dictionary.clone() };
        let mut encoder = zstd::bulk::Compressor::with_dictionary(3, &dictionary).unwrap();
        let length = u32::try_from(frame.len()).unwrap().to_le_bytes();
        let (one, other) = text.split_at(text.len() / 2);
        let frames = [one, other].map(|half| encoder.compress(half).unwrap()).concat();
        [&[0x5d, 0x2a, 0x4d, 0x18], &length[..], &frame, &frames].concat()
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
            ("zstd with a dictionary", with_dictionary(&text, false), "1", "Zstd"),
            ("zstd with a compressed dictionary", with_dictionary(&text, true), "1", "Zstd"),
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
