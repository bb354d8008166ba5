//! Remembers a set of values in a few bits each: answers whether a value may be in the set (a Bloom filter with one
//! hash function).
//!
//! Invariant: no false negatives. A value that was inserted is always reported as possibly contained.
//! False positives: as frequent as the share of bits that are set.
//! Cost: the requested number of bits, rounded up to a power of two; one access to memory for each operation.
//! Source: Bloom, "Space/time trade-offs in hash coding with allowable errors", 1970.

/// A set of values with approximate membership. Values must be hashes: their lower bits select the bit.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BloomFilter {
    words: Vec<u64>,
}

impl BloomFilter {
    /// Creates an empty filter of at least `bits` bits.
    pub(crate) fn new(bits: usize) -> Self {
        Self { words: vec![0; bits.div_ceil(u64::BITS as usize).next_power_of_two()] }
    }

    /// Inserts a value.
    pub(crate) fn insert(&mut self, value: u32) {
        let (word, mask) = self.bit_of(value);
        self.words[word] |= mask;
    }

    /// Returns whether a value may have been inserted.
    pub(crate) fn may_contain(&self, value: u32) -> bool {
        let (word, mask) = self.bit_of(value);
        self.words[word] & mask != 0
    }

    /// Returns the index of the word and the mask of the bit that belong to a value.
    fn bit_of(&self, value: u32) -> (usize, u64) {
        ((value >> 6) as usize & (self.words.len() - 1), 1 << (value & 63))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn has_no_false_negatives_and_few_false_positives(
            values in prop::collection::btree_set(any::<u32>(), 0..300),
            others in prop::collection::btree_set(any::<u32>(), 300),
            bits_per_value in 8_usize..20,
        ) {
            let mut filter = BloomFilter::new(bits_per_value * values.len());
            values.iter().for_each(|&value| filter.insert(value));
            prop_assert!(values.iter().all(|&value| filter.may_contain(value)));
            let wrong = others.difference(&values).filter(|&&value| filter.may_contain(value)).count();
            prop_assert!(wrong <= 20 + 2 * 300 / bits_per_value, "{wrong}");
        }
    }
}
