//! The rows of an Arrow table, as records of articles.

use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use wirecopy::read::{Records, RowParser};
use wirecopy::{Article, Error};

use crate::column::Column;

/// The number of rows that are taken in together: enough for all threads, and so few that a run can be interrupted.
pub(crate) const ROWS: usize = 4096;

/// Consecutive rows of a table.
#[derive(Debug)]
pub(crate) struct TableRows {
    parser: Arc<RowParser>,
    /// The number of the first row.
    first: u64,
    count: usize,
    /// The columns that are needed, with the indexes of their fields.
    columns: Vec<(usize, Column)>,
    names: Arc<Vec<String>>,
    bytes: usize,
}

impl TableRows {
    /// Creates the rows of a batch, of which the first has the number `first`.
    ///
    /// # Errors
    /// If a column cannot be converted.
    pub(crate) fn new(
        parser: &Arc<RowParser>,
        first: u64,
        batch: &RecordBatch,
        names: &Arc<Vec<String>>,
    ) -> Result<Self, ArrowError> {
        let schema = batch.schema();
        let mut columns = Vec::new();
        for (array, field) in batch.columns().iter().zip(schema.fields()) {
            if let Some(index) = parser.index(field.name()) {
                columns.push((index, Column::new(array, field)?));
            }
        }
        let count = batch.num_rows();
        let bytes = columns.iter().flat_map(|(_, column)| (0..count).map(|row| column.bytes(row))).sum();
        Ok(Self { parser: Arc::clone(parser), first, count, columns, names: Arc::clone(names), bytes })
    }
}

impl Records for TableRows {
    fn count(&self) -> usize {
        self.count
    }

    fn bytes(&self) -> usize {
        self.bytes
    }

    fn article(&self, index: usize) -> Result<Article<'_>, Error> {
        let values = self.columns.iter().map(|(field, column)| (*field, column.value(index)));
        self.parser.article(self.first + index as u64, values, &|| self.names.to_vec())
    }
}
