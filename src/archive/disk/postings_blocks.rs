//! Reads the blocks of postings.

use std::ops::Range;
use std::sync::Arc;

use super::block_file::BlockFile;
use super::postings_block::decode_block;
use crate::error::Error;

/// The blocks of postings of a file, with the first value of each.
#[derive(Clone, Debug)]
pub(super) struct PostingsBlocks {
    file: Arc<BlockFile>,
    section: u8,
    first_values: Arc<[u32]>,
}

/// Blocks that follow each other, as they are in the file.
#[derive(Debug, Default)]
pub(super) struct LoadedBlocks {
    run: Range<usize>,
    /// The range of each block in `bytes`.
    ranges: Vec<Range<usize>>,
    bytes: Vec<u8>,
}

impl PostingsBlocks {
    /// The number of blocks that are loaded at once, where many follow each other: a few hundred KB.
    pub(super) const AT_ONCE: usize = 128;

    /// Creates a reader of the blocks of a section, which begin with these values.
    pub(super) fn new(file: Arc<BlockFile>, section: u8, first_values: Vec<u32>) -> Self {
        Self { file, section, first_values: first_values.into() }
    }

    /// Returns the first value of each block.
    pub(super) fn first_values(&self) -> &[u32] {
        &self.first_values
    }

    /// Reads the blocks of a range, with one read.
    pub(super) fn load(&self, run: Range<usize>, loaded: &mut LoadedBlocks) -> Result<(), Error> {
        self.file.read_blocks(self.section, run.clone(), &mut loaded.bytes, &mut loaded.ranges)?;
        loaded.run = run;
        Ok(())
    }

    /// Replaces the content of `postings` by the postings of a loaded block, without those of values greater than
    /// `last_value`.
    pub(super) fn decode(
        &self,
        block: usize,
        last_value: u32,
        loaded: &LoadedBlocks,
        postings: &mut Vec<(u32, u32)>,
    ) -> Result<(), Error> {
        let bytes = &loaded.bytes[loaded.ranges[block - loaded.run.start].clone()];
        decode_block(self.first_values[block], last_value, bytes, postings)
            .ok_or_else(|| self.file.damaged(self.section, block))
    }
}
