//! Writes a Parquet file without some of its rows, or with more columns.
//!
//! The schema, the metadata, the order of rows and the compression of each column stay. A row group that loses no row is
//! copied as it is encoded; one that loses rows is encoded again, a column after the other; one that loses all of them is
//! left out. Page indexes and Bloom filters, which only spare readers some work, are not copied.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use arrow_schema::{FieldRef, Schema};
use bytes::Bytes;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions};
use parquet::arrow::{ARROW_SCHEMA_META_KEY, ArrowSchemaConverter, encode_arrow_schema};
use parquet::errors::ParquetError;
use parquet::file::metadata::{
    ColumnChunkMetaData, KeyValue, ParquetMetaData, ParquetMetaDataReader, RowGroupMetaData,
};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};

use super::compressed_writer::CompressedWriter;
use super::row_group::{append_chunk, append_kept};
use super::write_failure::{FailureRecorder, WriteFailure};
use crate::error::{Error, FieldForm, ParquetProblem, Problem};
use crate::read::{
    Batch, Compression, HashedPrefix, Input, ReadOptions, Reader, SeekableFile, SourceSummary, guarded,
    has_encrypted_columns,
};
use crate::report::{Cell, CellKind};
use crate::write::{ParquetTable, column_field};

/// A Parquet file of which an edited version is written.
#[derive(Clone, Copy, Debug)]
pub struct RowRewriter<'a> {
    /// The input. It was read before.
    pub input: &'a Input,
    /// The options with which it was first read.
    pub options: &'a ReadOptions,
    /// The summary of that first reading.
    pub summary: &'a SourceSummary,
    /// The compression of the output as a whole.
    pub compression: Compression,
}

/// The file that is read, and what is written.
struct Open<'o> {
    reader: SerializedFileReader<SeekableFile>,
    file: SeekableFile,
    out: CompressedWriter<FailureRecorder<'o>>,
    failure: WriteFailure,
}

impl RowRewriter<'_> {
    /// Writes the rows for which `keep` returns true. It is called for each row in order, with its batch and its index in
    /// the batch; also for rows of which no article can be made.
    ///
    /// # Errors
    /// Returns the first error of `keep`; an [`Error::Input`] if the input cannot be read, or has changed since it was
    /// first read; an [`Error::Output`] with `name` if the output cannot be written.
    pub fn write_kept(
        &self,
        name: &Path,
        out: &mut (dyn Write + Send),
        mut keep: impl FnMut(&Batch, usize) -> Result<bool, Error>,
    ) -> Result<(), Error> {
        let mut reader = Reader::new(vec![self.input_again()?], self.options.clone());
        let mut kept = Vec::new();
        while let Some(batch) = reader.next_batch()? {
            for index in 0..batch.len() {
                kept.push(keep(&batch, index)?);
            }
        }
        let Open { reader, file, out, failure } = self.open(name, out)?;
        let metadata = reader.metadata();
        let schema = metadata.file_metadata().schema_descr().root_schema_ptr();
        let written = guarded(|| {
            let properties = properties(metadata, metadata.file_metadata().key_value_metadata().cloned());
            let mut writer = SerializedFileWriter::new(out, schema, Arc::new(properties))?;
            let mut rest = kept.as_slice();
            for (index, group) in metadata.row_groups().iter().enumerate() {
                let rows = usize::try_from(group.num_rows())?;
                let (of_group, others) = rest.split_at_checked(rows).ok_or_else(too_few_rows)?;
                rest = others;
                if of_group.iter().all(|keep| !keep) {
                    continue;
                }
                let mut row_group = writer.next_row_group()?;
                if of_group.iter().all(|keep| *keep) {
                    group
                        .columns()
                        .iter()
                        .try_for_each(|chunk| append_chunk(&mut row_group, &file, chunk, rows))?;
                } else {
                    append_kept(&mut row_group, &*reader.get_row_group(index)?, of_group)?;
                }
                row_group.close()?;
            }
            finish(writer)
        });
        self.outcome(name, &failure, written)
    }

    /// Writes all rows, with more columns at the end. `cells` returns the cells of a row, by its index in the file.
    ///
    /// # Errors
    /// As [`RowRewriter::write_kept`]; also an [`Error::Input`] if the input has a column of one of these names.
    pub fn write_with_columns(
        &self,
        name: &Path,
        out: &mut (dyn Write + Send),
        columns: &[(String, CellKind)],
        mut cells: impl FnMut(usize) -> Vec<Cell<'static>>,
    ) -> Result<(), Error> {
        let Open { reader, file, out, failure } = self.open(name, out)?;
        let metadata = reader.metadata();
        let root = metadata.file_metadata().schema_descr().root_schema_ptr();
        if let Some((name, _)) = columns.iter().find(|(name, _)| has_field(&root, name)) {
            let taken = Problem::NameTaken { form: FieldForm::Column, name: name.clone() };
            return Err(self.error(taken));
        }
        let written = guarded(|| {
            let added = added_fields(columns)?;
            let fields = root.get_fields().iter().cloned().chain(added).collect();
            let schema = Type::group_type_builder(root.name()).with_fields(fields).build()?;
            let properties = properties(metadata, with_arrow_columns(metadata, columns)?);
            let mut writer = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
            let mut row = 0;
            for group in metadata.row_groups() {
                let rows = usize::try_from(group.num_rows())?;
                let mut row_group = writer.next_row_group()?;
                group
                    .columns()
                    .iter()
                    .try_for_each(|chunk| append_chunk(&mut row_group, &file, chunk, rows))?;
                // The cells are encoded as a table of their own, of which they are copied column by column.
                let compression = group.columns().first().map(ColumnChunkMetaData::compression);
                let encoded = encoded(columns, compression, (row..row + rows).map(&mut cells))?;
                row += rows;
                let added = ParquetMetaDataReader::new().parse_and_finish(&encoded)?;
                let chunks = added.row_groups().iter().flat_map(RowGroupMetaData::columns);
                for chunk in chunks {
                    append_chunk(&mut row_group, &encoded, chunk, rows)?;
                }
                row_group.close()?;
            }
            finish(writer)
        });
        self.outcome(name, &failure, written)
    }

    /// Opens the input once more, and the output.
    fn open<'o>(&self, name: &Path, out: &'o mut (dyn Write + Send)) -> Result<Open<'o>, Error> {
        let folder = self.options.temp_dir.clone().unwrap_or_else(std::env::temp_dir);
        let file = SeekableFile::open(self.input_again()?, &folder)?;
        let mut hash = HashedPrefix::new();
        hash.extend(&file, u64::MAX).map_err(|error| self.error(Problem::unreadable(&error)))?;
        if (hash.position(), hash.digest()) != (self.summary.bytes, self.summary.hash) {
            return Err(self.error(Problem::Changed));
        }
        let reader = guarded(|| SerializedFileReader::new(file.clone()))
            .map_err(|message| self.error(Problem::Parquet(ParquetProblem::DamagedFooter { message })))?;
        if has_encrypted_columns(&file) {
            // Their bytes could be copied, but not what says how they are decrypted.
            return Err(self.error(Problem::Parquet(ParquetProblem::Encrypted)));
        }
        let failure = WriteFailure::default();
        let out = CompressedWriter::new(FailureRecorder::new(out, &failure), self.compression)
            .map_err(|source| Error::Output { path: name.to_owned(), source })?;
        Ok(Open { reader, file, out, failure })
    }

    /// Opens the input once more.
    fn input_again(&self) -> Result<Input, Error> {
        self.input.again().ok_or_else(|| self.error(Problem::ReadOnce))
    }

    fn error(&self, problem: Problem) -> Error {
        Error::input(Path::new(self.input.name()), problem)
    }
}

fn too_few_rows() -> ParquetError {
    ParquetError::General("it has fewer rows than its footer says".to_owned())
}

impl RowRewriter<'_> {
    /// Returns the result of writing, of which `written` has the message of an error.
    fn outcome(&self, name: &Path, failure: &WriteFailure, written: Result<(), String>) -> Result<(), Error> {
        match (failure.take(), written) {
            (Some(source), _) => Err(Error::Output { path: name.to_owned(), source }),
            (None, Ok(())) => Ok(()),
            (None, Err(message)) => Err(self.error(Problem::Parquet(ParquetProblem::NotCopied { message }))),
        }
    }
}

/// Writes the footer, and the end of the compressed data.
fn finish<W: Write + Send>(writer: SerializedFileWriter<CompressedWriter<W>>) -> Result<(), ParquetError> {
    Ok(writer.into_inner()?.finish()?.flush()?)
}

/// Returns the properties of an output: its metadata, and the compression that each column of the input has.
fn properties(metadata: &ParquetMetaData, key_values: Option<Vec<KeyValue>>) -> WriterProperties {
    // Either all row groups have page indexes or none: those that are copied as they are encoded have none.
    let mut properties = WriterProperties::builder()
        .set_key_value_metadata(key_values)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_offset_index_disabled(true);
    if let Some(group) = metadata.row_groups().first() {
        for chunk in group.columns() {
            let path = chunk.column_path();
            properties = properties
                .set_column_compression(path.clone(), chunk.compression())
                .set_column_dictionary_enabled(path.clone(), chunk.dictionary_page_offset().is_some());
        }
        properties = properties.set_sorting_columns(group.sorting_columns().cloned());
    }
    properties.build()
}

/// Returns the metadata of a file with more columns. The Arrow schema, in which programs look for the types that the
/// columns had, gets them, too.
fn with_arrow_columns(
    metadata: &ParquetMetaData,
    columns: &[(String, CellKind)],
) -> Result<Option<Vec<KeyValue>>, ParquetError> {
    let Some(mut key_values) = metadata.file_metadata().key_value_metadata().cloned() else {
        return Ok(None);
    };
    if let Some(stored) = key_values.iter_mut().find(|pair| pair.key == ARROW_SCHEMA_META_KEY) {
        let arrow = ArrowReaderMetadata::try_new(Arc::new(metadata.clone()), ArrowReaderOptions::new())?;
        let added = columns.iter().map(|(name, kind)| Arc::new(column_field(name, *kind)));
        let fields: Vec<FieldRef> = arrow.schema().fields().iter().cloned().chain(added).collect();
        let schema = Schema::new_with_metadata(fields, arrow.schema().metadata().clone());
        stored.value = Some(encode_arrow_schema(&schema));
    }
    Ok(Some(key_values))
}

/// Returns the fields of the schema that columns have in a file.
fn added_fields(columns: &[(String, CellKind)]) -> Result<Vec<TypePtr>, ParquetError> {
    let fields: Vec<_> = columns.iter().map(|(name, kind)| column_field(name, *kind)).collect();
    let descriptor = ArrowSchemaConverter::new().convert(&Schema::new(fields))?;
    Ok(descriptor.root_schema().get_fields().to_vec())
}

fn has_field(root: &Type, name: &str) -> bool {
    root.get_fields().iter().any(|field| field.name() == name)
}

/// Returns a table of these rows as a file with one row group.
fn encoded(
    columns: &[(String, CellKind)],
    compression: Option<parquet::basic::Compression>,
    rows: impl Iterator<Item = Vec<Cell<'static>>>,
) -> Result<Bytes, ParquetError> {
    let mut bytes = Vec::new();
    let mut table = ParquetTable::in_one_group(columns, compression, &mut bytes)?;
    for row in rows {
        table.push(row)?;
    }
    table.finish()?;
    Ok(bytes.into())
}
