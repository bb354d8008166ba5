//! Writes a web archive without some of its records.
//!
//! Records are copied byte for byte, each as a gzip member or Zstandard frame of its own if the output is compressed: so
//! programs that play archives back find them by their offsets. A request and metadata are removed with the record that
//! they belong to. Damaged stretches are copied.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;

use memchr::memmem;

use super::compressed_writer::CompressedWriter;
use super::forward_reader::ForwardReader;
use crate::error::{Error, Problem};
use crate::read::{
    Batch, Compression, Content, Input, ReadOptions, Reader, SourceSummary, WARC_MAGIC, WarcHead,
};

/// The longest header that is recognized. A longer one is copied with what is before it.
const LONGEST_HEAD: usize = 256 << 10;
/// The number of bytes in which most headers end.
const USUAL_HEAD: usize = 4096;
/// The fields by which a record says which others it belongs to.
const REFERENCES: [&str; 2] = ["WARC-Concurrent-To", "WARC-Refers-To"];

/// A web archive of which an edited version is written.
#[derive(Clone, Copy, Debug)]
pub struct WarcRewriter<'a> {
    /// The input. It was read before; to write the edited version, it is read twice more.
    pub input: &'a Input,
    /// The options with which it was first read.
    pub options: &'a ReadOptions,
    /// The summary of that first reading.
    pub summary: &'a SourceSummary,
    /// The compression of the output.
    pub compression: Compression,
}

/// The records that are removed.
#[derive(Default)]
struct Removed {
    /// The beginning and the end of each, ascending, in bytes after decompression.
    ranges: Vec<(u64, u64)>,
    /// Their ids, and those of the requests and metadata that they name.
    ids: BTreeSet<String>,
}

impl WarcRewriter<'_> {
    /// Writes the records for which `keep` returns true, and all that are no articles. `keep` is called for each article in
    /// order, with its batch and its index in the batch; also for records of which no article can be made.
    ///
    /// # Errors
    /// Returns the first error of `keep`; an [`Error::Input`] if the input cannot be read, or has changed since it was
    /// first read; an [`Error::Output`] with `name` if the output cannot be written.
    pub fn write_kept(
        &self,
        name: &Path,
        out: &mut dyn Write,
        mut keep: impl FnMut(&Batch, usize) -> Result<bool, Error>,
    ) -> Result<(), Error> {
        let removed = self.removed(&mut keep)?;
        let input = ForwardReader::new(Content::open(self.input_again()?)?);
        let output = MemberOutput { name, compression: self.compression, out: Some(out), member: None };
        let mut copier = Copier { input, ahead: Vec::new(), output, removed: &removed, next_range: 0 };
        copier.copy()?;
        let Copier { input, output, .. } = copier;
        output.finish()?;
        let content = input.into_content();
        if (content.bytes(), content.hash()) != (self.summary.bytes, self.summary.hash) {
            return Err(self.error(Problem::Changed));
        }
        Ok(())
    }

    /// Reads the articles, and returns those that are removed.
    fn removed(&self, keep: &mut dyn FnMut(&Batch, usize) -> Result<bool, Error>) -> Result<Removed, Error> {
        let mut reader = Reader::new(vec![self.input_again()?], self.options.clone());
        let mut removed = Removed::default();
        loop {
            let batch = match reader.next_batch() {
                Ok(Some(batch)) => batch,
                Ok(None) => return Ok(removed),
                // What is not a whole record is copied.
                Err(error) if error.is_record() => continue,
                Err(error) => return Err(error),
            };
            for index in 0..batch.len() {
                if keep(&batch, index)? {
                    continue;
                }
                let begin = batch.offset(index);
                let length = batch.record(index).len() + batch.line_end(index).len();
                removed.ranges.push((begin, begin + length as u64));
                if let Some(head) = WarcHead::new(batch.record(index), 0) {
                    removed.ids.extend(head.id());
                    removed.ids.extend(head.references(REFERENCES[0]));
                }
            }
        }
    }

    fn input_again(&self) -> Result<Input, Error> {
        self.input.again().ok_or_else(|| self.error(Problem::ReadOnce))
    }

    fn error(&self, problem: Problem) -> Error {
        Error::input(Path::new(self.input.name()), problem)
    }
}

/// Copies records from an archive to another one.
struct Copier<'a, 'o> {
    input: ForwardReader,
    /// The bytes that were read and are not copied yet.
    ahead: Vec<u8>,
    output: MemberOutput<'o>,
    removed: &'a Removed,
    /// The index of the next range that is removed.
    next_range: usize,
}

/// The next part of an archive.
enum Next {
    /// A record of this length, without the blank lines after it.
    Record { length: u64, is_kept: bool },
    /// This number of bytes that are no record. They are copied with what is before them.
    Other(u64),
}

impl Copier<'_, '_> {
    /// Copies all records that stay.
    fn copy(&mut self) -> Result<(), Error> {
        while self.look_ahead(WARC_MAGIC.len())? > 0 {
            let begin = self.position();
            if let Some(&(_, end)) = self.removed.ranges.get(self.next_range).filter(|range| range.0 <= begin)
            {
                self.next_range += 1;
                self.pass(end, false)?;
                continue;
            }
            match self.next()? {
                Next::Record { length, is_kept } => {
                    if is_kept {
                        self.output.end_member()?;
                    }
                    self.pass(begin.saturating_add(length), is_kept)?;
                    self.pass_blank(is_kept)?;
                }
                Next::Other(count) => self.pass(begin + count, true)?,
            }
        }
        Ok(())
    }

    /// Returns the offset of the next byte that is not copied.
    fn position(&self) -> u64 {
        self.input.position() - self.ahead.len() as u64
    }

    /// Reads until `count` bytes are ahead, or the input ends. Returns the number of bytes that are ahead.
    fn look_ahead(&mut self, count: usize) -> Result<usize, Error> {
        if self.ahead.len() < count {
            let end = self.input.position() + (count - self.ahead.len()) as u64;
            let ahead = &mut self.ahead;
            self.input.read_to(end, |bytes| {
                ahead.extend_from_slice(bytes);
                Ok(())
            })?;
        }
        Ok(self.ahead.len())
    }

    /// Returns what is next. At least one byte is ahead.
    fn next(&mut self) -> Result<Next, Error> {
        let mut wanted = USUAL_HEAD;
        loop {
            let known = self.look_ahead(wanted)?;
            if !self.ahead.starts_with(WARC_MAGIC) {
                // The magic number may begin at the end of what is ahead.
                let next = memmem::find(&self.ahead[1..], WARC_MAGIC).map(|at| at + 1);
                return Ok(Next::Other(next.unwrap_or(known.saturating_sub(WARC_MAGIC.len()).max(1)) as u64));
            }
            if let Some(head) = WarcHead::new(&self.ahead, 0) {
                let length = head.content_length().and_then(|block| block.checked_add(head.length as u64));
                let Some(length) = length else { return Ok(Next::Other(head.length as u64)) };
                return Ok(Next::Record { length, is_kept: !self.belongs_to_removed(&head) });
            }
            if known < wanted || wanted >= LONGEST_HEAD {
                return Ok(Next::Other(known as u64));
            }
            wanted *= 2;
        }
    }

    /// Returns whether a record is a request or metadata of a record that is removed.
    fn belongs_to_removed(&self, head: &WarcHead<'_>) -> bool {
        let is_about = matches!(head.record_type().as_deref(), Some("request" | "metadata"));
        let mut ids = head.id().into_iter().chain(REFERENCES.iter().flat_map(|name| head.references(name)));
        is_about && ids.any(|id| self.removed.ids.contains(&id))
    }

    /// Passes over the bytes up to `end`, and copies them if they are kept. Stops before the next record that is removed.
    fn pass(&mut self, end: u64, is_kept: bool) -> Result<(), Error> {
        let next = self.removed.ranges.get(self.next_range).map_or(u64::MAX, |range| range.0);
        let end = end.min(next.max(self.position()));
        let count = usize::try_from(end - self.position().min(end)).unwrap_or(usize::MAX);
        let ahead: Vec<u8> = self.ahead.drain(..count.min(self.ahead.len())).collect();
        let output = &mut self.output;
        let mut receive = |bytes: &[u8]| if is_kept { output.write(bytes) } else { Ok(()) };
        receive(&ahead)?;
        self.input.read_to(end, receive)
    }

    /// Passes over the line ends after a record.
    fn pass_blank(&mut self, is_kept: bool) -> Result<(), Error> {
        while self.look_ahead(1)? > 0 && matches!(self.ahead[0], b'\r' | b'\n') {
            self.pass(self.position() + 1, is_kept)?;
        }
        Ok(())
    }
}

/// An output of members that are compressed one by one.
struct MemberOutput<'o> {
    name: &'o Path,
    compression: Compression,
    /// The output while no member is open.
    out: Option<&'o mut dyn Write>,
    member: Option<CompressedWriter<&'o mut dyn Write>>,
}

impl MemberOutput<'_> {
    /// Writes bytes to the open member, or to a new one.
    fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        if bytes.is_empty() {
            return Ok(());
        }
        let opened = self.out.take().map(|out| CompressedWriter::new(out, self.compression));
        if let Some(member) = opened {
            self.member = Some(member.map_err(|source| self.error(source))?);
        }
        let written = self.member.as_mut().map_or(Ok(()), |member| member.write_all(bytes));
        written.map_err(|source| self.error(source))
    }

    /// Ends the open member, if there is one.
    fn end_member(&mut self) -> Result<(), Error> {
        if let Some(member) = self.member.take() {
            self.out = Some(member.finish().map_err(|source| self.error(source))?);
        }
        Ok(())
    }

    /// Ends the open member, and flushes the output.
    fn finish(mut self) -> Result<(), Error> {
        self.end_member()?;
        let flushed = self.out.take().map_or(Ok(()), Write::flush);
        flushed.map_err(|source| self.error(source))
    }

    fn error(&self, source: io::Error) -> Error {
        Error::Output { path: self.name.to_owned(), source }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use flate2::read::GzDecoder;

    use super::*;

    fn record(record_type: &str, id: &str, fields: &str, block: &str) -> String {
        let length = block.len();
        format!(
            "WARC/1.0\r\nWARC-Type: {record_type}\r\nWARC-Record-ID: <{id}>\r\n{fields}Content-Length: {length}\r\n\r\n{block}\r\n\r\n"
        )
    }

    fn visit(number: usize) -> [String; 3] {
        let concurrent = format!("WARC-Concurrent-To: <r{number}>\r\n");
        let refers = format!("WARC-Refers-To: <r{number}>\r\n");
        [
            record("request", &format!("q{number}"), &concurrent, "GET /"),
            record(
                "response",
                &format!("r{number}"),
                "Content-Type: text/plain\r\n",
                &format!("text {number}"),
            ),
            record("metadata", &format!("m{number}"), &refers, "a: b"),
        ]
    }

    fn gzip(members: &[String]) -> Vec<u8> {
        let mut out = Vec::new();
        for member in members {
            let mut writer = CompressedWriter::new(&mut out, Compression::Gzip).unwrap();
            writer.write_all(member.as_bytes()).unwrap();
            writer.finish().unwrap();
        }
        out
    }

    /// Returns the archive without the articles that `is_removed` chooses by their text.
    fn without(content: &[u8], is_removed: impl Fn(&str) -> bool) -> Result<Vec<u8>, Error> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.warc.gz");
        std::fs::write(&path, content).unwrap();
        let input = Input::file(path);
        let options = ReadOptions::default();
        let mut reader = Reader::new(vec![input.again().unwrap()], options.clone());
        while !matches!(reader.next_batch(), Ok(None)) {}
        let summary = &reader.sources()[0];
        let rewriter =
            WarcRewriter { input: &input, options: &options, summary, compression: summary.compression };
        let mut out = Vec::new();
        rewriter.write_kept(Path::new("out"), &mut out, |batch, index| {
            Ok(!is_removed(&batch.article(index)?.text))
        })?;
        Ok(out)
    }

    #[test]
    fn removes_records_with_what_belongs_to_them() {
        let visits = [visit(1), visit(2), visit(3)];
        let info = record("warcinfo", "w", "", "software: a");
        let all: Vec<String> =
            std::iter::once(info.clone()).chain(visits.iter().flatten().cloned()).collect();
        let kept: Vec<String> =
            std::iter::once(info).chain(visits[0].iter().chain(&visits[2]).cloned()).collect();
        let plain = |records: &[String]| records.concat().into_bytes();
        assert_eq!(without(&plain(&all), |text| text == "text 2").unwrap(), plain(&kept));
        assert_eq!(
            without(&gzip(&all), |text| text == "text 2").unwrap(),
            gzip(&kept),
            "a member for each record"
        );
        assert_eq!(without(&gzip(&all), |_| false).unwrap(), gzip(&all));
        let one_member = gzip(&[all.concat()]);
        assert_eq!(without(&one_member, |text| text == "text 2").unwrap(), gzip(&kept));
        let mut first = String::new();
        GzDecoder::new(Cursor::new(gzip(&kept))).read_to_string(&mut first).unwrap();
        assert!(first.contains("warcinfo") && !first.contains("request"));
    }

    #[test]
    fn copies_damaged_stretches() {
        let [request, response, metadata] = visit(1);
        let [_, other, _] = visit(2);
        let broken = response.replace("Content-Length: 6", "Content-Length: 3");
        let none = response.replace("Content-Length", "Length");
        for damage in ["oops\r\n".repeat(3000), broken, none, "WARC/".repeat(9)] {
            let archive = [request.as_str(), &damage, &metadata, &other].concat();
            let kept = without(archive.as_bytes(), |text| text == "text 2").unwrap();
            let kept = String::from_utf8(kept).unwrap();
            assert_eq!(kept, archive.strip_suffix(other.as_str()).unwrap());
        }
    }
}
