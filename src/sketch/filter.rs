//! Values in, whether another is one of them out: told at a glance, and now and then of one that is not.
//!
//! Invariant: of a value that was put in it is always said that it may be one.
//! Cost: as many bits as are asked for, rounded up; a look at one of them.
//! Source: Bloom, "Space/time trade-offs in hash coding with allowable errors", 1970, with one hash.

/// Values that are likely to be known again.
#[derive(Clone, Debug)]
pub(crate) struct ValueFilter {
    words: Vec<u64>,
}

impl ValueFilter {
    /// Makes one of nothing, of so many bits at least: a value that is not in it passes as often as a bit is set.
    pub(crate) fn new(bits: usize) -> Self {
        Self { words: vec![0; bits.div_ceil(u64::BITS as usize).next_power_of_two()] }
    }

    /// Puts a value in, which must be as good as random in its lower bits.
    pub(crate) fn insert(&mut self, value: u32) {
        let (word, bit) = self.place(value);
        self.words[word] |= bit;
    }

    /// Tells whether a value may have been put in.
    pub(crate) fn may_hold(&self, value: u32) -> bool {
        let (word, bit) = self.place(value);
        self.words[word] & bit != 0
    }

    /// Gives the word and the bit of a value.
    fn place(&self, value: u32) -> (usize, u64) {
        ((value >> 6) as usize & (self.words.len() - 1), 1 << (value & 63))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn knows_what_it_holds_and_little_else(
            values in prop::collection::btree_set(any::<u32>(), 0..300),
            others in prop::collection::btree_set(any::<u32>(), 300),
            each in 8_usize..20,
        ) {
            let mut filter = ValueFilter::new(each * values.len());
            values.iter().for_each(|&value| filter.insert(value));
            prop_assert!(values.iter().all(|&value| filter.may_hold(value)));
            let wrong = others.difference(&values).filter(|&&value| filter.may_hold(value)).count();
            prop_assert!(wrong <= 20 + 2 * 300 / each, "{wrong}");
        }
    }
}
