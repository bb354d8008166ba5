//! Fingerprints of pages in, for each value the pages that hold it out, in slices of the value range.
//!
//! Invariants: slices ascend, values ascend in each, and no value stands in two of them; the pages of a value ascend,
//! each as often as it holds it. Only one slice stands in memory at a time.
//! Cost: for each slice one pass over all fingerprints, and a sort of those in it, in stretches that fit a cache.

use std::ops::Range;

use rayon::prelude::*;

use super::Pages;
use crate::sketch::{Fingerprint, ValueBins};

/// Postings that are sorted at a time.
const STRETCH: usize = 4096;
/// Parts of the pages that are gathered at a time; more than most machines have threads.
const PARTS: usize = 64;
/// Memory that a posting takes in a slice, and what may be made of it: itself, and where all lists are as short as
/// they may be twice its share in a text, as a list of these grows by copying.
const BYTES_PER_POSTING: usize = 32;

/// The lists of all values.
pub(super) struct Lists<'a> {
    pages: &'a dyn Pages,
    /// The pages as their fingerprints lie in memory, which may be a file: it is read from front to back.
    order: Vec<u32>,
    /// How many postings each bin has.
    bins: ValueBins,
}

/// Postings of a part of the pages: a value, and in the lower half a page that holds it.
struct Part {
    /// By stretch.
    postings: Vec<u64>,
    /// Where each stretch ends.
    ends: Vec<u32>,
}

impl<'a> Lists<'a> {
    pub(super) fn new(pages: &'a dyn Pages) -> Self {
        let mut order: Vec<u32> = (0..pages.count() as u32).collect();
        order.par_sort_by_cached_key(|&page| pages.fingerprints(page).as_ptr() as usize);
        let count = |part: &[u32]| {
            let mut bins = ValueBins::new();
            part.iter().for_each(|&page| bins.add(pages.fingerprints(page).iter().map(|found| found.value)));
            bins
        };
        let bins = parts(&order).map(count).reduce(ValueBins::new, ValueBins::merged);
        Self { pages, order, bins }
    }

    /// Cuts the value range into slices of bins whose postings take so many bytes; a bin is never cut.
    pub(super) fn slices(&self, bytes: usize) -> Vec<Range<usize>> {
        self.bins.slices(bytes / BYTES_PER_POSTING)
    }

    /// Hands each value of a slice with its pages to `visit`, in parallel stretches; gives what each made of its
    /// values, in order. Values that stand in one place only are passed over.
    pub(super) fn for_each<T: Send>(
        &self,
        slice: &Range<usize>,
        start: impl Fn() -> T + Sync,
        visit: impl Fn(&mut T, u32, &[u32]) + Sync,
    ) -> Vec<T> {
        let stretches = self.stretches(slice);
        let count = stretches.last().map_or(0, |&last| last as usize + 1);
        let parts: Vec<Part> =
            parts(&self.order).map(|part| self.gather(part, slice, &stretches, count)).collect();
        (0..count)
            .into_par_iter()
            .map_init(Vec::new, |postings: &mut Vec<u64>, stretch| {
                let mut state = start();
                let mut pages: Vec<u32> = Vec::new();
                postings.clear();
                for part in &parts {
                    postings.extend_from_slice(part.stretch(stretch));
                }
                postings.sort_unstable();
                for list in postings.chunk_by(|one, other| one >> 32 == other >> 32) {
                    if list.len() > 1 {
                        pages.clear();
                        pages.extend(list.iter().map(|&posting| posting as u32));
                        visit(&mut state, (list[0] >> 32) as u32, &pages);
                    }
                }
                state
            })
            .collect()
    }

    /// Puts the bins of a slice together to stretches: gives the number of the stretch of each.
    fn stretches(&self, slice: &Range<usize>) -> Vec<u32> {
        let (mut stretch, mut size) = (0, 0);
        let number = |&postings: &usize| {
            if size > 0 && size + postings > STRETCH {
                stretch += 1;
                size = 0;
            }
            size += postings;
            stretch
        };
        self.bins.counts(slice).iter().map(number).collect()
    }

    /// Gathers the postings of some pages in a slice, by stretch.
    fn gather(&self, pages: &[u32], slice: &Range<usize>, stretches: &[u32], count: usize) -> Part {
        let mut found: Vec<u64> = Vec::new();
        for &page in pages {
            for &Fingerprint { value, .. } in self.pages.fingerprints(page) {
                if slice.contains(&ValueBins::of(value)) {
                    found.push(u64::from(value) << 32 | u64::from(page));
                }
            }
        }
        let stretch = |posting: u64| stretches[ValueBins::of((posting >> 32) as u32) - slice.start] as usize;
        let mut ends = vec![0; count + 1];
        for &posting in &found {
            ends[stretch(posting) + 1] += 1;
        }
        for place in 1..ends.len() {
            ends[place] += ends[place - 1];
        }
        let mut postings = vec![0; found.len()];
        for &posting in &found {
            let end = &mut ends[stretch(posting)];
            postings[*end as usize] = posting;
            *end += 1;
        }
        Part { postings, ends }
    }
}

impl Part {
    fn stretch(&self, number: usize) -> &[u64] {
        let begin = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.postings[begin as usize..self.ends[number] as usize]
    }
}

fn parts(order: &[u32]) -> impl IndexedParallelIterator<Item = &[u32]> {
    order.par_chunks(order.len().div_ceil(PARTS).max(1))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::super::Page;
    use super::*;

    proptest! {
        #[test]
        fn any_slices_give_the_lists(
            values in prop::collection::vec(prop::collection::vec(0_u32..30, 0..20), 0..12),
            spread in prop::sample::select(vec![1, 1 << 14, 1 << 17, 100_000_007]),
            bytes in prop::sample::select(vec![0, 500, 2000, usize::MAX]),
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
            let lists = Lists::new(&pages);
            let found: Vec<(u32, Vec<u32>)> = lists
                .slices(bytes)
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
