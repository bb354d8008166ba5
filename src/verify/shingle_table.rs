//! Looks up the shingles of one token list in another: finds their positions and counts the distinct ones.
//!
//! Cost: one entry for each shingle of the list. The look-up of a shingle that is not in the list mostly ends at
//! one bit of the filter, which stays in the nearest cache.

use super::passage::Block;
use super::run_filter::RunFilter;
use crate::shingle::shingle;
use crate::text::Token;

/// A hash table of the shingles of a list, with open addressing. A shingle is identified by the first position at
/// which it begins; its positions are linked in ascending order.
#[derive(Clone, Debug, Default)]
pub(super) struct ShingleTable {
    shingles: Vec<u64>,
    filter: RunFilter,
    /// For each slot, the first position of its shingle.
    slots: Vec<u32>,
    /// For each position, the next one of the same shingle.
    next: Vec<u32>,
    /// For each position, the last one of the same shingle.
    last: Vec<u32>,
    /// For the last position of each shingle, the round in which the shingle was last marked.
    marks: Vec<u32>,
    /// The current round: [`ShingleTable::clear_marks`] begins a new one.
    round: u32,
    marked: u32,
    /// The number of distinct shingles.
    distinct: u32,
}

/// No position, in a slot or as the next one.
const NONE: u32 = u32::MAX;
/// The minimum number of slots for each shingle. If most are empty, few shingles collide.
const SLOTS_PER_SHINGLE: usize = 4;

impl ShingleTable {
    /// Replaces the contents with the shingles of a list.
    pub(super) fn fill(&mut self, tokens: &[Token], size: usize) {
        shingle(tokens, size, &mut self.shingles);
        self.filter.fill(tokens, size);
        let positions = self.shingles.len();
        self.slots.clear();
        self.slots.resize((positions * SLOTS_PER_SHINGLE).next_power_of_two(), NONE);
        self.marks.clear();
        self.marks.resize(positions, 0);
        self.round = 0;
        // The old contents of these two are overwritten before they are read.
        self.next.resize(positions, NONE);
        self.last.resize(positions, NONE);
        self.distinct = 0;
        for position in (0..positions).rev() {
            let slot = self.slot(self.shingles[position]);
            let following = std::mem::replace(&mut self.slots[slot], position as u32);
            self.next[position] = following;
            self.distinct += u32::from(following == NONE);
            self.last[position] =
                if following == NONE { position as u32 } else { self.last[following as usize] };
        }
    }

    /// Replaces the contents of `out` with the positions of those shingles of another list that may be in this one,
    /// ascending: all that are, and few others.
    pub(super) fn find_possible(&self, tokens: &[Token], size: usize, out: &mut Vec<u32>) {
        self.filter.find_possible(tokens, size, out);
    }

    /// Returns the number of distinct shingles of the list.
    pub(super) fn distinct(&self) -> u32 {
        self.distinct
    }

    /// Returns the first position of a shingle.
    pub(super) fn find(&self, hash: u64) -> Option<u32> {
        Some(self.slots[self.slot(hash)]).filter(|&first| first != NONE)
    }

    /// Returns all positions of the shingle whose first position is `first`, ascending.
    pub(super) fn positions(&self, first: u32) -> impl Iterator<Item = u32> + '_ {
        let following = |&position: &u32| Some(self.next[position as usize]).filter(|&next| next != NONE);
        std::iter::successors(Some(first), following)
    }

    /// Removes the marks of all shingles.
    pub(super) fn clear_marks(&mut self) {
        self.round += 1;
        self.marked = 0;
    }

    /// Returns the number of distinct shingles that are marked.
    pub(super) fn marked(&self) -> u32 {
        self.marked
    }

    /// Returns whether the shingle at a position is marked.
    pub(super) fn is_marked(&self, position: u32) -> bool {
        self.marks[self.last[position as usize] as usize] == self.round
    }

    /// Marks the shingle at a position.
    pub(super) fn mark(&mut self, position: u32) {
        let mark = &mut self.marks[self.last[position as usize] as usize];
        let before = std::mem::replace(mark, self.round);
        self.marked += u32::from(before != self.round);
    }

    /// Marks every shingle inside a block; the list is its second one.
    pub(super) fn mark_block(&mut self, block: Block, size: usize) {
        for position in block.b..=block.b_end() - size as u32 {
            self.mark(position);
        }
    }

    /// Returns the slot of a shingle, or the empty slot where it would be inserted.
    fn slot(&self, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            let first = self.slots[slot];
            if first == NONE || self.shingles[first as usize] == hash {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
    }
}
