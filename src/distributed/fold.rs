//! Finds the first of the articles that have the same words, and those of them that are junk.

use crate::corpus::{is_placeholder, periods_of_times};
use crate::provenance::Seconds;

/// An article, as one of those that have the same words.
#[derive(Clone, Copy, Debug)]
pub struct SameWords {
    /// The number of its outlet, if known.
    pub outlet: Option<u64>,
    /// A hash of the headline, if there is one.
    pub title: Option<u64>,
    /// The time of publication, if known.
    pub time: Option<Seconds>,
    /// True if the text is that of an error page or a wall.
    pub is_error_page: bool,
}

/// An article of those that have the same words, after these are folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoldedArticle {
    /// The index of the leader of its set: of the first of the articles that are identical to it.
    pub leader: usize,
    /// The number of articles in its set.
    pub set_size: usize,
    /// True if it is junk.
    pub is_junk: bool,
    /// True if it is the page of its outlet with these words: the first one of its set. Unknown sites count as one outlet. If
    /// the leader is junk, none is.
    pub is_page: bool,
}

/// Folds the articles that have the same `words` words, by their numbers, ascending. They are one set, or, if `within` is
/// given, several: the times of the articles of a set then differ by no more than so many seconds. An article without
/// words is the only one with its words.
pub fn fold(words: usize, articles: &[SameWords], within: Option<u64>) -> Vec<FoldedArticle> {
    let new = |(index, article): (usize, &SameWords)| FoldedArticle {
        leader: index,
        set_size: 1,
        is_junk: article.is_error_page,
        is_page: false,
    };
    let mut folded: Vec<FoldedArticle> = articles.iter().enumerate().map(new).collect();
    for of_outlet in by_outlet(articles, (0..articles.len()).collect()) {
        let titles = of_outlet.iter().map(|&index| articles[index].title);
        let times = of_outlet.iter().map(|&index| articles[index].time);
        let is_known = articles[of_outlet[0]].outlet.is_some();
        if is_known && is_placeholder(words, titles, times) {
            of_outlet.iter().for_each(|&index| folded[index].is_junk = true);
        }
    }
    for set in sets(articles, within) {
        let (leader, set_size) = (set[0], set.len());
        for &index in &set {
            (folded[index].leader, folded[index].set_size) = (leader, set_size);
        }
        if !folded[leader].is_junk {
            by_outlet(articles, set).iter().for_each(|of_outlet| folded[of_outlet[0]].is_page = true);
        }
    }
    folded
}

/// Divides articles with the same words into sets of identical ones. Returns their indexes, ascending in each set.
fn sets(articles: &[SameWords], within: Option<u64>) -> Vec<Vec<usize>> {
    let all: Vec<usize> = (0..articles.len()).collect();
    let Some(within) = within else { return vec![all] };
    let mut by_time = all;
    by_time.sort_by_key(|&index| articles[index].time.unwrap_or(Seconds::MIN));
    let periods = periods_of_times(by_time.iter().map(|&index| articles[index].time), within);
    let mut by_period: Vec<(u32, usize)> = periods.zip(by_time.iter().copied()).collect();
    by_period.sort_unstable();
    let sets = by_period.chunk_by(|one, other| one.0 == other.0);
    sets.map(|set| set.iter().map(|&(_, index)| index).collect()).collect()
}

/// Divides articles, given by their indexes, by outlet.
fn by_outlet(articles: &[SameWords], mut some: Vec<usize>) -> Vec<Vec<usize>> {
    some.sort_by_key(|&index| articles[index].outlet);
    let groups = some.chunk_by(|&one, &other| articles[one].outlet == articles[other].outlet);
    groups.map(<[usize]>::to_vec).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_outlet_has_one_page_and_placeholders_are_junk() {
        let article = |outlet, title| SameWords { outlet, title, time: None, is_error_page: false };
        let (one, other) = (Some(4), Some(2));
        let some = [
            article(one, Some(1)),
            article(None, Some(2)),
            article(other, None),
            article(one, Some(3)),
            article(None, None),
        ];
        let folded = |words, articles: &[SameWords]| -> Vec<(bool, bool)> {
            let all = fold(words, articles, None);
            assert!(all.iter().all(|article| (article.leader, article.set_size) == (0, articles.len())));
            all.iter().map(|article| (article.is_junk, article.is_page)).collect()
        };
        let (page, copy) = ((false, true), (false, false));
        assert_eq!(folded(200, &some), [page, page, page, copy, copy]);
        // Under two headlines, a few words of one outlet are no article; the leader is junk, so none shows what sites repeat.
        let junk = (true, false);
        assert_eq!(folded(5, &some), [junk, copy, copy, junk, copy]);
        assert_eq!(folded(5, &some[1..]), [page, page, page, copy], "the outlet has them once");
        let error = SameWords { is_error_page: true, ..article(None, None) };
        assert_eq!(folded(5, &[error]), [junk]);
    }

    #[test]
    fn sets_extend_no_further_than_is_asked_for() {
        let article = |time| SameWords { outlet: Some(1), title: None, time, is_error_page: false };
        let some = [Some(20), None, Some(31), Some(10), None, Some(21)].map(article);
        let folded = |within| -> Vec<(usize, usize, bool)> {
            let all = fold(200, &some, within).into_iter();
            all.map(|article| (article.leader, article.set_size, article.is_page)).collect()
        };
        // From 10 to 20, from 21 to 31, and without a time.
        let expected =
            [(0, 2, true), (1, 2, true), (2, 2, true), (0, 2, false), (1, 2, false), (2, 2, false)];
        assert_eq!(folded(Some(10)), expected);
        assert!(folded(None).iter().all(|&(leader, size, _)| (leader, size) == (0, 6)));
    }
}
