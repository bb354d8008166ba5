//! Converts values of Python, so that threads can read them without the interpreter.

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyByteArray, PyBytes, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};
use wirecopy::error::ValueKind;
use wirecopy::read::RowValue;

/// A value of a dict.
#[derive(Debug)]
pub(crate) enum ObjectValue {
    Null,
    Bool,
    Number(String),
    String(String),
    Bytes,
    /// A list, as JSON.
    List(String),
    /// A dict, as JSON.
    Dict(String),
    /// An object without a meaning here.
    Other,
}

impl ObjectValue {
    /// Converts a value.
    ///
    /// # Errors
    /// The error that its own methods raised.
    pub(crate) fn new(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Some(value) = Self::of_builtin(value)? {
            return Ok(value);
        }
        // Values of NumPy, pandas, datetime and the like have equivalents among the types above.
        let helper = value.py().import("wirecopy._values")?.getattr("as_builtin")?;
        Ok(Self::of_builtin(&helper.call1((value,))?)?.unwrap_or(Self::Other))
    }

    /// Converts a value of a built-in type; nothing if it has another type.
    fn of_builtin(value: &Bound<'_, PyAny>) -> PyResult<Option<Self>> {
        Ok(Some(if value.is_none() {
            Self::Null
        } else if let Ok(string) = value.cast::<PyString>() {
            Self::String(text_of(string)?)
        } else if value.is_instance_of::<PyBool>() {
            Self::Bool
        } else if value.is_exact_instance_of::<PyInt>() {
            Self::Number(value.str()?.to_string())
        } else if let Ok(number) = value.cast_exact::<PyFloat>() {
            // What is not a number is no value, as in JSON.
            if number.extract::<f64>()?.is_finite() {
                Self::Number(value.str()?.to_string())
            } else {
                Self::Null
            }
        } else if value.is_instance_of::<PyBytes>() || value.is_instance_of::<PyByteArray>() {
            Self::Bytes
        } else if value.is_exact_instance_of::<PyList>() || value.is_exact_instance_of::<PyTuple>() {
            Self::List(json(value)?)
        } else if value.is_exact_instance_of::<PyDict>() {
            Self::Dict(json(value)?)
        } else {
            return Ok(None);
        }))
    }

    /// Returns the kind of value, for messages.
    pub(crate) fn kind(&self) -> ValueKind {
        match self {
            Self::Null => ValueKind::Null,
            Self::Bool => ValueKind::Boolean,
            Self::Number(_) => ValueKind::Number,
            Self::String(_) => ValueKind::String,
            Self::Bytes => ValueKind::Bytes,
            Self::List(_) => ValueKind::Array,
            Self::Dict(_) | Self::Other => ValueKind::Object,
        }
    }

    /// Returns the number of bytes of its text.
    pub(crate) fn bytes(&self) -> usize {
        match self {
            Self::Null | Self::Bool | Self::Bytes | Self::Other => 0,
            Self::Number(text) | Self::String(text) | Self::List(text) | Self::Dict(text) => text.len(),
        }
    }
}

impl<'v> From<&'v ObjectValue> for RowValue<'v> {
    fn from(value: &'v ObjectValue) -> Self {
        match value {
            ObjectValue::Null => Self::Null,
            ObjectValue::Bool => Self::Bool,
            ObjectValue::Number(number) => Self::Number(number),
            ObjectValue::String(string) => Self::String(string),
            ObjectValue::Bytes => Self::Bytes,
            ObjectValue::List(json) => Self::Array(json),
            ObjectValue::Dict(json) => Self::Object(json),
            ObjectValue::Other => Self::Object("{}"),
        }
    }
}

/// Returns a string as UTF-8. A surrogate, which UTF-8 does not have, becomes a replacement character, so that the number of
/// characters stays.
fn text_of(string: &Bound<'_, PyString>) -> PyResult<String> {
    // This does not leave a copy in the string, as the ways without a copy do.
    if let Ok(bytes) = string.encode_utf8() {
        return Ok(String::from_utf8_lossy(bytes.as_bytes()).into_owned());
    }
    let bytes: Vec<u8> = string.call_method1("encode", ("utf-8", "surrogatepass"))?.extract()?;
    Ok(without_surrogates(bytes))
}

/// Replaces each encoded surrogate, three bytes that begin with ED A0 to ED BF, by U+FFFD, which has as many.
fn without_surrogates(mut bytes: Vec<u8>) -> String {
    const REPLACEMENT: [u8; 3] = [0xEF, 0xBF, 0xBD];
    for at in 0..bytes.len().saturating_sub(2) {
        if bytes[at] == 0xED && bytes[at + 1] >= 0xA0 {
            bytes[at..at + 3].copy_from_slice(&REPLACEMENT);
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Returns a list or dict as JSON.
fn json(value: &Bound<'_, PyAny>) -> PyResult<String> {
    value.py().import("wirecopy._values")?.getattr("as_json")?.call1((value,))?.extract()
}
