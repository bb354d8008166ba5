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
use crate::error::{Error, Problem};
use crate::read::dialect::{Dialect, named_delimiter};
use crate::read::formula::without_mark;
use crate::read::input::Input;
use crate::read::parse::json_error::invalid_json;
use crate::read::parse::value::Value;
use crate::read::whole_text::{json_values, read_whole_text};

/// Reads a file of labels, and returns each row with its location.
///
/// # Errors
/// An [`Error::Input`] if the file cannot be read, and an [`Error::Record`] if a row gives no label.
pub fn read_labels(input: Input, fields: &LabelFields) -> Result<Vec<(Location, LabelRow)>, Error> {
    read_whole_text(input, |text, file| match text.trim_start().as_bytes().first() {
        Some(b'{' | b'[') => read_objects(text, file, fields),
        _ => read_table(text, file, fields),
    })
}

/// Reads the objects of a JSON text.
fn read_objects(
    text: &str,
    file: &Arc<str>,
    fields: &LabelFields,
) -> Result<Vec<(Location, LabelRow)>, Error> {
    let values = json_values(text, file)?.into_iter();
    let row = |(location, value): (Location, &RawValue)| {
        let row = read_object(value.get(), location.line, fields)
            .map_err(|problem| Error::record(&location, problem))?;
        Ok((location, row))
    };
    values.map(row).collect()
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
