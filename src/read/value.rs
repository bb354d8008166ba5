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
    /// A JSON string, quotes and all.
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
            Some(b'"') => Self::JsonString(json),
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
            Self::JsonString(quoted) => Some(unquote_json(quoted)),
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

/// Decodes a valid JSON string, quotes and all.
///
/// Half of a surrogate pair, which programs write who cut text by UTF-16 units, becomes U+FFFD: a JSON parser
/// that returns text must refuse it, and the article would be lost for one broken emoji.
fn unquote_json(quoted: &str) -> Cow<'_, str> {
    let inside = quoted.get(1..quoted.len() - 1).unwrap_or_default();
    let Some(first) = memchr(b'\\', inside.as_bytes()) else { return Cow::Borrowed(inside) };
    if let Some(text) = unescape(inside, first) {
        return Cow::Owned(text);
    }
    Cow::Owned(serde_json::from_str(quoted).unwrap_or_else(|_| {
        let mut json = serde_json::Deserializer::from_str(quoted);
        // The string was found valid when its record was parsed; only half pairs are left to be refused.
        json.deserialize_bytes(Halves).unwrap_or_default()
    }))
}

/// Decodes what stands between the quotes of a valid JSON string, with its first backslash at `first`; nothing where it
/// holds a character beyond the first 65,536, or half of one, as codes: the library decodes those.
fn unescape(inside: &str, first: usize) -> Option<String> {
    let mut text = String::with_capacity(inside.len());
    let (mut rest, mut backslash) = (inside, Some(first));
    while let Some(at) = backslash {
        text.push_str(&rest[..at]);
        let mut behind = at + 2;
        text.push(match rest.as_bytes().get(at + 1)? {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{C}',
            b'u' => {
                behind += 4;
                char::from_u32(u32::from_str_radix(rest.get(at + 2..behind)?, 16).ok()?)?
            }
            &mark => char::from(mark),
        });
        rest = rest.get(behind..)?;
        backslash = memchr(b'\\', rest.as_bytes());
    }
    text.push_str(rest);
    Some(text)
}

/// Decodes a string in which halves of surrogate pairs are written in three bytes, as the library writes them.
struct Halves;

impl Visitor<'_> for Halves {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<String, E> {
        const HALF: usize = 3;
        let mut text = String::with_capacity(bytes.len());
        let mut invalid = 0;
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            invalid += chunk.invalid().len();
            if invalid == HALF {
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
            assert_eq!(unquote_json(&format!("\"{escaped}\"")), expected, "{name}");
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
        #[test]
        fn decodes_whatever_is_written(text in any::<String>()) {
            let json = serde_json::to_string(&text).unwrap();
            let units: String = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
            let ascii = format!("\"{units}\"");
            prop_assert_eq!(Value::of_json(&json).string(), Some(Cow::Borrowed(text.as_str())));
            prop_assert_eq!(unquote_json(&ascii), text);
        }
    }
}
