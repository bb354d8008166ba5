//! A file with labels in, what it says out, row by row: pairs, articles with their groups, or whole groups.
//!
//! JSON (objects one after another, or an array of them), CSV or TSV, told by content, plain or packed. What a row says
//! is told by its fields, so that a file of labeled pairs, the records of articles with a cluster field, and what
//! `cluster` and `pairs` write are all understood.
//! Cost: the file is held in memory while it is read.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde_json::value::RawValue;

use super::Input;
use super::decompress::PlainBytes;
use super::sniff::check_mark;
use crate::article::Location;
use crate::error::Error;

const A: [&str; 3] = ["a", "id_a", "key_a"];
const B: [&str; 3] = ["b", "id_b", "key_b"];
const AT_A: [&str; 1] = ["at_a"];
const AT_B: [&str; 1] = ["at_b"];
const MEMBERS: [&str; 1] = ["members"];
const KEY: [&str; 5] = ["key", "id", "uid", "url", "article"];
const GRADE: [&str; 4] = ["label", "grade", "match", "duplicate"];
const GROUP: [&str; 4] = ["cluster", "group", "stories", "story"];
const KIND: [&str; 1] = ["kind"];

/// How much is read at a time.
const BLOCK: usize = 1 << 20;

/// The names of fields in a file with labels, where they are not to be found by themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabelFields {
    /// The field with the key of an article.
    pub key: Option<String>,
    /// The field with the label: the grade of a pair, or the group of an article.
    pub label: Option<String>,
    /// The field with the kind of a pair or of an article.
    pub kind: Option<String>,
}

/// What one row says.
#[derive(Clone, Debug, PartialEq)]
pub enum LabelRow {
    /// Two articles, by their keys, and how much they are copies.
    Pair {
        /// The keys.
        keys: [String; 2],
        /// 0 where they are none; nothing where the row is not filled in, or has no field for it.
        grade: Option<f64>,
        /// What the pair is an example of, where the row says so.
        kind: Option<String>,
        /// Where they were read, where the row says so: that tells articles of one key apart.
        at: [Option<String>; 2],
    },
    /// An article, and the groups that it belongs to, the main one first; none where the row is not filled in.
    Article {
        /// The key of the article.
        key: String,
        /// The names of the groups.
        groups: Vec<String>,
        /// What the article is an example of, where the row says so.
        kind: Option<String>,
    },
    /// The keys of articles that belong together.
    Group(Vec<String>),
}

/// Reads a file with labels: each row with the place where it stands.
///
/// # Errors
/// An [`Error::Input`] where the file cannot be read, an [`Error::Record`] where a row says nothing that could be a
/// label.
pub fn read_labels(input: Input, fields: &LabelFields) -> Result<Vec<(Location, LabelRow)>, Error> {
    let (file, raw) = input.open()?;
    let mut bytes = PlainBytes::new(Arc::clone(&file), raw)?;
    let mut data = Vec::new();
    while bytes.read(&mut data, BLOCK)? > 0 {}
    let wrong = |what: String| Error::input(Path::new(&*file), what);
    let mark = check_mark(&data).map_err(wrong)?;
    let text = std::str::from_utf8(&data[mark..])
        .map_err(|error| wrong(format!("is not UTF-8 at byte {}", mark + error.valid_up_to())))?;
    match text.trim_start().as_bytes().first() {
        Some(b'{' | b'[') => objects(text, &file, fields),
        _ => table(text, &file, fields),
    }
}

/// Reads the objects of a JSON text.
fn objects(text: &str, file: &Arc<str>, fields: &LabelFields) -> Result<Vec<(Location, LabelRow)>, Error> {
    let invalid = |error: &serde_json::Error| {
        let place = Location { file: Arc::clone(file), line: error.line() as u64 };
        let what = error.to_string();
        let what = what.split(" at line ").next().unwrap_or_default();
        Error::record(&place, format!("not valid JSON: {what} at column {}", error.column()))
    };
    let raw: Vec<&RawValue> = if text.trim_start().starts_with('[') {
        serde_json::from_str(text).map_err(|error| invalid(&error))?
    } else {
        let values = serde_json::Deserializer::from_str(text).into_iter();
        values.collect::<Result<_, _>>().map_err(|error| invalid(&error))?
    };
    let (mut at, mut line) = (0, 1);
    let row = |value: &RawValue| {
        let begin = value.get().as_ptr().addr() - text.as_ptr().addr();
        line += memchr::memchr_iter(b'\n', &text.as_bytes()[at..begin]).count() as u64;
        at = begin;
        let place = Location { file: Arc::clone(file), line };
        let object: Result<BTreeMap<Cow<'_, str>, &RawValue>, _> = serde_json::from_str(value.get());
        let object =
            object.map_err(|_| Error::record(&place, "is not an object, expected one with labels"))?;
        let names = || object.keys().map(ToString::to_string).collect();
        let value = |name: &str| object.get(name).map(|value| Value::of_json(value));
        let row = label_row(&value, &names, fields).map_err(|what| Error::record(&place, what))?;
        Ok((place, row))
    };
    raw.into_iter().map(row).collect()
}

/// Reads the rows of a table: tabs divide it where its header has one, else commas.
fn table(text: &str, file: &Arc<str>, fields: &LabelFields) -> Result<Vec<(Location, LabelRow)>, Error> {
    let header = text.lines().next().unwrap_or_default();
    let delimiter = if header.contains('\t') { b'\t' } else { b',' };
    let mut table =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let wrong = |error: &csv::Error| Error::input(Path::new(&**file), error.to_string());
    let names: Vec<String> =
        table.headers().map_err(|error| wrong(&error))?.iter().map(String::from).collect();
    let row = |record: Result<csv::StringRecord, csv::Error>| {
        let record = record.map_err(|error| wrong(&error))?;
        let line = record.position().map_or(0, csv::Position::line);
        let place = Location { file: Arc::clone(file), line };
        let value = |name: &str| {
            let column = names.iter().position(|column| column == name)?;
            Some(record.get(column).map_or(Value::Nothing, Value::of_cell))
        };
        let row = label_row(&value, &|| names.clone(), fields).map_err(|what| Error::record(&place, what))?;
        Ok((place, row))
    };
    table.records().map(row).collect()
}

/// What a field holds, as far as labels go.
#[derive(Clone, Debug, PartialEq)]
enum Value {
    Nothing,
    Text(String),
    List(Vec<String>),
    Other,
}

impl Value {
    fn of_json(raw: &RawValue) -> Self {
        match serde_json::from_str(raw.get()) {
            Ok(serde_json::Value::Null) => Self::Nothing,
            Ok(serde_json::Value::String(text)) if text.trim().is_empty() => Self::Nothing,
            Ok(serde_json::Value::Array(values)) => {
                // A list of keys, or of members that each have one, as `cluster` writes them.
                let key = |value: &serde_json::Value| spoken(value.get("key").unwrap_or(value));
                values.iter().map(key).collect::<Option<_>>().map_or(Self::Other, Self::List)
            }
            Ok(value) => spoken(&value).map_or(Self::Other, Self::Text),
            Err(_) => Self::Other,
        }
    }

    fn of_cell(cell: &str) -> Self {
        let cell = cell.trim();
        match serde_json::from_str(cell) {
            Ok(serde_json::Value::Array(values)) if values.iter().all(|value| spoken(value).is_some()) => {
                Self::List(values.iter().filter_map(spoken).collect())
            }
            _ if cell.is_empty() => Self::Nothing,
            _ => Self::Text(cell.to_owned()),
        }
    }
}

/// Gives what a string, number or truth value says.
fn spoken(value: &serde_json::Value) -> Option<String> {
    match value {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        serde_json::Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

/// Says what a row says. `value` gives the field of a name, if there is one; `names` lists all, for a message.
fn label_row(
    value: &dyn Fn(&str) -> Option<Value>,
    names: &dyn Fn() -> Vec<String>,
    fields: &LabelFields,
) -> Result<LabelRow, String> {
    let first = |named: Option<&String>, known: &[&'static str]| match named {
        Some(name) => value(name).map(|value| (name.clone(), value)),
        None => known.iter().find_map(|&name| Some((name.to_owned(), value(name)?))),
    };
    let text = |(name, value): (String, Value)| match value {
        Value::Text(text) => Ok(text),
        _ => Err(format!("field \"{name}\" is not a string or a number, expected a key")),
    };
    let said = |found: Option<(String, Value)>| match found {
        Some((_, Value::Text(text))) => Some(text),
        _ => None,
    };
    let kind = || said(first(fields.kind.as_ref(), &KIND));
    if let (Some(a), Some(b)) = (first(None, &A), first(None, &B)) {
        let grade = first(fields.label.as_ref(), &GRADE).map(|(name, value)| grade(&name, value));
        let grade = grade.transpose()?.flatten();
        let at = [&AT_A, &AT_B].map(|names| said(first(None, names)));
        return Ok(LabelRow::Pair { keys: [text(a)?, text(b)?], grade, kind: kind(), at });
    }
    if let Some((name, value)) = first(None, &MEMBERS) {
        return match value {
            Value::List(keys) => Ok(LabelRow::Group(keys)),
            _ => Err(format!("field \"{name}\" is not a list of keys")),
        };
    }
    match (first(fields.key.as_ref(), &KEY), first(fields.label.as_ref(), &GROUP)) {
        (Some(key), Some((name, value))) => {
            let groups = match value {
                Value::Nothing => Vec::new(),
                Value::Text(group) => vec![group],
                Value::List(groups) => groups,
                Value::Other => return Err(format!("field \"{name}\" is not a group or a list of groups")),
            };
            Ok(LabelRow::Article { key: text(key)?, groups, kind: kind() })
        }
        _ => {
            let found: Vec<String> = names().iter().take(12).map(|name| format!("\"{name}\"")).collect();
            let found = if found.is_empty() { "none".to_owned() } else { found.join(", ") };
            Err(format!(
                "no label: found the fields {found}; expected a and b, or a key and a cluster, or members; name the \
                 field with --label-field"
            ))
        }
    }
}

fn grade(name: &str, value: Value) -> Result<Option<f64>, String> {
    let text = match value {
        Value::Nothing => return Ok(None),
        Value::Text(text) => text,
        _ => return Err(format!("field \"{name}\" is not a grade")),
    };
    match text.as_str() {
        "true" => Ok(Some(1.0)),
        "false" => Ok(Some(0.0)),
        number => match number.parse::<f64>() {
            Ok(grade) if grade.is_finite() => Ok(Some(grade)),
            _ => Err(format!("field \"{name}\" is \"{number}\", expected a number, true or false")),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, text: &str, fields: &LabelFields) -> Result<Vec<String>, String> {
        let input = Input::reader(name, std::io::Cursor::new(text.as_bytes().to_vec()));
        let rows = read_labels(input, fields).map_err(|error| error.to_string())?;
        Ok(rows.into_iter().map(|(place, row)| format!("{} {row:?}", place.line)).collect())
    }

    fn pair(line: u64, a: &str, b: &str, grade: Option<f64>, kind: Option<&str>) -> String {
        let keys = [a.to_owned(), b.to_owned()];
        let (kind, at) = (kind.map(str::to_owned), [None, None]);
        format!("{line} {:?}", LabelRow::Pair { keys, grade, kind, at })
    }

    fn article(line: u64, key: &str, groups: &[&str]) -> String {
        let groups = groups.iter().map(ToString::to_string).collect();
        format!("{line} {:?}", LabelRow::Article { key: key.to_owned(), groups, kind: None })
    }

    #[test]
    fn understands() {
        let group = |line: u64, keys: &[&str]| {
            format!("{line} {:?}", LabelRow::Group(keys.iter().map(ToString::to_string).collect()))
        };
        let cases = [
            (
                "pairs",
                "id_a\tid_b\tlabel\tkind\nx\ty\t2\tS\nx\tz\t\t\n",
                vec![pair(2, "x", "y", Some(2.0), Some("S")), pair(3, "x", "z", None, None)],
            ),
            ("commas", "a,b,label\n\"x, y\",z,0\n", vec![pair(2, "x, y", "z", Some(0.0), None)]),
            (
                "objects",
                "{\"a\":\"x\",\"b\":7,\"label\":true}\n\n{\"a\":\"x\",\"b\":\"z\"}\n",
                vec![pair(1, "x", "7", Some(1.0), None), pair(3, "x", "z", None, None)],
            ),
            (
                "records",
                "[{\"id\":\"x\",\n\"text\":\"a\",\"cluster\":5},\n{\"id\":\"y\",\"stories\":[1,\"b\"]}]",
                vec![article(1, "x", &["5"]), article(3, "y", &["1", "b"])],
            ),
            (
                "a table of groups",
                "key,cluster\nx,1\ny,\"[\"\"1\"\", 2]\"\nz,\n",
                vec![article(2, "x", &["1"]), article(3, "y", &["1", "2"]), article(4, "z", &[])],
            ),
            (
                "members",
                "{\"cluster\":\"c\",\"members\":[\"x\",\"y\"]}\n{\"members\":[{\"key\":\"z\"}]}",
                vec![group(1, &["x", "y"]), group(2, &["z"])],
            ),
        ];
        for (name, text, expected) in cases {
            assert_eq!(read(name, text, &LabelFields::default()), Ok(expected), "{name}");
        }
    }

    #[test]
    fn takes_the_fields_that_are_named() {
        let fields =
            LabelFields { key: Some("doc".into()), label: Some("coder".into()), kind: Some("how".into()) };
        assert_eq!(read("l", "id,doc,coder\n1,x,c\n", &fields), Ok(vec![article(2, "x", &["c"])]));
        assert_eq!(
            read("l", "a,b,label,coder\nx,y,0,1\n", &fields),
            Ok(vec![pair(2, "x", "y", Some(1.0), None)])
        );
        let kind = Some("cut".to_owned());
        let row = LabelRow::Article { key: "x".to_owned(), groups: vec!["c".to_owned()], kind };
        assert_eq!(read("l", "doc,coder,how,kind\nx,c,cut,other\n", &fields), Ok(vec![format!("2 {row:?}")]));
    }

    #[test]
    fn says_what_is_wrong() {
        let cases = [
            (
                "{\"a\":\"x\",\"b\":\"y\",\"label\":\"maybe\"}",
                "l:1: field \"label\" is \"maybe\", expected a number, true or false",
            ),
            ("{\"a\":null,\"b\":\"y\"}", "l:1: field \"a\" is not a string or a number, expected a key"),
            ("\n[1]", "l:2: is not an object, expected one with labels"),
            ("{\"a\":\n!}", "l:2: not valid JSON: expected value at column 1"),
            (
                "name,text\nx,y\n",
                "l:2: no label: found the fields \"name\", \"text\"; expected a and b, or a key and a cluster, or members; name the field with --label-field",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(read("l", text, &LabelFields::default()), Err(expected.to_owned()));
        }
    }
}
