//! One JSON record in, an article out.
//!
//! Only wanted members are looked at; of a member that stands twice the last counts, as in most parsers. Members
//! that are not wanted are skipped without recursion, so that no nesting is too deep.

use serde::Deserializer as _;
use serde::de::IgnoredAny;

use super::fields::Plan;
use super::value::{Members, Value};
use crate::article::{Article, Location};

/// Parses the record that begins at `location`.
///
/// # Errors
/// What is wrong with it.
pub(super) fn article(record: &str, plan: &Plan, location: &Location) -> Result<Article, String> {
    let json = record.trim_ascii();
    if !json.starts_with('{') {
        return Err(match serde_json::from_str::<IgnoredAny>(record) {
            Ok(_) => format!("expected an object, found {}", Value::of_json(json).kind()),
            Err(error) => not_valid(&error, location),
        });
    }
    let mut values = plan.room();
    let want = |name: &[u8]| plan.position(name);
    walk(record, want, |at, value| values[at] = Some(value)).map_err(|error| not_valid(&error, location))?;
    let article = plan.article(&values, location, &|| names(record));
    article.map_err(|what| if plan.lacks_text(&values) { with_hint(what, record) } else { what })
}

/// Adds what helps where the articles stand in the only array of what was taken for one.
fn with_hint(what: String, record: &str) -> String {
    let mut arrays = Vec::new();
    let want = |name: &[u8]| Some(String::from_utf8_lossy(name).into_owned());
    // The record was found valid before, when its values were taken.
    let _ = walk(record, want, |name, value| arrays.extend((value == Value::Array).then_some(name)));
    match arrays.as_slice() {
        [name] => {
            format!("{what}; if \"{name}\" holds the articles, take them out first: jq -c '.[\"{name}\"][]'")
        }
        _ => what,
    }
}

fn walk<'r, K>(
    record: &'r str,
    want: impl Fn(&[u8]) -> Option<K>,
    take: impl FnMut(K, Value<'r>),
) -> Result<(), serde_json::Error> {
    let mut json = serde_json::Deserializer::from_str(record);
    json.deserialize_map(Members { want, take })?;
    json.end()
}

/// Lists the names of the members of a valid object.
pub(crate) fn names(record: &str) -> Vec<String> {
    let mut names = Vec::new();
    let want = |name: &[u8]| Some(String::from_utf8_lossy(name).into_owned());
    // The record was found valid before, when its values were taken.
    let _ = walk(record, want, |name, _| names.push(name));
    names
}

/// Says what the parser says, with the place in the file instead of the place in the record.
fn not_valid(error: &serde_json::Error, location: &Location) -> String {
    let (line, column) = (error.line(), error.column());
    let said = error.to_string();
    let what = said.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&said);
    let what = match what.strip_prefix("EOF while parsing ") {
        Some(value) => format!("{value} is cut off"),
        None => what.to_owned(),
    };
    if line <= 1 {
        format!("not valid JSON: {what} at column {column}")
    } else {
        format!("not valid JSON: {what} at line {}, column {column}", location.line + line as u64 - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::super::FieldNames;
    use super::*;

    fn place() -> Location {
        Location { file: "f".into(), line: 9 }
    }

    /// Shows the parts of an article, or the message.
    fn show(record: &str, fields: &FieldNames) -> String {
        let part = |part: Option<String>| part.unwrap_or_else(|| "-".into());
        match article(record, &Plan::new(fields), &place()) {
            Ok(a) => format!("{}|{}|{}|{}|{}", a.key, a.text, part(a.site), part(a.published), part(a.title)),
            Err(what) => what,
        }
    }

    #[test]
    fn helps_where_articles_stand_in_an_array() {
        let cases = [
            ("the only array", r#"{"status":"ok","articles":[{"text":"t"}]}"#, true),
            ("several", r#"{"tags":[],"authors":[]}"#, false),
            ("a text of another kind", r#"{"text":[]}"#, false),
        ];
        for (name, record, expected) in cases {
            let said = show(record, &FieldNames::default());
            assert_eq!(
                said.contains("take them out first: jq -c '.[\"articles\"][]'"),
                expected,
                "{name}: {said}"
            );
        }
    }

    #[test]
    fn finds_fields_by_itself() {
        let cases = [
            (
                "all of them",
                r#"{"id":"k","text":"t","url":"https://www.e.org/1","published":"p","title":"h"}"#,
                "k|t|e.org|p|h",
            ),
            (
                "other names",
                r#"{"uid":"k","maintext":"t","domain":"d","date":"p","headline":"h"}"#,
                "k|t|d|p|h",
            ),
            ("text only", r#"{"text":"t"}"#, "f:9|t|-|-|-"),
            ("the first name wins", r#"{"body":"b","text":"t","key":"k","id":"i"}"#, "i|t|-|-|-"),
            ("a number as key", r#"{"id":1.50,"text":"t"}"#, "1.50|t|-|-|-"),
            (
                "a great number as key",
                r#"{"id":123456789012345678901,"text":"t"}"#,
                "123456789012345678901|t|-|-|-",
            ),
            ("an empty key", r#"{"id":"","uid":null,"url":"u","text":"t"}"#, "u|t|-|-|-"),
            ("a key of another kind", r#"{"id":{"$oid":1},"key":"k","text":"t"}"#, "k|t|-|-|-"),
            ("null as text", r#"{"text":null,"body":" "}"#, "f:9||-|-|-"),
            (
                "an empty text, and one that is filled",
                r#"{"text":null,"body":"","content":"c"}"#,
                "f:9|c|-|-|-",
            ),
            (
                "names of tables",
                r#"{"ID":"k","Text":"t","URL":"http://e.org/1","Date":"d"}"#,
                "k|t|e.org|d|-",
            ),
            ("lower case first", r#"{"text":"t","TEXT":"u","id":1,"ID":2}"#, "1|t|-|-|-"),
            ("then as in a title", r#"{"TEXT":"t","Text":"u"}"#, "f:9|u|-|-|-"),
            (
                "the page as source",
                r#"{"id":null,"raw_text":"t","source":"https://e.org/1","source-hostname":"E"}"#,
                "https://e.org/1|t|e.org|-|-",
            ),
            ("a text of another kind", r#"{"text":["p"],"content":"c"}"#, "f:9|c|-|-|-"),
            ("an object as site", r#"{"text":"t","source":{"name":"n"},"site":"s"}"#, "f:9|t|s|-|-"),
            ("a number as date", r#"{"text":"t","timestamp":1500000000}"#, "f:9|t|-|1500000000|-"),
            ("members that stand twice", r#"{"text":"a","text":"b"}"#, "f:9|b|-|-|-"),
            ("an escaped name", r#"{"te\u0078t":"t"}"#, "f:9|t|-|-|-"),
            ("half a surrogate pair", r#"{"text":"a\ud83d","\ud83d":"\udead"}"#, "f:9|a\u{fffd}|-|-|-"),
            ("space around", " {\"text\" : \"t\"} ", "f:9|t|-|-|-"),
        ];
        for (name, record, expected) in cases {
            assert_eq!(show(record, &FieldNames::default()), expected, "{name}");
        }
    }

    #[test]
    fn finds_fields_that_are_named() {
        let named = |text: &str, key: &str, published: Option<&str>| FieldNames {
            text: Some(text.into()),
            key: Some(key.into()),
            published: published.map(Into::into),
            ..FieldNames::default()
        };
        let cases = [
            ("a path", named("a.t", "k", None), r#"{"a":{"t":"x"},"k":"1","text":"no"}"#, "1|x|-|-|-"),
            ("the name itself", named("a.t", "k", None), r#"{"a.t":"x","a":{"t":"y"},"k":1}"#, "1|x|-|-|-"),
            ("null", named("a", "k", None), r#"{"a":null,"k":null,"url":"u"}"#, "u||-|-|-"),
            ("null on the way", named("a.t", "k", None), r#"{"a":null,"k":1}"#, "1||-|-|-"),
            ("no text", named("a.t", "k", None), r#"{"a":{},"k":1}"#, r#"no field "a.t": found "a", "k""#),
            ("no key", named("a", "k", None), r#"{"a":"x"}"#, r#"no field "k": found "a""#),
            ("no date", named("a", "k", Some("d")), r#"{"a":"x","k":1}"#, r#"no field "d": found "a", "k""#),
            (
                "a text of another kind",
                named("a", "k", None),
                r#"{"a":1,"k":1,"text":"x"}"#,
                r#"field "a" is a number, expected a string"#,
            ),
            (
                "a key of another kind",
                named("a", "k", None),
                r#"{"a":"x","k":[]}"#,
                r#"field "k" is an array, expected a string or a number"#,
            ),
            (
                "a field of tables, for another part too",
                named("a", "URL", None),
                r#"{"a":"x","URL":"http://e.org/1"}"#,
                "http://e.org/1|x|e.org|-|-",
            ),
            ("one field for two parts", named("a", "a", Some("a")), r#"{"a":"x"}"#, "x|x|-|x|-"),
        ];
        for (name, fields, record, expected) in cases {
            assert_eq!(show(record, &fields), expected, "{name}");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        let deep = format!("{{\"a\": {}", "[".repeat(100_000));
        let many = format!("{{{}}}", (0..14).map(|n| format!("\"m{n}\":0")).collect::<Vec<_>>().join(","));
        let cases = [
            ("a number", "17", "expected an object, found a number"),
            ("an array", "[{}]", "expected an object, found an array"),
            ("a word", "oops", "not valid JSON: expected value at column 1"),
            ("blank", " ", "not valid JSON: a value is cut off at column 1"),
            ("no comma", r#"{"a":1 "b":2}"#, "not valid JSON: expected `,` or `}` at column 8"),
            (
                "on a later line",
                "{\"a\":1,\n\"b\":2,\n}",
                "not valid JSON: trailing comma at line 11, column 1",
            ),
            ("cut off", r#"{"text":"abc"#, "not valid JSON: a string is cut off at column 12"),
            ("two objects", r#"{"text":"a"} {}"#, "not valid JSON: trailing characters at column 14"),
            ("no text", r#"{"a":1,"b":2}"#, r#"no text field: found "a", "b"; name it with --text-field"#),
            ("nothing", "{}", "no text field: found none; name it with --text-field"),
            ("no string", r#"{"body":[1],"text":1}"#, r#"field "text" is a number, expected a string"#),
            ("too deep to be closed", &deep, "not valid JSON: a list is cut off at column 100006"),
            (
                "many names",
                &many,
                "no text field: found \"m0\", \"m1\", \"m2\", \"m3\", \"m4\", \"m5\", \"m6\", \"m7\", \"m8\", \"m9\", \"m10\", \
                 \"m11\" and 2 more; name it with --text-field",
            ),
        ];
        for (name, record, expected) in cases {
            assert_eq!(show(record, &FieldNames::default()), expected, "{name}");
        }
    }

    #[test]
    fn passes_over_any_depth() {
        let deep = format!("{{\"a\": {}{}, \"text\": \"t\"}}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(show(&deep, &FieldNames::default()), "f:9|t|-|-|-");
    }
}
