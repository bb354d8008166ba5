//! Finds the first of the articles that have the same words, and those of them that are junk.

use crate::corpus::is_placeholder;
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
    /// True if it is junk.
    pub is_junk: bool,
    /// True if it is the page of its outlet with these words: the first one. Unknown sites count as one outlet. If the
    /// leader is junk, none is.
    pub is_page: bool,
}

/// Folds the articles that have the same `words` words, by their numbers, ascending. The first of them is the leader. An
/// article without words is the only one with its words.
pub fn fold(words: usize, articles: &[SameWords]) -> Vec<FoldedArticle> {
    let mut folded: Vec<FoldedArticle> = articles
        .iter()
        .map(|article| FoldedArticle { is_junk: article.is_error_page, is_page: false })
        .collect();
    let mut by_outlet: Vec<usize> = (0..articles.len()).collect();
    by_outlet.sort_by_key(|&index| articles[index].outlet);
    for of_outlet in by_outlet.chunk_by(|&one, &other| articles[one].outlet == articles[other].outlet) {
        folded[of_outlet[0]].is_page = true;
        let titles = of_outlet.iter().map(|&index| articles[index].title);
        let times = of_outlet.iter().map(|&index| articles[index].time);
        let is_known = articles[of_outlet[0]].outlet.is_some();
        if is_known && is_placeholder(words, titles, times) {
            of_outlet.iter().for_each(|&index| folded[index].is_junk = true);
        }
    }
    if folded.first().is_some_and(|leader| leader.is_junk) {
        folded.iter_mut().for_each(|article| article.is_page = false);
    }
    folded
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
            fold(words, articles).iter().map(|article| (article.is_junk, article.is_page)).collect()
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
}
