//! Reads postings one after the other.

use std::ops::Range;
use std::sync::Arc;

use super::block_file::BlockFile;
use super::postings_block::LastPosting;
use crate::error::Error;

/// The number of blocks that are read at once, in sequence: a few hundred KB.
pub(super) const BLOCKS_AT_ONCE: usize = 128;

/// A position in sorted postings. Several of them are merged by taking the least posting each time.
#[derive(Debug)]
pub(in crate::archive) struct PostingsCursor {
    file: Arc<BlockFile>,
    section: u8,
    first_values: Arc<[u32]>,
    /// The blocks that are in the buffer, and the range of each in the buffer.
    blocks: Range<usize>,
    ranges: Vec<Range<usize>>,
    buffer: Vec<u8>,
    /// The block that is being decoded, the range of the buffer that is left of it, and the last posting.
    block: usize,
    rest: Range<usize>,
    last: LastPosting,
}

impl PostingsCursor {
    /// Creates a cursor at the first posting of a section, whose blocks begin with these values.
    pub(super) fn new(file: Arc<BlockFile>, section: u8, first_values: Arc<[u32]>) -> Self {
        Self {
            file,
            section,
            first_values,
            blocks: 0..0,
            ranges: Vec::new(),
            buffer: Vec::new(),
            block: 0,
            rest: 0..0,
            last: LastPosting::new(0),
        }
    }

    /// Returns the next value and row; `None` at the end.
    pub(in crate::archive) fn next(&mut self) -> Result<Option<(u32, u32)>, Error> {
        loop {
            let mut bytes = &self.buffer[self.rest.clone()];
            if let Some(posting) = self.last.decode(&mut bytes) {
                self.rest.start = self.rest.end - bytes.len();
                return Ok(Some(posting));
            }
            if !bytes.is_empty() {
                return Err(self.file.damaged(self.section, self.block));
            }
            if !self.next_block()? {
                return Ok(None);
            }
        }
    }

    /// Moves to the beginning of the next block. Returns `false` if there is none.
    fn next_block(&mut self) -> Result<bool, Error> {
        let next = if self.blocks.is_empty() { 0 } else { self.block + 1 };
        if next == self.blocks.end {
            let blocks = next..self.first_values.len().min(next + BLOCKS_AT_ONCE);
            if blocks.is_empty() {
                return Ok(false);
            }
            self.file.read_blocks(self.section, blocks.clone(), &mut self.buffer, &mut self.ranges)?;
            self.blocks = blocks;
        }
        self.block = next;
        self.rest = self.ranges[next - self.blocks.start].clone();
        self.last = LastPosting::new(self.first_values[next]);
        Ok(true)
    }
}
