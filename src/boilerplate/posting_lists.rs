//! Finds for each fingerprint value the pages that have it.
//!
//! Input: the fingerprints of pages. Output: for each value that occurs more than once the list of its pages, in slices
//! of the range of values.
//!
//! Invariants: slices are ascending, the values in each are ascending, and no value is in two slices. The pages of a
//! value are ascending; a page is in the list as often as it has the value.
//! Cost: one pass over all fingerprints, which divides them by value, and a sort of each part, which fits into a cache.

use std::ops::Range;

use rayon::prelude::*;

use super::masking_budget::MaskingBudget;
use super::page::Pages;
use crate::error::Error;
use crate::sketch::{Partitioned, PartitionedChunk, articles_in_chunk, keep_repeated};
use crate::store::StoreWriter;

/// The bytes that results may take for each posting. If all lists are as short as possible, a shared fingerprint takes
/// half as much for each posting; the other half is for the list of these, which is copied while it grows.
const FOUND_PER_POSTING: usize = 32;

/// A value in the upper half, and in the lower half a page that has it.
type PagePosting = u64;

/// For each fingerprint value the pages that have it.
pub(super) struct PostingLists {
    postings: Partitioned<PagePosting>,
    /// The bytes of postings that one thread sorts at a time.
    sorted: usize,
    /// The bytes that the results of one slice may take.
    found: usize,
}

impl PostingLists {
    /// Creates the lists.
    ///
    /// # Errors
    /// [`Error::Storage`] if postings that do not fit into memory cannot be written to a file.
    pub(super) fn new(pages: &dyn Pages, budget: &MaskingBudget) -> Result<Self, Error> {
        // Fingerprints may be mapped from a file. In the order of their addresses it is read from front to back.
        let mut order: Vec<u32> = (0..pages.count() as u32).collect();
        order.par_sort_by_cached_key(|&page| pages.fingerprints(page).as_ptr() as usize);
        let store = StoreWriter::new(&budget.folder, budget.reserve);
        let chunk = |postings: &mut Vec<PagePosting>, some: &[u32]| {
            postings.clear();
            for &page in some {
                let fingerprints = pages.fingerprints(page).iter();
                postings.extend(fingerprints.map(|fingerprint| posting(fingerprint.value, page)));
            }
            PartitionedChunk::new(postings, |&posting| value(posting), &store, budget.held)
        };
        let pages_in_chunk = articles_in_chunk(order.len());
        let chunks: Result<_, Error> =
            order.par_chunks(pages_in_chunk).with_max_len(1).map_init(Vec::new, chunk).collect();
        let postings = Partitioned::new(chunks?, store.close(budget.found)?);
        Ok(Self { postings, sorted: budget.sorted, found: budget.found })
    }

    /// Returns the number of fingerprints.
    pub(super) fn len(&self) -> usize {
        self.postings.len()
    }

    /// Divides the range of values into slices whose results fit into the budget.
    pub(super) fn slices(&self) -> Vec<Range<usize>> {
        self.postings.slices(self.found / FOUND_PER_POSTING * size_of::<PagePosting>())
    }

    /// Calls `visit` with each value of a slice that occurs more than once, and with its pages.
    ///
    /// Parts of the slice are visited in parallel, each with a state of its own that `start` creates. Returns the
    /// states in the order of the values.
    pub(super) fn for_each<T: Send>(
        &self,
        slice: &Range<usize>,
        start: impl Fn() -> T + Sync,
        visit: impl Fn(&mut T, u32, &[u32]) + Sync,
    ) -> Vec<T> {
        let visit_part = |part: Range<usize>| {
            let mut state = start();
            let mut pages: Vec<u32> = Vec::new();
            self.postings.for_each_bin(part, |postings| {
                let postings = keep_repeated(postings, |&posting| value(posting));
                postings.sort_unstable();
                for list in postings.chunk_by(|&one, &other| value(one) == value(other)) {
                    if list.len() > 1 {
                        pages.clear();
                        pages.extend(list.iter().map(|&posting| page(posting)));
                        visit(&mut state, value(list[0]), &pages);
                    }
                }
            });
            state
        };
        let parts = self.postings.parts(slice.clone(), self.sorted);
        parts.into_par_iter().with_max_len(1).map(visit_part).collect()
    }
}

fn posting(value: u32, page: u32) -> PagePosting {
    u64::from(value) << 32 | u64::from(page)
}

fn value(posting: PagePosting) -> u32 {
    (posting >> 32) as u32
}

fn page(posting: PagePosting) -> u32 {
    posting as u32
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::super::page::Page;
    use super::*;
    use crate::sketch::Fingerprint;

    proptest! {
        #[test]
        fn lists_are_the_same_in_any_memory(
            values in prop::collection::vec(prop::collection::vec(0_u32..30, 0..20), 0..12),
            spread in prop::sample::select(vec![1, 1 << 14, 1 << 17, 100_000_007]),
            bytes in prop::sample::select(vec![0, 500, 2000, usize::MAX / 4]),
        ) {
            let fingerprints: Vec<Vec<Fingerprint>> = values
                .iter()
                .map(|page| {
                    let fingerprint =
                        |value: &u32| Fingerprint { value: value.wrapping_mul(spread), position: 0 };
                    page.iter().map(fingerprint).collect()
                })
                .collect();
            let pages: Vec<Page<'_>> =
                fingerprints.iter().map(|fingerprints| Page { tokens: &[], fingerprints, address: None }).collect();
            let mut naive: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
            for (page, fingerprints) in (0..).zip(&fingerprints) {
                for fingerprint in fingerprints {
                    naive.entry(fingerprint.value).or_default().push(page);
                }
            }
            naive.retain(|_, pages| pages.len() > 1);
            let folder = std::env::temp_dir();
            let budget = MaskingBudget { folder, reserve: 0, held: bytes, sorted: bytes, found: 4 * bytes };
            let lists = PostingLists::new(&pages, &budget).unwrap();
            let found: Vec<(u32, Vec<u32>)> = lists
                .slices()
                .iter()
                .flat_map(|slice| {
                    let keep = |out: &mut Vec<(u32, Vec<u32>)>, value, pages: &[u32]| {
                        out.push((value, pages.to_vec()));
                    };
                    lists.for_each(slice, Vec::new, keep).concat()
                })
                .collect();
            prop_assert_eq!(found, naive.into_iter().collect::<Vec<_>>());
        }
    }
}
