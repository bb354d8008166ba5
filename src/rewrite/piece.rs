//! A record that is cut out in, a line about it out, from which it can be put back.

use std::fmt::Write as _;

use data_encoding::{BASE64, DecodeError};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Problem};
use crate::read::{Compression, SourceSummary};

/// A stretch that was cut out of an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it begins in the input, in bytes after decompression.
    pub begin: u64,
    /// What was cut out before the record: a comma between elements of an array, with the space around it.
    pub before: Vec<u8>,
    /// The record.
    pub record: Vec<u8>,
    /// What was cut out behind it: its line end, or a comma.
    pub behind: Vec<u8>,
}

/// The input that a record was cut out of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its number among the inputs, from 0.
    pub number: usize,
    /// Its name.
    pub input: String,
    /// Where its copy stands in the folder of copies; nothing where there is no folder.
    pub copy: Option<String>,
    /// How it was packed: none, gzip or zstd.
    pub compression: String,
    /// Its size in bytes, after decompression.
    pub bytes: u64,
    /// XXH3-64 of these bytes, in hexadecimal.
    pub hash: String,
}

impl Source {
    /// Describes the input at `number` and the place of its copy.
    pub fn new(number: usize, summary: &SourceSummary, copy: Option<String>) -> Self {
        let compression = summary.compression.name().to_owned();
        let mut hash = String::new();
        // Writing to a string does not fail.
        let _ = write!(hash, "{:016x}", summary.hash);
        Self { number, input: summary.name.clone(), copy, compression, bytes: summary.bytes, hash }
    }

    /// Gives how it was packed.
    pub(super) fn compression(&self) -> Compression {
        let all = [Compression::Plain, Compression::Gzip, Compression::Zstd];
        all.into_iter().find(|known| known.name() == self.compression).unwrap_or(Compression::Plain)
    }
}

/// What is said of a record that was cut out, with all that is needed to put it back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CutRecord<S> {
    /// What is said of it.
    #[serde(flatten)]
    pub said: S,
    /// The record as it stood in the input, where it is text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// The record in base64, where it is not valid UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record_base64: Option<String>,
    /// Where it stood.
    pub cut: CutPlace,
}

/// Where a record stood that was cut out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CutPlace {
    /// The input.
    #[serde(flatten)]
    source: Source,
    /// The byte of the input, after decompression, at which what was cut out begins.
    begin: u64,
    /// What was cut out before the record.
    before: String,
    /// What was cut out behind it.
    behind: String,
}

impl<S> CutRecord<S> {
    /// Says of a piece of a source what is to be said.
    pub fn new(said: S, source: &Source, piece: &Piece) -> Self {
        // Only commas, space and line ends are cut out with a record.
        let around = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let text = std::str::from_utf8(&piece.record).ok().map(str::to_owned);
        let record_base64 = if text.is_none() { Some(BASE64.encode(&piece.record)) } else { None };
        let (before, behind) = (around(&piece.before), around(&piece.behind));
        let cut = CutPlace { source: source.clone(), begin: piece.begin, before, behind };
        Self { said, record: text, record_base64, cut }
    }

    /// Gives the input it was cut out of.
    pub fn source(&self) -> &Source {
        &self.cut.source
    }

    /// Gives what pieces are put back in order of: the input's number, and the place in it.
    pub(super) fn order(&self) -> (usize, u64) {
        (self.cut.source.number, self.cut.begin)
    }

    /// Gives the piece as it stood.
    ///
    /// # Errors
    /// What is wrong with the record.
    pub(super) fn piece(&self) -> Result<Piece, Problem> {
        let record = match (&self.record, &self.record_base64) {
            (Some(text), None) => text.as_bytes().to_vec(),
            (None, Some(encoded)) => {
                let invalid = |error: DecodeError| Problem::InvalidBase64 { message: error.to_string() };
                BASE64.decode(encoded.as_bytes()).map_err(invalid)?
            }
            _ => return Err(Problem::NoRemovedBytes),
        };
        let bytes = |text: &str| text.as_bytes().to_vec();
        let (before, behind) = (bytes(&self.cut.before), bytes(&self.cut.behind));
        Ok(Piece { begin: self.cut.begin, before, record, behind })
    }
}

impl From<&Error> for Unreadable {
    fn from(error: &Error) -> Self {
        match error {
            Error::Record { place, problem } => {
                let error = match problem.remedy() {
                    Some(remedy) => format!("{problem}; {remedy}"),
                    None => problem.to_string(),
                };
                Self { at: place.to_string(), error }
            }
            other => Self { at: String::new(), error: other.to_string() },
        }
    }
}

/// What is said of a record that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unreadable {
    /// Where it stands.
    pub at: String,
    /// What is wrong with it.
    pub error: String,
}
