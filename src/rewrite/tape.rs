//! The bytes of an input in, stretches of them out, copied or taken, from the first to the last.

use std::io::Write;
use std::path::Path;

use super::unwritable;
use crate::error::Error;
use crate::read::Content;

/// The bytes of an input, and how far they were handed on.
pub(super) struct Tape<'a> {
    content: Content,
    at: u64,
    /// The name of the copy, for errors.
    name: &'a Path,
}

impl<'a> Tape<'a> {
    pub(super) fn new(content: Content, name: &'a Path) -> Self {
        Self { content, at: 0, name }
    }

    /// Tells how many bytes were handed on.
    pub(super) fn at(&self) -> u64 {
        self.at
    }

    pub(super) fn name(&self) -> &'a Path {
        self.name
    }

    /// Writes the bytes up to `end`, or to the end of the input where that comes first.
    pub(super) fn copy(&mut self, end: u64, out: &mut dyn Write) -> Result<(), Error> {
        let name = self.name;
        self.pass(end, |bytes| out.write_all(bytes).map_err(|source| unwritable(name, source)))
    }

    /// Gives the bytes up to `end`, or to the end of the input where that comes first.
    pub(super) fn take(&mut self, end: u64) -> Result<Vec<u8>, Error> {
        let mut taken = Vec::new();
        self.pass(end, |bytes| {
            taken.extend_from_slice(bytes);
            Ok(())
        })?;
        Ok(taken)
    }

    fn pass(&mut self, end: u64, mut to: impl FnMut(&[u8]) -> Result<(), Error>) -> Result<(), Error> {
        while self.at < end {
            let next = self.content.fill()?;
            if next.is_empty() {
                // The input is shorter than it was; whoever counts at the end will see.
                break;
            }
            let count = next.len().min(usize::try_from(end - self.at).unwrap_or(usize::MAX));
            to(&next[..count])?;
            self.content.consume(count);
            self.at += count as u64;
        }
        Ok(())
    }

    pub(super) fn into_content(self) -> Content {
        self.content
    }
}
