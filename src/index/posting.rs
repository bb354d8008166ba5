//! Finds the articles that share a value.

use crate::article::ArticleId;
use crate::sketch::{Context, keep_repeated};

/// One value of one article: 32 bits of the hash of a fingerprint, or of a band.
///
/// Two different hashes may have equal values by chance. That leads to candidates that verification rejects, and never
/// to a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub struct Posting {
    /// The value.
    pub value: u32,
    /// The article.
    pub id: ArticleId,
    /// The context of a fingerprint; [`Context::UNKNOWN`] for a bucket.
    pub context: Context,
}

/// Hands the articles of each value that two or more articles share to `visit`.
///
/// Lists come in ascending order of their values. The articles of a list ascend, each once, with its context; if an
/// article contains the value more than once, with the number of positions.
///
/// Cost: a sort of the postings whose values are repeated. The caller divides the range of values so that these fit a
/// cache.
pub fn for_each_list(postings: &mut [Posting], mut visit: impl FnMut(&[Posting])) {
    let postings = keep_repeated(postings, |posting| posting.value);
    postings.sort_unstable_by_key(|posting| u64::from(posting.value) << 32 | u64::from(posting.id.get()));
    let mut list: Vec<Posting> = Vec::new();
    for run in postings.chunk_by(|left, right| left.value == right.value) {
        if run.len() < 2 {
            continue;
        }
        list.clear();
        for &posting in run {
            match list.last_mut() {
                Some(last) if last.id == posting.id => last.context = last.context.with_another_position(),
                _ => list.push(posting),
            }
        }
        if list.len() > 1 {
            visit(&list);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    /// Returns for each value the articles, each with the number of positions.
    fn lists(postings: &[(u32, usize)]) -> Vec<Vec<(usize, u64)>> {
        let posting = |&(value, id): &(u32, usize)| Posting {
            value,
            id: ArticleId::new(id),
            context: bytemuck::Zeroable::zeroed(),
        };
        let mut postings: Vec<Posting> = postings.iter().map(posting).collect();
        let mut out = Vec::new();
        for_each_list(&mut postings, |list| {
            let shown = |posting: &Posting| (posting.id.index(), posting.context.positions());
            out.push(list.iter().map(shown).collect());
        });
        out
    }

    #[test]
    fn groups_by_value() {
        assert_eq!(lists(&[]), Vec::<Vec<(usize, u64)>>::new());
        let postings = [(5, 2), (1, 9), (5, 0), (1, 1), (7, 7), (7, 7), (8, 1), (5, 2), (5, 2)];
        assert_eq!(lists(&postings), [[(1, 1), (9, 1)], [(0, 1), (2, 3)]]);
    }

    proptest! {
        #[test]
        fn same_as_maps(postings in prop::collection::vec((0_u32..20, 0_usize..9), 0..60)) {
            let mut naive: BTreeMap<u32, BTreeMap<usize, u64>> = BTreeMap::new();
            for &(value, id) in &postings {
                *naive.entry(value).or_default().entry(id).or_default() += 1;
            }
            naive.retain(|_, list| list.len() > 1);
            let naive: Vec<Vec<(usize, u64)>> =
                naive.into_values().map(|list| list.into_iter().collect()).collect();
            prop_assert_eq!(lists(&postings), naive);
        }
    }
}
