//! Items with values in, those out whose values others may have too: whoever looks for what several have in common need
//! not sort the others.
//!
//! Invariant: of two items with one value none is lost.
//! Cost: two passes over the items, and a look at two bits for each; of the items with a value of their own about one
//! in eight is kept.

/// Places for each item, at least.
const PLACES: usize = 4;

/// Moves the items whose values may be repeated to the front, in their order, and gives them. What `value` gives must
/// be as good as random in its lower bits.
pub(crate) fn keep_repeated<T: Copy>(items: &mut [T], value: impl Fn(&T) -> u32) -> &mut [T] {
    // In the lower half of a word a bit for each place where some value falls, in the upper one where several do.
    let mut words = vec![0_u64; (items.len() * PLACES).next_power_of_two().div_ceil(32)];
    let mask = words.len() - 1;
    let place = |item: &T| {
        let value = value(item);
        ((value >> 5) as usize & mask, value & 31)
    };
    for item in items.iter() {
        let (word, bit) = place(item);
        let word = &mut words[word];
        *word |= (*word >> bit & 1) << (bit + 32);
        *word |= 1 << bit;
    }
    let mut kept = 0;
    for index in 0..items.len() {
        let (word, bit) = place(&items[index]);
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
        fn keeps_all_that_is_repeated_and_little_else(
            values in prop::collection::vec((any::<u32>(), 0_usize..10), 0..400),
        ) {
            // Some are given twice, some three times.
            let times = |times: usize| [2, 3].get(times).copied().unwrap_or(1);
            let all = || values.iter().flat_map(|&(value, more)| std::iter::repeat_n((value, more < 2), times(more)));
            let mut items: Vec<((u32, bool), usize)> = all().zip(0..).collect();
            let expected: Vec<((u32, bool), usize)> = items.iter().copied().filter(|((_, twice), _)| *twice).collect();
            let kept = keep_repeated(&mut items, |((value, _), _)| *value).to_vec();
            let (more, others): (Vec<_>, Vec<_>) = kept.iter().copied().partition(|((_, twice), _)| *twice);
            prop_assert_eq!(more, expected);
            prop_assert!(kept.is_sorted_by_key(|(_, place)| *place));
            prop_assert!(others.len() <= 10 + values.len() / 4, "{} of {}", others.len(), values.len());
        }
    }
}
