//! Writes lists, objects and maps as JSON, in which form the fields of an article are found in them.

use arrow_array::cast::AsArray as _;
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;

use super::scalar::Scalar;

/// Returns whether a column holds lists.
pub(super) fn is_list(data_type: &DataType) -> bool {
    use DataType::{FixedSizeList, LargeList, LargeListView, List, ListView};
    matches!(data_type, List(_) | LargeList(_) | ListView(_) | LargeListView(_) | FixedSizeList(_, _))
}

/// Returns whether a column holds objects or maps.
pub(super) fn is_object(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Struct(_) | DataType::Map(_, _))
}

/// Appends the value at `row` of a column as JSON.
pub(super) fn write_json(array: &dyn Array, row: usize, json: &mut String) {
    if array.is_null(row) {
        json.push_str("null");
    } else if is_list(array.data_type()) {
        write_list(&list_at(array, row), json);
    } else if is_object(array.data_type()) {
        write_object(array, row, json);
    } else {
        match Scalar::of(array, row) {
            Scalar::Null | Scalar::Bytes => json.push_str("null"),
            // No field of an article is a boolean: which of the two it is does not matter.
            Scalar::Bool => json.push_str("true"),
            Scalar::Number(digits) => json.push_str(&digits),
            Scalar::String(string) => write_string(&string, json),
        }
    }
}

/// Returns the list at `row`, which is not null.
fn list_at(array: &dyn Array, row: usize) -> ArrayRef {
    match array.data_type() {
        DataType::List(_) => array.as_list::<i32>().value(row),
        DataType::LargeList(_) => array.as_list::<i64>().value(row),
        DataType::ListView(_) => array.as_list_view::<i32>().value(row),
        DataType::LargeListView(_) => array.as_list_view::<i64>().value(row),
        _ => array.as_fixed_size_list().value(row),
    }
}

fn write_list(items: &ArrayRef, json: &mut String) {
    json.push('[');
    for index in 0..items.len() {
        if index > 0 {
            json.push(',');
        }
        write_json(items, index, json);
    }
    json.push(']');
}

/// Writes an object, or a map whose keys are strings or numbers.
fn write_object(array: &dyn Array, row: usize, json: &mut String) {
    json.push('{');
    let mut comma = "";
    let mut member = |name: &str, values: &dyn Array, row: usize| {
        json.push_str(comma);
        comma = ",";
        write_string(name, json);
        json.push(':');
        write_json(values, row, json);
    };
    if let Some(map) = array.as_map_opt() {
        let entries = map.value(row);
        for index in 0..entries.len() {
            if let Scalar::String(name) | Scalar::Number(name) = Scalar::of(entries.column(0), index) {
                member(&name, entries.column(1), index);
            }
        }
    } else {
        let object = array.as_struct();
        for (field, values) in object.fields().iter().zip(object.columns()) {
            member(field.name(), values, row);
        }
    }
    json.push('}');
}

fn write_string(string: &str, json: &mut String) {
    let quoted = serde_json::to_string(string).expect("every string is valid JSON when it is escaped");
    json.push_str(&quoted);
}
