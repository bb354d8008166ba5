//! Parses records that are JSON objects.
//!
//! Only members that are needed are parsed; the others are skipped. If a member occurs twice, the last one counts,
//! as in most parsers. `NaN` and `Infinity`, as Python writes them, are null.

use serde::de::IgnoredAny;

use super::json_error::invalid_json;
use super::members::visit_members;
use super::non_finite::{with_nulls, with_numbers};
use super::plan::FieldPlan;
use super::value::Value;
use crate::article::{Article, Location};
use crate::error::{FieldHint, Problem};

/// Parses the record that begins at `location`.
///
/// # Errors
/// The problem with the record.
pub(super) fn article<'r>(
    record: &'r str,
    plan: &FieldPlan,
    location: &Location,
) -> Result<Article<'r>, Problem> {
    let json = record.trim_ascii();
    if !json.starts_with('{') {
        return Err(match serde_json::from_str::<IgnoredAny>(record) {
            Ok(_) => Problem::NotAnObject { found: Value::of_json(json).kind() },
            Err(error) => invalid_json(&error, location.line),
        });
    }
    match strict_article(record, plan, location) {
        // Only a record that is refused is searched for these numbers.
        Err(problem @ Problem::InvalidJson { .. }) => match with_nulls(record) {
            Some(replaced) => strict_article(&replaced, plan, location)
                .map(Article::into_owned)
                .map_err(|problem| with_columns_of(record, problem, location)),
            None => Err(problem),
        },
        outcome => outcome,
    }
}

/// Parses a record that contains JSON only.
fn strict_article<'r>(
    record: &'r str,
    plan: &FieldPlan,
    location: &Location,
) -> Result<Article<'r>, Problem> {
    let mut values = plan.empty_values();
    let want = |name: &[u8]| plan.index(name);
    visit_members(record, want, |index, json| values[index] = Some(Value::of_json(json)))
        .map_err(|error| invalid_json(&error, location.line))?;
    plan.article(&values, location, &|| names(record)).map_err(|problem| with_advice(problem, record))
}

/// The length of the shortest string, in characters, that is taken for the text of an article: two or three sentences.
const SHORTEST_TEXT: usize = 120;

/// Returns the path of the longest string of a record, if it is long enough for the text of an article.
fn likely_text(record: &str) -> Option<String> {
    let value: serde_json::Value = serde_json::from_str(record).ok()?;
    let mut longest = (SHORTEST_TEXT - 1, None);
    let mut open = vec![(String::new(), &value)];
    while let Some((path, value)) = open.pop() {
        match value {
            serde_json::Value::Object(members) => open.extend(members.iter().map(|(name, value)| {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                (path, value)
            })),
            serde_json::Value::String(text) if text.chars().count() > longest.0 => {
                longest = (text.chars().count(), Some(path));
            }
            _ => {}
        }
    }
    longest.1
}

/// Returns the problem with a record that is invalid even without the numbers that are not finite, with the columns
/// of the record as it was read. Other problems are returned unchanged.
fn with_columns_of(record: &str, problem: Problem, location: &Location) -> Problem {
    if !matches!(problem, Problem::InvalidJson { .. }) {
        return problem;
    }
    let replaced = with_numbers(record);
    let checked = replaced.map(|replaced| serde_json::from_str::<IgnoredAny>(&replaced));
    match checked {
        Some(Err(error)) => invalid_json(&error, location.line),
        _ => problem,
    }
}

/// Adds to the problem with a record that has no text where its text may be: in its only array, if it is an object around
/// all articles, or in the field with the longest string.
fn with_advice(mut problem: Problem, record: &str) -> Problem {
    if let Problem::MissingField { name: None, hint, .. } = &mut problem {
        let mut arrays = Vec::new();
        // The record was found valid when its values were taken, so there is no error.
        let _ = visit_members(record, any_name, |name, json| {
            arrays.extend(matches!(Value::of_json(json), Value::Array(_)).then_some(name));
        });
        *hint = match arrays.pop() {
            Some(array) if arrays.is_empty() => Some(FieldHint::Array(array.into())),
            _ => likely_text(record).map(|field| FieldHint::Field(field.into())),
        };
    }
    problem
}

/// Returns the names of the members of a valid object. It may contain numbers that are not finite.
pub(crate) fn names(record: &str) -> Vec<String> {
    let names_of = |record: &str| {
        let mut names = Vec::new();
        visit_members(record, any_name, |name, _| names.push(name)).map(|()| names)
    };
    // The record was found valid when its values were taken, so at most the numbers are an error.
    names_of(record).or_else(|_| names_of(&with_nulls(record).unwrap_or_default())).unwrap_or_default()
}

fn any_name(name: &[u8]) -> Option<String> {
    Some(String::from_utf8_lossy(name).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{FieldRole, Remedy};
    use crate::read::field_names::FieldNames;

    fn location() -> Location {
        Location { file: "f".into(), line: 9 }
    }

    /// Returns the parts of an article, or the message.
    fn show(record: &str, fields: &FieldNames) -> String {
        let part = |part: Option<String>| part.unwrap_or_else(|| "-".into());
        match article(record, &FieldPlan::new(fields), &location()) {
            Ok(a) => format!("{}|{}|{}|{}|{}", a.key, a.text, part(a.site), part(a.published), part(a.title)),
            Err(problem) => problem.to_string(),
        }
    }

    #[test]
    fn names_the_only_array_of_a_record_without_text() {
        let name_text = Some(Remedy::NameField(FieldRole::Text));
        let unpack = Remedy::NameFieldOrUnpack { role: FieldRole::Text, array: "articles".into() };
        let cases = [
            ("the only array", r#"{"status":"ok","articles":[{"text":"t"}]}"#, Some(unpack)),
            ("no array", r#"{"status":"ok"}"#, name_text.clone()),
            ("several arrays", r#"{"tags":[],"authors":[]}"#, name_text),
            ("a text of another kind", r#"{"text":[{}]}"#, None),
        ];
        for (name, record, expected) in cases {
            let problem = article(record, &FieldPlan::new(&FieldNames::default()), &location()).unwrap_err();
            assert_eq!(problem.remedy(), expected, "{name}: {problem}");
        }
    }

    #[test]
    fn finds_fields_under_usual_names() {
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
            ("a text of another kind", r#"{"text":[{"p":"q"}],"content":"c"}"#, "f:9|c|-|-|-"),
            ("a list of paragraphs", r#"{"text":["p", "q\n", null]}"#, "f:9|p\n\nq\n|-|-|-"),
            ("an empty list", r#"{"text":[],"body":["b"]}"#, "f:9|b|-|-|-"),
            ("only an empty list", r#"{"text":[]}"#, "f:9||-|-|-"),
            ("no number", r#"{"text":"t","id":NaN,"date":-Infinity,"x":{"y":[Infinity]}}"#, "f:9|t|-|-|-"),
            ("no number as text", r#"{"text":NaN,"body":"b"}"#, "f:9|b|-|-|-"),
            ("a placeholder as text", r#"{"text":"nan","body":"b"}"#, "f:9|b|-|-|-"),
            ("only placeholders", r#"{"text":"[Removed]","body":" None","site":"null"}"#, "f:9||-|-|-"),
            (
                "an address in another object",
                r#"{"text":"t","source":"corpus","metadata":{"url":"https://e.org/1"}}"#,
                "https://e.org/1|t|e.org|-|-",
            ),
            (
                "addresses in two objects",
                r#"{"text":"t","metadata":{"url":null},"meta":{"source_url":"https://e.org/1"}}"#,
                "https://e.org/1|t|e.org|-|-",
            ),
            (
                "an address of its own and another",
                r#"{"text":"t","url":"https://f.org/1","metadata":{"url":"https://e.org/1"}}"#,
                "https://f.org/1|t|f.org|-|-",
            ),
            ("no object", r#"{"text":"t","metadata":NaN,"meta":[],"site":"s"}"#, "f:9|t|s|-|-"),
            ("an object as site", r#"{"text":"t","source":{"name":"n"},"site":"s"}"#, "f:9|t|s|-|-"),
            ("a number as date", r#"{"text":"t","timestamp":1500000000}"#, "f:9|t|-|1500000000|-"),
            ("members that occur twice", r#"{"text":"a","text":"b"}"#, "f:9|b|-|-|-"),
            ("an escaped name", r#"{"te\u0078t":"t"}"#, "f:9|t|-|-|-"),
            ("half a surrogate pair", r#"{"text":"a\ud83d","\ud83d":"\udead"}"#, "f:9|a\u{fffd}|-|-|-"),
            ("space around", " {\"text\" : \"t\"} ", "f:9|t|-|-|-"),
        ];
        for (name, record, expected) in cases {
            assert_eq!(show(record, &FieldNames::default()), expected, "{name}");
        }
    }

    #[test]
    fn finds_fields_under_given_names() {
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
            ("no number on the way", named("a.t", "k", None), r#"{"a":NaN,"k":Infinity}"#, "f:9||-|-|-"),
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
    fn explains_what_is_wrong() {
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
            ("after no number", r#"{"a":NaN "b":2}"#, "not valid JSON: expected `,` or `}` at column 10"),
            ("a wrong word", r#"{"a":NaNs}"#, "not valid JSON: expected `,` or `}` at column 9"),
            ("no text", r#"{"a":1,"b":2}"#, r#"no text field: found "a", "b""#),
            ("nothing", "{}", "no text field: found none"),
            ("texts without names", "\"a\"", "expected an object, found a string"),
            ("no string", r#"{"body":[1],"text":1}"#, r#"field "text" is a number, expected a string"#),
            ("too deep to be closed", &deep, "not valid JSON: a list is cut off at column 100006"),
            (
                "many names",
                &many,
                "no text field: found \"m0\", \"m1\", \"m2\", \"m3\", \"m4\", \"m5\", \"m6\", \"m7\", \"m8\", \"m9\", \"m10\", \
                 \"m11\" and 2 more",
            ),
        ];
        for (name, record, expected) in cases {
            assert_eq!(show(record, &FieldNames::default()), expected, "{name}");
        }
    }

    #[test]
    fn suggests_the_field_with_the_longest_text() {
        let long = "Rain is expected in the north. ".repeat(5);
        let cases = [
            (format!(r#"{{"id":"1","words":"{long}"}}"#), Some("words")),
            (format!(r#"{{"page":{{"words":"{long}"}},"note":"{}"}}"#, &long[10..]), Some("page.words")),
            (r#"{"id":"1","words":"Rain."}"#.to_owned(), None),
            (format!(r#"{{"list":["{long}"]}}"#), None),
        ];
        for (record, expected) in cases {
            assert_eq!(likely_text(&record).as_deref(), expected, "{record}");
        }
    }

    #[test]
    fn skips_values_of_any_depth() {
        let deep = format!("{{\"a\": {}{}, \"text\": \"t\"}}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(show(&deep, &FieldNames::default()), "f:9|t|-|-|-");
    }
}
