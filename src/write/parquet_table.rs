//! Writes a table as Parquet: cells come row by row, and are stored by columns.

use std::io::{self, Write};
use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, Float64Builder, Int64Builder, ListBuilder, StringBuilder, StructBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use crate::report::{Cell, CellKind, PairSpans};

/// The rows that are encoded at a time.
const BATCH_ROWS: usize = 1024;
/// The rows of a row group, which is in memory, compressed, until it is complete.
const GROUP_ROWS: usize = 64 << 10;

/// A table that is being written.
pub(crate) struct ParquetTable<'o> {
    /// Writes to memory, which is emptied into `out`: the crate asks for a writer that may move between threads.
    writer: ArrowWriter<Vec<u8>>,
    out: &'o mut dyn Write,
    schema: SchemaRef,
    columns: Vec<ColumnBuilder>,
    rows: usize,
}

impl<'o> ParquetTable<'o> {
    /// Creates a table with columns of these names and types.
    ///
    /// # Errors
    /// If the encoder cannot be created.
    pub(crate) fn new<N: AsRef<str>>(columns: &[(N, CellKind)], out: &'o mut dyn Write) -> io::Result<Self> {
        Self::with(columns, Compression::ZSTD(ZstdLevel::default()), Some(GROUP_ROWS), out)
    }

    /// Creates a table with one row group, however many rows it gets. It has the given compression, or none.
    ///
    /// # Errors
    /// If the encoder cannot be created.
    pub(crate) fn in_one_group<N: AsRef<str>>(
        columns: &[(N, CellKind)],
        compression: Option<Compression>,
        out: &'o mut dyn Write,
    ) -> io::Result<Self> {
        Self::with(columns, compression.unwrap_or(Compression::UNCOMPRESSED), None, out)
    }

    fn with<N: AsRef<str>>(
        columns: &[(N, CellKind)],
        compression: Compression,
        group_rows: Option<usize>,
        out: &'o mut dyn Write,
    ) -> io::Result<Self> {
        let fields: Vec<Field> =
            columns.iter().map(|(name, kind)| column_field(name.as_ref(), *kind)).collect();
        let schema = Arc::new(Schema::new(fields));
        let properties = WriterProperties::builder()
            .set_compression(compression)
            .set_max_row_group_row_count(group_rows)
            .build();
        let writer = ArrowWriter::try_new(Vec::new(), Arc::clone(&schema), Some(properties));
        Ok(Self {
            writer: writer.map_err(io::Error::other)?,
            out,
            schema,
            columns: columns.iter().map(|(_, kind)| ColumnBuilder::new(*kind)).collect(),
            rows: 0,
        })
    }

    /// Adds a row, with a cell for each column.
    ///
    /// # Errors
    /// The error of the writer.
    pub(crate) fn push<'c>(&mut self, cells: impl IntoIterator<Item = Cell<'c>>) -> io::Result<()> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.push(&cell);
        }
        self.rows += 1;
        if self.rows == BATCH_ROWS { self.encode() } else { Ok(()) }
    }

    /// Encodes the rows that were added, and writes what is complete.
    fn encode(&mut self) -> io::Result<()> {
        self.rows = 0;
        let arrays = self.columns.iter_mut().map(ColumnBuilder::finish).collect();
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), arrays).map_err(io::Error::other)?;
        self.writer.write(&batch).map_err(io::Error::other)?;
        self.out.write_all(self.writer.inner())?;
        self.writer.inner_mut().clear();
        Ok(())
    }

    /// Writes the rest of the table.
    ///
    /// # Errors
    /// The error of the writer.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        if self.rows > 0 {
            self.encode()?;
        }
        self.out.write_all(&self.writer.into_inner().map_err(io::Error::other)?)?;
        self.out.flush()
    }
}

/// Returns the field of a column. Any cell may be empty.
pub(crate) fn column_field(name: &str, kind: CellKind) -> Field {
    let data_type = match kind {
        CellKind::Text => DataType::Utf8,
        CellKind::Whole => DataType::Int64,
        CellKind::Score => DataType::Float64,
        CellKind::Flag => DataType::Boolean,
        CellKind::Spans => list_of(span_type()),
        CellKind::PairSpans => list_of(DataType::Struct(pair_fields())),
    };
    Field::new(name, data_type, true)
}

fn list_of(items: DataType) -> DataType {
    DataType::List(Arc::new(Field::new("item", items, true)))
}

/// The begin and the end of a span, as in JSON: a list of two numbers.
fn span_type() -> DataType {
    list_of(DataType::Int64)
}

fn pair_fields() -> Fields {
    ["a", "b"].map(|side| Field::new(side, span_type(), true)).to_vec().into()
}

/// Collects the cells of a column.
enum ColumnBuilder {
    Text(StringBuilder),
    Whole(Int64Builder),
    Score(Float64Builder),
    Flag(BooleanBuilder),
    Spans(ListBuilder<ListBuilder<Int64Builder>>),
    PairSpans(ListBuilder<StructBuilder>),
}

impl ColumnBuilder {
    fn new(kind: CellKind) -> Self {
        let span = || ListBuilder::new(Int64Builder::new());
        match kind {
            CellKind::Text => Self::Text(StringBuilder::new()),
            CellKind::Whole => Self::Whole(Int64Builder::new()),
            CellKind::Score => Self::Score(Float64Builder::new()),
            CellKind::Flag => Self::Flag(BooleanBuilder::new()),
            CellKind::Spans => Self::Spans(ListBuilder::new(span())),
            CellKind::PairSpans => {
                let sides = StructBuilder::new(pair_fields(), vec![Box::new(span()), Box::new(span())]);
                Self::PairSpans(ListBuilder::new(sides))
            }
        }
    }

    /// Adds a cell. One of another type than that of the column is empty.
    fn push(&mut self, cell: &Cell<'_>) {
        match (self, cell) {
            (Self::Text(column), Cell::Text(text)) => column.append_value(text),
            (Self::Text(column), _) => column.append_null(),
            (Self::Whole(column), Cell::Whole(number)) => column.append_value(*number as i64),
            (Self::Whole(column), _) => column.append_null(),
            (Self::Score(column), Cell::Score(number)) => column.append_value(*number),
            (Self::Score(column), _) => column.append_null(),
            (Self::Flag(column), Cell::Flag(flag)) => column.append_value(*flag),
            (Self::Flag(column), _) => column.append_null(),
            (Self::Spans(column), Cell::Spans(spans)) => {
                spans.iter().for_each(|span| append_span(column.values(), *span));
                column.append(true);
            }
            (Self::Spans(column), _) => column.append(false),
            (Self::PairSpans(column), Cell::PairSpans(spans)) => {
                for PairSpans { a, b } in *spans {
                    let sides = column.values();
                    for (side, span) in [a, b].into_iter().enumerate() {
                        if let Some(builder) = sides.field_builder(side) {
                            append_span(builder, *span);
                        }
                    }
                    sides.append(true);
                }
                column.append(true);
            }
            (Self::PairSpans(column), _) => column.append(false),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(column) => Arc::new(column.finish()),
            Self::Whole(column) => Arc::new(column.finish()),
            Self::Score(column) => Arc::new(column.finish()),
            Self::Flag(column) => Arc::new(column.finish()),
            Self::Spans(column) => Arc::new(column.finish()),
            Self::PairSpans(column) => Arc::new(column.finish()),
        }
    }
}

fn append_span(spans: &mut ListBuilder<Int64Builder>, span: [u32; 2]) {
    spans.append_value(span.map(|offset| Some(i64::from(offset))));
}
