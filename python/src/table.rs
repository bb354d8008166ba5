//! The table that results are returned as: Arrow data that any library takes without a copy.

use std::sync::Arc;

use arrow_array::{RecordBatch, RecordBatchIterator};
use arrow_json::ArrayWriter;
use arrow_json::writer::{JsonArray, WriterBuilder};
use arrow_schema::SchemaRef;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule};
use pyo3_arrow::PyRecordBatchReader;

use crate::errors::arrow_error;
use crate::schema::{ColumnKind, schema};

/// Rows of results.
#[pyclass(frozen, module = "wirecopy._wirecopy", name = "ArrowTable")]
pub(crate) struct ArrowTable {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl ArrowTable {
    pub(crate) fn new(columns: &[ColumnKind], batches: Vec<RecordBatch>) -> Self {
        Self { schema: schema(columns), batches }
    }

    pub(crate) fn of_batch(batch: RecordBatch) -> Self {
        Self { schema: batch.schema(), batches: vec![batch] }
    }
}

#[pymethods]
impl ArrowTable {
    /// Takes the rows of any object with `__arrow_c_stream__`.
    #[new]
    fn of_stream(table: PyRecordBatchReader) -> PyResult<Self> {
        let reader = table.into_reader()?;
        let schema = reader.schema();
        let batches = reader.collect::<Result<_, _>>().map_err(|error| arrow_error(&error))?;
        Ok(Self { schema, batches })
    }

    /// Returns the rows as a stream of Arrow data.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let batches = self.batches.clone().into_iter().map(Ok);
        let reader = RecordBatchIterator::new(batches, Arc::clone(&self.schema));
        let reader = Bound::new(py, PyRecordBatchReader::new(Box::new(reader)))?;
        reader.call_method1("__arrow_c_stream__", (requested_schema,))
    }

    /// Returns the number of rows.
    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// Returns the names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    /// Returns some rows as a JSON array of objects.
    fn json<'py>(&self, py: Python<'py>, begin: usize, count: usize) -> PyResult<Bound<'py, PyBytes>> {
        let mut writer: ArrayWriter<Vec<u8>> =
            WriterBuilder::new().with_explicit_nulls(true).build::<_, JsonArray>(Vec::new());
        let (mut skipped, mut left) = (begin, count);
        for batch in &self.batches {
            let from = skipped.min(batch.num_rows());
            let rows = left.min(batch.num_rows() - from);
            if rows > 0 {
                writer.write(&batch.slice(from, rows)).map_err(|error| arrow_error(&error))?;
            }
            (skipped, left) = (skipped - from, left - rows);
        }
        writer.finish().map_err(|error| arrow_error(&error))?;
        Ok(PyBytes::new(py, &writer.into_inner()))
    }
}
