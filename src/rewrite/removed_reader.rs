//! Reads files of removed records, and merges them into the order in which the records are restored.

use std::io::BufReader;
use std::iter::Peekable;
use std::path::Path;

use serde::Deserialize;

use super::original_input::OriginalInput;
use super::removed_record::RemovedRecord;
use crate::error::{Error, Problem};
use crate::read::{Content, Input};

/// A description of a removed record that is ignored: it is not needed to restore the record.
#[derive(Debug, Deserialize)]
pub(super) struct Ignored {}

type Record = RemovedRecord<Ignored>;
type Records = Box<dyn Iterator<Item = Result<Record, Error>>>;

/// Reads removed records from one file or several, by the number of their input, then by offset.
///
/// Duplicates and invalid records are written to different files, so the records of one input may be in both. Each
/// file must be in the order in which it was written. Only the next record of each file is in memory.
pub struct RemovedReader {
    files: Vec<Peekable<Records>>,
}

impl RemovedReader {
    /// Opens files of removed records, which may be compressed.
    ///
    /// # Errors
    /// Returns an [`Error::Input`] if a file cannot be read.
    pub fn open(paths: &[&Path]) -> Result<Self, Error> {
        let files = paths.iter().map(|path| Ok(records(path)?.peekable()));
        Ok(Self { files: files.collect::<Result<_, Error>>()? })
    }

    /// Returns the input of the next record, or `None` after the last record.
    ///
    /// # Errors
    /// Returns an [`Error::Input`] if the record cannot be read.
    pub fn next_input(&mut self) -> Result<Option<OriginalInput>, Error> {
        Ok(match self.first_file()? {
            Some(file) => match self.files[file].peek() {
                Some(Ok(record)) => Some(record.input().clone()),
                _ => None,
            },
            None => None,
        })
    }

    /// Returns the next record if it was removed from `input`, else `None`.
    pub(super) fn next_of(&mut self, input: &OriginalInput) -> Result<Option<Record>, Error> {
        let Some(file) = self.first_file()? else { return Ok(None) };
        let is_of =
            |record: &Result<Record, Error>| record.as_ref().is_ok_and(|record| record.input() == input);
        self.files[file].next_if(is_of).transpose()
    }

    /// Returns the index of the file whose next record is the first of all, or `None` after the last record.
    fn first_file(&mut self) -> Result<Option<usize>, Error> {
        let mut first: Option<(usize, (usize, u64))> = None;
        for (file, records) in self.files.iter_mut().enumerate() {
            if let Some(Err(error)) = records.next_if(Result::is_err) {
                return Err(error);
            }
            if let Some(Ok(record)) = records.peek() {
                let order = record.order();
                if first.is_none_or(|(_, least)| order < least) {
                    first = Some((file, order));
                }
            }
        }
        Ok(first.map(|(file, _)| file))
    }
}

/// Opens one file of removed records.
fn records(path: &Path) -> Result<Records, Error> {
    let path = path.to_owned();
    let content = Content::open(Input::file(&path))?;
    let records = serde_json::Deserializer::from_reader(BufReader::new(content)).into_iter::<Record>();
    Ok(Box::new((1_u64..).zip(records).map(move |(number, record)| {
        record.map_err(|error| {
            let message = error.to_string();
            let problem = if message.starts_with("missing field `cut`") {
                Problem::NotRestorable { number }
            } else {
                Problem::NotARemovedRecord { number, message }
            };
            Error::input(&path, problem)
        })
    })))
}
