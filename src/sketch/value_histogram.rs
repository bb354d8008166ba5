//! Counts values by range, and splits the range of values into slices that have about equally many of them.
//!
//! Winnowing chooses the minimum of each window, so small fingerprint values are much more frequent than large
//! ones. Slices of equal width would therefore differ in size; so the values are counted first, in bins by their
//! upper bits.
//!
//! Cost: one counter for each of 4096 bins, whatever the number of values.

use std::ops::Range;

/// The number of values in each bin of the value range.
#[derive(Clone, Debug)]
pub(super) struct ValueHistogram(Vec<usize>);

/// The number of upper bits of a value that select its bin.
const BIN_BITS: u32 = 12;

impl ValueHistogram {
    /// The number of bins.
    pub(super) const BINS: usize = 1 << BIN_BITS;

    /// Creates a histogram without values.
    pub(super) fn new() -> Self {
        Self(vec![0; Self::BINS])
    }

    /// Returns the index of the bin that a value belongs to.
    pub(super) fn bin_of(value: u32) -> usize {
        (value >> (u32::BITS - BIN_BITS)) as usize
    }

    /// Adds to each bin the length of its list; `ends` has the end of each list, one after the other.
    pub(super) fn add_lists(&mut self, ends: &[u32]) {
        let begins = std::iter::once(&0).chain(ends);
        let lengths = ends.iter().zip(begins).map(|(end, begin)| (end - begin) as usize);
        self.0.iter_mut().zip(lengths).for_each(|(size, length)| *size += length);
    }

    /// Splits a range of bins into consecutive slices of at most `most` values. A single bin with more values than
    /// that becomes a slice of its own, perhaps after empty bins. Returns no slices if the range has no values.
    pub(super) fn slices(&self, bins: Range<usize>, most: usize) -> Vec<Range<usize>> {
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

    /// Returns the number of values in a slice of bins.
    pub(super) fn count(&self, slice: Range<usize>) -> usize {
        self.0[slice].iter().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_are_narrow_where_values_are_dense() {
        // Nine of ten values are in the first hundredth of the range.
        let nth_value =
            |number: u32| if number.is_multiple_of(10) { u32::MAX / 1000 * number } else { number * 40_000 };
        let is_in_bin = |bin: usize| move |&number: &u32| ValueHistogram::bin_of(nth_value(number)) == bin;
        let mut histogram = ValueHistogram::new();
        for numbers in [0..300, 300..1000] {
            let mut end = 0;
            let ends = (0..ValueHistogram::BINS).map(|bin| {
                end += numbers.clone().filter(is_in_bin(bin)).count() as u32;
                end
            });
            histogram.add_lists(&ends.collect::<Vec<_>>());
        }
        let largest_bin = histogram.0.iter().max().copied().unwrap();
        for (most, fewest_slices) in [(0, 100), (50, 20), (100, 10), (usize::MAX, 1)] {
            let slices = histogram.slices(0..ValueHistogram::BINS, most);
            assert!(slices.len() >= fewest_slices, "{} slices of {most}", slices.len());
            let slices_with =
                |value| slices.iter().filter(|slice| slice.contains(&ValueHistogram::bin_of(value))).count();
            assert!((0..1000).map(nth_value).all(|value| slices_with(value) == 1));
            assert!(slices.windows(2).all(|pair| pair[0].end == pair[1].start));
            let counts: Vec<usize> = slices.iter().map(|slice| histogram.count(slice.clone())).collect();
            assert!(counts.iter().all(|&count| count <= most.max(largest_bin)), "{counts:?} for {most}");
            assert_eq!(counts.iter().sum::<usize>(), 1000);
        }
        assert!(ValueHistogram::new().slices(0..ValueHistogram::BINS, 10).is_empty());
    }
}
