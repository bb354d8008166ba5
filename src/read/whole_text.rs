//! Reads a small file as a whole: one that people write, such as labels or templates.

use std::path::Path;
use std::sync::Arc;

use serde_json::value::RawValue;

use super::container::DecompressedBytes;
use super::encoding::{mark_length, utf8, utf16_without_mark};
use super::file_kind::file_kind;
use super::input::Input;
use super::parse::json_error;
use crate::article::Location;
use crate::error::{Error, Extent, Problem};

/// The number of bytes that are read at a time.
const BLOCK: usize = 1 << 20;
/// The largest file, in bytes: it is held in memory, and people write less.
const LARGEST_FILE: usize = 1 << 30;
/// The number of bytes from which the kind of the file is recognized.
const HEAD: usize = 64 << 10;

/// Reads a file, which may be compressed, and hands its text and its name to `parse`.
///
/// # Errors
/// An [`Error::Input`] if the file cannot be read or is no UTF-8 text, and what `parse` returns.
pub(super) fn read_whole_text<T>(
    input: Input,
    parse: impl FnOnce(&str, &Arc<str>) -> Result<T, Error>,
) -> Result<T, Error> {
    let (file, raw) = input.open()?;
    let mut bytes = DecompressedBytes::new(Arc::clone(&file), raw)?;
    let mut data = Vec::new();
    let wrong = |problem: Problem| Error::input(Path::new(&*file), problem);
    while bytes.read(&mut data, BLOCK)? > 0 {
        if data.len() > LARGEST_FILE {
            return Err(wrong(Problem::TooLong { extent: Extent::File, limit: LARGEST_FILE }));
        }
    }
    let mark = mark_length(&data).map_err(wrong)?;
    if let Some(kind) = file_kind(&data[mark..data.len().min(mark + HEAD)]) {
        return Err(wrong(Problem::OtherKind { kind }));
    }
    if let Some(found) = utf16_without_mark(&data) {
        return Err(wrong(Problem::WrongEncoding { found }));
    }
    parse(utf8(&data[mark..], Extent::File).map_err(wrong)?, &file)
}

/// Returns the values of a JSON text, each with its location: those of an array, or values one after another.
///
/// # Errors
/// An [`Error::Record`] for the first value that is not valid JSON.
pub(super) fn json_values<'t>(
    text: &'t str,
    file: &Arc<str>,
) -> Result<Vec<(Location, &'t RawValue)>, Error> {
    let invalid = |error: serde_json::Error| {
        let location = Location { file: Arc::clone(file), line: error.line() as u64 };
        let message = json_error::message(&error);
        Error::record(&location, Problem::InvalidJson { message, line: None, column: error.column() })
    };
    let values: Vec<&RawValue> = if text.trim_start().starts_with('[') {
        serde_json::from_str(text).map_err(invalid)?
    } else {
        let values = serde_json::Deserializer::from_str(text).into_iter();
        values.collect::<Result<_, _>>().map_err(invalid)?
    };
    let (mut offset, mut line) = (0, 1);
    let mut located = Vec::with_capacity(values.len());
    for value in values {
        // Each value is a part of `text`, so the distance of their addresses is its offset.
        let begin = value.get().as_ptr().addr() - text.as_ptr().addr();
        line += memchr::memchr_iter(b'\n', &text.as_bytes()[offset..begin]).count() as u64;
        offset = begin;
        located.push((Location { file: Arc::clone(file), line }, value));
    }
    Ok(located)
}
