//! Holds the values of a column, of which strings are borrowed from the pages of the file.

use arrow_array::cast::AsArray as _;
use arrow_array::{Array, ArrayRef, BinaryViewArray, StringViewArray};
use arrow_schema::DataType;

use super::nested::{is_list, is_object, write_json};
use super::scalar::Scalar;
use crate::read::encoding::valid_utf8;
use crate::read::parse::value::Value;

/// The values of a column.
#[derive(Debug)]
pub(super) enum Column {
    Strings(StringViewArray),
    /// Bytes, which are strings in files of programs that do not say so.
    Bytes(BinaryViewArray),
    /// Lists as JSON; nothing for null.
    Lists(Vec<Option<String>>),
    /// Objects as JSON; nothing for null.
    Objects(Vec<Option<String>>),
    Scalars(Vec<Scalar>),
}

impl Column {
    /// Creates the column of an array.
    pub(super) fn new(array: &ArrayRef) -> Self {
        let rows = 0..array.len();
        let json = |row| {
            let mut json = String::new();
            array.is_valid(row).then(|| write_json(array, row, &mut json)).map(|()| json)
        };
        match array.data_type() {
            DataType::Utf8View => Self::Strings(array.as_string_view().clone()),
            DataType::BinaryView => Self::Bytes(array.as_binary_view().clone()),
            list if is_list(list) => Self::Lists(rows.map(json).collect()),
            object if is_object(object) => Self::Objects(rows.map(json).collect()),
            _ => Self::Scalars(rows.map(|row| Scalar::of(array, row)).collect()),
        }
    }

    /// Returns the value of a row.
    pub(super) fn value(&self, row: usize) -> Value<'_> {
        match self {
            Self::Strings(strings) if strings.is_valid(row) => Value::String(strings.value(row)),
            Self::Bytes(bytes) if bytes.is_valid(row) => {
                valid_utf8(bytes.value(row)).map_or(Value::Bytes, Value::String)
            }
            Self::Strings(_) | Self::Bytes(_) => Value::Null,
            Self::Lists(lists) => lists[row].as_deref().map_or(Value::Null, Value::Array),
            Self::Objects(objects) => objects[row].as_deref().map_or(Value::Null, Value::Object),
            Self::Scalars(scalars) => scalars[row].value(),
        }
    }

    /// Returns the number of bytes of its strings.
    pub(super) fn bytes(&self) -> usize {
        // The lower half of a view is the length of its string.
        let viewed = |views: &[u128]| views.iter().map(|view| *view as u32 as usize).sum();
        match self {
            Self::Strings(strings) => viewed(strings.views()),
            Self::Bytes(bytes) => viewed(bytes.views()),
            Self::Lists(json) | Self::Objects(json) => json.iter().flatten().map(String::len).sum(),
            Self::Scalars(scalars) => size_of_val(scalars.as_slice()),
        }
    }
}
