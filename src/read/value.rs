//! The bytes of one value in, what it says out: JSON values and CSV fields under one roof.

use std::borrow::Cow;
use std::fmt;

use memchr::memchr;
use serde::Deserializer as _;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::csv;

/// A value that stands in a record; nothing in it is decoded yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value<'r> {
    Null,
    Bool,
    /// A number as it is written.
    Number(&'r str),
    /// What stands between the quotes of a JSON string.
    JsonString(&'r str),
    /// A CSV field, quotes and all.
    Field(&'r str),
    Array,
    /// A JSON object, braces and all.
    Object(&'r str),
}

impl<'r> Value<'r> {
    /// Tells what the JSON value `json` is, which must be valid and without space around it.
    pub(super) fn of_json(json: &'r str) -> Self {
        match json.as_bytes().first() {
            Some(b'"') => Self::JsonString(json.get(1..json.len() - 1).unwrap_or_default()),
            Some(b'{') => Self::Object(json),
            Some(b'[') => Self::Array,
            Some(b't' | b'f') => Self::Bool,
            Some(b'n') | None => Self::Null,
            Some(_) => Self::Number(json),
        }
    }

    /// Names the kind of value, for messages.
    pub(super) fn kind(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "a boolean",
            Self::Number(_) => "a number",
            Self::JsonString(_) | Self::Field(_) => "a string",
            Self::Array => "an array",
            Self::Object(_) => "an object",
        }
    }

    /// Decodes a string; nothing for any other value.
    pub(super) fn string(self) -> Option<Cow<'r, str>> {
        match self {
            Self::JsonString(escaped) => Some(unescape(escaped)),
            Self::Field(field) => Some(csv::unquote(field)),
            _ => None,
        }
    }

    /// Decodes a string, or gives a number as it is written; nothing for any other value.
    pub(super) fn string_or_number(self) -> Option<Cow<'r, str>> {
        match self {
            Self::Number(literal) => Some(Cow::Borrowed(literal)),
            _ => self.string(),
        }
    }

    /// Finds what stands under `path` in an object: the member of that very name, else, where the path has dots,
    /// what stands under the rest of it in the member that its first part names. Null holds null under any path.
    pub(super) fn at(self, path: &str) -> Option<Self> {
        let object = match self {
            Self::Object(json) => json,
            Self::Null => return Some(Self::Null),
            _ => return None,
        };
        member(object, path).or_else(|| {
            let (first, rest) = path.split_once('.')?;
            member(object, first)?.at(rest)
        })
    }
}

/// Finds the last member called `name`.
fn member<'r>(object: &'r str, name: &str) -> Option<Value<'r>> {
    let mut found = None;
    let mut json = serde_json::Deserializer::from_str(object);
    let want = |member: &[u8]| (member == name.as_bytes()).then_some(());
    // The object was found valid when its record was parsed.
    let _ = json.deserialize_map(Members { want, take: |(), value| found = Some(value) });
    found
}

/// Walks over the members of an object, whatever else they hold, and hands over those that are wanted.
pub(super) struct Members<W, T> {
    /// Tells by its name whether a member is wanted, and as what.
    pub(super) want: W,
    /// Takes the value of a wanted member.
    pub(super) take: T,
}

impl<'r, K, W: Fn(&[u8]) -> Option<K>, T: FnMut(K, Value<'r>)> Visitor<'r> for Members<W, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'r>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(wanted) = map.next_key_seed(Name(&self.want))? {
            match wanted {
                Some(wanted) => {
                    let json: &RawValue = map.next_value()?;
                    (self.take)(wanted, Value::of_json(json.get()));
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// Reads the name of a member as bytes: half of a surrogate pair in it does no harm.
struct Name<'w, W>(&'w W);

impl<'r, K, W: Fn(&[u8]) -> Option<K>> DeserializeSeed<'r> for Name<'_, W> {
    type Value = Option<K>;

    fn deserialize<D: serde::Deserializer<'r>>(self, name: D) -> Result<Option<K>, D::Error> {
        name.deserialize_bytes(self)
    }
}

impl<'r, K, W: Fn(&[u8]) -> Option<K>> Visitor<'r> for Name<'_, W> {
    type Value = Option<K>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_bytes<E: serde::de::Error>(self, name: &[u8]) -> Result<Option<K>, E> {
        Ok((self.0)(name))
    }
}

/// Decodes what stands between the quotes of a valid JSON string.
///
/// Half of a surrogate pair, which programs write who cut text by UTF-16 units, becomes U+FFFD: a JSON parser
/// that returns text must refuse it, and the article would be lost for one broken emoji.
fn unescape(escaped: &str) -> Cow<'_, str> {
    let Some(first) = memchr(b'\\', escaped.as_bytes()) else { return Cow::Borrowed(escaped) };
    let mut text = String::with_capacity(escaped.len());
    let (plain, mut rest) = escaped.split_at(first);
    text.push_str(plain);
    while let Some(escape) = rest.strip_prefix('\\') {
        rest = push_escape(escape, &mut text);
        if !rest.starts_with('\\') {
            let end = memchr(b'\\', rest.as_bytes()).unwrap_or(rest.len());
            let (plain, behind) = rest.split_at(end);
            text.push_str(plain);
            rest = behind;
        }
    }
    // Text in other scripts is often written in escapes throughout, six bytes for two.
    text.shrink_to_fit();
    Cow::Owned(text)
}

/// Decodes one escape, of which the backslash is gone already, and returns what follows it.
fn push_escape<'r>(escape: &'r str, text: &mut String) -> &'r str {
    // A valid escape begins with ASCII.
    let Some((kind, rest)) = escape.split_at_checked(1) else { return "" };
    let (decoded, rest) = match kind {
        "u" => decode_unicode(rest),
        "n" => ('\n', rest),
        "r" => ('\r', rest),
        "t" => ('\t', rest),
        "b" => ('\u{8}', rest),
        "f" => ('\u{c}', rest),
        itself => (char::from(itself.as_bytes()[0]), rest),
    };
    text.push(decoded);
    rest
}

/// Decodes the digits behind `\u`, and the second half of a surrogate pair if it follows.
fn decode_unicode(digits: &str) -> (char, &str) {
    let Some((first, rest)) = decode_digits(digits) else { return (char::REPLACEMENT_CHARACTER, "") };
    if let Some(decoded) = char::from_u32(first) {
        return (decoded, rest);
    }
    let second = rest.strip_prefix("\\u").and_then(decode_digits);
    match second {
        Some((second @ 0xDC00..=0xDFFF, behind)) if first < 0xDC00 => {
            let code = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
            (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), behind)
        }
        _ => (char::REPLACEMENT_CHARACTER, rest),
    }
}

fn decode_digits(digits: &str) -> Option<(u32, &str)> {
    let (four, rest) = digits.split_at_checked(4)?;
    let value = |digit: u8| char::from(digit).to_digit(16);
    let code = four.bytes().try_fold(0, |code, digit| Some(code << 4 | value(digit)?))?;
    Some((code, rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tells_values_apart() {
        let cases = [
            ("null", "null", "null", None),
            ("boolean", "true", "a boolean", None),
            ("number", "-12.50", "a number", Some("-12.50")),
            (
                "great number",
                "123456789012345678901234567890",
                "a number",
                Some("123456789012345678901234567890"),
            ),
            ("string", "\"a b\"", "a string", Some("a b")),
            ("empty string", "\"\"", "a string", Some("")),
            ("array", "[1]", "an array", None),
            ("object", "{}", "an object", None),
        ];
        for (name, json, kind, text) in cases {
            let value = Value::of_json(json);
            assert_eq!(value.kind(), kind, "{name}");
            assert_eq!(value.string_or_number().as_deref(), text, "{name}");
        }
    }

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
            assert_eq!(unescape(escaped), expected, "{name}");
        }
    }

    #[test]
    fn follows_paths() {
        let object =
            r#"{"a": {"b": 1, "c.d": 2, "e": {"f": 3}}, "a.b": 4, "g": 5, "g": 6, "n": null, "\ud800": 7}"#;
        let cases = [
            ("a member", "g", Some("6")),
            ("its own name before the path", "a.b", Some("4")),
            ("a name with a dot inside", "a.c.d", Some("2")),
            ("two steps", "a.e.f", Some("3")),
            ("nothing there", "a.x", None),
            ("nothing under a number", "g.x", None),
        ];
        for (name, path, expected) in cases {
            let found = Value::of_json(object).at(path).and_then(Value::string_or_number);
            assert_eq!(found.as_deref(), expected, "{name}");
        }
        assert_eq!(Value::of_json(object).at("n.x"), Some(Value::Null));
    }

    proptest! {
        /// The naive twin: the library decodes what it wrote, and so do we.
        #[test]
        fn decodes_as_the_library_does(text in any::<String>()) {
            let json = serde_json::to_string(&text).unwrap();
            let ascii: String = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
            prop_assert_eq!(Value::of_json(&json).string(), Some(Cow::Borrowed(text.as_str())));
            prop_assert_eq!(unescape(&ascii), text);
        }
    }
}
