//! Tests of Parquet as input and output. The files are written here, in every form in which programs write them.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod damage;
mod editing;
mod reading;
mod reports;

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::{WriterProperties, WriterPropertiesBuilder};
use wirecopy::{Input, ReadOptions, Reader};

/// Returns a Parquet file with these columns, with properties that `change` sets.
fn file_with(
    columns: Vec<(&str, ArrayRef)>,
    change: impl FnOnce(WriterPropertiesBuilder) -> WriterPropertiesBuilder,
) -> Vec<u8> {
    let batch = RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, array)| (name, array, true)),
    )
    .unwrap();
    let mut bytes = Vec::new();
    let properties = change(WriterProperties::builder().set_compression(Compression::SNAPPY)).build();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    bytes
}

/// Returns a Parquet file with these columns.
fn file(columns: Vec<(&str, ArrayRef)>) -> Vec<u8> {
    file_with(columns, |properties| properties)
}

/// Returns the file with a signature after its footer, as files have of which only columns are encrypted.
fn signed(mut bytes: Vec<u8>) -> Vec<u8> {
    let length_at = bytes.len() - 8;
    let length = u32::from_le_bytes(*bytes[length_at..].first_chunk().unwrap());
    bytes[length_at..length_at + 4].copy_from_slice(&(length + 28).to_le_bytes());
    bytes.splice(length_at..length_at, (0..28).map(|byte| byte * 9));
    bytes
}

fn array<A: arrow_array::Array + 'static>(array: A) -> ArrayRef {
    Arc::new(array)
}

/// Reads a file, and shows each article as `location row key|text|site|date|title`, and each error.
fn shown(name: &str, bytes: &[u8], options: &ReadOptions) -> Vec<String> {
    let input = Input::reader(name, std::io::Cursor::new(bytes.to_vec()));
    let mut reader = Reader::new(vec![input], options.clone());
    let mut shown = Vec::new();
    loop {
        match reader.next_batch() {
            Ok(None) => return shown,
            Ok(Some(batch)) => {
                for index in 0..batch.len() {
                    shown.push(match batch.article(index) {
                        Ok(article) => {
                            assert_eq!(article.location, batch.location(index));
                            assert_eq!(
                                article.row.map(std::num::NonZeroU64::get),
                                Some(article.location.line)
                            );
                            let or_none = |part: Option<String>| part.unwrap_or_else(|| "-".to_owned());
                            format!(
                                "{} {}|{}|{}|{}|{}",
                                article.location,
                                article.key,
                                article.text,
                                or_none(article.site),
                                or_none(article.published),
                                or_none(article.title)
                            )
                        }
                        Err(error) => format!("! {error}"),
                    });
                }
            }
            Err(error) => shown.push(format!("! {error}")),
        }
    }
}
