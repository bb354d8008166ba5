//! Makes articles of rows that were decoded.

use std::num::NonZeroU64;
use std::sync::Arc;

use arrow_array::RecordBatch;

use super::column::Column;
use crate::article::{Article, Location};
use crate::error::{Error, Extent, Problem};
use crate::read::parse::plan::FieldPlan;
use crate::read::records::Records;

/// The properties that all rows of a file have in common.
#[derive(Debug)]
pub(super) struct RowParser {
    pub(super) file: Arc<str>,
    pub(super) plan: Arc<FieldPlan>,
    /// The names of all columns, for messages.
    pub(super) names: Vec<String>,
    pub(super) max_record: usize,
}

/// Consecutive rows of a file.
#[derive(Debug)]
pub(super) struct RowBatch {
    parser: Arc<RowParser>,
    /// The number of the first row, from 1.
    first: u64,
    count: usize,
    /// The columns, each with the index of its name in the plan.
    columns: Vec<(usize, Column)>,
    bytes: usize,
}

impl RowBatch {
    /// Creates the rows of `decoded`, of which the first has the number `first`. If two columns have the same name, the
    /// last one counts.
    pub(super) fn new(parser: &Arc<RowParser>, first: u64, decoded: &RecordBatch) -> Self {
        let schema = decoded.schema_ref();
        let named = schema.fields().iter().zip(decoded.columns());
        let columns: Vec<(usize, Column)> = named
            .filter_map(|(field, array)| {
                Some((parser.plan.index(field.name().as_bytes())?, Column::new(array)))
            })
            .collect();
        let bytes = columns.iter().map(|(_, column)| column.bytes()).sum();
        Self { parser: Arc::clone(parser), first, count: decoded.num_rows(), columns, bytes }
    }
}

impl Records for RowBatch {
    fn count(&self) -> usize {
        self.count
    }

    fn bytes(&self) -> usize {
        self.bytes
    }

    fn article(&self, index: usize) -> Result<Article<'_>, Error> {
        let RowParser { file, plan, names, max_record } = &*self.parser;
        let location = Location { file: Arc::clone(file), line: self.first + index as u64 };
        let mut values = plan.empty_values();
        for (field, column) in &self.columns {
            values[*field] = Some(column.value(index));
        }
        let article = plan.article(&values, &location, &|| names.clone()).and_then(|article| {
            let is_too_long = article.text.len() > *max_record;
            let limit = *max_record;
            if is_too_long { Err(Problem::TooLong { extent: Extent::Record, limit }) } else { Ok(article) }
        });
        let row = NonZeroU64::new(location.line);
        article.map(|article| Article { row, ..article }).map_err(|problem| Error::record(&location, problem))
    }
}
