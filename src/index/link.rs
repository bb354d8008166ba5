//! Links the articles that share a value.
//!
//! All pairs of a short list are linked; of a long list, all articles are linked with a few representatives, so that
//! the cost is linear in its length. No list is dropped for its length: a story on three hundred sites makes a list of
//! three hundred for each of its shingles, a footer on a hundred thousand pages one of a hundred thousand. What two
//! articles of a long list share other than its value is in lists of its own, with representatives that share it, too;
//! and clustering verifies the neighbors of one representative with each other.

use super::posting::Posting;
use crate::article::ArticleId;

/// Which lists are long, and how the articles of a long list are linked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkRule {
    /// The length of the longest list of which all pairs are linked.
    pub all_pairs_up_to: usize,
    /// The number of representatives of a longer list.
    pub representatives: usize,
}

impl LinkRule {
    /// If at most this number of articles share a value, all pairs of them are linked.
    pub(crate) const ALL_PAIRS_UP_TO: usize = 64;
    /// If more articles share a value, this number of them are linked with all others.
    pub(crate) const REPRESENTATIVES: usize = 2;
}

/// Links the articles of one list: calls `emit` for each pair, the article with the smaller number first. The list is
/// ascending and without repetitions.
///
/// `length` returns the number of tokens of an article. The representatives of a long list are its longest articles, so
/// that the lists of the shingles of one passage have the same representatives, and so that pages with little text but
/// the passage are not linked with all others.
pub fn link(
    list: &[Posting],
    rule: LinkRule,
    length: impl Fn(ArticleId) -> usize,
    mut emit: impl FnMut(Posting, Posting),
) {
    if list.len() <= rule.all_pairs_up_to {
        for (index, &a) in list.iter().enumerate() {
            for &b in &list[index + 1..] {
                emit(a, b);
            }
        }
        return;
    }
    let mut longest: Vec<Posting> = Vec::with_capacity(rule.representatives + 1);
    for &posting in list {
        let rank = longest.partition_point(|other| length(other.id) >= length(posting.id));
        if rank < rule.representatives {
            longest.insert(rank, posting);
            longest.truncate(rule.representatives);
        }
    }
    for (rank, &representative) in longest.iter().enumerate() {
        for &posting in list {
            if !longest[..=rank].contains(&posting) {
                if posting.id < representative.id {
                    emit(posting, representative);
                } else {
                    emit(representative, posting);
                }
            }
        }
    }
}

/// Links the articles of one list as [`link`] does, and also those of each period of a long list: the representatives
/// of the whole list may be far in time from most of its articles. Each pair is handed to `emit` once.
///
/// `time` returns the date of an article in seconds. All pairs of dates that are at most `within` seconds apart are in
/// one period; linked articles may be up to twice as far apart.
pub fn link_near(
    list: &[Posting],
    rule: LinkRule,
    within: u64,
    time: impl Fn(ArticleId) -> Option<i64>,
    length: impl Fn(ArticleId) -> usize,
    mut emit: impl FnMut(Posting, Posting),
) {
    if list.len() <= rule.all_pairs_up_to {
        return link(list, rule, length, emit);
    }
    let mut pairs: Vec<(Posting, Posting)> = Vec::new();
    link(list, rule, &length, |a, b| pairs.push((a, b)));
    // A period is twice as long as `within` and begins in the middle of the one before, so any two articles that are
    // near each other in time are in one of them.
    let step = i64::try_from(within.max(1)).unwrap_or(i64::MAX);
    let mut dated: Vec<(i64, Posting)> = list
        .iter()
        .filter_map(|&posting| Some((time(posting.id)?.div_euclid(step), posting)))
        .flat_map(|(period, posting)| [(period - 1, posting), (period, posting)])
        .collect();
    dated.sort_unstable_by_key(|&(period, posting)| (period, posting.id));
    for period in dated.chunk_by(|one, other| one.0 == other.0) {
        let period: Vec<Posting> = period.iter().map(|&(_, posting)| posting).collect();
        link(&period, rule, &length, |a, b| pairs.push((a, b)));
    }
    pairs.sort_unstable_by_key(|(a, b)| (a.id, b.id));
    pairs.dedup_by_key(|(a, b)| (a.id, b.id));
    for (a, b) in pairs {
        emit(a, b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sketch::Context;

    fn posting(id: usize) -> Posting {
        Posting { value: 0, id: ArticleId::new(id), context: Context::UNKNOWN }
    }

    fn pairs(list: &[usize], all_pairs_up_to: usize, representatives: usize) -> Vec<(usize, usize)> {
        let list: Vec<Posting> = list.iter().copied().map(posting).collect();
        let mut out = Vec::new();
        link(
            &list,
            LinkRule { all_pairs_up_to, representatives },
            |id| [3, 9, 5, 9, 1][id.index()],
            |a, b| out.push((a.id.index(), b.id.index())),
        );
        out
    }

    #[test]
    fn all_pairs_of_a_short_list_are_linked() {
        assert_eq!(pairs(&[0, 2, 4], 3, 1), [(0, 2), (0, 4), (2, 4)]);
    }

    #[test]
    fn articles_of_a_long_list_that_are_near_in_time_are_linked() {
        let list: Vec<Posting> = (0..5).map(posting).collect();
        let times = [Some(0), Some(5), Some(100), Some(109), None];
        let near = |all_pairs_up_to: usize| {
            let mut out = Vec::new();
            link_near(
                &list,
                LinkRule { all_pairs_up_to, representatives: 1 },
                10,
                |id| times[id.index()],
                |id| [1, 1, 1, 1, 2][id.index()],
                |a, b| out.push((a.id.index(), b.id.index())),
            );
            out
        };
        assert_eq!(near(4), [(0, 1), (0, 4), (1, 4), (2, 3), (2, 4), (3, 4)]);
        assert_eq!(near(5).len(), 10, "all pairs of a short list are linked");
    }

    #[test]
    fn a_long_list_is_linked_with_its_longest_articles() {
        assert_eq!(pairs(&[0, 1, 2, 3, 4], 3, 1), [(0, 1), (1, 2), (1, 3), (1, 4)]);
        assert_eq!(pairs(&[0, 1, 2, 3, 4], 3, 2), [(0, 1), (1, 2), (1, 3), (1, 4), (0, 3), (2, 3), (3, 4)]);
    }
}
