//! Reads the values of an Arrow column in place: strings are borrowed from its buffers, whatever their layout.

use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::{Array, ArrayRef, LargeStringArray, StringArray, StringViewArray};
use arrow_cast::cast;
use arrow_json::writer::{EncoderOptions, make_encoder};
use arrow_schema::{ArrowError, DataType, FieldRef};
use wirecopy::read::RowValue;

/// A column whose values become fields of articles.
#[derive(Debug)]
pub(crate) enum Column {
    Null,
    Bool(ArrayRef),
    Bytes(ArrayRef),
    Strings(Strings),
    Numbers(Strings),
    /// Lists, as JSON.
    Lists(Strings),
    /// Objects, as JSON.
    Objects(Strings),
}

/// Strings in one of the layouts of Arrow.
#[derive(Debug)]
pub(crate) enum Strings {
    Offsets32(StringArray),
    Offsets64(LargeStringArray),
    Views(StringViewArray),
    /// The dictionary, and the key of each row.
    Dictionary(Box<Strings>, ArrayRef, Vec<usize>),
}

impl Strings {
    /// Returns the strings of a column; nothing if it has no strings.
    fn new(array: &ArrayRef) -> Option<Self> {
        match array.data_type() {
            DataType::Utf8 => Some(Self::Offsets32(array.as_string::<i32>().clone())),
            DataType::LargeUtf8 => Some(Self::Offsets64(array.as_string::<i64>().clone())),
            DataType::Utf8View => Some(Self::Views(array.as_string_view().clone())),
            DataType::Dictionary(_, _) => {
                let dictionary = array.as_any_dictionary();
                let values = Self::new(dictionary.values())?;
                // An empty dictionary has no valid key.
                let keys =
                    if dictionary.values().is_empty() { Vec::new() } else { dictionary.normalized_keys() };
                Some(Self::Dictionary(Box::new(values), Arc::clone(array), keys))
            }
            _ => None,
        }
    }

    /// Returns the string of a row, if it has one.
    pub(crate) fn get(&self, row: usize) -> Option<&str> {
        match self {
            Self::Offsets32(strings) => strings.is_valid(row).then(|| strings.value(row)),
            Self::Offsets64(strings) => strings.is_valid(row).then(|| strings.value(row)),
            Self::Views(strings) => strings.is_valid(row).then(|| strings.value(row)),
            Self::Dictionary(values, array, keys) => {
                array.is_valid(row).then(|| keys.get(row)).flatten().and_then(|&key| values.get(key))
            }
        }
    }
}

impl Column {
    /// Creates the column of an array.
    ///
    /// # Errors
    /// If values of its type cannot be converted to text.
    pub(crate) fn new(array: &ArrayRef, field: &FieldRef) -> Result<Self, ArrowError> {
        if let Some(strings) = Strings::new(array) {
            return Ok(Self::Strings(strings));
        }
        let text = || -> Result<Strings, ArrowError> {
            let cast = cast(array, &DataType::Utf8)?;
            Ok(Strings::Offsets32(cast.as_string::<i32>().clone()))
        };
        Ok(match array.data_type() {
            DataType::Null => Self::Null,
            DataType::Boolean => Self::Bool(Arc::clone(array)),
            DataType::Binary
            | DataType::LargeBinary
            | DataType::BinaryView
            | DataType::FixedSizeBinary(_) => Self::Bytes(Arc::clone(array)),
            DataType::Dictionary(_, values) => Self::new(&cast(array, values)?, field)?,
            DataType::RunEndEncoded(_, values) => Self::new(&cast(array, values.data_type())?, field)?,
            number if number.is_numeric() => Self::Numbers(text()?),
            DataType::List(_)
            | DataType::LargeList(_)
            | DataType::ListView(_)
            | DataType::LargeListView(_)
            | DataType::FixedSizeList(_, _) => Self::Lists(json(array, field)?),
            DataType::Struct(_) | DataType::Map(_, _) => Self::Objects(json(array, field)?),
            _ => Self::Strings(text()?),
        })
    }

    /// Returns the value of a row.
    pub(crate) fn value(&self, row: usize) -> RowValue<'_> {
        match self {
            Self::Null => RowValue::Null,
            Self::Bool(array) if array.is_valid(row) => RowValue::Bool,
            Self::Bytes(array) if array.is_valid(row) => RowValue::Bytes,
            Self::Bool(_) | Self::Bytes(_) => RowValue::Null,
            Self::Strings(strings) => strings.get(row).map_or(RowValue::Null, RowValue::String),
            Self::Numbers(strings) => match strings.get(row) {
                // What is not a number is no value, as in JSON.
                None | Some("NaN" | "inf" | "-inf") => RowValue::Null,
                Some(number) => RowValue::Number(number),
            },
            Self::Lists(strings) => strings.get(row).map_or(RowValue::Null, RowValue::Array),
            Self::Objects(strings) => strings.get(row).map_or(RowValue::Null, RowValue::Object),
        }
    }

    /// Returns the number of bytes of the strings of a row.
    pub(crate) fn bytes(&self, row: usize) -> usize {
        match self {
            Self::Null | Self::Bool(_) | Self::Bytes(_) => 0,
            Self::Strings(strings)
            | Self::Numbers(strings)
            | Self::Lists(strings)
            | Self::Objects(strings) => strings.get(row).map_or(0, str::len),
        }
    }
}

/// Returns nested values as JSON.
fn json(array: &ArrayRef, field: &FieldRef) -> Result<Strings, ArrowError> {
    let options = EncoderOptions::default().with_explicit_nulls(true);
    let mut encoder = make_encoder(field, array.as_ref(), &options)?;
    let mut buffer = Vec::new();
    let strings = (0..array.len()).map(|row| {
        if array.is_null(row) {
            return Ok(None);
        }
        buffer.clear();
        encoder.encode(row, &mut buffer);
        let json = String::from_utf8(buffer.clone());
        json.map(Some).map_err(|error| ArrowError::JsonError(error.to_string()))
    });
    Ok(Strings::Offsets32(strings.collect::<Result<StringArray, ArrowError>>()?))
}
