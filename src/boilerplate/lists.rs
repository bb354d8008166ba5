//! Fingerprints of pages in, for each value the pages that hold it out, in slices of the value range.
//!
//! Invariants: slices ascend, values ascend in each, and no value stands in two of them; the pages of a value ascend,
//! each as often as it holds it.
//! Cost: one pass over all fingerprints, which divides them by their values, and a sort of each part that fits a cache.

use std::ops::Range;

use rayon::prelude::*;

use super::{MaskingBudget, Pages};
use crate::error::Error;
use crate::sketch::{Divided, DividedChunk, keep_repeated};
use crate::store::StoreWriter;

/// Pages whose fingerprints are divided together.
const CHUNK: usize = 1024;
/// Memory that what is made of a posting may take: where all lists are as short as they may be twice its share in a
/// text, as a list of these grows by copying.
const FOUND_PER_POSTING: usize = 32;

/// A value, and in the lower half a page that holds it.
type Posting = u64;

/// The lists of all values.
pub(super) struct Lists {
    postings: Divided<Posting>,
    /// How many bytes of them one thread sorts at once.
    sorted: usize,
    /// How much may be found in a slice.
    found: usize,
}

impl Lists {
    pub(super) fn new(pages: &dyn Pages, room: &MaskingBudget) -> Result<Self, Error> {
        // As their fingerprints lie in memory, which may be a file: it is read from front to back.
        let mut order: Vec<u32> = (0..pages.count() as u32).collect();
        order.par_sort_by_cached_key(|&page| pages.fingerprints(page).as_ptr() as usize);
        let store = StoreWriter::new(&room.folder, room.reserve);
        let chunk = |postings: &mut Vec<Posting>, some: &[u32]| {
            postings.clear();
            for &page in some {
                let posting = |value: u32| u64::from(value) << 32 | u64::from(page);
                postings.extend(pages.fingerprints(page).iter().map(|found| posting(found.value)));
            }
            DividedChunk::new(postings, |&posting| value(posting), &store, room.held)
        };
        let chunks: Result<_, Error> =
            order.par_chunks(CHUNK).with_max_len(1).map_init(Vec::new, chunk).collect();
        let postings = Divided::new(chunks?, store.close(room.found)?);
        Ok(Self { postings, sorted: room.sorted, found: room.found })
    }

    /// Tells how many fingerprints there are.
    pub(super) fn len(&self) -> usize {
        self.postings.len()
    }

    /// Cuts the value range into slices of which not more is found at a time than there is room for.
    pub(super) fn slices(&self) -> Vec<Range<usize>> {
        self.postings.slices(self.found / FOUND_PER_POSTING * size_of::<Posting>())
    }

    /// Hands each value of a slice with its pages to `visit`, in parallel stretches; gives what each made of its
    /// values, in order. Values that stand in one place only are passed over.
    pub(super) fn for_each<T: Send>(
        &self,
        slice: &Range<usize>,
        start: impl Fn() -> T + Sync,
        visit: impl Fn(&mut T, u32, &[u32]) + Sync,
    ) -> Vec<T> {
        let of_part = |part: Range<usize>| {
            let mut state = start();
            let mut pages: Vec<u32> = Vec::new();
            self.postings.for_each_bin(part, |postings| {
                let postings = keep_repeated(postings, |&posting| value(posting));
                postings.sort_unstable();
                for list in postings.chunk_by(|&one, &other| value(one) == value(other)) {
                    if list.len() > 1 {
                        pages.clear();
                        pages.extend(list.iter().map(|&posting| posting as u32));
                        visit(&mut state, value(list[0]), &pages);
                    }
                }
            });
            state
        };
        self.postings.parts(slice.clone(), self.sorted).into_par_iter().with_max_len(1).map(of_part).collect()
    }
}

fn value(posting: Posting) -> u32 {
    (posting >> 32) as u32
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::super::Page;
    use super::*;
    use crate::sketch::Fingerprint;

    proptest! {
        #[test]
        fn any_slices_give_the_lists(
            values in prop::collection::vec(prop::collection::vec(0_u32..30, 0..20), 0..12),
            spread in prop::sample::select(vec![1, 1 << 14, 1 << 17, 100_000_007]),
            bytes in prop::sample::select(vec![0, 500, 2000, usize::MAX / 4]),
        ) {
            let fingerprints: Vec<Vec<Fingerprint>> = values
                .iter()
                .map(|page| {
                    let value = |value: &u32| value.wrapping_mul(spread);
                    page.iter().map(|of| Fingerprint { value: value(of), position: 0 }).collect()
                })
                .collect();
            let pages: Vec<Page<'_>> =
                fingerprints.iter().map(|fingerprints| Page { tokens: &[], fingerprints }).collect();
            let mut naive: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
            for (page, fingerprints) in (0..).zip(&fingerprints) {
                for found in fingerprints {
                    naive.entry(found.value).or_default().push(page);
                }
            }
            naive.retain(|_, pages| pages.len() > 1);
            let folder = std::env::temp_dir();
            let room = MaskingBudget { folder, reserve: 0, held: bytes, sorted: bytes, found: 4 * bytes };
            let lists = Lists::new(&pages, &room).unwrap();
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
