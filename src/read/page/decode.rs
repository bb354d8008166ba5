//! Decodes the bytes of a page: finds their encoding, and converts them to UTF-8.

use std::borrow::Cow;

use encoding_rs::Encoding;
use memchr::{memchr, memmem};

use crate::read::encoding::{guess_encoding, is_utf8};
use crate::site::site_of;

/// The number of bytes at the beginning of a page in which it may name its encoding. Browsers look at 1,024; some pages have
/// long scripts before.
const DECLARATION: usize = 8 << 10;

/// A page as text.
#[derive(Debug)]
pub(in crate::read) struct DecodedPage<'p> {
    pub(in crate::read) text: Cow<'p, str>,
    pub(in crate::read) encoding: &'static Encoding,
    /// True if bytes that are not valid became U+FFFD.
    pub(in crate::read) has_replaced: bool,
}

/// The evidence of the encoding of a page before it is read.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::read) struct EncodingHints<'h> {
    /// The encoding that the user named.
    pub(in crate::read) asked: Option<&'static Encoding>,
    /// The name of the encoding that the server said with the page.
    pub(in crate::read) header: Option<&'h str>,
    /// The address of the page.
    pub(in crate::read) url: Option<&'h str>,
}

/// Decodes a page.
///
/// A byte order mark decides; then that bytes are valid UTF-8, since a text of another encoding hardly ever is; then the
/// header and the page itself; then a guess. If what they say is wrong, because bytes are not valid in it, the guess
/// decides as well.
pub(in crate::read) fn decode_page<'p>(bytes: &'p [u8], hints: EncodingHints<'_>) -> DecodedPage<'p> {
    let EncodingHints { asked, header, url } = hints;
    if let Some(encoding) = asked {
        return decode_as(encoding, bytes);
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, bytes);
    }
    let of_header = header.and_then(|charset| Encoding::for_label(charset.as_bytes()));
    let declared = of_header.or_else(|| declared_encoding(bytes));
    // UTF-16 and ISO-2022-JP may consist of the bytes of ASCII, which are valid UTF-8.
    let is_ascii_like = declared.is_some_and(|encoding| !encoding.is_ascii_compatible())
        && (memchr(0, bytes).is_some() || memchr(0x1b, bytes).is_some());
    if !is_ascii_like && is_utf8(bytes) {
        return decode_as(encoding_rs::UTF_8, bytes);
    }
    let declared = declared.map(|encoding| decode_as(encoding, bytes));
    match declared {
        Some(decoded) if !decoded.has_replaced => decoded,
        declared => {
            // A page in UTF-8 with some bytes of another encoding, such as those of a cut-off letter, is UTF-8.
            let guessed =
                guess_encoding(bytes, url.and_then(last_label).as_deref()).unwrap_or(encoding_rs::UTF_8);
            match declared {
                Some(decoded) if decoded.encoding == guessed => decoded,
                _ => decode_as(guessed, bytes),
            }
        }
    }
}

/// Returns the last label of the host of an address, if it is one of ASCII letters.
fn last_label(url: &str) -> Option<String> {
    let site = site_of(Some(url), None)?;
    let label = site.rsplit('.').next().unwrap_or_default();
    label.bytes().all(|byte| byte.is_ascii_lowercase()).then(|| label.to_owned())
}

fn decode_as<'p>(encoding: &'static Encoding, bytes: &'p [u8]) -> DecodedPage<'p> {
    let (text, encoding, has_replaced) = encoding.decode(bytes);
    DecodedPage { text, encoding, has_replaced }
}

/// Returns the encoding that a page names in a `meta` element or an XML declaration.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARATION)];
    let is_xml = head.starts_with(b"<?xml");
    let xml = is_xml.then(|| label_after(head, b"encoding")).flatten();
    let metas = memmem::find_iter(head, b"<")
        .filter(|&at| head.get(at + 1..at + 5).is_some_and(|name| name.eq_ignore_ascii_case(b"meta")));
    let meta = || {
        metas.into_iter().find_map(|at| {
            let end = memchr(b'>', &head[at..]).map_or(head.len(), |length| at + length);
            label_after(&head[at..end], b"charset")
        })
    };
    let found = xml.or_else(meta)?;
    // The page was read as ASCII so far, so it is not UTF-16.
    Some(if found == encoding_rs::UTF_16LE || found == encoding_rs::UTF_16BE {
        encoding_rs::UTF_8
    } else {
        found
    })
}

/// Returns the encoding whose label follows `name` and `=`, with or without quotes.
fn label_after(bytes: &[u8], name: &[u8]) -> Option<&'static Encoding> {
    let at = (0..bytes.len().saturating_sub(name.len()))
        .find(|&at| bytes[at..at + name.len()].eq_ignore_ascii_case(name))?;
    let value = bytes[at + name.len()..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
    let end = value.iter().position(|byte| b"\"' ;>/?\t\r\n".contains(byte)).unwrap_or(value.len());
    Encoding::for_label(&value[..end])
}

/// Returns the encoding that the value of a header `Content-Type` names.
pub(in crate::read) fn charset_of(content_type: &str) -> Option<&str> {
    let parameters = content_type.split(';').skip(1);
    parameters.map(str::trim).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_encodings() {
        let latin = "<p>Le caf\u{e9} est ferm\u{e9} aujourd'hui, \u{e0} cause de l'\u{e9}t\u{e9}.";
        let latin = latin.chars().map(|c| c as u8).collect::<Vec<u8>>();
        let with = |before: &str, bytes: &[u8]| [before.as_bytes(), bytes].concat();
        let utf16: Vec<u8> = "\u{feff}<p>caf\u{e9}".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let cyrillic =
            b"<p>\xcf\xe0\xf0\xee\xec \xee\xf1\xf2\xe0\xeb\xf1\xff \xe2 \xe3\xe0\xe2\xe0\xed\xe8.".to_vec();
        let cases = [
            ("UTF-8", "<p>caf\u{e9}".as_bytes().to_vec(), None, "UTF-8", "caf\u{e9}"),
            ("a mark", utf16, Some("iso-8859-1"), "UTF-16LE", "caf\u{e9}"),
            ("the header", latin.clone(), Some("iso-8859-1"), "windows-1252", "caf\u{e9}"),
            ("meta", with("<meta charset='iso-8859-1'>", &latin), None, "windows-1252", "caf\u{e9}"),
            (
                "an old meta",
                with("<META http-equiv=Content-Type content=\"text/html; charset=windows-1251\">", &cyrillic),
                None,
                "windows-1251",
                "\u{41f}\u{430}\u{440}\u{43e}\u{43c}",
            ),
            (
                "XML",
                with("<?xml version='1.0' encoding='ISO-8859-1'?>", &latin),
                None,
                "windows-1252",
                "caf\u{e9}",
            ),
            ("a guess", latin.clone(), None, "windows-1252", "caf\u{e9}"),
            ("a guess of Cyrillic", cyrillic, None, "windows-1251", "\u{41f}\u{430}\u{440}\u{43e}\u{43c}"),
            (
                "the header before meta",
                with("<meta charset=utf-8>", &latin),
                Some("windows-1252"),
                "windows-1252",
                "caf\u{e9}",
            ),
            ("wrongly UTF-8", with("<meta charset=utf-8>", &latin), None, "windows-1252", "caf\u{e9}"),
            ("wrongly Latin", "<p>caf\u{e9}".as_bytes().to_vec(), Some("iso-8859-1"), "UTF-8", "caf\u{e9}"),
            (
                "Japanese in seven bits",
                b"\x1b$B%+%U%'\x1b(B".to_vec(),
                Some("iso-2022-jp"),
                "ISO-2022-JP",
                "\u{30ab}\u{30d5}\u{30a7}",
            ),
            ("meta that cannot be true", b"<meta charset=utf-16><p>cafe".to_vec(), None, "UTF-8", "cafe"),
        ];
        for (name, bytes, header, encoding, part) in cases {
            let decoded = decode_page(&bytes, EncodingHints { header, ..EncodingHints::default() });
            assert_eq!(decoded.encoding.name(), encoding, "{name}");
            assert!(decoded.text.contains(part) && !decoded.has_replaced, "{name}: {}", decoded.text);
        }
        let damaged = decode_page(b"<p>caf\xc3\xa9 ferm\xc3", EncodingHints::default());
        assert!(damaged.has_replaced && damaged.encoding == encoding_rs::UTF_8, "cut-off UTF-8");
        let asked = EncodingHints { asked: Some(encoding_rs::ISO_8859_7), ..EncodingHints::default() };
        assert_eq!(decode_page(b"\xe9", asked).text, "\u{3b9}");
        let few = b"<p>Rain is expected in the north. \xa9 Harbor News".as_slice();
        let of =
            |url| decode_page(few, EncodingHints { url: Some(url), ..EncodingHints::default() }).encoding;
        assert_eq!(of("https://harbor.example.com/a"), encoding_rs::WINDOWS_1252);
    }

    #[test]
    fn reads_charsets() {
        let cases = [
            ("text/html; charset=utf-8", Some("utf-8")),
            ("text/html;Charset=\"UTF-8\"; x=y", Some("UTF-8")),
            ("text/html", None),
            ("text/html; charset", None),
        ];
        for (header, expected) in cases {
            assert_eq!(charset_of(header), expected, "{header}");
        }
    }
}
