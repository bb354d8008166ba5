//! Finds rows by value in postings.

use std::ops::Range;
use std::sync::Arc;

use super::block_file::BlockFile;
use super::postings_block::LastPosting;
use super::postings_cursor::{BLOCKS_AT_ONCE, PostingsCursor};
use crate::error::Error;

/// Sorted pairs of a value and a row in two sections of a file: blocks of postings, and an index, which is in memory.
#[derive(Debug)]
pub(in crate::archive) struct Postings {
    file: Arc<BlockFile>,
    section: u8,
    /// The number of postings.
    count: u64,
    /// The first value of each block.
    first_values: Arc<[u32]>,
}

impl Postings {
    /// Opens the postings in the sections of the postings and of the index.
    pub(in crate::archive) fn open(file: Arc<BlockFile>, sections: [u8; 2]) -> Result<Self, Error> {
        let index = file.block(sections[1], 0)?;
        let decoded = decode_index(&index).filter(|(_, first_values)| {
            first_values.len() == file.count(sections[0]) && first_values.is_sorted()
        });
        let (count, first_values) = decoded.ok_or_else(|| file.damaged(sections[1], 0))?;
        Ok(Self { file, section: sections[0], count, first_values: first_values.into() })
    }

    /// Returns the number of postings.
    pub(in crate::archive) fn len(&self) -> u64 {
        self.count
    }

    /// Returns a cursor at the first posting.
    pub(in crate::archive) fn cursor(&self) -> PostingsCursor {
        PostingsCursor::new(Arc::clone(&self.file), self.section, Arc::clone(&self.first_values))
    }

    /// Calls `visit` with the value and the row of each posting, in ascending order.
    pub(in crate::archive) fn for_each(&self, mut visit: impl FnMut(u32, u32)) -> Result<(), Error> {
        let mut cursor = self.cursor();
        while let Some((value, row)) = cursor.next()? {
            visit(value, row);
        }
        Ok(())
    }

    /// Calls `visit` with each value of `values` that occurs, and its rows in ascending order. `values` are ascending
    /// and distinct.
    ///
    /// Reads the blocks that may contain one of them, each once, and neighbors among them with one read.
    pub(in crate::archive) fn for_each_list(
        &self,
        values: &[u32],
        visit: impl FnMut(u32, &[u32]),
    ) -> Result<(), Error> {
        debug_assert!(values.is_sorted_by(|a, b| a < b), "values are ascending and distinct");
        let mut lists = Lists { wanted: values, rows: Vec::new(), visit };
        let (mut buffer, mut ranges) = (Vec::new(), Vec::new());
        let mut next_block = 0;
        loop {
            // A list may continue in the next block; what is less than its first value is complete.
            lists.pass(self.first_values.get(next_block).copied());
            let run = self.run_of_blocks(next_block, lists.wanted);
            if run.is_empty() {
                return Ok(());
            }
            self.file.read_blocks(self.section, run.clone(), &mut buffer, &mut ranges)?;
            for (block, range) in run.clone().zip(&ranges) {
                lists
                    .scan(self.first_values[block], &buffer[range.clone()], self.first_values.get(block + 1))
                    .ok_or_else(|| self.file.damaged(self.section, block))?;
            }
            next_block = run.end;
        }
    }

    /// Returns the next blocks that may contain one of the wanted values and follow each other, from block `from` on.
    fn run_of_blocks(&self, from: usize, mut wanted: &[u32]) -> Range<usize> {
        let Some(&first) = wanted.first() else { return from..from };
        // The list of a value may begin in the block before the first one that begins with it.
        let less = gallop(&self.first_values[from..], |&value| value < first);
        let begin = from + less.saturating_sub(1);
        let mut end = begin;
        while end < self.first_values.len() && end - begin < BLOCKS_AT_ONCE {
            wanted = &wanted[gallop(wanted, |&value| value < self.first_values[end])..];
            let after = self.first_values.get(end + 1);
            if end > begin && wanted.first().is_none_or(|value| after.is_some_and(|after| value > after)) {
                break;
            }
            end += 1;
        }
        begin..end
    }
}

/// The lists of the wanted values that are not complete yet.
struct Lists<'v, F> {
    /// The values that are not complete.
    wanted: &'v [u32],
    /// The rows of the first of them that were found.
    rows: Vec<u32>,
    visit: F,
}

impl<F: FnMut(u32, &[u32])> Lists<'_, F> {
    /// Completes the wanted values that are less than `value`; all, if it is `None`.
    fn pass(&mut self, value: Option<u32>) {
        while let Some((&first, rest)) = self.wanted.split_first()
            && value.is_none_or(|value| first < value)
        {
            if !self.rows.is_empty() {
                (self.visit)(first, &self.rows);
                self.rows.clear();
            }
            self.wanted = rest;
        }
    }

    /// Takes the rows of wanted values from a block. `after` is the first value of the next block. Returns `None` if
    /// the block is damaged.
    fn scan(&mut self, first_value: u32, mut block: &[u8], after: Option<&u32>) -> Option<()> {
        let mut last = LastPosting::new(first_value);
        // The values that may be in this block.
        while let Some(&wanted) = self.wanted.first()
            && after.is_none_or(|&after| wanted <= after)
        {
            let (value, row) = loop {
                match last.decode(&mut block) {
                    Some((value, _)) if value < wanted => {}
                    Some(posting) => break posting,
                    None => return block.is_empty().then_some(()),
                }
            };
            self.pass(Some(value));
            if self.wanted.first() == Some(&value) {
                self.rows.push(row);
            }
        }
        Some(())
    }
}

/// Returns the number of elements at the beginning of a list that fulfill a condition, which those after them do not.
/// Cost: the logarithm of that number.
fn gallop<T>(list: &[T], fulfills: impl Fn(&T) -> bool) -> usize {
    let mut bound = 1;
    while bound <= list.len() && fulfills(&list[bound - 1]) {
        bound *= 2;
    }
    let begin = bound / 2;
    begin + list[begin..list.len().min(bound)].partition_point(fulfills)
}

/// Returns the number of postings and the first value of each block. Returns `None` if the bytes are no index.
fn decode_index(bytes: &[u8]) -> Option<(u64, Vec<u32>)> {
    let (count, first_values) = bytes.split_first_chunk()?;
    let (first_values, rest) = first_values.as_chunks();
    let values = first_values.iter().map(|&value| u32::from_le_bytes(value)).collect();
    rest.is_empty().then_some((u64::from_le_bytes(*count), values))
}
