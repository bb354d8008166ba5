//! Defines the columns of the tables that results are returned as. Their names are those of `docs/formats.md`.

use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_json::ReaderBuilder;
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema, SchemaRef};
use serde::Serialize;

/// The type of a column.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Text,
    Texts,
    Whole,
    Score,
    Flag,
    /// Begin and end of parts of a text, in characters.
    Spans,
    /// Spans in two texts.
    PairSpans,
    /// The articles that contain a removed one.
    Kept,
}

/// The name and the type of a column.
pub(crate) type ColumnKind = (&'static str, Kind);

use Kind::{Flag, Kept, PairSpans, Score, Spans, Text, Texts, Whole};

/// A row for each cluster.
pub(crate) const CLUSTERS: &[ColumnKind] = &[
    ("cluster_id", Text),
    ("story_id", Text),
    ("size", Whole),
    ("sites", Whole),
    ("independent_sites", Whole),
    ("agency", Text),
    ("junk", Flag),
    ("representative", Text),
    ("representative_title", Text),
    ("representative_url", Text),
    ("representative_site", Text),
    ("representative_why", Text),
    ("cohesion", Score),
];

/// A row for each member of each cluster.
pub(crate) const MEMBERS: &[ColumnKind] = &[
    ("cluster_id", Text),
    ("story_id", Text),
    ("key", Text),
    ("location", Text),
    ("row", Whole),
    ("title", Text),
    ("url", Text),
    ("site", Text),
    ("published", Text),
    ("published_utc", Text),
    ("relation", Text),
    ("passage_relation", Text),
    ("kind", Text),
    ("coverage", Score),
    ("article_coverage", Score),
    ("resemblance", Score),
    ("excerpt", Text),
    ("spans", Spans),
    ("representative_spans", Spans),
    ("bridge", Flag),
    ("credit", Text),
    ("reference", Flag),
];

/// A row for each pair.
pub(crate) const PAIRS: &[ColumnKind] = &[
    ("a", Text),
    ("b", Text),
    ("location_a", Text),
    ("location_b", Text),
    ("row_a", Whole),
    ("row_b", Whole),
    ("title_a", Text),
    ("title_b", Text),
    ("url_a", Text),
    ("url_b", Text),
    ("site_a", Text),
    ("site_b", Text),
    ("published_a", Text),
    ("published_b", Text),
    ("published_utc_a", Text),
    ("published_utc_b", Text),
    ("relation", Text),
    ("kind", Text),
    ("junk", Flag),
    ("resemblance", Score),
    ("containment_a", Score),
    ("containment_b", Score),
    ("coverage_a", Score),
    ("coverage_b", Score),
    ("shared_words", Whole),
    ("excerpt", Text),
    ("reference_a", Flag),
    ("reference_b", Flag),
    ("spans", PairSpans),
];

/// A row for each removed article.
pub(crate) const REMOVED: &[ColumnKind] = &[
    ("key", Text),
    ("location", Text),
    ("row", Whole),
    ("reason", Text),
    ("kept_as", Kept),
    ("coverage", Score),
    ("unique_text", Texts),
];

/// The columns that `flag` adds: a row for each row of the data.
pub(crate) const FLAGS: &[ColumnKind] = &[
    ("cluster_id", Text),
    ("story_id", Text),
    ("relation", Text),
    ("passage_relation", Text),
    ("kind", Text),
    ("of", Text),
    ("of_location", Text),
    ("of_row", Whole),
    ("of_title", Text),
    ("of_url", Text),
    ("of_site", Text),
    ("of_published_utc", Text),
    ("of_reference", Flag),
    ("coverage", Score),
    ("article_coverage", Score),
    ("credit", Text),
    ("published_utc", Text),
    ("other_cluster_ids", Texts),
];

/// The figures of a run, in one row.
pub(crate) const SUMMARY: &[ColumnKind] = &[
    ("version", Text),
    ("articles", Whole),
    ("invalid", Whole),
    ("too_short", Whole),
    ("copies", Whole),
    ("masked", Whole),
    ("without_site", Whole),
    ("without_date", Whole),
    ("text_bytes", Whole),
    ("candidates", Whole),
    ("matches", Whole),
    ("clusters", Whole),
    ("references", Whole),
    ("collections", Texts),
];

impl Kind {
    fn data_type(self) -> DataType {
        let list = |of: DataType| DataType::List(Arc::new(Field::new("item", of, true)));
        let spans = || list(list(DataType::Int64));
        match self {
            Text => DataType::Utf8,
            Texts => list(DataType::Utf8),
            Whole => DataType::Int64,
            Score => DataType::Float64,
            Flag => DataType::Boolean,
            Spans => spans(),
            PairSpans => {
                let sides = ["a", "b"].map(|side| Field::new(side, list(DataType::Int64), true));
                list(DataType::Struct(Fields::from(sides.to_vec())))
            }
            Kept => {
                let fields = [
                    ("key", DataType::Utf8),
                    ("location", DataType::Utf8),
                    ("reference", DataType::Boolean),
                    ("relation", DataType::Utf8),
                    ("coverage", DataType::Float64),
                    ("spans", spans()),
                ];
                let fields = fields.map(|(name, of)| Field::new(name, of, true));
                list(DataType::Struct(Fields::from(fields.to_vec())))
            }
        }
    }
}

/// Returns the schema of a table with these columns.
pub(crate) fn schema(columns: &[ColumnKind]) -> SchemaRef {
    let fields = columns.iter().map(|(name, kind)| Field::new(*name, kind.data_type(), true));
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

/// The number of rows of a batch of a result.
const ROWS: usize = 8192;

/// Returns records as a table with these columns. Fields of a record that are no columns are left out.
///
/// # Errors
/// If a field does not have the type of its column.
pub(crate) fn table<T: Serialize>(
    columns: &[ColumnKind],
    records: impl IntoIterator<Item = T>,
) -> Result<Vec<RecordBatch>, ArrowError> {
    let mut batches = Vec::new();
    let mut decoder = ReaderBuilder::new(schema(columns)).with_batch_size(ROWS).build_decoder()?;
    let mut some = Vec::with_capacity(ROWS);
    let mut records = records.into_iter();
    loop {
        some.extend(records.by_ref().take(ROWS));
        if some.is_empty() {
            return Ok(batches);
        }
        decoder.serialize(&some)?;
        batches.extend(decoder.flush()?);
        some.clear();
    }
}
