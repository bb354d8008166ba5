//! Reads a file of labels, row by row.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde_json::value::RawValue;

use super::fields::LabelFields;
use super::row::{FieldsOfRow, LabelRow, is_field_name};
use super::value::LabelValue;
use crate::article::Location;
use crate::error::{Error, Extent, Problem};
use crate::read::container::DecompressedBytes;
use crate::read::dialect::{Dialect, named_delimiter};
use crate::read::encoding::{mark_length, utf8, utf16_without_mark};
use crate::read::file_kind::file_kind;
use crate::read::formula::without_mark;
use crate::read::input::Input;
use crate::read::parse::json_error::{self, invalid_json};
use crate::read::parse::value::Value;

/// The number of bytes that are read at a time.
const BLOCK: usize = 1 << 20;
/// The largest file, in bytes: it is held in memory, and people label less.
const LARGEST_FILE: usize = 1 << 30;
/// The number of bytes from which the kind of the file is recognized.
const HEAD: usize = 64 << 10;

/// Reads a file of labels, and returns each row with its location.
///
/// # Errors
/// An [`Error::Input`] if the file cannot be read, and an [`Error::Record`] if a row gives no label.
pub fn read_labels(input: Input, fields: &LabelFields) -> Result<Vec<(Location, LabelRow)>, Error> {
    let (file, raw) = input.open()?;
    let mut bytes = DecompressedBytes::new(Arc::clone(&file), raw)?;
    let mut data = Vec::new();
    let wrong = |problem: Problem| Error::input(Path::new(&*file), problem);
    while bytes.read(&mut data, BLOCK)? > 0 {
        if data.len() > LARGEST_FILE {
            return Err(wrong(Problem::TooLong { extent: Extent::File, limit: LARGEST_FILE }));
        }
    }
    let mark = mark_length(&data).map_err(wrong)?;
    if let Some(kind) = file_kind(&data[mark..data.len().min(mark + HEAD)]) {
        return Err(wrong(Problem::OtherKind { kind }));
    }
    if let Some(found) = utf16_without_mark(&data) {
        return Err(wrong(Problem::WrongEncoding { found }));
    }
    let text = utf8(&data[mark..], Extent::File).map_err(wrong)?;
    match text.trim_start().as_bytes().first() {
        Some(b'{' | b'[') => read_objects(text, &file, fields),
        _ => read_table(text, &file, fields),
    }
}

/// Reads the objects of a JSON text.
fn read_objects(
    text: &str,
    file: &Arc<str>,
    fields: &LabelFields,
) -> Result<Vec<(Location, LabelRow)>, Error> {
    let invalid = |error: serde_json::Error| {
        let location = Location { file: Arc::clone(file), line: error.line() as u64 };
        let message = json_error::message(&error);
        Error::record(&location, Problem::InvalidJson { message, line: None, column: error.column() })
    };
    let objects: Vec<&RawValue> = if text.trim_start().starts_with('[') {
        serde_json::from_str(text).map_err(invalid)?
    } else {
        let values = serde_json::Deserializer::from_str(text).into_iter();
        values.collect::<Result<_, _>>().map_err(invalid)?
    };
    let (mut offset, mut line) = (0, 1);
    let mut rows = Vec::with_capacity(objects.len());
    for object in objects {
        // Each object is a part of `text`, so the distance of their addresses is its offset.
        let begin = object.get().as_ptr().addr() - text.as_ptr().addr();
        line += memchr::memchr_iter(b'\n', &text.as_bytes()[offset..begin]).count() as u64;
        offset = begin;
        let location = Location { file: Arc::clone(file), line };
        let row =
            read_object(object.get(), line, fields).map_err(|problem| Error::record(&location, problem))?;
        rows.push((location, row));
    }
    Ok(rows)
}

/// Reads the object that begins on `line`.
fn read_object(json: &str, line: u64, fields: &LabelFields) -> Result<LabelRow, Problem> {
    if !json.starts_with('{') {
        return Err(Problem::NotAnObject { found: Value::of_json(json).kind() });
    }
    let object: BTreeMap<Cow<'_, str>, &RawValue> =
        serde_json::from_str(json).map_err(|error| invalid_json(&error, line))?;
    let value = |name: &str| object.get(name).map(|value| LabelValue::of_json(value));
    let names = || object.keys().map(ToString::to_string).collect();
    LabelRow::new(FieldsOfRow { value: &value, names: &names }, fields)
}

/// Reads the rows of a table.
fn read_table(text: &str, file: &Arc<str>, fields: &LabelFields) -> Result<Vec<(Location, LabelRow)>, Error> {
    let (delimiter, before) = named_delimiter(text.as_bytes())
        .unwrap_or_else(|| (Dialect::of(text.as_bytes(), is_field_name).delimiter, 0));
    let lines_before = u64::from(before > 0);
    let mut table =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(&text.as_bytes()[before..]);
    let invalid = |error: csv::Error| {
        Error::input(Path::new(&**file), Problem::InvalidTable { message: error.to_string() })
    };
    let columns: Vec<String> = table.headers().map_err(invalid)?.iter().map(String::from).collect();
    let mut rows = Vec::new();
    for record in table.records() {
        let record = record.map_err(invalid)?;
        let line = lines_before + record.position().map_or(0, csv::Position::line);
        let location = Location { file: Arc::clone(file), line };
        let value = |name: &str| {
            let column = columns.iter().position(|column| column == name)?;
            Some(record.get(column).map(without_mark).map_or(LabelValue::NOTHING, LabelValue::of_cell))
        };
        let row = LabelRow::new(FieldsOfRow { value: &value, names: &|| columns.clone() }, fields)
            .map_err(|problem| Error::record(&location, problem))?;
        rows.push((location, row));
    }
    Ok(rows)
}
