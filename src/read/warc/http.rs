//! Reads the response of a server: its header, and its body without the encodings of the transfer.

use std::borrow::Cow;
use std::io::Read;

use brotli_decompressor::Decompressor;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::head::head_length;
use crate::error::PageProblem;
use crate::read::page::extract::LARGEST_PAGE;

/// The most fields of a header. Servers send some dozens; what comes after them is not read.
const MOST_FIELDS: usize = 256;
/// The number of bytes that the Brotli decoder reads at a time.
const BLOCK: usize = 16 << 10;

/// The header of a response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct HttpHead {
    /// The status; `None` if the header is not valid.
    pub(super) status: Option<u16>,
    pub(super) content_type: Option<String>,
    content_encoding: Option<String>,
    transfer_encoding: Option<String>,
    /// The length of the header with the empty line after it.
    pub(super) length: usize,
}

impl HttpHead {
    /// Reads the header at the beginning of `response`. Returns `None` if its end is not in there.
    pub(super) fn new(response: &[u8]) -> Option<Self> {
        let length = head_length(response, 0)?;
        let head = &response[..length];
        let mut fields = [httparse::EMPTY_HEADER; MOST_FIELDS];
        let mut parsed = httparse::Response::new(&mut fields);
        let mut parser = httparse::ParserConfig::default();
        // What a browser accepts is accepted here.
        parser
            .allow_spaces_after_header_name_in_responses(true)
            .allow_obsolete_multiline_headers_in_responses(true)
            .allow_multiple_spaces_in_response_status_delimiters(true)
            .ignore_invalid_headers_in_responses(true);
        if parser.parse_response(&mut parsed, head).is_err() {
            return Some(Self { status: status_of(head), length, ..Self::default() });
        }
        let field = |name: &str| {
            let found = parsed.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
            found.map(|header| String::from_utf8_lossy(header.value).trim().to_ascii_lowercase())
        };
        Some(Self {
            status: parsed.code,
            content_type: field("content-type"),
            content_encoding: field("content-encoding"),
            transfer_encoding: field("transfer-encoding"),
            length,
        })
    }

    /// Returns the content of a body: without the division into chunks, and decompressed.
    ///
    /// Many crawlers store the content and keep the header of the transfer. So what does not begin as the header says is
    /// content already. A content that is cut off is returned up to there.
    ///
    /// # Errors
    /// A [`PageProblem::TooLarge`] if the content is longer than a page may be.
    pub(super) fn content<'r>(&self, body: &'r [u8]) -> Result<Cow<'r, [u8]>, PageProblem> {
        let is_chunked = self.transfer_encoding.as_deref().is_some_and(|value| value.contains("chunked"));
        let body = match is_chunked.then(|| without_chunks(body)).flatten() {
            Some(joined) => Cow::Owned(joined),
            None => Cow::Borrowed(body),
        };
        let encoding = self.content_encoding.as_deref().unwrap_or_default();
        let mut content = body;
        // The last one in the list was applied last.
        for encoding in encoding.rsplit(',').map(str::trim) {
            if let Some(decoded) = decompressed(encoding, &content)? {
                content = Cow::Owned(decoded);
            }
        }
        Ok(content)
    }
}

/// Returns the status in the first line of a header that is not valid.
fn status_of(head: &[u8]) -> Option<u16> {
    let line = head.split(|&byte| byte == b'\n').next()?;
    let mut words = std::str::from_utf8(line).ok()?.split_ascii_whitespace();
    words.next().filter(|version| version.starts_with("HTTP"))?;
    words.next()?.parse().ok()
}

/// Returns the chunks of a body together; `None` if it is not divided into chunks.
fn without_chunks(body: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::new();
    let mut rest = body;
    let mut is_first = true;
    loop {
        let end = memchr::memchr(b'\n', &rest[..rest.len().min(BLOCK)]);
        let line = end.map(|end| &rest[..end]);
        let size = line.and_then(|line| {
            let digits = line.split(|&byte| byte == b';').next().unwrap_or_default().trim_ascii();
            usize::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
        });
        let (Some(end), Some(size)) = (end, size) else {
            // After the first chunk, the body is damaged or cut off.
            return (!is_first).then_some(joined);
        };
        is_first = false;
        rest = &rest[end + 1..];
        let chunk = &rest[..rest.len().min(size)];
        if chunk.is_empty() {
            return Some(joined);
        }
        joined.extend_from_slice(chunk);
        rest = &rest[chunk.len()..];
        rest = rest.strip_prefix(b"\r\n").or(rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

/// Decompresses a content; returns `None` if it is not compressed so.
fn decompressed(encoding: &str, content: &[u8]) -> Result<Option<Vec<u8>>, PageProblem> {
    let is_zlib = matches!(content, [first, second, ..] if first & 0xf == 8 && (u16::from(*first) << 8 | u16::from(*second)) % 31 == 0);
    match encoding {
        "gzip" | "x-gzip" if content.starts_with(&[0x1f, 0x8b]) => read_all(MultiGzDecoder::new(content)),
        "deflate" if is_zlib => read_all(ZlibDecoder::new(content)),
        "deflate" => read_all(DeflateDecoder::new(content)),
        "br" => read_all(Decompressor::new(content, BLOCK)),
        "zstd" => match zstd::stream::read::Decoder::new(content) {
            Ok(decoder) => read_all(decoder),
            Err(_) => Ok(None),
        },
        _ => Ok(None),
    }
}

/// Reads what a decoder returns before its end or its first error; `None` if that is nothing.
fn read_all(mut decoder: impl Read) -> Result<Option<Vec<u8>>, PageProblem> {
    let mut content = Vec::new();
    // An error is that of damaged or cut-off data. The content before it stays.
    let _ = decoder.by_ref().take(LARGEST_PAGE as u64 + 1).read_to_end(&mut content);
    if content.len() > LARGEST_PAGE {
        return Err(PageProblem::TooLarge { limit: LARGEST_PAGE });
    }
    Ok((!content.is_empty()).then_some(content))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const PAGE: &[u8] = b"<p>Rain is expected in the north, and wind in the west.";

    fn head(fields: &str) -> HttpHead {
        HttpHead::new(format!("HTTP/1.1 200 OK\r\n{fields}\r\n").as_bytes()).unwrap()
    }

    #[test]
    fn reads_headers() {
        let cases = [
            (
                "HTTP/1.1 200 OK\r\nContent-Type: text/HTML; charset=x\r\n\r\n",
                Some(200),
                Some("text/html; charset=x"),
            ),
            ("HTTP/1.0 404 Not Found\nServer: a\n\n", Some(404), None),
            (
                "HTTP/1.1 200\r\nBad Name: a\r\ncontent-type : text/plain\r\n\r\n",
                Some(200),
                Some("text/plain"),
            ),
            ("HTTP/2 301 Moved\r\n\r\n", Some(301), None),
            ("<html>\n\n", None, None),
        ];
        for (response, status, content_type) in cases {
            let found = HttpHead::new(response.as_bytes()).unwrap();
            assert_eq!((found.status, found.content_type.as_deref()), (status, content_type), "{response}");
        }
        assert_eq!(HttpHead::new(b"HTTP/1.1 200 OK\r\n"), None);
    }

    #[test]
    fn decodes_bodies() {
        let gzip = {
            let mut out = GzEncoder::new(Vec::new(), Compression::fast());
            out.write_all(PAGE).unwrap();
            out.finish().unwrap()
        };
        let zlib = {
            let mut out = ZlibEncoder::new(Vec::new(), Compression::fast());
            out.write_all(PAGE).unwrap();
            out.finish().unwrap()
        };
        let deflate = {
            let mut out = DeflateEncoder::new(Vec::new(), Compression::fast());
            out.write_all(PAGE).unwrap();
            out.finish().unwrap()
        };
        let chunked = |body: &[u8]| {
            let half = body.len() / 2;
            let size = |part: &[u8]| format!("{:x};x=y\r\n", part.len()).into_bytes();
            let (one, other) = body.split_at(half);
            [&size(one)[..], one, b"\r\n", &size(other), other, b"\r\n0\r\n\r\n"].concat()
        };
        let brotli = b"\x0b\x1b\x80<p>Rain is expected in the north, and wind in the west.\x03".to_vec();
        let zstd = zstd::encode_all(PAGE, 1).unwrap();
        let cases = [
            ("plain", "", PAGE.to_vec()),
            ("gzip", "Content-Encoding: gzip\r\n", gzip.clone()),
            ("zlib", "Content-Encoding: deflate\r\n", zlib),
            ("deflate", "Content-Encoding: deflate\r\n", deflate),
            ("brotli", "Content-Encoding: br\r\n", brotli),
            ("zstd", "Content-Encoding: zstd\r\n", zstd),
            ("chunks", "Transfer-Encoding: chunked\r\n", chunked(PAGE)),
            ("gzip in chunks", "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", chunked(&gzip)),
            ("decoded already", "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", PAGE.to_vec()),
            ("brotli that is decoded already", "Content-Encoding: br\r\n", PAGE.to_vec()),
            ("an unknown encoding", "Content-Encoding: none\r\n", PAGE.to_vec()),
        ];
        for (name, fields, body) in cases {
            let content = head(fields).content(&body).unwrap();
            assert_eq!(String::from_utf8_lossy(&content), String::from_utf8_lossy(PAGE), "{name}");
        }
        let cut = head("Transfer-Encoding: chunked\r\n").content(&chunked(PAGE)[..20]).unwrap().into_owned();
        assert!(!cut.is_empty() && PAGE.starts_with(&cut), "a body that is cut off");
        let cut = head("Content-Encoding: gzip\r\n").content(&gzip[..gzip.len() - 12]).unwrap().into_owned();
        assert!(!cut.is_empty() && PAGE.starts_with(&cut), "compressed data that is cut off");
    }

    #[test]
    fn refuses_bombs() {
        let bomb = zstd::encode_all(std::io::repeat(b'x').take(LARGEST_PAGE as u64 + 1), 1).unwrap();
        let outcome = head("Content-Encoding: zstd\r\n").content(&bomb).map(|_| ());
        assert_eq!(outcome, Err(PageProblem::TooLarge { limit: LARGEST_PAGE }));
    }
}
