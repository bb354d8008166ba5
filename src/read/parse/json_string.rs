//! Decodes JSON strings, also those that contain unpaired surrogates.

use std::borrow::Cow;
use std::fmt;

use memchr::memchr;
use serde::Deserializer as _;
use serde::de::{Error, Visitor};

/// Decodes a valid JSON string, which is given with its quotes.
///
/// Programs that cut text between two UTF-16 units write unpaired surrogates. Each becomes U+FFFD. A JSON
/// parser that returns text must refuse it, and the article would be lost for one broken emoji.
pub(super) fn unquote(quoted: &str) -> Cow<'_, str> {
    let inside = quoted.get(1..quoted.len() - 1).unwrap_or_default();
    let Some(first) = memchr(b'\\', inside.as_bytes()) else { return Cow::Borrowed(inside) };
    if let Some(text) = unescape(inside, first) {
        return Cow::Owned(text);
    }
    Cow::Owned(serde_json::from_str(quoted).unwrap_or_else(|_| {
        let mut json = serde_json::Deserializer::from_str(quoted);
        // The string was found valid when its record was parsed, so only unpaired surrogates can be refused.
        json.deserialize_bytes(Surrogates).unwrap_or_default()
    }))
}

/// Decodes the bytes between the quotes of a valid JSON string whose first backslash is at `first`. Returns `None`
/// if the string contains an escaped surrogate, which `serde_json` decodes.
fn unescape(inside: &str, first: usize) -> Option<String> {
    let mut text = String::with_capacity(inside.len());
    let (mut rest, mut backslash) = (inside, Some(first));
    while let Some(at) = backslash {
        text.push_str(&rest[..at]);
        let mut after = at + 2;
        text.push(match rest.as_bytes().get(at + 1)? {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{C}',
            b'u' => {
                after += 4;
                char::from_u32(u32::from_str_radix(rest.get(at + 2..after)?, 16).ok()?)?
            }
            &mark => char::from(mark),
        });
        rest = rest.get(after..)?;
        backslash = memchr(b'\\', rest.as_bytes());
    }
    text.push_str(rest);
    Some(text)
}

/// Decodes a string in which `serde_json` has encoded unpaired surrogates in three bytes each, as if they were
/// characters.
struct Surrogates;

impl Visitor<'_> for Surrogates {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<String, E> {
        const SURROGATE_LENGTH: usize = 3;
        let mut text = String::with_capacity(bytes.len());
        let mut invalid = 0;
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            invalid += chunk.invalid().len();
            if invalid == SURROGATE_LENGTH {
                text.push(char::REPLACEMENT_CHARACTER);
                invalid = 0;
            }
        }
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn decodes_escapes() {
        let cases = [
            ("none", "caf\u{e9}", "caf\u{e9}"),
            ("letters", r#"a\"\\\/\b\f\n\r\tz"#, "a\"\\/\u{8}\u{c}\n\r\tz"),
            ("a code", r"\u00e9t\u00C9", "\u{e9}t\u{c9}"),
            ("a pair", r"\ud83d\ude00!", "\u{1f600}!"),
            ("a lone first half", r"a\ud83d b", "a\u{fffd} b"),
            ("a lone second half", r"\ude00b", "\u{fffd}b"),
            ("two first halves", r"\ud83d\ud83d\ude00", "\u{fffd}\u{1f600}"),
            ("halves in the wrong order", r"\ude00\ud83d", "\u{fffd}\u{fffd}"),
            ("a half before another escape", r"\ud83d\n", "\u{fffd}\n"),
        ];
        for (name, escaped, expected) in cases {
            assert_eq!(unquote(&format!("\"{escaped}\"")), expected, "{name}");
        }
    }

    proptest! {
        #[test]
        fn decodes_whatever_is_written(text in any::<String>()) {
            let json = serde_json::to_string(&text).unwrap();
            let units: String = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
            let ascii = format!("\"{units}\"");
            prop_assert_eq!(unquote(&json), Cow::Borrowed(text.as_str()));
            prop_assert_eq!(unquote(&ascii), text);
        }
    }
}
