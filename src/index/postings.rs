//! Postings in, lists of the articles that share a value out.
//!
//! Invariant: lists come in ascending order of their values, articles in ascending order, each once, with its position
//! or [`Posting::SEVERAL`]; lists of one article are passed over.
//! Cost: twelve bytes a posting, put into bins in place, and a sort of each bin that fits a cache.

use std::ops::Range;

use rayon::prelude::*;

use crate::article::ArticleId;

/// An article under a value: 32 bits of a fingerprint's or a bucket's hash, the article's number, and where in the
/// article the value was found.
///
/// Two different values that agree in 32 bits fall into one list by chance; that makes candidates that verification
/// turns down, and never a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Posting {
    /// The value.
    pub value: u32,
    /// The article.
    pub id: ArticleId,
    /// Where it was found; 0 where that means nothing.
    pub position: u32,
}

impl Posting {
    /// The position of a value that stands in several places of one article.
    pub const SEVERAL: u32 = u32::MAX;
}

/// Sorts postings and hands every list of two or more articles to `visit`, in parallel stretches of the value range;
/// gives what each stretch made of its lists, in order.
pub fn for_each_list<T: Send>(
    mut postings: Vec<Posting>,
    start: impl Fn() -> T + Sync,
    visit: impl Fn(&mut T, &[Posting]) + Sync,
) -> Vec<T> {
    sort(&mut postings);
    stretches(&postings)
        .into_par_iter()
        .map(|stretch| {
            let mut state = start();
            let mut list = Vec::new();
            for run in postings[stretch].chunk_by(|left, right| left.value == right.value) {
                if run.len() < 2 {
                    continue;
                }
                list.clear();
                list.extend_from_slice(run);
                list.dedup_by(|next, kept| {
                    let same = next.id == kept.id;
                    if same && next.position != kept.position {
                        kept.position = Posting::SEVERAL;
                    }
                    same
                });
                if list.len() > 1 {
                    visit(&mut state, &list);
                }
            }
            state
        })
        .collect()
}

/// Sorts postings by value and article.
fn sort(postings: &mut [Posting]) {
    /// Postings that a bin is meant to hold.
    const BIN: usize = 512;
    /// The most bins, each of which is written to at its own place.
    const BINS: usize = 1 << 12;
    let (least, greatest) = postings.iter().fold((u32::MAX, 0), |(least, greatest), posting| {
        (posting.value.min(least), posting.value.max(greatest))
    });
    let count = (postings.len() / BIN).next_power_of_two().min(BINS);
    let bits = u32::BITS - greatest.saturating_sub(least).leading_zeros();
    let shift = bits.saturating_sub(count.ilog2());
    let mut bins = divide(postings, count, |posting| (u64::from(posting.value - least) >> shift) as usize);
    bins.par_iter_mut().for_each(|bin| {
        bin.sort_unstable_by_key(|posting| u64::from(posting.value) << 32 | u64::from(posting.id.get()));
    });
}

/// Puts postings in the order of their bins, without taking more memory, and gives the bins.
/// Source: McIlroy, Bostic and McIlroy, "Engineering radix sort", 1993.
fn divide(postings: &mut [Posting], count: usize, bin: impl Fn(&Posting) -> usize) -> Vec<&mut [Posting]> {
    let mut sizes = vec![0; count];
    postings.iter().for_each(|posting| sizes[bin(posting)] += 1);
    let mut end = 0;
    let mut next = Vec::with_capacity(count);
    for size in &sizes {
        next.push(end);
        end += size;
    }
    let mut end = 0;
    for (here, size) in sizes.iter().enumerate() {
        end += size;
        while next[here] < end {
            let mut posting = postings[next[here]];
            // Each is swapped with one that stands in its place, until one is found that belongs here.
            loop {
                let home = bin(&posting);
                if home == here {
                    break;
                }
                std::mem::swap(&mut posting, &mut postings[next[home]]);
                next[home] += 1;
            }
            postings[next[here]] = posting;
            next[here] += 1;
        }
    }
    let mut rest = postings;
    let cut = |&size: &usize| {
        let (bin, behind) = std::mem::take(&mut rest).split_at_mut(size);
        rest = behind;
        bin
    };
    sizes.iter().map(cut).collect()
}

/// Cuts sorted postings into stretches that cut no list. Where they are cut does not depend on the machine.
fn stretches(postings: &[Posting]) -> Vec<Range<usize>> {
    const LENGTH: usize = 1 << 18;
    let mut out = Vec::new();
    let mut begin = 0;
    while begin < postings.len() {
        let mut end = (begin + LENGTH).min(postings.len());
        let last = postings[end - 1].value;
        end += postings[end..].partition_point(|posting| posting.value == last);
        out.push(begin..end);
        begin = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lists(postings: &[(u32, usize)]) -> Vec<Vec<usize>> {
        let posting = |&(value, id): &(u32, usize)| Posting { value, id: ArticleId::new(id), position: 0 };
        for_each_list(postings.iter().map(posting).collect(), Vec::new, |out: &mut Vec<Vec<usize>>, list| {
            out.push(list.iter().map(|posting| posting.id.index()).collect());
        })
        .concat()
    }

    #[test]
    fn groups_by_value() {
        assert_eq!(lists(&[]), Vec::<Vec<usize>>::new());
        assert_eq!(lists(&[(5, 2), (1, 9), (5, 0), (5, 2), (7, 7), (7, 7)]), [[0, 2]]);
        assert_eq!(lists(&[(5, 2), (1, 9), (5, 0), (1, 1)]), [[1, 9], [0, 2]]);
    }

    #[test]
    fn several_places_are_told() {
        let posting = |id, position| Posting { value: 1, id: ArticleId::new(id), position };
        let postings = vec![posting(0, 5), posting(1, 9), posting(0, 7), posting(0, 6)];
        let positions = for_each_list(postings, Vec::new, |out, list| {
            out.extend(list.iter().map(|posting| posting.position));
        });
        assert_eq!(positions, [[Posting::SEVERAL, 9]]);
    }

    #[test]
    fn long_lists_are_not_cut() {
        let many: Vec<(u32, usize)> = (0..600_000).map(|id| (3, id)).collect();
        assert_eq!(lists(&many).len(), 1);
    }

    proptest! {
        #[test]
        fn sorts_as_a_sort_does(
            seed in any::<u32>(),
            length in 0_u32..6000,
            values in prop::sample::select(vec![1, 2, 300, 5000, u32::MAX]),
            shift in 0_u32..8,
        ) {
            let posting = |number: u32| Posting {
                value: (number.wrapping_add(seed).wrapping_mul(0x9E37_79B1) % values) >> shift,
                id: ArticleId::new((number.wrapping_mul(0x85EB_CA77) % 50) as usize),
                position: number,
            };
            let mut postings: Vec<Posting> = (0..length).map(posting).collect();
            let mut expected = postings.clone();
            sort(&mut postings);
            prop_assert!(postings.is_sorted_by_key(|posting| (posting.value, posting.id)));
            postings.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(postings, expected);
        }
    }
}
