//! Copies the columns of a row group: as they are encoded, or without some of their rows.

use std::io::Write;

use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::column::writer::{ColumnCloseResult, ColumnWriterImpl};
use parquet::data_type::{
    BoolType, ByteArrayType, DataType, DoubleType, FixedLenByteArrayType, FloatType, Int32Type, Int64Type,
    Int96Type,
};
use parquet::errors::ParquetError;
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::reader::{ChunkReader, RowGroupReader};
use parquet::file::writer::SerializedRowGroupWriter;

/// The rows of a column that are decoded at a time.
const ROWS: usize = 1024;

/// Appends a column with `rows` rows to a row group, without decoding it. `reader` reads the file in which it is.
pub(super) fn append_chunk<W: Write + Send>(
    row_group: &mut SerializedRowGroupWriter<'_, W>,
    reader: &impl ChunkReader,
    chunk: &ColumnChunkMetaData,
    rows: usize,
) -> Result<(), ParquetError> {
    let (_, length) = chunk.byte_range();
    let close = ColumnCloseResult {
        bytes_written: length,
        rows_written: rows as u64,
        metadata: chunk.clone(),
        bloom_filter: None,
        column_index: None,
        offset_index: None,
    };
    row_group.append_column(reader, close)
}

/// Appends the rows of `group` for which `kept` is true to a row group.
pub(super) fn append_kept<W: Write + Send>(
    row_group: &mut SerializedRowGroupWriter<'_, W>,
    group: &dyn RowGroupReader,
    kept: &[bool],
) -> Result<(), ParquetError> {
    let mut index = 0;
    while let Some(mut column) = row_group.next_column()? {
        match group.get_column_reader(index)? {
            ColumnReader::BoolColumnReader(reader) => {
                copy_kept::<BoolType>(reader, column.typed(), kept)?;
            }
            ColumnReader::Int32ColumnReader(reader) => {
                copy_kept::<Int32Type>(reader, column.typed(), kept)?;
            }
            ColumnReader::Int64ColumnReader(reader) => {
                copy_kept::<Int64Type>(reader, column.typed(), kept)?;
            }
            ColumnReader::Int96ColumnReader(reader) => {
                copy_kept::<Int96Type>(reader, column.typed(), kept)?;
            }
            ColumnReader::FloatColumnReader(reader) => {
                copy_kept::<FloatType>(reader, column.typed(), kept)?;
            }
            ColumnReader::DoubleColumnReader(reader) => {
                copy_kept::<DoubleType>(reader, column.typed(), kept)?;
            }
            ColumnReader::ByteArrayColumnReader(reader) => {
                copy_kept::<ByteArrayType>(reader, column.typed(), kept)?;
            }
            ColumnReader::FixedLenByteArrayColumnReader(reader) => {
                copy_kept::<FixedLenByteArrayType>(reader, column.typed(), kept)?;
            }
        }
        column.close()?;
        index += 1;
    }
    Ok(())
}

/// Copies the values of a column that are in rows for which `kept` is true.
///
/// Of each place in a row, a definition level says how much of the path to it is there: a value is stored only for the
/// greatest level. A repetition level of 0 begins a row (Melnik et al., Dremel, 2010).
fn copy_kept<T: DataType>(
    mut reader: ColumnReaderImpl<T>,
    writer: &mut ColumnWriterImpl<'_, T>,
    kept: &[bool],
) -> Result<(), ParquetError> {
    let descriptor = writer.get_descriptor();
    let (most_defined, most_repeated) = (descriptor.max_def_level(), descriptor.max_rep_level());
    let mut rest = kept;
    while !rest.is_empty() {
        let (mut values, mut defined, mut repeated) = (Vec::new(), Vec::new(), Vec::new());
        let most = rest.len().min(ROWS);
        let (rows, _, places) =
            reader.read_records(most, Some(&mut defined), Some(&mut repeated), &mut values)?;
        if rows == 0 || rows > rest.len() {
            return Err(ParquetError::EOF(
                "a column has another number of rows than its row group".to_owned(),
            ));
        }
        let (now, others) = rest.split_at(rows);
        rest = others;
        let (mut kept_values, mut kept_defined, mut kept_repeated) = (Vec::new(), Vec::new(), Vec::new());
        let mut values = values.into_iter();
        let mut begun = 0;
        for place in 0..places {
            let repetition = repeated.get(place).copied().unwrap_or_default();
            begun += usize::from(most_repeated == 0 || repetition == 0);
            let definition = defined.get(place).copied().unwrap_or_default();
            let value = if definition == most_defined { values.next() } else { None };
            if begun > 0 && now.get(begun - 1).copied().unwrap_or_default() {
                kept_values.extend(value);
                kept_defined.push(definition);
                kept_repeated.push(repetition);
            }
        }
        let levels = |levels: Vec<i16>, most: i16| (most > 0).then_some(levels);
        let (kept_defined, kept_repeated) =
            (levels(kept_defined, most_defined), levels(kept_repeated, most_repeated));
        writer.write_batch(&kept_values, kept_defined.as_deref(), kept_repeated.as_deref())?;
    }
    Ok(())
}
