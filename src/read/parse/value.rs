//! Defines the values of records: JSON values and cells of tables.

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::members::visit_members;
use super::{cells, json_string};
use crate::error::ValueKind;

/// The separator of the paragraphs of a text that is a list.
const BLANK_LINE: &str = "\n\n";

/// A value in a record, not decoded yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Value<'r> {
    Null,
    Bool,
    /// A number, as it is written.
    Number(&'r str),
    /// A JSON string, with its quotes.
    JsonString(&'r str),
    /// A cell of a CSV or TSV row, with its quotes.
    Cell(&'r str),
    /// A cell of a table with escapes, with its quotes.
    EscapedCell(&'r str),
    /// A string that is decoded already.
    String(&'r str),
    /// Bytes that are no text.
    Bytes,
    /// A JSON array, with its brackets.
    Array(&'r str),
    /// A JSON object, with its braces.
    Object(&'r str),
}

impl<'r> Value<'r> {
    /// Returns the value that the JSON text `json` is. It must be valid and without space around it.
    pub(in crate::read) fn of_json(json: &'r str) -> Self {
        match json.as_bytes().first() {
            Some(b'"') => Self::JsonString(json),
            Some(b'{') => Self::Object(json),
            Some(b'[') => Self::Array(json),
            Some(b't' | b'f') => Self::Bool,
            Some(b'n') | None => Self::Null,
            Some(_) => Self::Number(json),
        }
    }

    /// Returns the kind of value.
    pub(in crate::read) fn kind(self) -> ValueKind {
        match self {
            Self::Null => ValueKind::Null,
            Self::Bool => ValueKind::Boolean,
            Self::Number(_) => ValueKind::Number,
            Self::JsonString(_) | Self::Cell(_) | Self::EscapedCell(_) | Self::String(_) => ValueKind::String,
            Self::Bytes => ValueKind::Bytes,
            Self::Array(_) => ValueKind::Array,
            Self::Object(_) => ValueKind::Object,
        }
    }

    /// Decodes a string. Returns `None` for any other value.
    pub(super) fn string(self) -> Option<Cow<'r, str>> {
        match self {
            Self::JsonString(quoted) => Some(json_string::unquote(quoted)),
            Self::Cell(cell) => Some(cells::unquote(cell)),
            Self::EscapedCell(cell) => Some(cells::unescape(cell)),
            Self::String(string) => Some(Cow::Borrowed(string)),
            _ => None,
        }
    }

    /// Decodes a text: a string, or a list of strings, which are its paragraphs. Null in a list is nothing. Returns
    /// `None` for any other value.
    pub(super) fn text(self) -> Option<Cow<'r, str>> {
        let Self::Array(json) = self else { return self.string() };
        // The array was found valid when its record was parsed, so there is no error.
        let values: Vec<&'r RawValue> = serde_json::from_str(json).unwrap_or_default();
        let values = values.into_iter().map(|value| Self::of_json(value.get()));
        let paragraphs: Option<Vec<_>> =
            values.filter(|&value| value != Self::Null).map(Self::string).collect();
        paragraphs.map(|paragraphs| Cow::Owned(paragraphs.join(BLANK_LINE)))
    }

    /// Decodes a string, or returns a number as it is written. Returns `None` for any other value.
    pub(super) fn string_or_number(self) -> Option<Cow<'r, str>> {
        match self {
            Self::Number(literal) => Some(Cow::Borrowed(literal)),
            _ => self.string(),
        }
    }

    /// Returns the value at `path` in an object: the member of that whole name, or, if the path has dots, the value
    /// at the rest of the path in the member that the first part names. Null has null at any path.
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

/// Returns the last member with the name `name`.
fn member<'r>(object: &'r str, name: &str) -> Option<Value<'r>> {
    let mut found = None;
    let want = |member: &[u8]| (member == name.as_bytes()).then_some(());
    // The object was found valid when its record was parsed, so there is no error.
    let _ = visit_members(object, want, |(), json| found = Some(Value::of_json(json)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distinguishes_values() {
        let cases = [
            ("null", "null", ValueKind::Null, None),
            ("boolean", "true", ValueKind::Boolean, None),
            ("number", "-12.50", ValueKind::Number, Some("-12.50")),
            (
                "great number",
                "123456789012345678901234567890",
                ValueKind::Number,
                Some("123456789012345678901234567890"),
            ),
            ("string", "\"a b\"", ValueKind::String, Some("a b")),
            ("empty string", "\"\"", ValueKind::String, Some("")),
            ("array", "[1]", ValueKind::Array, None),
            ("object", "{}", ValueKind::Object, None),
        ];
        for (name, json, kind, text) in cases {
            let value = Value::of_json(json);
            assert_eq!(value.kind(), kind, "{name}");
            assert_eq!(value.string_or_number().as_deref(), text, "{name}");
        }
    }

    #[test]
    fn joins_lists_of_strings() {
        let cases = [
            ("a string", r#""a""#, Some("a")),
            ("paragraphs", r#"["a b", "c\u0064", " "]"#, Some("a b\n\ncd\n\n ")),
            ("null in it", r#"[null, "a", null]"#, Some("a")),
            ("nothing in it", "[ ]", Some("")),
            ("a number in it", r#"["a", 1]"#, None),
            ("a list in it", r#"[["a"]]"#, None),
            ("a number", "1", None),
        ];
        for (name, json, expected) in cases {
            assert_eq!(Value::of_json(json).text().as_deref(), expected, "{name}");
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
}
