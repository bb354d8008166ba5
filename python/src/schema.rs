//! Defines the columns of the tables that results are returned as. Their names are those of `docs/formats.md`.

use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_json::ReaderBuilder;
use arrow_json::reader::Decoder;
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
    ("date_doubted", Flag),
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
    ("date_doubted", Flag),
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
    ("dates_not_understood", Whole),
    ("dates_doubted", Whole),
    ("decoded_wrongly", Whole),
    ("with_references", Whole),
    ("with_markup", Whole),
    ("masked_printed_elsewhere", Whole),
    ("preferred_sites_missing", Texts),
    ("text_bytes", Whole),
    ("candidates", Whole),
    ("matches", Whole),
    ("clusters", Whole),
    ("references", Whole),
    ("collections", Texts),
];

/// A row for each event of an archive.
pub(crate) const EVENTS: &[ColumnKind] = &[
    ("at", Whole),
    ("event", Text),
    ("story_id", Text),
    ("representative", Text),
    ("size", Whole),
    ("into", Text),
    ("from", Text),
    ("key", Text),
    ("before", Whole),
    ("articles", Whole),
];

/// A row for each template that was given to an archive.
pub(crate) const TEMPLATES: &[ColumnKind] =
    &[("site", Text), ("text", Text), ("words", Whole), ("given_in", Text), ("given_utc", Text)];

/// A row for each article of an archive.
pub(crate) const ARTICLES: &[ColumnKind] = &[
    ("key", Text),
    ("site", Text),
    ("url", Text),
    ("published", Text),
    ("title", Text),
    ("location", Text),
    ("seen_utc", Text),
    ("words", Whole),
    ("story_ids", Texts),
    ("kept", Flag),
    ("text", Text),
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

/// Writes records as the rows of a table. Fields of a record that are no columns are left out.
pub(crate) struct TableWriter<T> {
    decoder: Decoder,
    waiting: Vec<T>,
    batches: Vec<RecordBatch>,
}

impl<T: Serialize> TableWriter<T> {
    /// Creates a table with these columns.
    ///
    /// # Errors
    /// If there is no type for a column.
    pub(crate) fn new(columns: &[ColumnKind]) -> Result<Self, ArrowError> {
        let decoder = ReaderBuilder::new(schema(columns)).with_batch_size(ROWS).build_decoder()?;
        Ok(Self { decoder, waiting: Vec::with_capacity(ROWS), batches: Vec::new() })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// If a field does not have the type of its column.
    pub(crate) fn push(&mut self, record: T) -> Result<(), ArrowError> {
        self.waiting.push(record);
        if self.waiting.len() < ROWS { Ok(()) } else { self.flush() }
    }

    fn flush(&mut self) -> Result<(), ArrowError> {
        self.decoder.serialize(&self.waiting)?;
        self.batches.extend(self.decoder.flush()?);
        self.waiting.clear();
        Ok(())
    }

    /// Returns the rows.
    ///
    /// # Errors
    /// If a field does not have the type of its column.
    pub(crate) fn finish(mut self) -> Result<Vec<RecordBatch>, ArrowError> {
        self.flush()?;
        Ok(self.batches)
    }
}

/// Returns records as a table with these columns. Fields of a record that are no columns are left out.
///
/// # Errors
/// If a field does not have the type of its column.
pub(crate) fn table<T: Serialize>(
    columns: &[ColumnKind],
    records: impl IntoIterator<Item = T>,
) -> Result<Vec<RecordBatch>, ArrowError> {
    let mut table = TableWriter::new(columns)?;
    records.into_iter().try_for_each(|record| table.push(record))?;
    table.finish()
}
