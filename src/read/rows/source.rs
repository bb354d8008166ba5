//! Decodes the rows of one Parquet file, and puts them into batches.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_schema::ArrowError;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};

use super::footer::{check_codec, has_encrypted_columns, read_footer, row_group_end};
use super::guard::guarded;
use super::projection::Projection;
use super::row_batch::{RowBatch, RowParser};
use super::seekable_file::{HashedPrefix, SeekableFile};
use crate::error::{Error, ParquetProblem, Problem};
use crate::read::batch::{Batch, HeldRows};
use crate::read::container::Compression;
use crate::read::counted_bytes::ByteCount;
use crate::read::fill::Fill;
use crate::read::format::Format;
use crate::read::open_input::OpenInput;
use crate::read::options::ReadOptions;
use crate::read::parse::plan::FieldPlan;
use crate::read::records::Records as _;
use crate::read::skipped_file::SkippedFile;
use crate::read::source_summary::SourceSummary;

/// The most rows of a batch: enough for all threads.
const MOST_ROWS: usize = 8192;

/// A Parquet file that is being read.
pub(in crate::read) struct RowSource {
    file: Arc<str>,
    /// The index of the file among the sources of the reader.
    number: usize,
    table: Option<Table>,
    /// The problem with the whole file, until it is reported.
    refused: Option<Error>,
    compression: Compression,
    hash: HashedPrefix,
    records: u64,
    skipped: Option<SkippedFile>,
    /// The counter of the bytes that were read of all files, and its value when the file was opened.
    packed: (Arc<ByteCount>, u64),
}

/// The table in a file while its rows are read.
struct Table {
    bytes: SeekableFile,
    metadata: ArrowReaderMetadata,
    projection: Projection,
    parser: Arc<RowParser>,
    /// The bytes of needed values after which a batch ends.
    batch_bytes: usize,
    /// The index of the next row group.
    next_group: usize,
    rows: Option<ParquetRecordBatchReader>,
}

impl RowSource {
    /// Creates the source of the rows of `input`, which is the input with the index `number` of the reader. Batches have
    /// about `batch_bytes` bytes. `packed` counts the bytes that are read of all files, and was `before` when the input
    /// was opened.
    pub(in crate::read) fn new(
        mut input: OpenInput,
        number: usize,
        options: &ReadOptions,
        plan: &Arc<FieldPlan>,
        batch_bytes: usize,
        packed: (Arc<ByteCount>, u64),
    ) -> Self {
        let compression = input.bytes.compression();
        let (file, skipped) = (Arc::clone(&input.file), input.skipped);
        let opened = match skipped {
            Some(_) => Ok(None),
            None => Table::open(&mut input, options, plan, batch_bytes).map(Some),
        };
        let (table, refused) = match opened {
            Ok(table) => (table, None),
            Err(error) => (None, Some(error)),
        };
        let hash = HashedPrefix::new();
        Self { file, number, table, refused, compression, hash, records: 0, skipped, packed }
    }

    /// Returns what has been read so far.
    pub(in crate::read) fn summary(&self) -> SourceSummary {
        SourceSummary {
            name: String::from(&*self.file),
            bytes: self.hash.position(),
            hash: self.hash.digest(),
            records: self.records,
            format: Format::Parquet,
            compression: self.compression,
            delimiter: None,
            header: None,
            header_end: None,
            encoding: None,
            replaced: 0,
            encodings: BTreeMap::new(),
            left_out: Vec::new(),
            skipped: self.skipped,
        }
    }

    /// Sets the rows of `batch`, unless it has records of other files already.
    ///
    /// # Errors
    /// An [`Error::Input`], after all rows before the damage.
    pub(in crate::read) fn fill(&mut self, batch: &mut Batch) -> Result<Fill, Error> {
        if let Some(error) = self.refused.take() {
            return Err(error);
        }
        let Some(table) = &mut self.table else { return Ok(Fill::End) };
        if !batch.is_empty() {
            return Ok(Fill::Full);
        }
        let first = self.records + 1;
        let rows = loop {
            if let Some(rows) = table.next_rows(first)? {
                break rows;
            }
            let end = table.next_group()?;
            // All bytes are hashed, also those of columns that are not needed: in the order of the file, just before a row
            // group is decoded, so that they are read from the disk only once.
            let hashed = self.hash.extend(&table.bytes, end.unwrap_or(u64::MAX));
            hashed.map_err(|error| Error::input(Path::new(&*self.file), Problem::unreadable(&error)))?;
            if self.compression == Compression::Plain {
                let (counter, before) = &self.packed;
                counter.raise_to(before + self.hash.position());
            }
            if end.is_none() {
                return Ok(Fill::End);
            }
        };
        self.records += rows.count() as u64;
        let file = Arc::clone(&self.file);
        batch.hold(HeldRows { rows: Box::new(rows), file, source: self.number, first });
        Ok(Fill::Full)
    }
}

impl std::fmt::Debug for RowSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RowSource")
            .field("file", &self.file)
            .field("records", &self.records)
            .finish_non_exhaustive()
    }
}

impl Table {
    /// Opens the table of an input.
    fn open(
        input: &mut OpenInput,
        options: &ReadOptions,
        plan: &Arc<FieldPlan>,
        batch_bytes: usize,
    ) -> Result<Self, Error> {
        let path = PathBuf::from(&*input.file);
        let folder = options.temp_dir.clone().unwrap_or_else(std::env::temp_dir);
        let again = input.again.take();
        let bytes = SeekableFile::of(&input.file, again, &input.head, &mut input.bytes, &folder)?;
        let refused = |problem| Error::input(&path, problem);
        let metadata = read_footer(&bytes).map_err(|problem| refused(Problem::Parquet(problem)))?;
        let projection = Projection::new(&metadata, plan).map_err(refused)?;
        for group in metadata.metadata().row_groups() {
            let mut needed = projection.leaves().iter().map(|&leaf| group.column(leaf));
            needed.try_for_each(check_codec).map_err(|problem| refused(Problem::Parquet(problem)))?;
        }
        let parser = RowParser {
            file: Arc::clone(&input.file),
            plan: Arc::clone(plan),
            names: projection.names.clone(),
            max_record: options.max_record,
        };
        let parser = Arc::new(parser);
        Ok(Self { bytes, metadata, projection, parser, batch_bytes, next_group: 0, rows: None })
    }

    /// Begins to decode the next row group, and returns its end in the file; nothing after the last one.
    fn next_group(&mut self) -> Result<Option<u64>, Error> {
        let metadata = self.metadata.metadata();
        let Some(group) = metadata.row_groups().get(self.next_group) else { return Ok(None) };
        self.next_group += 1;
        let needed: u64 = self
            .projection
            .leaves()
            .iter()
            .map(|&leaf| u64::try_from(group.column(leaf).uncompressed_size()).unwrap_or_default())
            .sum();
        let rows = u64::try_from(group.num_rows()).unwrap_or_default().max(1);
        let batch_rows = (self.batch_bytes as u64 / (needed / rows).max(1)).clamp(1, MOST_ROWS as u64);
        let open = || {
            ParquetRecordBatchReaderBuilder::new_with_metadata(self.bytes.clone(), self.metadata.clone())
                .with_row_groups(vec![self.next_group - 1])
                .with_projection(self.projection.mask(&self.metadata))
                .with_batch_size(batch_rows as usize)
                .build()
        };
        self.rows = Some(guarded(open).map_err(|message| self.damaged(message))?);
        let end =
            row_group_end(&self.metadata, self.next_group - 1).map_err(|message| self.damaged(message))?;
        Ok(Some(end))
    }

    /// Decodes the next rows of the row group, of which the first has the number `first`; returns nothing after its last
    /// one.
    fn next_rows(&mut self, first: u64) -> Result<Option<RowBatch>, Error> {
        let Some(mut rows) = self.rows.take() else { return Ok(None) };
        let decode = || {
            let decoded = rows.next().transpose()?;
            Ok::<_, ArrowError>(decoded.map(|decoded| RowBatch::new(&self.parser, first, &decoded)))
        };
        let batch = guarded(decode).map_err(|message| self.damaged(message))?;
        self.rows = batch.is_some().then_some(rows);
        Ok(batch)
    }

    /// Returns the error of the row group that is decoded.
    fn damaged(&self, message: String) -> Error {
        let (number, count) = (self.next_group, self.metadata.metadata().num_row_groups());
        let problem = match has_encrypted_columns(&self.bytes) {
            true => ParquetProblem::Encrypted,
            false => ParquetProblem::DamagedRowGroup { number, count, message },
        };
        Error::input(Path::new(&*self.parser.file), Problem::Parquet(problem))
    }
}
