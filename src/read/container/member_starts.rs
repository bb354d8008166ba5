//! Remembers where the members of a gzip file begin, in the file and in its content.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};
use std::sync::{Arc, Mutex, PoisonError};

/// The most members that are remembered before anybody asks for them: those of the first bytes, from which a format is
/// recognized.
const MOST_UNASKED: usize = 1 << 14;

/// The beginnings of the members that were decompressed last. Clones share them.
#[derive(Clone, Debug, Default)]
pub(super) struct MemberStarts(Arc<Mutex<Starts>>);

#[derive(Debug, Default)]
struct Starts {
    /// The offset of each member in the content, and in the file.
    offsets: VecDeque<(u64, u64)>,
    is_asked: bool,
}

impl MemberStarts {
    /// Adds a member that begins at `content` in the content, and at `file` in the file.
    pub(super) fn add(&self, content: u64, file: u64) {
        let mut starts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !starts.is_asked && starts.offsets.len() == MOST_UNASKED {
            starts.offsets.pop_front();
        }
        starts.offsets.push_back((content, file));
    }

    /// Returns the offset in the file of the member that begins at `content` in the content; `None` if none does. Forgets
    /// the members before it.
    #[cfg_attr(
        not(feature = "web"),
        allow(dead_code, reason = "only the records of web archives are found by it")
    )]
    pub(super) fn take(&self, content: u64) -> Option<u64> {
        let mut starts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        starts.is_asked = true;
        while starts.offsets.front().is_some_and(|&(at, _)| at < content) {
            starts.offsets.pop_front();
        }
        // Of empty members before it, only the last one has the content.
        let same = starts.offsets.iter().take_while(|&&(at, _)| at == content);
        same.last().map(|&(_, file)| file)
    }
}

/// A reader that counts the bytes that are consumed.
pub(super) struct Consumed<R> {
    pub(super) inner: R,
    pub(super) count: u64,
}

impl<R: BufRead> Read for Consumed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        self.count += count as u64;
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Consumed<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.inner.consume(count);
        self.count += count as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn returns_where_members_begin() {
        let starts = MemberStarts::default();
        for (content, file) in [(0, 0), (10, 7), (10, 12), (20, 15)] {
            starts.add(content, file);
        }
        let found: Vec<_> = [0, 5, 10, 10, 20, 21].map(|content| starts.take(content)).into();
        assert_eq!(found, [Some(0), None, Some(12), Some(12), Some(15), None]);
    }
}
