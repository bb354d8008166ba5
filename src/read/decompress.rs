//! Bytes as they come in, plain bytes out: gzip and Zstandard are told by their first bytes, never by name.

use std::fmt;
use std::io::{self, BufRead, BufReader, Cursor, ErrorKind, Read};
use std::path::Path;
use std::sync::Arc;

use flate2::bufread::GzDecoder;
use xxhash_rust::xxh3::Xxh3;
use zstd::stream::read::Decoder;

use super::Compression;
use crate::error::Error;

/// How many compressed bytes are read at a time.
const COMPRESSED_BLOCK: usize = 128 << 10;
/// The greatest window, as a power of two, that `zstd --long` writes: 2 GiB.
const ZSTD_WINDOW_LOG: u32 = 31;

const GZIP_MAGIC: [u8; 3] = [0x1f, 0x8b, 8];
const ZSTD_MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
/// The last three bytes of the magic of a skippable Zstandard frame, with which files of `pzstd` begin; the first
/// is `0x50..=0x5f`.
const ZSTD_SKIPPABLE: [u8; 3] = [0x2a, 0x4d, 0x18];

/// The decompressed bytes of an input, counted and hashed on their way.
pub(super) struct PlainBytes {
    file: Arc<str>,
    inner: Box<dyn Read + Send>,
    compression: Compression,
    bytes: u64,
    hash: Xxh3,
    /// What stopped the last read after it had brought some bytes.
    failure: Option<io::Error>,
    /// The end was reached.
    ended: bool,
}

impl PlainBytes {
    /// Looks at the first bytes of `raw` and unpacks what follows from there.
    pub(super) fn new(file: Arc<str>, raw: Box<dyn Read + Send>) -> Result<Self, Error> {
        let mut plain = Self {
            file,
            inner: raw,
            compression: Compression::Plain,
            bytes: 0,
            hash: Xxh3::new(),
            failure: None,
            ended: false,
        };
        let mut magic = Vec::new();
        if let Err(error) = (&mut plain.inner).take(ZSTD_MAGIC.len() as u64).read_to_end(&mut magic) {
            return Err(plain.explain(&error));
        }
        plain.compression = compression_of(&magic);
        let whole = Cursor::new(magic).chain(plain.inner);
        let buffered = |raw| BufReader::with_capacity(COMPRESSED_BLOCK, raw);
        plain.inner = match plain.compression {
            Compression::Plain => Box::new(whole),
            Compression::Gzip => Box::new(GzipMembers { member: Some(GzDecoder::new(buffered(whole))) }),
            Compression::Zstd => {
                let decoder = Decoder::with_buffer(buffered(whole)).and_then(|mut decoder| {
                    decoder.window_log_max(ZSTD_WINDOW_LOG)?;
                    Ok(decoder)
                });
                Box::new(decoder.map_err(|error| Error::input(Path::new(&*plain.file), error.to_string()))?)
            }
        };
        Ok(plain)
    }

    /// Appends the next bytes to `data`, `block` of them unless the input ends or fails before; none at its end.
    ///
    /// # Errors
    /// An [`Error::Input`] after all bytes before the failure were appended by earlier calls.
    pub(super) fn read(&mut self, data: &mut Vec<u8>, block: usize) -> Result<usize, Error> {
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

    pub(super) fn compression(&self) -> Compression {
        self.compression
    }

    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    pub(super) fn hash(&self) -> u64 {
        self.hash.digest()
    }

    fn explain(&self, error: &io::Error) -> Error {
        let packed = match self.compression {
            Compression::Plain => None,
            Compression::Gzip => Some("gzip"),
            Compression::Zstd => Some("zstd"),
        };
        let said = error.to_string();
        let what = match packed {
            // An error with a number comes from the system, any other from the decoder.
            Some(packed) if error.raw_os_error().is_none() => match error.kind() {
                ErrorKind::UnexpectedEof => {
                    let bytes = self.bytes;
                    format!(
                        "{packed} data ends too early, after {bytes} bytes of content: the file was cut off"
                    )
                }
                _ if said.contains("gzip header") || said.contains("Unknown frame descriptor") => {
                    format!("{packed} data is followed by bytes that are not {packed}")
                }
                _ => format!("{packed} data is damaged: {said}"),
            },
            _ => match error.kind() {
                ErrorKind::IsADirectory => "is a folder".into(),
                _ => format!("cannot be read: {said}"),
            },
        };
        Error::input(Path::new(&*self.file), what)
    }
}

impl fmt::Debug for PlainBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PlainBytes")
            .field("file", &self.file)
            .field("bytes", &self.bytes)
            .finish_non_exhaustive()
    }
}

/// The content of gzip members one after another.
///
/// Written here because the decoder of several members takes a few bytes behind the last one, a line feed say, for a
/// member that was cut off.
struct GzipMembers<R> {
    /// The member that is being read; nothing at the end.
    member: Option<GzDecoder<R>>,
}

impl<R: BufRead> Read for GzipMembers<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.member {
            let count = member.read(into)?;
            if count > 0 || into.is_empty() {
                return Ok(count);
            }
            let Some(mut raw) = self.member.take().map(GzDecoder::into_inner) else { break };
            let next = raw.fill_buf()?;
            if next.is_empty() {
                break;
            }
            let looked_at = next.len().min(GZIP_MAGIC.len());
            if next[..looked_at] != GZIP_MAGIC[..looked_at] {
                return Err(io::Error::new(ErrorKind::InvalidData, "invalid gzip header"));
            }
            self.member = Some(GzDecoder::new(raw));
        }
        Ok(0)
    }
}

fn compression_of(magic: &[u8]) -> Compression {
    if magic.starts_with(&GZIP_MAGIC) {
        return Compression::Gzip;
    }
    match magic {
        [0x50..=0x5f, rest @ ..] if rest == ZSTD_SKIPPABLE => Compression::Zstd,
        _ if magic == ZSTD_MAGIC => Compression::Zstd,
        _ => Compression::Plain,
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

    /// Reads all there is, and shows how it was packed and what the message is.
    fn read_all(packed: &[u8], block: usize) -> (Vec<u8>, String) {
        let raw = Box::new(Cursor::new(packed.to_vec()));
        let mut plain = PlainBytes::new("f".into(), raw).unwrap();
        let mut data = Vec::new();
        let outcome = loop {
            match plain.read(&mut data, block) {
                Ok(0) => break format!("{:?}", plain.compression()),
                Ok(_) => {}
                Err(error) => break error.to_string(),
            }
        };
        assert_eq!((plain.bytes(), plain.hash()), (data.len() as u64, xxh3_64(&data)));
        (data, outcome)
    }

    #[test]
    fn unpacks() {
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
            ("zstd behind a skippable frame", skippable, "1", "Zstd"),
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
    fn says_what_is_wrong() {
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
