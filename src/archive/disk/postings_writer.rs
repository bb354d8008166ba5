//! Writes postings: pairs of a value and a row.

use super::block_file_writer::BlockFileWriter;
use super::postings_block::LastPosting;
use crate::error::Error;

/// The number of postings in a block. Finding a value reads one block: half of it is decoded for nothing. Each block
/// costs 32 bytes of memory in the directory of an open file, and 4 in the index.
const BLOCK_POSTINGS: u32 = 512;

/// Writes postings into two sections of a file: blocks of postings, and an index of the first value of each block.
#[derive(Debug)]
pub(in crate::archive) struct PostingsWriter<'w> {
    file: &'w mut BlockFileWriter,
    sections: [u8; 2],
    block: Vec<u8>,
    /// The number of postings in the block.
    in_block: u32,
    last: LastPosting,
    /// The last value and row.
    previous: Option<(u32, u32)>,
    count: u64,
    first_values: Vec<u32>,
}

impl<'w> PostingsWriter<'w> {
    /// Creates a writer for the sections of the postings and of the index, which are the next ones of the file.
    pub(in crate::archive) fn new(file: &'w mut BlockFileWriter, sections: [u8; 2]) -> Self {
        Self {
            file,
            sections,
            block: Vec::new(),
            in_block: 0,
            last: LastPosting::new(0),
            previous: None,
            count: 0,
            first_values: Vec::new(),
        }
    }

    /// Adds a posting. One that is equal to the last one is dropped.
    ///
    /// # Panics
    /// Panics if the posting is less than the last one.
    pub(in crate::archive) fn push(&mut self, value: u32, row: u32) -> Result<(), Error> {
        if self.previous == Some((value, row)) {
            return Ok(());
        }
        assert!(self.previous < Some((value, row)), "postings are written in ascending order");
        if self.in_block == BLOCK_POSTINGS {
            self.end_block()?;
        }
        if self.in_block == 0 {
            self.first_values.push(value);
            self.last = LastPosting::new(value);
        }
        self.last.encode(value, row, &mut self.block);
        self.in_block += 1;
        self.count += 1;
        self.previous = Some((value, row));
        Ok(())
    }

    /// Writes the last postings and the index.
    pub(in crate::archive) fn finish(mut self) -> Result<(), Error> {
        if self.in_block > 0 {
            self.end_block()?;
        }
        let mut index = self.count.to_le_bytes().to_vec();
        index.extend(self.first_values.iter().flat_map(|value| value.to_le_bytes()));
        self.file.block(self.sections[1], &index, false)
    }

    fn end_block(&mut self) -> Result<(), Error> {
        // Values are hashes: compression finds nothing in them.
        self.file.block(self.sections[0], &self.block, false)?;
        self.block.clear();
        self.in_block = 0;
        Ok(())
    }
}
