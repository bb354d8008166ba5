//! Reads files of templates: texts that sites repeat, each with its site.
//!
//! Cost: the whole file is in memory while it is read.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::value::RawValue;

use super::input::Input;
use super::parse::json_error::invalid_json;
use super::parse::value::Value;
use super::whole_text::{json_values, read_whole_text};
use crate::article::Location;
use crate::error::{Error, ExpectedValue, FieldForm, FieldRole, FoundNames, Problem, ValueKind};

const SITE: &str = "site";
const TEXT: &str = "text";
/// The other fields of a [`TemplateRecord`](crate::report::TemplateRecord) and of a
/// [`GivenTemplateRecord`](crate::report::GivenTemplateRecord). They are for people.
const DESCRIPTIONS: [&str; 10] = [
    "words",
    "pages",
    "site_pages",
    "variants",
    "first_published",
    "last_published",
    "example",
    "example_url",
    "given_in",
    "given_utc",
];

/// A text that a site repeats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateRow {
    /// The site.
    pub site: String,
    /// The text.
    pub text: String,
}

/// Reads a file of templates, and returns each with its location.
///
/// # Errors
/// An [`Error::Input`] if the file cannot be read or has no templates, and an [`Error::Record`] for the first object that is
/// no template.
pub fn read_templates(input: Input) -> Result<Vec<(Location, TemplateRow)>, Error> {
    read_whole_text(input, |text, file| {
        let row = |(location, value): (Location, &RawValue)| {
            let row = TemplateRow::new(value, location.line);
            Ok((location.clone(), row.map_err(|problem| Error::record(&location, problem))?))
        };
        let rows: Vec<_> = json_values(text, file)?.into_iter().map(row).collect::<Result<_, Error>>()?;
        match rows.is_empty() {
            true => Err(Error::input(Path::new(&**file), Problem::NoTemplates)),
            false => Ok(rows),
        }
    })
}

impl TemplateRow {
    /// Reads the object that begins on `line`.
    fn new(value: &RawValue, line: u64) -> Result<Self, Problem> {
        if !value.get().starts_with('{') {
            return Err(Problem::NotATemplate { found: Value::of_json(value.get()).kind() });
        }
        let members: BTreeMap<String, &RawValue> =
            serde_json::from_str(value.get()).map_err(|error| invalid_json(&error, line))?;
        let is_known = |name: &&String| [SITE, TEXT].contains(&name.as_str()) || is_description(name);
        if let Some(field) = members.keys().find(|name| !is_known(name)) {
            return Err(Problem::UnknownField { field: field.clone() });
        }
        let string = |name: &str, role: FieldRole| {
            let Some(value) = members.get(name) else {
                let (name, form) = (Some(name.to_owned()), FieldForm::Member);
                let found = FoundNames::new(members.keys().cloned().collect());
                return Err(Problem::MissingField { role, name, form, found, hint: None });
            };
            match Value::of_json(value.get()).kind() {
                ValueKind::String => {
                    serde_json::from_str(value.get()).map_err(|error| invalid_json(&error, line))
                }
                ValueKind::Null if role == FieldRole::Site => Ok(String::new()),
                found => {
                    let (field, expected) = (name.to_owned(), ExpectedValue::String);
                    Err(Problem::WrongValue { field, found, expected })
                }
            }
        };
        let row = Self { site: string(SITE, FieldRole::Site)?, text: string(TEXT, FieldRole::Text)? };
        if row.site.trim().is_empty() { Err(Problem::TemplateWithoutSite) } else { Ok(row) }
    }
}

/// Returns whether a field is one of those that describe a template to people.
fn is_description(name: &str) -> bool {
    DESCRIPTIONS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &'static [u8]) -> Result<Vec<String>, String> {
        let rows = read_templates(Input::reader("t.jsonl", text)).map_err(|error| error.to_string())?;
        Ok(rows.into_iter().map(|(at, row)| format!("{at} {} {}", row.site, row.text)).collect())
    }

    #[test]
    fn reads_objects_one_after_another_and_arrays() {
        let cases: [(&str, &[u8], &[&str]); 6] = [
            ("a line", br#"{"site": "a", "text": "x"}"#, &["t.jsonl:1 a x"]),
            ("blank lines", b"\n\n{\"site\":\"a\",\"text\":\"x\"}\n\n", &["t.jsonl:3 a x"]),
            ("a byte order mark", b"\xef\xbb\xbf{\"site\":\"a\",\"text\":\"x\"}", &["t.jsonl:1 a x"]),
            (
                "over several lines",
                b"{\r\n\"site\":\"a\",\r\n\"text\":\"x\"}\r\n{\"text\":\"y\",\"site\":\"b\"}",
                &["t.jsonl:1 a x", "t.jsonl:4 b y"],
            ),
            ("an array", b"[\n{\"site\":\"a\",\"text\":\"x\"}\n]", &["t.jsonl:2 a x"]),
            (
                "with descriptions",
                br#"{"site": "a", "text": "\u0078", "pages": 3, "words": "many", "example": null}"#,
                &["t.jsonl:1 a x"],
            ),
        ];
        for (name, text, expected) in cases {
            assert_eq!(read(text).unwrap(), expected, "{name}");
        }
    }

    #[test]
    fn names_what_is_wrong() {
        let cases: [(&str, &[u8], &str); 16] = [
            ("empty", b"", "t.jsonl: contains no template"),
            ("blank", b" \n\n", "t.jsonl: contains no template"),
            ("an empty array", b"[]", "t.jsonl: contains no template"),
            (
                "a word",
                b"{\"site\":\"a\",\"text\":\"x\"}\nsite",
                "t.jsonl:2: not valid JSON: expected value at column 1",
            ),
            (
                "cut off",
                b"{\"site\":\"a\",\"te",
                "t.jsonl:1: not valid JSON: a string is cut off at column 15",
            ),
            (
                "no comma",
                b"{\"site\":\"a\"\n\"text\":\"x\"}",
                "t.jsonl:2: not valid JSON: expected `,` or `}` at column 1",
            ),
            ("a table", b"site,text\na,x\n", "t.jsonl:1: not valid JSON: expected value at column 1"),
            (
                "a string",
                br#""x""#,
                "t.jsonl:1: expected an object with \"site\" and \"text\", found a string",
            ),
            (
                "a list in an array",
                b"[[]]",
                "t.jsonl:1: expected an object with \"site\" and \"text\", found an array",
            ),
            ("no text", br#"{"site":"a"}"#, r#"t.jsonl:1: no field "text": found "site""#),
            ("no site", br#"{"text":"x"}"#, r#"t.jsonl:1: no field "site": found "text""#),
            (
                "another field",
                b"{\"site\":\"a\",\"text\":\"x\"}\n{\"site\":\"a\",\"text\":\"x\",\"txt\":\"y\"}",
                "t.jsonl:2: field \"txt\" is not known; rename or remove it: \"site\" and \"text\" are needed",
            ),
            (
                "an unknown site",
                br#"{"site":null,"text":"x"}"#,
                "t.jsonl:1: the site is not known, so the pages of the template are not; write the site, or remove the record",
            ),
            (
                "a blank site",
                br#"{"site":" ","text":"x"}"#,
                "t.jsonl:1: the site is not known, so the pages of the template are not; write the site, or remove the record",
            ),
            (
                "a number",
                br#"{"site":"a","text":7}"#,
                r#"t.jsonl:1: field "text" is a number, expected a string"#,
            ),
            (
                "other bytes",
                b"{\"site\":\"a\",\"text\":\"\xe9\"}",
                "t.jsonl: not valid UTF-8 at byte 21, looks like WINDOWS-1252; convert it to UTF-8 first",
            ),
        ];
        for (name, text, expected) in cases {
            assert_eq!(read(text).unwrap_err(), expected, "{name}");
        }
    }
}
