//! Checks that bytes are text in UTF-8.

use memchr::memchr;

use crate::error::Problem;

const UTF8_MARK: [u8; 3] = [0xef, 0xbb, 0xbf];

/// The number of bytes that are searched for a zero byte, which text does not contain.
const BINARY_HEAD: usize = 1024;

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

/// Returns whether a file that begins with `head` is not text.
pub(super) fn is_binary(head: &[u8]) -> bool {
    memchr(0, &head[..head.len().min(BINARY_HEAD)]).is_some()
}

/// Returns the bytes as text.
///
/// # Errors
/// The number of the first byte that is not valid UTF-8, counted from 1.
pub(super) fn utf8(bytes: &[u8]) -> Result<&str, usize> {
    // The fast check does not return where it failed.
    simdutf8::basic::from_utf8(bytes)
        .or_else(|_| std::str::from_utf8(bytes).map_err(|error| error.valid_up_to() + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

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
