//! Converts text files of other encodings to UTF-8 while they are read.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::{Decoder, DecoderResult, Encoding};

use super::encoding::{guess_encoding, is_utf8, utf16_without_mark};
use super::options::TextEncoding;

/// The number of bytes that are read at a time.
const BLOCK: usize = 64 << 10;
/// The most bytes of one character that may be missing at the end of the bytes by which an encoding is recognized.
const LONGEST_CHARACTER: usize = 4;

/// The encoding of an input, and the number of places that are not valid in it.
#[derive(Clone, Debug)]
pub(super) struct Decoding {
    pub(super) encoding: &'static Encoding,
    replaced: Arc<AtomicU64>,
}

impl Decoding {
    /// Creates the conversion from an encoding.
    pub(super) fn new(encoding: &'static Encoding) -> Self {
        Self { encoding, replaced: Arc::default() }
    }

    /// Returns the conversion of a text that begins with `head`; `None` if it is UTF-8, or is to be taken for it.
    pub(super) fn of(asked: TextEncoding, head: &[u8]) -> Option<Self> {
        let encoding = match asked {
            TextEncoding::Utf8 => None,
            // A byte order mark says more than a name, which may be `utf-16` for both orders.
            TextEncoding::Named(encoding) => {
                Some(Encoding::for_bom(head).map_or(encoding, |(of_mark, _)| of_mark))
            }
            TextEncoding::Detect => detected(head),
        };
        encoding.filter(|&encoding| encoding != encoding_rs::UTF_8).map(Self::new)
    }

    /// Returns the number of places that are not valid in what was read so far. Each became U+FFFD.
    pub(super) fn replaced(&self) -> u64 {
        self.replaced.load(Ordering::Relaxed)
    }

    /// Returns a reader of the bytes of `raw` in UTF-8. A byte order mark is left out.
    pub(super) fn reader(&self, raw: Box<dyn Read + Send>) -> Box<dyn Read + Send> {
        let decoder = self.encoding.new_decoder_with_bom_removal();
        let (raw_bytes, text) = (Vec::with_capacity(BLOCK), Vec::new());
        let replaced = Arc::clone(&self.replaced);
        Box::new(DecodingReader { raw, decoder, raw_bytes, text, taken: 0, replaced, ended: false })
    }
}

/// Returns the encoding that a text probably has.
fn detected(head: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return Some(encoding);
    }
    match utf16_without_mark(head) {
        Some("UTF-16LE") => return Some(encoding_rs::UTF_16LE),
        Some(_) => return Some(encoding_rs::UTF_16BE),
        None => {}
    }
    // The last character may be cut off.
    let is_valid = (0..LONGEST_CHARACTER).any(|cut| head.len() >= cut && is_utf8(&head[..head.len() - cut]));
    if is_valid { None } else { guess_encoding(head, None) }
}

/// A reader of UTF-8.
struct DecodingReader {
    raw: Box<dyn Read + Send>,
    decoder: Decoder,
    /// Bytes that were read and not decoded.
    raw_bytes: Vec<u8>,
    /// Decoded bytes, of which the first `taken` were returned.
    text: Vec<u8>,
    taken: usize,
    replaced: Arc<AtomicU64>,
    ended: bool,
}

impl DecodingReader {
    /// Reads and decodes the next bytes. Nothing is decoded at the end.
    fn fill(&mut self) -> io::Result<()> {
        let begin = self.raw_bytes.len();
        self.raw_bytes.resize(begin + BLOCK, 0);
        let outcome = self.raw.read(&mut self.raw_bytes[begin..]);
        self.raw_bytes.truncate(begin + outcome.as_ref().map_or(0, |&count| count));
        self.ended = outcome? == 0;
        self.text.clear();
        self.taken = 0;
        let mut bytes = self.raw_bytes.as_slice();
        loop {
            let needed =
                self.decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(BLOCK);
            let end = self.text.len();
            self.text.resize(end + needed, 0);
            let (result, read, written) =
                self.decoder.decode_to_utf8_without_replacement(bytes, &mut self.text[end..], self.ended);
            self.text.truncate(end + written);
            bytes = &bytes[read..];
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => {
                    self.replaced.fetch_add(1, Ordering::Relaxed);
                    self.text.extend_from_slice("\u{fffd}".as_bytes());
                }
            }
        }
        self.raw_bytes.clear();
        Ok(())
    }
}

impl Read for DecodingReader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.taken == self.text.len() && !self.ended {
            self.fill()?;
        }
        let count = into.len().min(self.text.len() - self.taken);
        into[..count].copy_from_slice(&self.text[self.taken..self.taken + count]);
        self.taken += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn decode(asked: TextEncoding, bytes: &[u8]) -> Option<(&'static str, String, u64)> {
        let decoding = Decoding::of(asked, bytes)?;
        let mut text = String::new();
        decoding.reader(Box::new(Cursor::new(bytes.to_vec()))).read_to_string(&mut text).unwrap();
        Some((decoding.encoding.name(), text, decoding.replaced()))
    }

    #[test]
    fn converts_to_utf8() {
        let story = "Le caf\u{e9} est ferm\u{e9} aujourd\u{2019}hui, dit le maire.\n".repeat(3000);
        let (western, ..) = encoding_rs::WINDOWS_1252.encode(&story);
        let little = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let cases = [
            ("Western", TextEncoding::Detect, western.to_vec(), Some(("windows-1252", story.clone(), 0))),
            (
                "a mark",
                TextEncoding::Detect,
                little(&format!("\u{feff}{story}")),
                Some(("UTF-16LE", story.clone(), 0)),
            ),
            ("no mark", TextEncoding::Detect, little(&story), Some(("UTF-16LE", story.clone(), 0))),
            ("UTF-8", TextEncoding::Detect, story.clone().into_bytes(), None),
            ("cut-off UTF-8", TextEncoding::Detect, "caf\u{e9}".as_bytes()[..4].to_vec(), None),
            ("not asked", TextEncoding::Utf8, western.to_vec(), None),
            (
                "named",
                TextEncoding::Named(encoding_rs::ISO_8859_7),
                b"\xe9a".to_vec(),
                Some(("ISO-8859-7", "\u{3b9}a".into(), 0)),
            ),
            (
                "not valid",
                TextEncoding::Named(encoding_rs::EUC_JP),
                b"a\xffb\xa4".to_vec(),
                Some(("EUC-JP", "a\u{fffd}b\u{fffd}".into(), 2)),
            ),
        ];
        for (name, asked, bytes, expected) in cases {
            assert_eq!(decode(asked, &bytes), expected, "{name}");
        }
    }
}
