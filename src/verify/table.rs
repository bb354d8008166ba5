//! A token list in, a table of its shingles out, with the places where each stands and which of them were seen.

use super::passage::Block;
use crate::shingle::shingle;
use crate::text::Token;

/// The shingles of the longer list, to be looked up in: open addressing, with the places of each shingle in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    mask: usize,
    hashes: Vec<u64>,
    heads: Vec<u32>,
    next: Vec<u32>,
    slot_of: Vec<u32>,
    /// For each slot the number of the look-up that last saw it.
    seen: Vec<u32>,
    look_up: u32,
    seen_count: u32,
    shingles: Vec<u64>,
}

const NONE: u32 = u32::MAX;

impl Table {
    pub(super) fn fill(&mut self, tokens: &[Token], size: usize) {
        shingle(tokens, size, &mut self.shingles);
        let slots = (self.shingles.len() * 2).next_power_of_two();
        self.mask = slots - 1;
        self.hashes.clear();
        self.hashes.resize(slots, 0);
        self.heads.clear();
        self.heads.resize(slots, NONE);
        self.seen.clear();
        self.seen.resize(slots, 0);
        self.look_up = 0;
        self.next.clear();
        self.next.resize(self.shingles.len(), NONE);
        self.slot_of.clear();
        self.slot_of.resize(self.shingles.len(), 0);
        for place in (0..self.shingles.len()).rev() {
            let hash = self.shingles[place];
            let mut slot = hash as usize & self.mask;
            while self.heads[slot] != NONE && self.hashes[slot] != hash {
                slot = (slot + 1) & self.mask;
            }
            self.hashes[slot] = hash;
            self.next[place] = self.heads[slot];
            self.heads[slot] = place as u32;
            self.slot_of[place] = slot as u32;
        }
    }

    pub(super) fn find(&self, hash: u64) -> Option<usize> {
        let mut slot = hash as usize & self.mask;
        while self.heads[slot] != NONE {
            if self.hashes[slot] == hash {
                return Some(slot);
            }
            slot = (slot + 1) & self.mask;
        }
        None
    }

    pub(super) fn places(&self, slot: usize) -> impl Iterator<Item = u32> + '_ {
        let following = |&place: &u32| Some(self.next[place as usize]).filter(|&next| next != NONE);
        std::iter::successors(Some(self.heads[slot]), following)
    }

    pub(super) fn forget_seen(&mut self) {
        self.look_up += 1;
        self.seen_count = 0;
    }

    /// Counts the different shingles that were seen since `forget_seen`.
    pub(super) fn seen(&self) -> u32 {
        self.seen_count
    }

    pub(super) fn see(&mut self, slot: usize) {
        let last = std::mem::replace(&mut self.seen[slot], self.look_up);
        self.seen_count += u32::from(last != self.look_up);
    }

    pub(super) fn see_block(&mut self, block: Block, size: usize) {
        for place in block.b as usize..=block.b_end() as usize - size {
            self.see(self.slot_of[place] as usize);
        }
    }
}
