//! Values with what they belong to in, the same by ranges of values out: divided once, as they are made, and kept in
//! columns, so that whoever sorts them needs no more than a range of them at a time.
//!
//! Cost: two passes over the values that one thread divides at a time, and one write of those that are not held.

use std::ops::Range;

use bytemuck::Pod;

use super::ValueBins;
use crate::error::Error;
use crate::store::{Column, Store, StoreWriter, list_at};

/// Values that were divided together.
#[derive(Debug)]
pub(crate) struct DividedChunk<T> {
    /// By the bins of the values.
    items: Column<T>,
    /// Where those of each bin end.
    ends: Vec<u32>,
}

impl<T: Pod> DividedChunk<T> {
    /// Divides what `value` gives the values of, and puts it away.
    ///
    /// # Errors
    /// It cannot be kept.
    pub(crate) fn new(
        items: &[T],
        value: impl Fn(&T) -> u32,
        store: &StoreWriter,
        held: usize,
    ) -> Result<Self, Error> {
        let mut ends = vec![0; ValueBins::COUNT + 1];
        for item in items {
            ends[ValueBins::of(value(item)) + 1] += 1;
        }
        for bin in 0..ValueBins::COUNT {
            ends[bin + 1] += ends[bin];
        }
        let mut divided = vec![T::zeroed(); items.len()];
        for item in items {
            let end = &mut ends[ValueBins::of(value(item))];
            divided[*end as usize] = *item;
            *end += 1;
        }
        ends.pop();
        Ok(Self { items: store.put(divided, held)?, ends })
    }
}

/// All of them.
#[derive(Debug)]
pub(crate) struct Divided<T> {
    chunks: Vec<DividedChunk<T>>,
    /// How many there are in each bin.
    bins: ValueBins,
    shelf: Store,
}

impl<T: Pod> Divided<T> {
    /// Puts together what was put into the store of a shelf.
    pub(crate) fn new(chunks: Vec<DividedChunk<T>>, shelf: Store) -> Self {
        let mut bins = ValueBins::new();
        chunks.iter().for_each(|chunk| bins.add(|bin| list_at(&chunk.ends, bin).len()));
        Self { chunks, bins, shelf }
    }

    /// Tells how many there are.
    pub(crate) fn len(&self) -> usize {
        self.bins.counts(&(0..ValueBins::COUNT)).iter().sum()
    }

    /// Cuts the range of values into slices of bins that take so many bytes, or more where one bin alone does.
    pub(crate) fn slices(&self, bytes: usize) -> Vec<Range<usize>> {
        self.parts(0..ValueBins::COUNT, bytes)
    }

    /// Cuts a slice of it into such parts.
    pub(crate) fn parts(&self, slice: Range<usize>, bytes: usize) -> Vec<Range<usize>> {
        self.bins.slices(slice, bytes / size_of::<T>())
    }

    /// Hands out what is in each bin of a slice, ascending, in no particular order inside a bin.
    pub(crate) fn for_each_bin(&self, slice: Range<usize>, mut visit: impl FnMut(&mut [T])) {
        let mut all: Vec<T> = Vec::with_capacity(self.bins.counts(&slice).iter().sum());
        let mut room = Vec::new();
        // Where those of each chunk stand.
        let mut begins = Vec::with_capacity(self.chunks.len());
        for chunk in &self.chunks {
            let begin = list_at(&chunk.ends, slice.start).start;
            let range = begin..chunk.ends[slice.end - 1] as usize;
            begins.push((all.len(), begin));
            all.extend_from_slice(self.shelf.read(&chunk.items, range, &mut room));
        }
        let mut items = Vec::new();
        for bin in slice {
            items.clear();
            for (chunk, (here, begin)) in self.chunks.iter().zip(&begins) {
                let Range { start, end } = list_at(&chunk.ends, bin);
                items.extend_from_slice(&all[start - begin + here..end - begin + here]);
            }
            visit(&mut items);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_value_stands_in_its_bin(
            chunks in prop::collection::vec(prop::collection::vec(any::<u32>(), 0..60), 0..6),
            shift in 0_u32..32,
            bytes in prop::sample::select(vec![0, 100, usize::MAX]),
            held in prop::sample::select(vec![0, 100, usize::MAX]),
        ) {
            let chunks: Vec<Vec<u32>> =
                chunks.iter().map(|chunk| chunk.iter().map(|value| value >> shift).collect()).collect();
            let store = StoreWriter::new(&std::env::temp_dir(), 0);
            let divided: Vec<_> =
                chunks.iter().map(|chunk| DividedChunk::new(chunk, |value| *value, &store, held).unwrap()).collect();
            let divided = Divided::new(divided, store.close(0).unwrap());
            let mut found = Vec::new();
            let mut last = None;
            for slice in divided.slices(bytes) {
                divided.for_each_bin(slice, |items| {
                    items.sort_unstable();
                    let bins: Vec<usize> = items.iter().map(|&value| ValueBins::of(value)).collect();
                    assert!(bins.windows(2).all(|pair| pair[0] == pair[1]), "one bin");
                    assert!(bins.is_empty() || bins.first().copied() > last, "none again");
                    last = bins.first().copied().or(last);
                    found.extend_from_slice(items);
                });
            }
            let mut expected = chunks.concat();
            expected.sort_unstable();
            prop_assert_eq!(found, expected);
        }
    }
}
