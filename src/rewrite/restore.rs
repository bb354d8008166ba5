//! A copy and what was cut out of it in, the input as it was out.

use std::io::{self, BufReader, Write};
use std::iter::Peekable;
use std::path::Path;

use serde::Deserialize;
use xxhash_rust::xxh3::Xxh3;

use super::pack::Packer;
use super::piece::{CutRecord, Source};
use super::tape::Tape;
use super::unwritable;
use crate::error::{Error, Problem};
use crate::read::{Content, Input};

/// What is said of a record does not matter for putting it back.
#[derive(Debug, Deserialize)]
struct Whatever {}

type Line = CutRecord<Whatever>;
type Lines = Box<dyn Iterator<Item = Result<Line, Error>>>;

/// Records that were cut out, from one file or several, in the order in which they are put back.
pub struct Cuts {
    files: Vec<Peekable<Lines>>,
}

impl Cuts {
    /// Opens files with records that were cut out, packed or not.
    ///
    /// # Errors
    /// An [`Error::Input`] where one cannot be read.
    pub fn open(paths: &[&Path]) -> Result<Self, Error> {
        let files = paths.iter().map(|path| {
            let path = path.to_path_buf();
            let content = Content::open(Input::file(&path))?;
            let lines = serde_json::Deserializer::from_reader(BufReader::new(content)).into_iter::<Line>();
            let lines = (1..).zip(lines).map(move |(number, line): (u64, _)| {
                line.map_err(|error| {
                    Error::input(&path, Problem::NotARemovedRecord { number, message: error.to_string() })
                })
            });
            let lines: Lines = Box::new(lines);
            Ok(lines.peekable())
        });
        Ok(Self { files: files.collect::<Result<_, Error>>()? })
    }

    /// Gives the input of the next record; nothing after the last one.
    ///
    /// # Errors
    /// An [`Error::Input`] where the record cannot be read.
    pub fn source(&mut self) -> Result<Option<Source>, Error> {
        Ok(match self.first()? {
            Some(file) => match self.files[file].peek() {
                Some(Ok(line)) => Some(line.source().clone()),
                _ => None,
            },
            None => None,
        })
    }

    /// Finds the file with the first of the records that are next.
    fn first(&mut self) -> Result<Option<usize>, Error> {
        let mut first: Option<(usize, (usize, u64))> = None;
        for (file, lines) in self.files.iter_mut().enumerate() {
            if let Some(Err(error)) = lines.next_if(Result::is_err) {
                return Err(error);
            }
            if let Some(Ok(line)) = lines.peek() {
                let order = line.order();
                if first.is_none_or(|(_, least)| order < least) {
                    first = Some((file, order));
                }
            }
        }
        Ok(first.map(|(file, _)| file))
    }

    fn next_of(&mut self, source: &Source) -> Result<Option<Line>, Error> {
        let Some(file) = self.first()? else { return Ok(None) };
        let is_of = |line: &Result<Line, Error>| line.as_ref().is_ok_and(|line| line.source() == source);
        self.files[file].next_if(is_of).transpose()
    }
}

/// Puts the records that were cut out of one input back: `kept` is its copy, nothing where all of it was cut out.
/// What comes out is the input to the byte after decompression, and packed as it was.
///
/// # Errors
/// An [`Error::Input`] where something cannot be read, or the parts do not make up the input; an [`Error::Output`]
/// named after `name` where it cannot be written.
pub fn restore(
    kept: Option<Input>,
    cuts: &mut Cuts,
    source: &Source,
    name: &Path,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let kept_name = kept.as_ref().map_or_else(|| source.input.clone(), |kept| kept.name().to_owned());
    let kept = match kept {
        Some(kept) => kept,
        None => Input::reader(&source.input, io::empty()),
    };
    let mut tape = Tape::new(Content::open(kept)?, name);
    let packed = |source| unwritable(name, source);
    let mut out =
        Checked { out: Packer::new(out, source.compression()).map_err(packed)?, hash: Xxh3::new(), bytes: 0 };
    while let Some(line) = cuts.next_of(source)? {
        let wrong = |problem: Problem| Error::input(Path::new(&source.input), problem);
        let piece = line.piece().map_err(wrong)?;
        let kept = piece.begin.saturating_sub(out.bytes);
        tape.copy(tape.at() + kept, &mut out)?;
        for bytes in [&piece.before, &piece.record, &piece.behind] {
            out.write_all(bytes).map_err(packed)?;
        }
    }
    tape.copy(u64::MAX, &mut out)?;
    let hash = format!("{:016x}", out.hash.digest());
    if (out.bytes, &hash) != (source.bytes, &source.hash) {
        let problem = Problem::NotTheCopy {
            input: source.input.clone(),
            bytes: out.bytes,
            hash: out.hash.digest(),
            expected_bytes: source.bytes,
            expected_hash: source.hash.clone(),
        };
        return Err(Error::input(Path::new(&kept_name), problem));
    }
    out.out.finish().and_then(Write::flush).map_err(packed)
}

/// Packs what is written, counted and hashed before.
struct Checked<W: Write> {
    out: Packer<W>,
    hash: Xxh3,
    bytes: u64,
}

impl<W: Write> Write for Checked<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.hash.update(&bytes[..count]);
        self.bytes += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
