//! A list of articles that share a value in, pairs out: all of a short list, those with its representatives of a
//! long one.
//!
//! A list is never cut by its length: a story that three hundred sites carry makes lists of three hundred for each of
//! its shingles, a footer on a hundred thousand pages lists of a hundred thousand. In a long list every article is
//! paired with a few representatives only. What the articles share with each other beyond this value has lists of its
//! own, with representatives that share it; and the clusters pair neighbors of one representative again.
//! Cost: linear in the length of a long list.

use super::Posting;
use crate::article::ArticleId;

/// When a list is long, and what happens to it then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkRule {
    /// The longest list of which all pairs are made.
    pub all_pairs_up_to: usize,
    /// How many representatives a longer list has.
    pub representatives: usize,
}

/// Makes the pairs of one list (articles ascending, each once) and hands them to `emit`, the smaller article first.
///
/// `length` tells an article's tokens: the representatives of a long list are its longest articles, so that lists
/// which one passage makes agree about them, and pages with little but the passage on them do not attract the rest.
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

/// Makes the pairs of one list as [`link`] does, and those that it would make of each part of a long list that is
/// near in time: the representatives of the whole may be far from most. Each pair is handed out once.
///
/// `time` tells an article's date; articles are near where these are `within` so many seconds. What is linked may be up
/// to twice as far apart.
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
    // Periods twice as long as what is near, each beginning in the middle of the one before: any two that are near
    // stand together in one of them.
    let step = i64::try_from(within.max(1)).unwrap_or(i64::MAX);
    let mut dated: Vec<(i64, Posting)> = list
        .iter()
        .filter_map(|&posting| Some((time(posting.id)?.div_euclid(step), posting)))
        .flat_map(|(period, posting)| [(period - 1, posting), (period, posting)])
        .collect();
    dated.sort_unstable_by_key(|&(period, posting)| (period, posting.id));
    for period in dated.chunk_by(|one, other| one.0 == other.0) {
        let part: Vec<Posting> = period.iter().map(|&(_, posting)| posting).collect();
        link(&part, rule, &length, |a, b| pairs.push((a, b)));
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
    fn short_lists_make_all_pairs() {
        assert_eq!(pairs(&[0, 2, 4], 3, 1), [(0, 2), (0, 4), (2, 4)]);
    }

    #[test]
    fn near_articles_of_a_long_list_are_linked_with_each_other() {
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
        assert_eq!(near(5).len(), 10, "a short list makes all pairs");
    }

    #[test]
    fn long_lists_go_to_their_longest_articles() {
        assert_eq!(pairs(&[0, 1, 2, 3, 4], 3, 1), [(0, 1), (1, 2), (1, 3), (1, 4)]);
        assert_eq!(pairs(&[0, 1, 2, 3, 4], 3, 2), [(0, 1), (1, 2), (1, 3), (1, 4), (0, 3), (2, 3), (3, 4)]);
    }
}
