//! Postings in, lists of the articles that share a value out.
//!
//! Invariant: lists come in ascending order of their values, articles in ascending order, each once, with its position
//! or [`Posting::SEVERAL`]; lists of one article are passed over.
//! Cost: one sort of twelve bytes a posting.

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
    postings.par_sort_unstable();
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
}
