//! A token list in, a table of its shingles out, with the places where each stands and which of them were seen.
//!
//! Cost: an entry a shingle; a look-up of a shingle that does not stand in the list mostly ends at a bit of the sieve,
//! which stays in the nearest cache.

use super::passage::Block;
use super::sieve::Sieve;
use crate::shingle::shingle;
use crate::text::Token;

/// The shingles of the longer list, to be looked up in: open addressing, with the places of each shingle in order. A
/// shingle goes by the first place where it stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    shingles: Vec<u64>,
    sieve: Sieve,
    /// For each slot the first place of the shingle that stands there.
    slots: Vec<u32>,
    /// For each place the next one with the same shingle.
    next: Vec<u32>,
    /// For each place the last one with the same shingle.
    last: Vec<u32>,
    /// For the last place of each shingle the number of the look-up that last saw it.
    seen: Vec<u32>,
    look_up: u32,
    seen_count: u32,
    /// How many different shingles there are.
    distinct: u32,
}

const NONE: u32 = u32::MAX;
/// Slots for each shingle, at least: where most are empty, few shingles look for another one.
const SLOTS: usize = 4;

impl Table {
    pub(super) fn fill(&mut self, tokens: &[Token], size: usize) {
        shingle(tokens, size, &mut self.shingles);
        self.sieve.fill(tokens, size);
        let places = self.shingles.len();
        self.slots.clear();
        self.slots.resize((places * SLOTS).next_power_of_two(), NONE);
        self.seen.clear();
        self.seen.resize(places, 0);
        self.look_up = 0;
        // What these two held is written over before it is read.
        self.next.resize(places, NONE);
        self.last.resize(places, NONE);
        self.distinct = 0;
        for place in (0..places).rev() {
            let slot = self.slot(self.shingles[place]);
            let following = std::mem::replace(&mut self.slots[slot], place as u32);
            self.next[place] = following;
            self.distinct += u32::from(following == NONE);
            self.last[place] = if following == NONE { place as u32 } else { self.last[following as usize] };
        }
    }

    /// Gives where those shingles of another list begin that may stand in this one, ascending: all that do, and few
    /// others.
    pub(super) fn sift(&self, tokens: &[Token], size: usize, likely: &mut Vec<u32>) {
        self.sieve.sift(tokens, size, likely);
    }

    /// Counts the different shingles of the list.
    pub(super) fn distinct(&self) -> u32 {
        self.distinct
    }

    /// Gives the first place of a shingle.
    pub(super) fn find(&self, hash: u64) -> Option<u32> {
        Some(self.slots[self.slot(hash)]).filter(|&first| first != NONE)
    }

    /// Gives the places of the shingle that first stands at a place.
    pub(super) fn places(&self, first: u32) -> impl Iterator<Item = u32> + '_ {
        let following = |&place: &u32| Some(self.next[place as usize]).filter(|&next| next != NONE);
        std::iter::successors(Some(first), following)
    }

    pub(super) fn forget_seen(&mut self) {
        self.look_up += 1;
        self.seen_count = 0;
    }

    /// Counts the different shingles that were seen since `forget_seen`.
    pub(super) fn seen(&self) -> u32 {
        self.seen_count
    }

    /// Sees the shingle at a place.
    pub(super) fn see(&mut self, place: u32) {
        let seen = &mut self.seen[self.last[place as usize] as usize];
        let before = std::mem::replace(seen, self.look_up);
        self.seen_count += u32::from(before != self.look_up);
    }

    pub(super) fn see_block(&mut self, block: Block, size: usize) {
        for place in block.b..=block.b_end() - size as u32 {
            self.see(place);
        }
    }

    /// Gives the slot of a shingle, or the empty one where it would stand.
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
