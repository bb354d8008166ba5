//! Reads files of removed records, and merges them into the order in which the records are restored.

use std::cell::Cell;
use std::io::{self, BufReader, Read};
use std::iter::Peekable;
use std::path::Path;
use std::rc::Rc;

use serde::Deserialize;

use super::original_input::OriginalInput;
use super::removed_record::RemovedRecord;
use crate::error::{Error, Extent, Problem};
use crate::read::{Content, Input};

/// A description of a removed record that is ignored: it is not needed to restore the record.
#[derive(Debug, Deserialize)]
pub(super) struct Ignored {}

/// A removed record is written in at most so many times its bytes: as a string, most of which are two bytes for each of its
/// quotes and line ends, with the reasons for its removal.
const WRITTEN: u64 = 4;

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
    /// Opens files of removed records, which may be compressed. The records that were removed have at most `max_record`
    /// bytes.
    ///
    /// # Errors
    /// Returns an [`Error::Input`] if a file cannot be read.
    pub fn open(paths: &[&Path], max_record: usize) -> Result<Self, Error> {
        let limit = (max_record as u64).saturating_mul(WRITTEN);
        let files = paths.iter().map(|path| Ok(records(path, limit)?.peekable()));
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

/// Opens one file of removed records, each of at most `limit` bytes.
fn records(path: &Path, limit: u64) -> Result<Records, Error> {
    let path = path.to_owned();
    let content = BufReader::new(Content::open(Input::file(&path))?);
    let count = Rc::new(Cell::new(0));
    let limited = LimitedBytes { content, limit, count: Rc::clone(&count) };
    let records = serde_json::Deserializer::from_reader(limited).into_iter::<Record>();
    Ok(Box::new((1_u64..).zip(records).map(move |(number, record)| {
        let bytes = count.replace(0);
        record.map_err(|error| {
            let message = error.to_string();
            let problem = if bytes > limit {
                Problem::TooLong {
                    extent: Extent::Record,
                    limit: usize::try_from(limit).unwrap_or(usize::MAX),
                }
            } else if message.starts_with("missing field `cut`") {
                Problem::NotRestorable { number }
            } else {
                Problem::NotARemovedRecord { number, message }
            };
            Error::input(&path, problem)
        })
    })))
}

/// The bytes of removed records. More than `limit` bytes of one record are an error.
struct LimitedBytes {
    content: BufReader<Content>,
    limit: u64,
    /// The number of bytes of the record that is being read.
    count: Rc<Cell<u64>>,
}

impl Read for LimitedBytes {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let count = self.content.read(bytes)?;
        self.count.set(self.count.get() + count as u64);
        if self.count.get() > self.limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_the_size_of_a_record() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("removed.jsonl");
        let line = r#"{"record":"a","cut":{"number":0,"input":"-","copy":null,"compression":"none","bytes":9,"hash":"0","begin":0,"before":"","behind":""}}"#;
        std::fs::write(&path, format!("{line}\n{line}\n{}", "[".repeat(1000))).unwrap();
        let read = |limit: usize| -> Vec<Result<u64, String>> {
            let records = records(&path, limit as u64).unwrap().take(3);
            records
                .map(|record| record.map(|record| record.order().1).map_err(|error| error.to_string()))
                .collect()
        };
        // The line end before a record counts as well.
        let longest = line.len() + 1;
        assert_eq!(read(longest)[..2], [Ok(0), Ok(0)]);
        let too_long = |limit: usize| {
            Err(format!("{}: the record is longer than {limit} bytes; allow longer records", path.display()))
        };
        assert_eq!(read(longest - 2)[0], too_long(longest - 2));
        std::fs::write(&path, " ".repeat(1000)).unwrap();
        assert_eq!(read(99)[0], too_long(99));
    }
}
