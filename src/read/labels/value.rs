//! Defines the values of labels.

use serde_json::value::RawValue;

use crate::error::ValueKind;
use crate::read::parse::value::Value;

/// A value in a row of labels: its content, and its kind for messages.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct LabelValue {
    pub(super) kind: ValueKind,
    pub(super) content: LabelContent,
}

/// The content of a value that may be a part of a label.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum LabelContent {
    /// Null, or a blank string or cell.
    Nothing,
    /// A string, number or boolean, as text.
    Text(String),
    /// A list of such values, or of objects with keys.
    List(Vec<String>),
    /// Anything else.
    Other,
}

impl LabelValue {
    /// The value of an empty cell.
    pub(super) const NOTHING: Self = Self { kind: ValueKind::Nothing, content: LabelContent::Nothing };

    /// Creates the value of a JSON value.
    pub(super) fn of_json(raw: &RawValue) -> Self {
        let content = match serde_json::from_str(raw.get()) {
            Ok(serde_json::Value::Null) => return Self::NOTHING,
            Ok(serde_json::Value::String(text)) if text.trim().is_empty() => return Self::NOTHING,
            Ok(serde_json::Value::Array(values)) => {
                // A list of keys, or of members that each have a key, as in the records of clusters.
                let key = |value: &serde_json::Value| as_text(value.get("key").unwrap_or(value));
                values.iter().map(key).collect::<Option<_>>().map_or(LabelContent::Other, LabelContent::List)
            }
            Ok(value) => as_text(&value).map_or(LabelContent::Other, LabelContent::Text),
            Err(_) => LabelContent::Other,
        };
        Self { kind: Value::of_json(raw.get()).kind(), content }
    }

    /// Creates the value of a cell of a table. A cell with a JSON array is a list.
    pub(super) fn of_cell(cell: &str) -> Self {
        let cell = cell.trim();
        match serde_json::from_str(cell) {
            Ok(serde_json::Value::Array(values)) if values.iter().all(|value| as_text(value).is_some()) => {
                let content = LabelContent::List(values.iter().filter_map(as_text).collect());
                Self { kind: ValueKind::Array, content }
            }
            _ if cell.is_empty() => Self::NOTHING,
            _ => Self { kind: ValueKind::String, content: LabelContent::Text(cell.to_owned()) },
        }
    }
}

/// Returns a string, number or boolean as text.
fn as_text(value: &serde_json::Value) -> Option<String> {
    match value {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        serde_json::Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}
