//! Where a report goes: standard output, or a file that appears only when it is whole.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, IsTerminal as _, Stdout, Write};
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};
use serde::Serialize;
use wirecopy::Error;
use wirecopy::write::Screen;

use crate::draft::Draft;

/// Bytes that are gathered before the system is asked to write them.
pub(crate) const BUFFER: usize = 64 << 10;
/// The name of standard input and output.
pub(crate) const STREAM: &str = "-";
/// The columns of a listing where the terminal, if there is one, does not tell.
const WIDTH: usize = 100;
/// Fewer columns than these make no listing; lines are then left to the terminal to break.
const NARROWEST: usize = 40;

/// Gives the file that was asked for; nothing where that is standard output, by its name or by none.
pub(crate) fn file(asked: Option<&Path>) -> Option<&Path> {
    asked.filter(|path| *path != Path::new(STREAM))
}

/// A place for a report.
pub(crate) enum Output {
    Stdout(BufWriter<AutoStream<Stdout>>),
    File(NewFile),
}

impl Output {
    /// Opens the file at `path`, or standard output where there is none. What goes to no terminal is data, and passes
    /// as it is.
    pub(crate) fn open(path: Option<&Path>) -> Result<Self, Error> {
        let Some(path) = file(path) else {
            let out = io::stdout();
            let is_data = !out.is_terminal();
            let out = if is_data { AutoStream::always_ansi(out) } else { AutoStream::auto(out) };
            return Ok(Self::Stdout(BufWriter::with_capacity(BUFFER, out)));
        };
        NewFile::create(path).map(Self::File)
    }

    /// Tells whether someone reads along.
    pub(crate) fn is_terminal(&self) -> bool {
        matches!(self, Self::Stdout(_)) && io::stdout().is_terminal()
    }

    /// Gives the room that a listing has, and whether it may use colors.
    pub(crate) fn screen(&self) -> Screen {
        let (choice, size) = match self {
            Self::Stdout(_) => {
                (AutoStream::choice(&io::stdout()), terminal_size::terminal_size_of(io::stdout()))
            }
            Self::File(file) => (AutoStream::choice(file.out.get_ref()), None),
        };
        let width = size.map_or(WIDTH, |(width, _)| usize::from(width.0));
        Screen { width: width.max(NARROWEST), color: choice != ColorChoice::Never }
    }

    /// Writes what is left, and puts the file in its place.
    pub(crate) fn finish(self) -> Result<(), anyhow::Error> {
        match self {
            Self::Stdout(mut out) => Ok(out.flush().map_err(|source| named(Path::new(STREAM), &source))?),
            Self::File(file) => Ok(file.finish()?),
        }
    }
}

impl Output {
    /// Writes a record as one line of JSON.
    pub(crate) fn line(&mut self, record: &impl Serialize) -> Result<(), Error> {
        match self {
            Self::Stdout(out) => json_line(record, out, Path::new(STREAM)),
            Self::File(file) => file.line(record),
        }
    }
}

fn json_line(record: &impl Serialize, out: &mut impl Write, name: &Path) -> Result<(), Error> {
    serde_json::to_writer(&mut *out, record)
        .map_err(io::Error::from)
        .and_then(|()| out.write_all(b"\n"))
        .map_err(|source| Error::Output { path: name.to_owned(), source })
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(out) => out.write(bytes).map_err(|source| named(Path::new(STREAM), &source)),
            Self::File(file) => file.out.write(bytes).map_err(|source| named(&file.name, &source)),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(out) => out.flush().map_err(|source| named(Path::new(STREAM), &source)),
            Self::File(file) => file.out.flush().map_err(|source| named(&file.name, &source)),
        }
    }
}

/// Puts the name of an output before what the system said, which stays the same kind of error: a report is written by
/// those who do not know where it goes.
fn named(name: &Path, source: &io::Error) -> io::Error {
    io::Error::new(source.kind(), format!("{}: {source}", name.display()))
}

/// A file that appears when it is whole; without that, nothing is left of it.
pub(crate) struct NewFile {
    out: BufWriter<File>,
    /// The name it was asked for by.
    name: PathBuf,
    /// Nothing where it is a device or a pipe and written directly.
    draft: Option<Draft>,
}

impl NewFile {
    /// Begins a file.
    pub(crate) fn create(name: &Path) -> Result<Self, Error> {
        Self::begin(name).map_err(|source| Error::Output { path: name.to_owned(), source })
    }

    fn begin(name: &Path) -> io::Result<Self> {
        if file(Some(name)).is_none() {
            return Err(io::Error::other("standard output is for the report or the copy; name a file"));
        }
        // A link is followed, so that what it leads to is replaced and not the link.
        let place = fs::canonicalize(name).unwrap_or_else(|_| name.to_owned());
        let kind = fs::metadata(&place).map(|metadata| metadata.file_type());
        if kind.as_ref().is_ok_and(fs::FileType::is_dir) {
            return Err(io::Error::from(io::ErrorKind::IsADirectory));
        }
        // `/dev/stdout` leads to whatever standard output is, be it a file, and must not be replaced.
        if name.starts_with("/dev") || kind.is_ok_and(|kind| !kind.is_file()) {
            let file = OpenOptions::new().append(true).open(name)?;
            return Ok(Self::new(file, name, None));
        }
        let make = |beside: &Path| OpenOptions::new().write(true).create_new(true).open(beside);
        let (draft, file) = Draft::begin(place, make)?;
        Ok(Self::new(file, name, Some(draft)))
    }

    fn new(file: File, name: &Path, draft: Option<Draft>) -> Self {
        Self { out: BufWriter::with_capacity(BUFFER, file), name: name.to_owned(), draft }
    }

    /// Writes a record as one line of JSON.
    pub(crate) fn line(&mut self, record: &impl Serialize) -> Result<(), Error> {
        json_line(record, &mut self.out, &self.name)
    }

    /// Writes by means of one who does not know where it goes.
    pub(crate) fn fill(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Error> {
        write(&mut self.out).map_err(|source| Error::Output { path: self.name.clone(), source })
    }

    /// Writes what is left, and puts the file in its place.
    pub(crate) fn finish(mut self) -> Result<(), Error> {
        let written = self.out.flush().and_then(|()| match self.draft.take() {
            Some(draft) => draft.put_file(self.out.get_ref()),
            None => Ok(()),
        });
        written.map_err(|source| Error::Output { path: self.name, source })
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
