//! Finds rows by value in postings.

use std::ops::Range;
use std::sync::Arc;

use super::block_file::BlockFile;
use super::postings_block::BLOCK_POSTINGS;
use super::postings_blocks::{LoadedBlocks, PostingsBlocks};
use super::postings_cursor::PostingsCursor;
use crate::error::Error;

/// Sorted pairs of a value and a row in two sections of a file: blocks of postings, and an index, which is in memory.
#[derive(Debug)]
pub(in crate::archive) struct Postings {
    blocks: PostingsBlocks,
}

impl Postings {
    /// Opens the postings in the sections of the postings and of the index.
    pub(in crate::archive) fn open(file: Arc<BlockFile>, sections: [u8; 2]) -> Result<Self, Error> {
        let index = file.block(sections[1], 0)?;
        let decoded = decode_index(&index).filter(|(count, first_values)| {
            let blocks = first_values.len();
            let most = blocks as u64 * BLOCK_POSTINGS as u64;
            blocks == file.count(sections[0])
                && (blocks as u64..=most).contains(count)
                && first_values.is_sorted()
        });
        let (_, first_values) = decoded.ok_or_else(|| file.damaged(sections[1], 0))?;
        Ok(Self { blocks: PostingsBlocks::new(file, sections[0], first_values) })
    }

    /// Returns a cursor at the first posting.
    pub(in crate::archive) fn cursor(&self) -> PostingsCursor {
        PostingsCursor::new(self.blocks.clone())
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
        self.for_each_list_of_some(values, |_| true, usize::MAX, visit)
    }

    /// Does what [`Postings::for_each_list`] does, with the rows that `is_wanted` chooses, and of each value at most the
    /// first `most` of them. What follows them is not decoded.
    pub(in crate::archive) fn for_each_list_of_some(
        &self,
        values: &[u32],
        is_wanted: impl Fn(u32) -> bool,
        most: usize,
        visit: impl FnMut(u32, &[u32]),
    ) -> Result<(), Error> {
        debug_assert!(values.is_sorted_by(|a, b| a < b), "values are ascending and distinct");
        let mut lists = Lists { wanted: values, is_wanted, most, rows: Vec::new(), visit };
        let (mut loaded, mut postings) = (LoadedBlocks::default(), Vec::new());
        let mut next_block = 0;
        loop {
            // A list may continue in the next block; what is less than its first value is complete.
            lists.pass(self.blocks.first_values().get(next_block).copied());
            let run = self.run_of_blocks(next_block, lists.wanted);
            if run.is_empty() {
                return Ok(());
            }
            self.blocks.load(run.clone(), &mut loaded)?;
            next_block = run.end;
            for block in run {
                let next_value = self.blocks.first_values().get(block + 1).copied();
                if let Some(last_value) = lists.last_before(next_value) {
                    self.blocks.decode(block, last_value, &loaded, &mut postings)?;
                    lists.take(&postings);
                }
            }
        }
    }

    /// Returns the next blocks that may contain one of the wanted values and follow each other, from block `from` on.
    fn run_of_blocks(&self, from: usize, mut wanted: &[u32]) -> Range<usize> {
        let first_values = self.blocks.first_values();
        let Some(&first) = wanted.first() else { return from..from };
        // The list of a value may begin in the block before the first one that begins with it.
        let less = gallop(&first_values[from..], |&value| value < first);
        let begin = from + less.saturating_sub(1);
        let mut end = begin;
        while end < first_values.len() && end - begin < PostingsBlocks::AT_ONCE {
            wanted = &wanted[gallop(wanted, |&value| value < first_values[end])..];
            let after = first_values.get(end + 1);
            if end > begin && wanted.first().is_none_or(|value| after.is_some_and(|after| value > after)) {
                break;
            }
            end += 1;
        }
        begin..end
    }
}

/// The lists of the wanted values that are not complete yet.
struct Lists<'v, W, F> {
    /// The values that are not complete.
    wanted: &'v [u32],
    /// Chooses rows.
    is_wanted: W,
    /// The number of rows with which a list is complete.
    most: usize,
    /// The rows of the first value that were found.
    rows: Vec<u32>,
    visit: F,
}

impl<W: Fn(u32) -> bool, F: FnMut(u32, &[u32])> Lists<'_, W, F> {
    /// Returns the greatest wanted value that may be in a block, if there is one; the next block begins with `next_value`, if
    /// there is one.
    fn last_before(&self, next_value: Option<u32>) -> Option<u32> {
        let count = gallop(self.wanted, |&value| next_value.is_none_or(|next| value <= next));
        self.wanted[..count].last().copied()
    }

    /// Completes the wanted values that are less than `value`; all, if it is `None`.
    fn pass(&mut self, value: Option<u32>) {
        while self.wanted.first().is_some_and(|&first| value.is_none_or(|value| first < value)) {
            self.complete_first();
        }
    }

    /// Completes the first wanted value.
    fn complete_first(&mut self) {
        let Some((&first, rest)) = self.wanted.split_first() else { return };
        if !self.rows.is_empty() {
            (self.visit)(first, &self.rows);
            self.rows.clear();
        }
        self.wanted = rest;
    }

    /// Takes the rows of wanted values from the postings of a block.
    fn take(&mut self, mut postings: &[(u32, u32)]) {
        while let Some(&wanted) = self.wanted.first() {
            postings = &postings[gallop(postings, |&(value, _)| value < wanted)..];
            let Some(&(value, _)) = postings.first() else { return };
            if value == wanted {
                let (list, rest) = postings.split_at(gallop(postings, |&(value, _)| value == wanted));
                for &(_, row) in list {
                    if (self.is_wanted)(row) {
                        self.rows.push(row);
                        if self.rows.len() >= self.most {
                            self.complete_first();
                            break;
                        }
                    }
                }
                if rest.is_empty() {
                    // The list may continue in the next block.
                    return;
                }
                postings = rest;
            }
            self.pass(Some(postings[0].0));
        }
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
