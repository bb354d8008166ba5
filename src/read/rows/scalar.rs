//! Converts values that are neither strings nor nested to text.

use arrow_array::cast::AsArray as _;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type,
    DecimalType, Float16Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
    UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, PrimitiveArray};
use arrow_schema::{DataType, TimeUnit};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::read::encoding::valid_utf8;
use crate::read::parse::value::Value;

/// A value that is neither nested nor borrowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scalar {
    /// No value, or one of a type that no field of an article has.
    Null,
    Bool,
    /// A number as decimal digits.
    Number(String),
    /// A string, a date or a time as ISO 8601.
    String(String),
    /// Bytes that are no text.
    Bytes,
}

impl Scalar {
    /// Returns the value at `row` of a column.
    pub(super) fn of(array: &dyn Array, row: usize) -> Self {
        if array.is_null(row) {
            return Self::Null;
        }
        match array.data_type() {
            DataType::Boolean => Self::Bool,
            DataType::Utf8View => Self::String(array.as_string_view().value(row).to_owned()),
            DataType::BinaryView => Self::of_bytes(array.as_binary_view().value(row)),
            DataType::FixedSizeBinary(_) => Self::of_bytes(array.as_fixed_size_binary().value(row)),
            DataType::Date32 => {
                let days = i64::from(array.as_primitive::<Date32Type>().value(row));
                Self::date(days.checked_mul(SECONDS_A_DAY))
            }
            DataType::Date64 => {
                Self::date(Some(array.as_primitive::<Date64Type>().value(row).div_euclid(MILLISECONDS)))
            }
            DataType::Timestamp(unit, zone) => Self::time(nanoseconds(array, *unit, row), zone.is_some()),
            _ => number(array, row).map_or(Self::Null, Self::Number),
        }
    }

    fn of_bytes(bytes: &[u8]) -> Self {
        valid_utf8(bytes).map_or(Self::Bytes, |text| Self::String(text.to_owned()))
    }

    /// Returns the day that begins `seconds` after 1970.
    fn date(seconds: Option<i64>) -> Self {
        let time = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
        time.map_or(Self::Null, |time| Self::String(TimeZone::UTC.to_datetime(time).date().to_string()))
    }

    /// Returns a time in UTC if it is an instant, and without a zone if it is what a clock shows.
    fn time(nanoseconds: i128, is_instant: bool) -> Self {
        match Timestamp::from_nanosecond(nanoseconds) {
            Ok(time) if is_instant => Self::String(time.to_string()),
            Ok(time) => Self::String(TimeZone::UTC.to_datetime(time).to_string()),
            Err(_) => Self::Null,
        }
    }

    /// Returns the value as a value of a record.
    pub(super) fn value(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Null,
            Self::Bool => Value::Bool,
            Self::Number(digits) => Value::Number(digits),
            Self::String(string) => Value::String(string),
            Self::Bytes => Value::Bytes,
        }
    }
}

const SECONDS_A_DAY: i64 = 86_400;
const MILLISECONDS: i64 = 1000;

/// Returns the nanoseconds between 1970 and a time.
fn nanoseconds(array: &dyn Array, unit: TimeUnit, row: usize) -> i128 {
    let (count, length) = match unit {
        TimeUnit::Second => (array.as_primitive::<TimestampSecondType>().value(row), 1_000_000_000),
        TimeUnit::Millisecond => (array.as_primitive::<TimestampMillisecondType>().value(row), 1_000_000),
        TimeUnit::Microsecond => (array.as_primitive::<TimestampMicrosecondType>().value(row), 1000),
        TimeUnit::Nanosecond => (array.as_primitive::<TimestampNanosecondType>().value(row), 1),
    };
    i128::from(count) * length
}

/// Returns a number as text; nothing if the column has no numbers, or for `NaN` and infinity.
fn number(array: &dyn Array, row: usize) -> Option<String> {
    Some(match array.data_type() {
        DataType::Int8 => integer::<Int8Type>(array, row),
        DataType::Int16 => integer::<Int16Type>(array, row),
        DataType::Int32 => integer::<Int32Type>(array, row),
        DataType::Int64 => integer::<Int64Type>(array, row),
        DataType::UInt8 => integer::<UInt8Type>(array, row),
        DataType::UInt16 => integer::<UInt16Type>(array, row),
        DataType::UInt32 => integer::<UInt32Type>(array, row),
        DataType::UInt64 => integer::<UInt64Type>(array, row),
        DataType::Float16 => return float(f64::from(array.as_primitive::<Float16Type>().value(row))),
        DataType::Float32 => {
            let value = array.as_primitive::<Float32Type>().value(row);
            return value.is_finite().then(|| format!("{value:?}"));
        }
        DataType::Float64 => return float(array.as_primitive::<Float64Type>().value(row)),
        DataType::Decimal32(_, _) => decimal::<Decimal32Type>(array, row),
        DataType::Decimal64(_, _) => decimal::<Decimal64Type>(array, row),
        DataType::Decimal128(_, _) => decimal::<Decimal128Type>(array, row),
        DataType::Decimal256(_, _) => decimal::<Decimal256Type>(array, row),
        _ => return None,
    })
}

fn integer<T: ArrowPrimitiveType<Native: ToString>>(array: &dyn Array, row: usize) -> String {
    array.as_primitive::<T>().value(row).to_string()
}

fn decimal<T: DecimalType>(array: &dyn Array, row: usize) -> String {
    let array: &PrimitiveArray<T> = array.as_primitive();
    array.value_as_string(row)
}

/// Returns a number with a decimal point or an exponent, as JSON has it.
fn float(value: f64) -> Option<String> {
    value.is_finite().then(|| format!("{value:?}"))
}
