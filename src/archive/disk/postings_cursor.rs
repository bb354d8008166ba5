//! Reads postings one after the other.

use super::postings_blocks::{LoadedBlocks, PostingsBlocks};
use crate::error::Error;

/// A position in sorted postings. Several of them are merged by taking the least posting each time.
#[derive(Debug)]
pub(in crate::archive) struct PostingsCursor {
    blocks: PostingsBlocks,
    loaded: LoadedBlocks,
    /// The number of the next block, and of the first one that is not loaded.
    next_block: usize,
    loaded_end: usize,
    /// The postings of the last block, and the index of the next one of them.
    postings: Vec<(u32, u32)>,
    next: usize,
}

impl PostingsCursor {
    /// Creates a cursor at the first posting.
    pub(super) fn new(blocks: PostingsBlocks) -> Self {
        let (loaded, postings) = (LoadedBlocks::default(), Vec::new());
        Self { blocks, loaded, next_block: 0, loaded_end: 0, postings, next: 0 }
    }

    /// Returns the next value and row; `None` at the end.
    #[inline]
    pub(in crate::archive) fn next(&mut self) -> Result<Option<(u32, u32)>, Error> {
        if self.next == self.postings.len() {
            self.next_postings()?;
        }
        let posting = self.postings.get(self.next).copied();
        self.next += usize::from(posting.is_some());
        Ok(posting)
    }

    /// Decodes the next block, if there is one.
    fn next_postings(&mut self) -> Result<(), Error> {
        self.postings.clear();
        self.next = 0;
        let count = self.blocks.first_values().len();
        if self.next_block < count {
            if self.next_block == self.loaded_end {
                self.loaded_end = count.min(self.loaded_end + PostingsBlocks::AT_ONCE);
                self.blocks.load(self.next_block..self.loaded_end, &mut self.loaded)?;
            }
            self.blocks.decode(self.next_block, u32::MAX, &self.loaded, &mut self.postings)?;
            self.next_block += 1;
        }
        Ok(())
    }
}
