//! Writes postings: pairs of a value and a row.

use super::block_file_writer::BlockFileWriter;
use super::postings_block::{BLOCK_POSTINGS, encode_block};
use crate::error::Error;

/// Writes postings into two sections of a file: blocks of postings, and an index of the first value of each block.
#[derive(Debug)]
pub(in crate::archive) struct PostingsWriter<'w> {
    file: &'w mut BlockFileWriter,
    sections: [u8; 2],
    /// The postings of the next block.
    postings: Vec<(u32, u32)>,
    /// The bytes of a block.
    block: Vec<u8>,
    count: u64,
    first_values: Vec<u32>,
}

impl<'w> PostingsWriter<'w> {
    /// Creates a writer for the sections of the postings and of the index, which are the next ones of the file.
    pub(in crate::archive) fn new(file: &'w mut BlockFileWriter, sections: [u8; 2]) -> Self {
        let (postings, block, first_values) = (Vec::new(), Vec::new(), Vec::new());
        Self { file, sections, postings, block, count: 0, first_values }
    }

    /// Adds a posting. One that is equal to the last one is dropped.
    ///
    /// # Panics
    /// Panics if the posting is less than the last one.
    pub(in crate::archive) fn push(&mut self, value: u32, row: u32) -> Result<(), Error> {
        if let Some(&last) = self.postings.last() {
            if last == (value, row) {
                return Ok(());
            }
            assert!(last < (value, row), "postings are written in ascending order");
        }
        // The last posting stays here until there is another one, to be compared with it.
        if self.postings.len() == BLOCK_POSTINGS {
            self.end_block()?;
        }
        self.postings.push((value, row));
        self.count += 1;
        Ok(())
    }

    /// Writes the last postings and the index.
    pub(in crate::archive) fn finish(mut self) -> Result<(), Error> {
        if !self.postings.is_empty() {
            self.end_block()?;
        }
        let mut index = self.count.to_le_bytes().to_vec();
        index.extend(self.first_values.iter().flat_map(|value| value.to_le_bytes()));
        self.file.block(self.sections[1], &index, false)
    }

    fn end_block(&mut self) -> Result<(), Error> {
        self.first_values.push(self.postings[0].0);
        self.block.clear();
        encode_block(&self.postings, &mut self.block);
        self.postings.clear();
        // Postings are packed hashes: compression finds nothing in them.
        self.file.block(self.sections[0], &self.block, false)
    }
}
