//! Postings in, lists of the articles that share a value out.
//!
//! Invariant: lists come in ascending order of their values, articles in ascending order, each once; lists of one
//! article are passed over.
//! Cost: one sort of eight bytes a posting.

use std::ops::Range;

use rayon::prelude::*;

use crate::article::ArticleId;

/// An article under a value: 32 bits of a fingerprint's or a bucket's hash and the article's number in one word.
///
/// Two different values that agree in 32 bits fall into one list by chance; that makes candidates that verification
/// turns down, and never a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Posting(u64);

impl Posting {
    /// Files an article under a value.
    pub fn new(value: u32, id: ArticleId) -> Self {
        Self(u64::from(value) << 32 | u64::from(id.get()))
    }

    fn value(self) -> u32 {
        (self.0 >> 32) as u32
    }

    fn id(self) -> ArticleId {
        ArticleId::new(self.0 as u32 as usize)
    }
}

/// Sorts postings and hands every list of two or more articles to `visit`, in parallel stretches of the value range;
/// gives what each stretch made of its lists, in order.
pub fn for_each_list<T: Send>(
    mut postings: Vec<Posting>,
    start: impl Fn() -> T + Sync,
    visit: impl Fn(&mut T, &[ArticleId]) + Sync,
) -> Vec<T> {
    postings.par_sort_unstable();
    stretches(&postings)
        .into_par_iter()
        .map(|stretch| {
            let mut state = start();
            let mut list = Vec::new();
            for run in postings[stretch].chunk_by(|left, right| left.value() == right.value()) {
                if run.len() < 2 {
                    continue;
                }
                list.clear();
                list.extend(run.iter().map(|posting| posting.id()));
                list.dedup();
                if list.len() > 1 {
                    visit(&mut state, &list);
                }
            }
            state
        })
        .collect()
}

/// Cuts sorted postings into stretches that cut no list. Where they are cut does not depend on the machine.
fn stretches(postings: &[Posting]) -> Vec<Range<usize>> {
    const LENGTH: usize = 1 << 18;
    let mut out = Vec::new();
    let mut begin = 0;
    while begin < postings.len() {
        let mut end = (begin + LENGTH).min(postings.len());
        let last = postings[end - 1].value();
        end += postings[end..].partition_point(|posting| posting.value() == last);
        out.push(begin..end);
        begin = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists(postings: &[(u32, usize)]) -> Vec<Vec<usize>> {
        let postings = postings.iter().map(|&(value, id)| Posting::new(value, ArticleId::new(id))).collect();
        for_each_list(postings, Vec::new, |out: &mut Vec<Vec<usize>>, list| {
            out.push(list.iter().map(|id| id.index()).collect());
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
    fn long_lists_are_not_cut() {
        let many: Vec<(u32, usize)> = (0..600_000).map(|id| (3, id)).collect();
        assert_eq!(lists(&many).len(), 1);
    }
}
