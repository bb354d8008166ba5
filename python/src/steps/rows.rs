//! Reads the columns of the rows of a step, and makes those that it returns.

use std::ops::Range;
use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::types::Int64Type;
use arrow_array::{
    Array, ArrayRef, BinaryArray, BooleanArray, Int64Array, ListArray, RecordBatch, RecordBatchOptions,
    StringArray,
};
use arrow_cast::cast;
use arrow_schema::{DataType, Field, Schema};
use pyo3::prelude::*;

use crate::errors::{arrow_error, data_error};

/// The rows of a step.
pub(crate) struct Rows(RecordBatch);

/// A column of whole numbers.
pub(crate) struct Numbers(Int64Array);

/// A column of bytes.
pub(crate) struct Bytes(BinaryArray);

/// A column of strings.
pub(crate) struct Texts(StringArray);

/// A column of lists of whole numbers.
pub(crate) struct Lists(ListArray);

/// A column of truth values.
pub(crate) struct Flags(BooleanArray);

impl Rows {
    pub(crate) fn new(batch: RecordBatch) -> Self {
        Self(batch)
    }

    pub(crate) fn batch(&self) -> &RecordBatch {
        &self.0
    }

    pub(crate) fn count(&self) -> usize {
        self.0.num_rows()
    }

    /// Returns the numbers of the column at an index.
    pub(crate) fn numbers_at(&self, index: usize) -> PyResult<Numbers> {
        let column = self.0.columns().get(index).ok_or_else(wrong_rows)?;
        let column = cast(column, &DataType::Int64).map_err(|error| arrow_error(&error))?;
        Ok(Numbers(column.as_primitive::<Int64Type>().clone()))
    }

    fn column(&self, name: &str, kind: &DataType) -> PyResult<ArrayRef> {
        let column = self.0.column_by_name(name);
        let column = column.ok_or_else(|| data_error(format!("the step needs the column {name:?}")))?;
        cast(column, kind).map_err(|error| arrow_error(&error))
    }

    pub(crate) fn numbers(&self, name: &str) -> PyResult<Numbers> {
        Ok(Numbers(self.column(name, &DataType::Int64)?.as_primitive::<Int64Type>().clone()))
    }

    pub(crate) fn bytes(&self, name: &str) -> PyResult<Bytes> {
        Ok(Bytes(self.column(name, &DataType::Binary)?.as_binary::<i32>().clone()))
    }

    pub(crate) fn texts(&self, name: &str) -> PyResult<Texts> {
        Ok(Texts(self.column(name, &DataType::Utf8)?.as_string::<i32>().clone()))
    }

    pub(crate) fn lists(&self, name: &str) -> PyResult<Lists> {
        Ok(Lists(self.column(name, &list_type())?.as_list::<i32>().clone()))
    }

    pub(crate) fn flags(&self, name: &str) -> PyResult<Flags> {
        Ok(Flags(self.column(name, &DataType::Boolean)?.as_boolean().clone()))
    }
}

impl Numbers {
    /// Returns the number of a row, if it has one.
    pub(crate) fn get(&self, row: usize) -> Option<i64> {
        self.0.is_valid(row).then(|| self.0.value(row))
    }

    /// Returns the number of a row; 0 if it has none.
    pub(crate) fn at(&self, row: usize) -> i64 {
        self.get(row).unwrap_or_default()
    }

    /// Returns those rows of a range that have this number.
    pub(crate) fn rows_with(&self, range: &Range<usize>, number: i64) -> Vec<usize> {
        range.clone().filter(|&row| self.at(row) == number).collect()
    }

    /// Returns the ranges of consecutive rows with the same number.
    pub(crate) fn groups(&self) -> Vec<Range<usize>> {
        groups(self.0.len(), |one, other| self.get(one) == self.get(other))
    }
}

impl Bytes {
    /// Returns the bytes of a row; none if it has none.
    pub(crate) fn at(&self, row: usize) -> &[u8] {
        if self.0.is_valid(row) { self.0.value(row) } else { &[] }
    }

    /// Returns the bytes of a row, if it has some.
    pub(crate) fn get(&self, row: usize) -> Option<&[u8]> {
        self.0.is_valid(row).then(|| self.0.value(row))
    }
}

impl Texts {
    pub(crate) fn get(&self, row: usize) -> Option<&str> {
        self.0.is_valid(row).then(|| self.0.value(row))
    }
}

impl Lists {
    /// Returns the numbers of a row; none if it has none.
    pub(crate) fn at(&self, row: usize) -> Vec<u64> {
        if self.0.is_null(row) {
            return Vec::new();
        }
        let numbers = self.0.value(row);
        numbers.as_primitive::<Int64Type>().iter().flatten().map(|number| number as u64).collect()
    }
}

impl Flags {
    pub(crate) fn at(&self, row: usize) -> bool {
        self.0.is_valid(row) && self.0.value(row)
    }
}

/// Returns the ranges of consecutive rows of which each two neighbors are the same.
pub(crate) fn groups(rows: usize, is_same: impl Fn(usize, usize) -> bool) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for row in 0..rows {
        match found.last_mut() {
            Some(group) if is_same(row - 1, row) => group.end = row + 1,
            _ => found.push(row..row + 1),
        }
    }
    found
}

/// Returns the type of lists of whole numbers.
fn list_type() -> DataType {
    DataType::List(Arc::new(Field::new("item", DataType::Int64, true)))
}

/// Returns the error for rows that another step, or another version, has made.
pub(crate) fn wrong_rows() -> PyErr {
    data_error(
        "the rows are not those that the step before makes; all workers must have one version of wirecopy",
    )
}

/// The columns that a step returns.
#[derive(Default)]
pub(crate) struct Columns {
    fields: Vec<Field>,
    arrays: Vec<ArrayRef>,
}

impl Columns {
    fn push(mut self, name: &str, array: ArrayRef) -> Self {
        self.fields.push(Field::new(name, array.data_type().clone(), true));
        self.arrays.push(array);
        self
    }

    pub(crate) fn numbers<T: Into<Option<i64>>>(
        self,
        name: &str,
        values: impl IntoIterator<Item = T>,
    ) -> Self {
        let values: Int64Array = values.into_iter().map(Into::into).collect();
        self.push(name, Arc::new(values))
    }

    pub(crate) fn bytes(self, name: &str, values: impl IntoIterator<Item = Vec<u8>>) -> Self {
        self.push(name, Arc::new(BinaryArray::from_iter_values(values)))
    }

    pub(crate) fn lists(self, name: &str, values: impl IntoIterator<Item = Vec<u64>>) -> Self {
        let lists = values.into_iter().map(|list| Some(list.into_iter().map(|number| Some(number as i64))));
        self.push(name, Arc::new(ListArray::from_iter_primitive::<Int64Type, _, _>(lists)))
    }

    pub(crate) fn texts(self, name: &str, values: impl IntoIterator<Item = Option<String>>) -> Self {
        self.push(name, Arc::new(values.into_iter().collect::<StringArray>()))
    }

    pub(crate) fn flags(self, name: &str, values: impl IntoIterator<Item = bool>) -> Self {
        self.push(name, Arc::new(values.into_iter().map(Some).collect::<BooleanArray>()))
    }

    /// Returns the columns as rows, each with the columns of a row of `others` beside it.
    pub(crate) fn beside(self, others: &RecordBatch) -> PyResult<RecordBatch> {
        let schema = others.schema();
        let others = schema.fields().iter().zip(others.columns());
        let all = others.fold(self, |columns, (field, array)| columns.push(field.name(), Arc::clone(array)));
        all.finish()
    }

    /// Returns the columns as rows.
    pub(crate) fn finish(self) -> PyResult<RecordBatch> {
        let rows = self.arrays.first().map_or(0, Array::len);
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        RecordBatch::try_new_with_options(Arc::new(Schema::new(self.fields)), self.arrays, &options)
            .map_err(|error| arrow_error(&error))
    }
}
