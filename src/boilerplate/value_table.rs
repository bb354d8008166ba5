//! Finds which fingerprint values several pages of a sample have.
//!
//! Cost: one look-up for each value that is put in. The table has at least two slots for each of them.

use super::page_set::PageSet;

/// A hash table from fingerprint values to the pages of a sample that have them. It is filled again for each sample.
pub(super) struct ValueTable {
    slots: Vec<Slot>,
    /// The indices of the slots whose value several pages have.
    shared: Vec<u32>,
    /// The number of bits by which a product is shifted to become an index of a slot.
    shift: u32,
    multiplier: u32,
}

/// A value and the pages that have it. An empty slot has no pages.
#[derive(Clone, Copy, Default)]
struct Slot {
    value: u32,
    pages: PageSet,
    /// True if the value belongs to the text that the pages share.
    is_of_text: bool,
}

impl ValueTable {
    pub(super) fn new() -> Self {
        Self { slots: Vec::new(), shared: Vec::new(), shift: 0, multiplier: 0 }
    }

    /// Replaces the contents by values, each with the index of its page in the sample. Returns for each page how often
    /// it repeats one of its values.
    pub(super) fn fill(&mut self, values: &[(u32, u32)]) -> [usize; PageSet::CAPACITY] {
        /// Input may be made so that many values fall into the same slots with the first multiplier. Then the next one
        /// is tried.
        const MULTIPLIERS: [u32; 3] = [0x9E37_79B1, 0x85EB_CA77, 0xC2B2_AE3D];
        let size = (2 * values.len()).next_power_of_two().max(2);
        self.shift = u32::BITS - size.ilog2();
        let most_collisions = [4 * size, 4 * size, usize::MAX];
        let repeats =
            MULTIPLIERS.into_iter().zip(most_collisions).find_map(|(multiplier, most_collisions)| {
                self.multiplier = multiplier;
                self.slots.clear();
                self.slots.resize(size, Slot::default());
                self.shared.clear();
                self.insert_all(values, most_collisions)
            });
        repeats.expect("the last attempt allows any number of collisions")
    }

    /// Inserts values. Returns for each page how often it repeats one of its values; nothing if more occupied slots
    /// are met than `collisions_left`.
    fn insert_all(
        &mut self,
        values: &[(u32, u32)],
        mut collisions_left: usize,
    ) -> Option<[usize; PageSet::CAPACITY]> {
        let mut repeats = [0; PageSet::CAPACITY];
        let mask = self.slots.len() - 1;
        for &(value, page) in values {
            let mut at = self.first_slot_of(value);
            while !self.slots[at].pages.is_empty() && self.slots[at].value != value {
                at = (at + 1) & mask;
                collisions_left = collisions_left.checked_sub(1)?;
            }
            let slot = &mut self.slots[at];
            let (before, page) = (slot.pages, page as usize);
            let is_repeat = before.contains(page);
            repeats[page] += usize::from(is_repeat);
            *slot = Slot { value, pages: before.with(page), is_of_text: false };
            if !is_repeat && before.len() == 1 {
                self.shared.push(at as u32);
            }
        }
        Some(repeats)
    }

    /// Decides for each value that several pages have, from these pages, whether it belongs to their text.
    pub(super) fn mark_text(&mut self, mut is_of_text: impl FnMut(PageSet) -> bool) {
        for &at in &self.shared {
            let slot = &mut self.slots[at as usize];
            slot.is_of_text = is_of_text(slot.pages);
        }
    }

    /// Returns whether a value belongs to the text that the pages share.
    pub(super) fn is_of_text(&self, value: u32) -> bool {
        let mut at = self.first_slot_of(value);
        while !self.slots[at].pages.is_empty() && self.slots[at].value != value {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at].is_of_text
    }

    fn first_slot_of(&self, value: u32) -> usize {
        (value.wrapping_mul(self.multiplier) >> self.shift) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fills a table with values that belong to the text if three pages have them, and returns these.
    fn text_of(values: &[(u32, u32)]) -> Vec<u32> {
        let mut table = ValueTable::new();
        table.fill(values);
        table.mark_text(|pages| pages.len() == 3);
        let mut found: Vec<u32> =
            values.iter().map(|&(value, _)| value).filter(|&value| table.is_of_text(value)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    #[test]
    fn values_of_three_pages_are_found_once() {
        assert_eq!(text_of(&[(7, 0), (8, 0), (7, 1), (7, 1), (8, 1), (7, 2), (9, 2)]), [7]);
        assert_eq!(ValueTable::new().fill(&[(7, 0), (7, 1), (7, 1), (7, 1), (8, 1)])[..2], [0, 2]);
        assert!(text_of(&[]).is_empty());
    }

    #[test]
    fn values_made_to_collide_are_found() {
        // The inverse of the first multiplier modulo 2^32, so that the products are small and in the same slot.
        let inverse = (0..5).fold(0x9E37_79B1_u32, |inverse, _| {
            inverse.wrapping_mul(2_u32.wrapping_sub(0x9E37_79B1_u32.wrapping_mul(inverse)))
        });
        assert_eq!(inverse.wrapping_mul(0x9E37_79B1), 1);
        let values: Vec<(u32, u32)> =
            (0..1000).flat_map(|n: u32| (0..3).map(move |page| (inverse.wrapping_mul(n), page))).collect();
        assert_eq!(text_of(&values).len(), 1000);
    }
}
