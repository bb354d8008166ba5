//! Writes a report to standard output, or to a file that appears only when it is complete.

use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal as _, Stdout, Write};
use std::path::Path;

use anstream::{AutoStream, ColorChoice};
#[cfg(feature = "parquet")]
use anyhow::bail;
use serde::Serialize;
use wirecopy::Error;
use wirecopy::write::{Screen, visible, visible_json};

use crate::new_file::{BUFFER, NewFile, json_line};
use crate::output_mode::OutputMode;
use crate::output_name::{CSV, HTML, JSON, JSON_LINES};
use crate::publication::CompleteOutput;
use crate::stream_name::{STREAM, named_file};
use crate::terminal_writer::TerminalWriter;

/// The width of a listing, in columns, if the output is no terminal or its width is unknown.
const DEFAULT_WIDTH: usize = 100;
/// The smallest width of a listing, in columns. A narrower terminal breaks the lines itself.
const MIN_WIDTH: usize = 40;

/// The destination of a report.
pub(crate) enum Output {
    Stdout(BufWriter<AutoStream<Stdout>>),
    /// A terminal that shows data.
    Terminal(BufWriter<TerminalWriter<Stdout>>),
    File(NewFile),
}

impl Output {
    /// Opens the file at `path`, or standard output if there is no path or it is `-`. `endings` are those of names of
    /// files in the format of the report. A new file has the permissions `mode`.
    pub(crate) fn open(path: Option<&Path>, endings: &[&str], mode: OutputMode) -> anyhow::Result<Self> {
        let Some(path) = named_file(path) else {
            let out = io::stdout();
            if out.is_terminal()
                && let Some(show) = shown_as(endings)
            {
                let out = TerminalWriter::new(out, show);
                return Ok(Self::Terminal(BufWriter::with_capacity(BUFFER, out)));
            }
            // If standard output is no terminal, its bytes are data, from which no escape sequence may be removed.
            let is_data = !out.is_terminal();
            let out = if is_data { AutoStream::always_ansi(out) } else { AutoStream::auto(out) };
            return Ok(Self::Stdout(BufWriter::with_capacity(BUFFER, out)));
        };
        NewFile::create(path, endings, mode).map(Self::File)
    }

    /// Returns the width of a listing, and whether it may use colors.
    pub(crate) fn screen(&self) -> Screen {
        let (choice, size) = match self {
            Self::Stdout(_) | Self::Terminal(_) => {
                (AutoStream::choice(&io::stdout()), terminal_size::terminal_size_of(io::stdout()))
            }
            Self::File(file) => (file.color_choice(), None),
        };
        let width = size.map_or(DEFAULT_WIDTH, |(width, _)| usize::from(width.0));
        Screen { width: width.max(MIN_WIDTH), color: choice != ColorChoice::Never }
    }

    /// Returns whether the output is a terminal.
    pub(crate) fn is_on_terminal(&self) -> bool {
        match self {
            Self::Stdout(_) => io::stdout().is_terminal(),
            Self::Terminal(_) => true,
            Self::File(_) => false,
        }
    }

    /// Writes a record as one line of JSON.
    pub(crate) fn line(&mut self, record: &impl Serialize) -> Result<(), Error> {
        match self {
            Self::Stdout(out) => json_line(record, out, Path::new(STREAM)),
            Self::Terminal(out) => json_line(record, out, Path::new(STREAM)),
            Self::File(file) => file.line(record),
        }
    }

    /// Writes the bytes that are still in the buffer. Returns the file, if it is one, to be published with the other
    /// outputs of the run.
    pub(crate) fn finish(self) -> anyhow::Result<Option<CompleteOutput>> {
        match self {
            Self::Stdout(mut out) => {
                out.flush().map_err(|source| named(Path::new(STREAM), &source))?;
                Ok(None)
            }
            Self::Terminal(mut out) => {
                out.flush().map_err(|source| named(Path::new(STREAM), &source))?;
                Ok(None)
            }
            Self::File(file) => Ok(file.finish()?),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(out) => out.write(bytes).map_err(|source| named(Path::new(STREAM), &source)),
            Self::Terminal(out) => out.write(bytes).map_err(|source| named(Path::new(STREAM), &source)),
            Self::File(file) => file.write(bytes).map_err(|source| named(file.name(), &source)),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(out) => out.flush().map_err(|source| named(Path::new(STREAM), &source)),
            Self::Terminal(out) => out.flush().map_err(|source| named(Path::new(STREAM), &source)),
            Self::File(file) => file.flush().map_err(|source| named(file.name(), &source)),
        }
    }
}

/// Returns how a terminal shows the data of a format whose names have one of these endings; nothing if it is text, whose
/// writer has made it visible already.
fn shown_as(endings: &[&str]) -> Option<fn(&str) -> Cow<'_, str>> {
    if endings == JSON || endings == JSON_LINES {
        return Some(visible_json);
    }
    (endings == CSV || endings == HTML).then_some(visible)
}

/// Returns whether an output at `path` is shown on a terminal.
pub(crate) fn is_shown_on_terminal(path: Option<&Path>) -> bool {
    named_file(path).is_none() && io::stdout().is_terminal()
}

/// Returns an error if a Parquet file would be written to a terminal.
#[cfg(feature = "parquet")]
pub(crate) fn refuse_table_on_terminal(path: Option<&Path>) -> anyhow::Result<()> {
    if is_shown_on_terminal(path) {
        bail!("Parquet is not written to a terminal; name a file with --output, or redirect it");
    }
    Ok(())
}

/// Returns an error of the same kind, whose message begins with the name of the output. The library writes reports
/// without knowing that name.
fn named(name: &Path, source: &io::Error) -> io::Error {
    io::Error::new(source.kind(), format!("{}: {source}", name.display()))
}
