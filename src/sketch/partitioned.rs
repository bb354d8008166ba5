//! Partitions items by value range and stores them in columns, so that a caller who groups equal values sorts only
//! one range of values at a time.
//!
//! Each thread sorts the items that it has computed by the bins of their values (a counting sort), and stores them
//! as a chunk. Afterwards any slice of bins can be read from all chunks.
//!
//! Invariant: each item is in exactly one bin, and all items with equal values are in the same one.
//! Cost: two passes over the items of a chunk, and one write of the chunks that are not held in memory; 16 KB of memory
//! for each chunk.

use std::ops::Range;

use bytemuck::Pod;

use super::value_histogram::ValueHistogram;
use crate::error::Error;
use crate::store::{Column, Store, StoreWriter, list_range};

/// Returns the number of articles whose items are partitioned together, of so many articles. There are enough chunks for
/// all threads, and a chunk is large in comparison with its list of bins.
pub(crate) fn articles_in_chunk(articles: usize) -> usize {
    const CHUNKS: usize = 256;
    (articles / CHUNKS).clamp(1 << 10, 1 << 14)
}

/// Items that were partitioned together.
#[derive(Debug)]
pub(crate) struct PartitionedChunk<T> {
    /// The items, in the order of their bins.
    items: Column<T>,
    /// For each bin, the index in `items` at which it ends.
    ends: Vec<u32>,
}

impl<T: Pod> PartitionedChunk<T> {
    /// Partitions items by the values that `value` returns for them, and puts them into `store`, which holds at
    /// most `held` bytes in memory.
    ///
    /// # Errors
    /// An [`Error::Storage`] if the items cannot be stored.
    pub(crate) fn new(
        items: &[T],
        value: impl Fn(&T) -> u32,
        store: &StoreWriter,
        held: usize,
    ) -> Result<Self, Error> {
        // The beginnings of the bins: each is the sum of the sizes of the bins before.
        let mut ends = vec![0; ValueHistogram::BINS + 1];
        for item in items {
            ends[ValueHistogram::bin_of(value(item)) + 1] += 1;
        }
        for bin in 0..ValueHistogram::BINS {
            ends[bin + 1] += ends[bin];
        }
        // Each item that is placed moves the beginning of its bin by one, so that it is the end after the last.
        let mut sorted = vec![T::zeroed(); items.len()];
        for item in items {
            let end = &mut ends[ValueHistogram::bin_of(value(item))];
            sorted[*end as usize] = *item;
            *end += 1;
        }
        ends.pop();
        Ok(Self { items: store.put(sorted, held)?, ends })
    }
}

/// All items, partitioned by value.
#[derive(Debug)]
pub(crate) struct Partitioned<T> {
    chunks: Vec<PartitionedChunk<T>>,
    /// The number of items in each bin, over all chunks.
    histogram: ValueHistogram,
    store: Store,
}

impl<T: Pod> Partitioned<T> {
    /// Creates the partition from chunks and the store that they were put into.
    pub(crate) fn new(chunks: Vec<PartitionedChunk<T>>, store: Store) -> Self {
        let mut histogram = ValueHistogram::new();
        chunks.iter().for_each(|chunk| histogram.add_lists(&chunk.ends));
        Self { chunks, histogram, store }
    }

    /// Returns the number of items.
    pub(crate) fn len(&self) -> usize {
        self.histogram.count(0..ValueHistogram::BINS)
    }

    /// Splits the range of values into slices of bins with at most `bytes` bytes of items. A bin that has more is a
    /// slice of its own.
    pub(crate) fn slices(&self, bytes: usize) -> Vec<Range<usize>> {
        self.parts(0..ValueHistogram::BINS, bytes)
    }

    /// Splits a slice further, into slices with at most `bytes` bytes of items, as [`Partitioned::slices`] does.
    pub(crate) fn parts(&self, slice: Range<usize>, bytes: usize) -> Vec<Range<usize>> {
        self.histogram.slices(slice, bytes / size_of::<T>())
    }

    /// Calls `visit` with the items of each bin of a slice that has some. Bins ascend; the items of one bin are in no
    /// particular order, and `visit` may reorder them.
    pub(crate) fn for_each_bin(&self, slice: Range<usize>, mut visit: impl FnMut(&mut [T])) {
        // One read for each chunk and slice instead of one for each chunk and bin.
        let mut all: Vec<T> = Vec::with_capacity(self.histogram.count(slice.clone()));
        // For each chunk: where its items begin in `all`, and where they begin in its column.
        let mut begins = Vec::with_capacity(self.chunks.len());
        let mut buffer = Vec::new();
        for chunk in &self.chunks {
            let begin = list_range(&chunk.ends, slice.start).start;
            let range = begin..chunk.ends[slice.end - 1] as usize;
            begins.push((all.len(), begin));
            all.extend_from_slice(self.store.read(&chunk.items, range, &mut buffer));
        }
        let mut items = Vec::new();
        for bin in slice.filter(|&bin| self.histogram.count(bin..bin + 1) > 0) {
            items.clear();
            for (chunk, (begin_in_all, begin)) in self.chunks.iter().zip(&begins) {
                let Range { start, end } = list_range(&chunk.ends, bin);
                items.extend_from_slice(&all[start - begin + begin_in_all..end - begin + begin_in_all]);
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
        fn every_item_is_in_the_bin_of_its_value(
            chunks in prop::collection::vec(prop::collection::vec(any::<u32>(), 0..60), 0..6),
            shift in 0_u32..32,
            bytes in prop::sample::select(vec![0, 100, usize::MAX]),
            held in prop::sample::select(vec![0, 100, usize::MAX]),
        ) {
            let chunks: Vec<Vec<u32>> =
                chunks.iter().map(|chunk| chunk.iter().map(|value| value >> shift).collect()).collect();
            let store = StoreWriter::new(&std::env::temp_dir(), 0);
            let stored: Vec<_> =
                chunks.iter().map(|chunk| PartitionedChunk::new(chunk, |value| *value, &store, held).unwrap()).collect();
            let divided = Partitioned::new(stored, store.close(0).unwrap());
            let mut found = Vec::new();
            let mut last = None;
            for slice in divided.slices(bytes) {
                divided.for_each_bin(slice, |items| {
                    items.sort_unstable();
                    let bins: Vec<usize> = items.iter().map(|&value| ValueHistogram::bin_of(value)).collect();
                    assert!(bins.windows(2).all(|pair| pair[0] == pair[1]), "the items belong to one bin");
                    assert!(bins.is_empty() || bins.first().copied() > last, "bins ascend");
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
