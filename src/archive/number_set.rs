//! A set of article numbers.

use serde::{Deserialize, Serialize};

/// A set of article numbers, of which most are in long runs: a bit for each number, written as ranges.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<[u32; 2]>", into = "Vec<[u32; 2]>")]
pub(super) struct NumberSet(Vec<u64>);

impl NumberSet {
    /// Adds a number. Returns whether it was not in the set.
    pub(super) fn insert(&mut self, number: u32) -> bool {
        let (word, bit) = place(number);
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        let is_new = self.0[word] & bit == 0;
        self.0[word] |= bit;
        is_new
    }

    /// Removes a number.
    pub(super) fn remove(&mut self, number: u32) {
        let (word, bit) = place(number);
        if let Some(word) = self.0.get_mut(word) {
            *word &= !bit;
        }
    }

    /// Returns whether the set contains a number.
    pub(super) fn contains(&self, number: u32) -> bool {
        let (word, bit) = place(number);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }

    /// Returns the number of numbers.
    pub(super) fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Returns the numbers, ascending.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        let numbers = |(index, &word): (usize, &u64)| {
            (0..u64::BITS)
                .filter(move |bit| word >> bit & 1 == 1)
                .map(move |bit| index as u32 * u64::BITS + bit)
        };
        self.0.iter().enumerate().filter(|(_, word)| **word != 0).flat_map(numbers)
    }
}

fn place(number: u32) -> (usize, u64) {
    ((number / u64::BITS) as usize, 1 << (number % u64::BITS))
}

impl FromIterator<u32> for NumberSet {
    fn from_iter<I: IntoIterator<Item = u32>>(numbers: I) -> Self {
        let mut out = Self::default();
        out.extend(numbers);
        out
    }
}

impl Extend<u32> for NumberSet {
    fn extend<I: IntoIterator<Item = u32>>(&mut self, numbers: I) {
        for number in numbers {
            self.insert(number);
        }
    }
}

/// The beginnings and the ends of ranges.
impl From<Vec<[u32; 2]>> for NumberSet {
    fn from(ranges: Vec<[u32; 2]>) -> Self {
        ranges.into_iter().flat_map(|[begin, end]| begin..end).collect()
    }
}

impl From<NumberSet> for Vec<[u32; 2]> {
    fn from(set: NumberSet) -> Self {
        let mut ranges: Self = Vec::new();
        for number in set.iter() {
            match ranges.last_mut() {
                Some([_, end]) if *end == number => *end += 1,
                _ => ranges.push([number, number + 1]),
            }
        }
        ranges
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn same_as_a_tree(numbers in prop::collection::vec((0_u32..300, any::<bool>()), 0..200)) {
            let (mut set, mut naive) = (NumberSet::default(), BTreeSet::new());
            for &(number, is_added) in &numbers {
                if is_added {
                    prop_assert_eq!(set.insert(number), naive.insert(number));
                } else {
                    set.remove(number);
                    naive.remove(&number);
                }
            }
            prop_assert_eq!(set.iter().collect::<Vec<_>>(), naive.iter().copied().collect::<Vec<_>>());
            prop_assert_eq!(set.len(), naive.len());
            prop_assert!((0..400).all(|number| set.contains(number) == naive.contains(&number)));
            let written = serde_json::to_string(&set).unwrap();
            let read: NumberSet = serde_json::from_str(&written).unwrap();
            prop_assert_eq!(read.iter().collect::<Vec<_>>(), naive.into_iter().collect::<Vec<_>>());
        }
    }
}
