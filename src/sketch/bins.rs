//! Values of fingerprints in, slices of the range of values out, with about as many of them in each as is asked for.
//!
//! Winnowing takes the least of a window, so small values are much more frequent than great ones: how many there are is
//! counted, in bins of the upper bits, before the range is cut.

use std::ops::Range;

/// How many fingerprints there are in each bin of the range of values.
#[derive(Clone, Debug)]
pub(crate) struct ValueBins(Vec<usize>);

/// The range is counted, and cut, in 2 to the power of this many bins.
const BITS: u32 = 12;

impl ValueBins {
    /// How many bins there are.
    pub(crate) const COUNT: usize = 1 << BITS;

    /// Makes bins of nothing.
    pub(crate) fn new() -> Self {
        Self(vec![0; Self::COUNT])
    }

    /// Tells in which bin a value is.
    pub(crate) fn of(value: u32) -> usize {
        (value >> (u32::BITS - BITS)) as usize
    }

    /// Adds what is counted elsewhere, bin by bin.
    pub(crate) fn add(&mut self, count: impl Fn(usize) -> usize) {
        self.0.iter_mut().enumerate().for_each(|(bin, size)| *size += count(bin));
    }

    /// Cuts a range of bins into slices that hold `most` values, or more where one bin alone does; none where there are
    /// none.
    pub(crate) fn slices(&self, bins: Range<usize>, most: usize) -> Vec<Range<usize>> {
        let mut slices = Vec::new();
        let (mut begin, mut size) = (bins.start, 0);
        for bin in bins.clone() {
            let count = self.0[bin];
            if size > 0 && size + count > most {
                slices.push(begin..bin);
                (begin, size) = (bin, 0);
            }
            size += count;
        }
        if size > 0 {
            slices.push(begin..bins.end);
        }
        slices
    }

    /// Gives how many there are in each bin of a slice.
    pub(crate) fn counts(&self, slice: &Range<usize>) -> &[usize] {
        &self.0[slice.clone()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_where_fingerprints_are() {
        // Nine of ten values in the first hundredth of the range.
        let spread =
            |number: u32| if number.is_multiple_of(10) { u32::MAX / 1000 * number } else { number * 40_000 };
        let in_bin = |bin: usize| move |&number: &u32| ValueBins::of(spread(number)) == bin;
        let mut bins = ValueBins::new();
        bins.add(|bin| (0..300).filter(in_bin(bin)).count());
        bins.add(|bin| (300..1000).filter(in_bin(bin)).count());
        let most_in_bin = bins.0.iter().max().copied().unwrap();
        for (most, fewest) in [(0, 100), (50, 20), (100, 10), (usize::MAX, 1)] {
            let slices = bins.slices(0..ValueBins::COUNT, most);
            assert!(slices.len() >= fewest, "{} slices of {most}", slices.len());
            let holders = |value| slices.iter().filter(|slice| slice.contains(&ValueBins::of(value))).count();
            assert!((0..1000).map(spread).all(|value| holders(value) == 1));
            assert!(slices.windows(2).all(|pair| pair[0].end == pair[1].start));
            let counts: Vec<usize> = slices.iter().map(|slice| bins.counts(slice).iter().sum()).collect();
            assert!(counts.iter().all(|&count| count <= most.max(most_in_bin)), "{counts:?} for {most}");
            assert_eq!(counts.iter().sum::<usize>(), 1000);
        }
        assert!(ValueBins::new().slices(0..ValueBins::COUNT, 10).is_empty());
    }
}
