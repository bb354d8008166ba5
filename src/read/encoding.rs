//! Checks that bytes are text in UTF-8, and guesses which other encoding they have.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;
use memchr::memchr;

use crate::error::{Extent, Problem};

const UTF8_MARK: [u8; 3] = [0xef, 0xbb, 0xbf];

/// The number of bytes that are searched for a zero byte, which text does not contain.
const BINARY_HEAD: usize = 1024;
/// The largest number of bytes to a zero byte in UTF-16: even Chinese records have names of fields, digits and line ends
/// in ASCII.
const MOST_BYTES_PER_ZERO: usize = 16;
/// The number of bytes before the first one that is not valid, from which an encoding is guessed.
const GUESS_BEFORE: usize = 256;
/// The number of bytes after it: some paragraphs, in which no guess is left to one letter.
const GUESS_AFTER: usize = 16 << 10;

/// The fewest characters by which a text shows that it has another encoding for Latin letters than Windows-1252. With fewer, it
/// contains a name or a sign (`naïve`, `£`); a text in a language that needs the other encoding has such letters in each line.
const FOREIGN_LETTERS: usize = 5;

/// Returns the length of the byte order mark at the beginning of `head`.
///
/// # Errors
/// A [`Problem::WrongEncoding`] if the mark is that of another encoding.
pub(super) fn mark_length(head: &[u8]) -> Result<usize, Problem> {
    let found = match head {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => "UTF-32",
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "UTF-16",
        _ => return Ok(if head.starts_with(&UTF8_MARK) { UTF8_MARK.len() } else { 0 }),
    };
    Err(Problem::WrongEncoding { found })
}

/// Returns bytes as text, if they are valid UTF-8.
#[cfg(feature = "parquet")]
pub(super) fn valid_utf8(bytes: &[u8]) -> Option<&str> {
    simdutf8::basic::from_utf8(bytes).ok()
}

/// Returns whether bytes are valid UTF-8.
pub(super) fn is_utf8(bytes: &[u8]) -> bool {
    simdutf8::basic::from_utf8(bytes).is_ok()
}

/// Returns whether a file that begins with `head` is not text.
pub(super) fn is_binary(head: &[u8]) -> bool {
    memchr(0, &head[..head.len().min(BINARY_HEAD)]).is_some()
}

/// Returns which UTF-16 a file without a byte order mark has, if it begins with `head`; the name is that of `iconv`.
///
/// In UTF-16, the zero bytes of Latin letters, digits and line ends are all at even offsets or all at odd ones. A
/// single zero byte is damage.
pub(super) fn utf16_without_mark(head: &[u8]) -> Option<&'static str> {
    let head = &head[..head.len().min(BINARY_HEAD)];
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    let enough = |zeros: usize| zeros * MOST_BYTES_PER_ZERO >= head.len();
    match (zeros(0), zeros(1)) {
        (0, odd @ 2..) if enough(odd) => Some("UTF-16LE"),
        (even @ 2.., 0) if enough(even) => Some("UTF-16BE"),
        _ => None,
    }
}

/// Returns the bytes as text.
///
/// # Errors
/// A [`Problem::NotUtf8`] that concerns `extent`.
pub(super) fn utf8(bytes: &[u8], extent: Extent) -> Result<&str, Problem> {
    // The fast check does not return where it failed.
    simdutf8::basic::from_utf8(bytes).or_else(|_| {
        std::str::from_utf8(bytes).map_err(|error| {
            let at = error.valid_up_to();
            let near = &bytes[at.saturating_sub(GUESS_BEFORE)..bytes.len().min(at + GUESS_AFTER)];
            Problem::NotUtf8 { extent, byte: at + 1, likely: likely_encoding(near) }
        })
    })
}

/// Returns the encoding that bytes probably have which are not valid UTF-8, as `iconv` names it; `None` if they are
/// UTF-8 that was damaged.
fn likely_encoding(bytes: &[u8]) -> Option<String> {
    Some(guess_encoding(bytes, None)?.name().to_ascii_uppercase())
}

/// Returns the encoding that bytes probably have which are not valid UTF-8; `None` if they are UTF-8 that was damaged. `domain`
/// is the last label of the host that they are from, such as `fr`, which says what is usual there.
pub(super) fn guess_encoding(bytes: &[u8], domain: Option<&str>) -> Option<&'static Encoding> {
    let chunks = || bytes.utf8_chunks();
    let wide = chunks().map(|chunk| chunk.valid().chars().filter(|c| !c.is_ascii()).count()).sum::<usize>();
    let invalid = chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    // In other encodings, two bytes in a row that are valid UTF-8 are rare.
    if wide >= invalid {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let domain = domain.map(str::as_bytes);
    let guess = detector.guess(domain, Utf8Detection::Deny);
    // Only a domain says what is usual: most pages of others that name no encoding have Windows-1252.
    let is_doubtful =
        !EncodingDetector::tld_may_affect_guess(domain) && has_few_foreign_letters(bytes, guess);
    Some(if is_doubtful { encoding_rs::WINDOWS_1252 } else { guess })
}

/// Returns whether an encoding is one for Latin letters, and bytes are in it nearly the same text as in Windows-1252.
fn has_few_foreign_letters(bytes: &[u8], encoding: &'static Encoding) -> bool {
    // Those that are guessed, with one byte for each character.
    let latin = [
        encoding_rs::WINDOWS_1250,
        encoding_rs::WINDOWS_1254,
        encoding_rs::WINDOWS_1257,
        encoding_rs::WINDOWS_1258,
        encoding_rs::ISO_8859_2,
        encoding_rs::ISO_8859_4,
        encoding_rs::ISO_8859_13,
    ];
    let text = |encoding: &'static Encoding| encoding.decode_without_bom_handling(bytes).0;
    latin.contains(&encoding) && {
        let (guessed, western) = (text(encoding), text(encoding_rs::WINDOWS_1252));
        let foreign = guessed.chars().zip(western.chars()).filter(|(one, other)| one != other);
        foreign.take(FOREIGN_LETTERS).count() < FOREIGN_LETTERS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognizes_utf16_without_a_mark() {
        let utf16 = |text: &str, order: fn(u16) -> [u8; 2]| -> Vec<u8> {
            text.encode_utf16().flat_map(order).collect()
        };
        let chinese = "{\"id\": 1, \"text\": \"\u{5927}\u{96e8}\u{505c}\u{8fd0}\u{6e21}\u{8f6e}\"}\n";
        let cases = [
            ("little endian", utf16("id,text\n1,Rain.\n", u16::to_le_bytes), Some("UTF-16LE")),
            ("big endian", utf16("id,text\n1,Rain.\n", u16::to_be_bytes), Some("UTF-16BE")),
            ("Chinese", utf16(chinese, u16::to_le_bytes), Some("UTF-16LE")),
            ("nothing", Vec::new(), None),
            ("text", b"Rain is expected.".to_vec(), None),
            ("a zero byte in text", [b"Rain is expected in the north.".as_slice(), b"\0"].concat(), None),
            ("numbers", [1_u32, 2, 3].iter().flat_map(|number| number.to_le_bytes()).collect(), None),
        ];
        for (name, head, expected) in cases {
            assert_eq!(utf16_without_mark(&head), expected, "{name}");
        }
    }

    #[test]
    fn guesses_encodings() {
        let cases: [(&str, &[u8], Option<&str>); 6] = [
            ("Western", b"Le caf\xe9 est ferm\xe9 \x93aujourd'hui\x94.", Some("WINDOWS-1252")),
            (
                "Cyrillic",
                b"\xcf\xe0\xf0\xee\xec \xee\xf1\xf2\xe0\xeb\xf1\xff \xe2 \xe3\xe0\xe2\xe0\xed\xe8.",
                Some("WINDOWS-1251"),
            ),
            ("Chinese", b"\xb4\xf3\xd3\xea\xcd\xa3\xd4\xcb\xb6\xc9\xc2\xd6", Some("GBK")),
            (
                "Japanese",
                b"\x91\xe5\x89J\x82\xc5\x83t\x83F\x83\x8a\x81[\x82\xaa\x8c\x87\x8dq",
                Some("SHIFT_JIS"),
            ),
            ("damaged UTF-8", b"Le caf\xc3\xa9 est ferm\xc3\xa9 aujourd\xe2\x80hui.", None),
            ("cut off UTF-8", b"Le caf\xc3\xa9 est ferm\xc3", None),
        ];
        for (name, bytes, expected) in cases {
            let Err(Problem::NotUtf8 { likely, .. }) = utf8(bytes, Extent::File) else { panic!("{name}") };
            assert_eq!(likely.as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn few_letters_are_western_unless_the_domain_says_otherwise() {
        let polish =
            b"Za\xbf\xf3\xb3\xe6 g\xea\x9cl\xb9 ja\x9f\xf1 w \xa3odzi, powiedzia\xb3 burmistrz.".as_slice();
        let cases: [(&[u8], Option<&str>, &str); 10] = [
            (b"na\xefve", None, "windows-1252"),
            (b"na\xefve", Some("com"), "windows-1252"),
            (b"\xa35m were lost", None, "windows-1252"),
            (b"The mayor of Bogot\xe1", None, "windows-1252"),
            (b"1\xbd cups \x96 that\x92s all \xa9", None, "windows-1252"),
            (polish, None, "windows-1250"),
            (polish, Some("com"), "windows-1250"),
            (b"\xa3odzi", Some("pl"), "ISO-8859-2"),
            (b"\xcf\xf0\xe8\xe2\xe5\xf2", None, "windows-1251"),
            (b"\xb4\xf3\xd3\xea", None, "GBK"),
        ];
        for (bytes, domain, expected) in cases {
            let found = guess_encoding(bytes, domain).map(Encoding::name);
            assert_eq!(found, Some(expected), "{:?} {domain:?}", bytes.escape_ascii().to_string());
        }
    }

    #[test]
    fn reads_byte_order_marks() {
        let wrong = |found| Err(Problem::WrongEncoding { found });
        let cases: [(&[u8], Result<usize, Problem>); 6] = [
            (b"", Ok(0)),
            (b"ab", Ok(0)),
            (b"\xef\xbb\xbfa", Ok(3)),
            (b"\xff\xfea\0", wrong("UTF-16")),
            (b"\xfe\xff\0a", wrong("UTF-16")),
            (b"\xff\xfe\0\0a\0\0\0", wrong("UTF-32")),
        ];
        for (head, expected) in cases {
            assert_eq!(mark_length(head), expected, "{head:?}");
        }
    }
}
