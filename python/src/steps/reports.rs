//! The last steps: clusters and pairs, as the rows that callers get.

use std::sync::Arc;

use arrow_array::{Array as _, ArrayRef, ListArray, RecordBatch, StructArray};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{DataType, Field, Schema};
use arrow_select::concat::concat_batches;
use pyo3::prelude::*;
use wirecopy::report::{ClusterRecord, Offsets, PairRecord};

use super::StepSettings;
use super::components::{ArticleColumns, Components};
use super::part::part_of;
use super::rows::{Rows, wrong_rows};
use crate::errors::arrow_error;
use crate::schema::{CLUSTERS, ColumnKind, MEMBERS, PAIRS, REMOVED, SUMMARY, schema, table};
use crate::table::ArrowTable;

/// Finds the clusters of components.
pub(super) fn clusters(rows: &Rows, given: &StepSettings) -> PyResult<RecordBatch> {
    let Components { findings, .. } = Components::new(rows, given)?;
    let records: Vec<_> = findings.cluster_records(Offsets::Chars).collect();
    let clusters = one_batch(CLUSTERS, records.iter().cloned().map(ClusterRecord::without_members))?;
    let members = one_batch(MEMBERS, records.iter().flat_map(|record| record.members.iter()))?;
    with_members(&clusters, &members, records.iter().map(|record| record.members.len()))
}

/// Returns clusters with a column of lists of their members.
fn with_members(
    clusters: &RecordBatch,
    members: &RecordBatch,
    sizes: impl Iterator<Item = usize>,
) -> PyResult<RecordBatch> {
    let fields = members.schema().fields().clone();
    let rows = StructArray::new(fields, members.columns().to_vec(), None);
    let item = Arc::new(Field::new("item", rows.data_type().clone(), true));
    let offsets = OffsetBuffer::from_lengths(sizes);
    let lists = ListArray::new(Arc::clone(&item), offsets, Arc::new(rows), None);
    let mut fields: Vec<Arc<Field>> = clusters.schema().fields().iter().map(Arc::clone).collect();
    fields.push(Arc::new(Field::new("members", DataType::List(item), true)));
    let mut columns = clusters.columns().to_vec();
    columns.push(Arc::new(lists) as ArrayRef);
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).map_err(|error| arrow_error(&error))
}

/// Describes pairs of articles: a `match`, or two identical articles.
pub(super) fn pairs(rows: &Rows, given: &StepSettings) -> PyResult<RecordBatch> {
    let sides = [ArticleColumns::new(rows, "a", "_a")?, ArticleColumns::new(rows, "b", "_b")?];
    let matches = rows.bytes("match")?;
    let articles = sides.iter().flat_map(|side| (0..rows.count()).map(|row| side.article(row)));
    let part = part_of(articles, given)?;
    let mut verifier = part.verifier(&given.settings);
    let mut found = Vec::with_capacity(rows.count());
    for row in 0..rows.count() {
        let [a, b] = [0, 1].map(|side| sides[side].numbers.at(row) as u64);
        let of_row = match matches.get(row) {
            Some(bytes) => Some(part.decode_match(a, b, bytes).ok_or_else(wrong_rows)?),
            None => verifier.verify(part.id(a).ok_or_else(wrong_rows)?, part.id(b).ok_or_else(wrong_rows)?),
        };
        found.extend(of_row);
    }
    let records = found.iter().map(|found| PairRecord::new(part.corpus(), found, Offsets::Chars));
    one_batch(PAIRS, records)
}

/// Returns records as the rows of one batch.
pub(super) fn one_batch<T: serde::Serialize>(
    columns: &[ColumnKind],
    records: impl IntoIterator<Item = T>,
) -> PyResult<RecordBatch> {
    let batches = table(columns, records).map_err(|error| arrow_error(&error))?;
    concat_batches(&schema(columns), &batches).map_err(|error| arrow_error(&error))
}

/// Returns the rows of a result without rows: its columns are those of a last step.
///
/// # Errors
/// If there is no such step.
#[pyfunction]
pub(crate) fn empty_result(step: &str) -> PyResult<ArrowTable> {
    let batch = match step {
        "clusters" => {
            with_members(&one_batch::<()>(CLUSTERS, [])?, &one_batch::<()>(MEMBERS, [])?, std::iter::empty())?
        }
        "removed" => one_batch::<()>(REMOVED, [])?,
        "summary" => one_batch::<()>(SUMMARY, [])?,
        _ => one_batch::<()>(PAIRS, [])?,
    };
    Ok(ArrowTable::of_batch(batch))
}
