//! Drops most items whose value occurs only once, so that a caller who groups equal values sorts fewer items.
//!
//! Method: a filter of two-bit counters, which count to two, with one hash function.
//!
//! Invariant: of items with equal values, all are kept.
//! Cost: two passes over the items, with one access to the counters for each item. Of the items whose value
//! occurs once, about 12 % to 22 % are kept, since there are four to eight counters for each item.

/// The least number of counters for each item.
const COUNTERS_PER_ITEM: usize = 4;

/// Moves the items whose values may occur more than once to the front, in their order, and returns them. What the
/// slice contains after them is unspecified. The values must be hashes: their lower bits select the counter.
pub(crate) fn keep_repeated<T: Copy>(items: &mut [T], value: impl Fn(&T) -> u32) -> &mut [T] {
    // Each word has 32 counters. Bit b of its lower half is set if any value was counted there, and bit b of its
    // upper half if a second one was.
    let mut words = vec![0_u64; (items.len() * COUNTERS_PER_ITEM).next_power_of_two().div_ceil(32)];
    let mask = words.len() - 1;
    let counter_of = |item: &T| {
        let value = value(item);
        ((value >> 5) as usize & mask, value & 31)
    };
    for item in items.iter() {
        let (word, bit) = counter_of(item);
        let word = &mut words[word];
        *word |= (*word >> bit & 1) << (bit + 32);
        *word |= 1 << bit;
    }
    let mut kept = 0;
    for index in 0..items.len() {
        let (word, bit) = counter_of(&items[index]);
        // Without a branch: an item that is not kept is overwritten by the next one.
        items[kept] = items[index];
        kept += (words[word] >> (bit + 32) & 1) as usize;
    }
    &mut items[..kept]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn keeps_all_repeated_values_and_few_others(
            values in prop::collection::vec((any::<u32>(), 0_usize..10), 0..400),
        ) {
            // Some values occur twice, some three times.
            let times = |times: usize| [2, 3].get(times).copied().unwrap_or(1);
            let all = || values.iter().flat_map(|&(value, more)| std::iter::repeat_n((value, more < 2), times(more)));
            let mut items: Vec<((u32, bool), usize)> = all().zip(0..).collect();
            let expected: Vec<((u32, bool), usize)> =
                items.iter().copied().filter(|((_, is_repeated), _)| *is_repeated).collect();
            let kept = keep_repeated(&mut items, |((value, _), _)| *value).to_vec();
            let (repeated, others): (Vec<_>, Vec<_>) =
                kept.iter().copied().partition(|((_, is_repeated), _)| *is_repeated);
            prop_assert_eq!(repeated, expected);
            prop_assert!(kept.is_sorted_by_key(|(_, index)| *index));
            prop_assert!(others.len() <= 10 + values.len() / 4, "{} of {}", others.len(), values.len());
        }
    }
}
