//! Reads the footer of a Parquet file: its columns and where its row groups are.

use std::sync::Arc;

use arrow_schema::{DataType, Field, FieldRef, Fields, Schema};
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions};
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaDataReader};
use parquet::file::reader::ChunkReader as _;

use super::guard::guarded;
use super::seekable_file::SeekableFile;
use crate::error::ParquetProblem;

/// The letters at the beginning and the end of a Parquet file.
const MAGIC: &[u8] = b"PAR1";
/// These letters if the footer is encrypted.
const ENCRYPTED_MAGIC: &[u8] = b"PARE";
/// The length of what signs a footer that is not encrypted though columns are: a nonce and a tag, after the footer.
const SIGNATURE: usize = 28;
/// The length of the shortest file: the letters twice, and the length of the footer.
const SHORTEST: u64 = 12;

/// Reads the footer. Strings and bytes of the schema are views, whatever they are in the file.
///
/// # Errors
/// The problem with the file.
pub(super) fn read_footer(file: &SeekableFile) -> Result<ArrowReaderMetadata, ParquetProblem> {
    check_frame(file)?;
    let read = || {
        let stored = ArrowReaderMetadata::load(file, ArrowReaderOptions::new())?;
        let viewed = Schema::new(viewed_fields(stored.schema().fields()));
        let options = ArrowReaderOptions::new().with_schema(Arc::new(viewed));
        ArrowReaderMetadata::try_new(Arc::clone(stored.metadata()), options)
    };
    guarded(read).map_err(|message| {
        // The crate says so only in words.
        if message.contains("ncrypt") {
            ParquetProblem::Encrypted
        } else {
            ParquetProblem::DamagedFooter { message }
        }
    })
}

/// Returns whether columns of the file are encrypted, though its footer is not. Such a footer is signed, so it is complete
/// without its last bytes, as no other footer is; the `parquet` crate does not say it.
pub(crate) fn has_encrypted_columns(file: &SeekableFile) -> bool {
    let is_complete = || -> Result<bool, ParquetError> {
        let Some(end) = file.length().checked_sub(SHORTEST - MAGIC.len() as u64) else { return Ok(false) };
        let length = file.get_bytes(end, size_of::<u32>())?;
        let length = length.first_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes)) as usize;
        let Some(begin) = end.checked_sub(length as u64) else { return Ok(false) };
        let Some(unsigned) = length.checked_sub(SIGNATURE) else { return Ok(false) };
        ParquetMetaDataReader::decode_metadata(&file.get_bytes(begin, unsigned)?)?;
        Ok(true)
    };
    guarded(is_complete).unwrap_or(false)
}

/// Checks that the file begins and ends as a Parquet file does.
fn check_frame(file: &SeekableFile) -> Result<(), ParquetProblem> {
    if file.length() == 0 {
        return Err(ParquetProblem::Empty);
    }
    let letters = (MAGIC.len() as u64).min(file.length());
    let letters_at = |offset| file.get_bytes(offset, letters as usize).unwrap_or_default();
    let first = letters_at(0);
    if !MAGIC.starts_with(&first) && first != ENCRYPTED_MAGIC {
        return Err(ParquetProblem::OtherContent);
    }
    let last = letters_at(file.length() - letters);
    match &*last {
        last if file.length() < SHORTEST || ![MAGIC, ENCRYPTED_MAGIC].contains(&last) => {
            Err(ParquetProblem::NoFooter)
        }
        last if last == ENCRYPTED_MAGIC => Err(ParquetProblem::Encrypted),
        _ => Ok(()),
    }
}

/// Checks that a column is compressed in a way that is read.
///
/// # Errors
/// The problem with the column.
pub(super) fn check_codec(column: &ColumnChunkMetaData) -> Result<(), ParquetProblem> {
    match column.compression() {
        codec @ Compression::LZO => Err(ParquetProblem::UnknownCodec {
            column: column.column_path().string(),
            codec: codec.to_string(),
        }),
        _ => Ok(()),
    }
}

/// Returns the end of a row group in its file.
pub(super) fn row_group_end(metadata: &ArrowReaderMetadata, group: usize) -> Result<u64, String> {
    guarded(|| -> Result<u64, ParquetError> {
        let columns = metadata.metadata().row_group(group).columns().iter();
        let ends = columns.map(|column| {
            let (begin, length) = column.byte_range();
            begin.saturating_add(length)
        });
        Ok(ends.max().unwrap_or_default())
    })
}

fn viewed_fields(fields: &Fields) -> Fields {
    fields.iter().map(viewed_field).collect()
}

fn viewed_field(field: &FieldRef) -> FieldRef {
    let viewed = viewed_type(field.data_type());
    Arc::new(Field::new(field.name(), viewed, field.is_nullable()).with_metadata(field.metadata().clone()))
}

/// Returns the type as which a column is read: strings and bytes are views, which need no copy, and have no limit of
/// 2 GiB for a batch, and there are no dictionaries.
fn viewed_type(stored: &DataType) -> DataType {
    match stored {
        DataType::Utf8 | DataType::LargeUtf8 => DataType::Utf8View,
        DataType::Binary | DataType::LargeBinary => DataType::BinaryView,
        DataType::Dictionary(_, values) => viewed_type(values),
        DataType::RunEndEncoded(_, values) => viewed_type(values.data_type()),
        DataType::Struct(members) => DataType::Struct(viewed_fields(members)),
        DataType::List(item) => DataType::List(viewed_field(item)),
        DataType::LargeList(item) => DataType::LargeList(viewed_field(item)),
        DataType::ListView(item) => DataType::ListView(viewed_field(item)),
        DataType::LargeListView(item) => DataType::LargeListView(viewed_field(item)),
        DataType::FixedSizeList(item, size) => DataType::FixedSizeList(viewed_field(item), *size),
        DataType::Map(entries, is_sorted) => DataType::Map(viewed_field(entries), *is_sorted),
        other => other.clone(),
    }
}
