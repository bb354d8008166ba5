//! Finds the articles whose dates are not understood: they count as undated, which nobody would notice.

use super::corpus::Corpus;
use crate::article::ArticleId;
use crate::provenance::is_unknown_date;

/// The articles of a corpus whose dates are not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownDates {
    /// The number of articles with a date, understood or not.
    pub given: usize,
    /// The articles whose date is not understood, in canonical order.
    pub ids: Vec<ArticleId>,
}

impl Corpus {
    /// Returns the articles whose dates are not understood, those of the reference collection included. A date that
    /// programs write if there is none, such as 1970-01-01, is no date.
    ///
    /// Cost: the strings of the articles without a time are read.
    pub fn unknown_dates(&self) -> UnknownDates {
        let is_unknown = |id: &ArticleId| self.header(*id).published.is_some_and(is_unknown_date);
        let timed = self.ids().filter(|&id| self.time(id).is_some()).count();
        let ids: Vec<ArticleId> =
            self.ids().filter(|&id| self.time(id).is_none()).filter(is_unknown).collect();
        UnknownDates { given: timed + ids.len(), ids }
    }
}

#[cfg(test)]
mod tests {
    use super::super::retained::Retained;
    use super::super::segment::Segment;
    use super::*;
    use crate::article::Article;
    use crate::text::Tokens;

    #[test]
    fn counts_dates_that_are_given_and_not_understood() {
        let mut segment = Segment::new();
        let dates = [
            Some("2031-01-05"),
            Some("tomorrow"),
            None,
            Some("1970-01-01"),
            Some("04/10/2031"),
            Some("31/12/2031"),
            Some("last week"),
        ];
        for (key, date) in (0..).zip(dates) {
            let published = date.map(str::to_owned);
            let article = Article { published, ..Article::new(format!("{key}"), "") };
            segment.push(article, &Tokens::new(), Retained::TOKENS);
        }
        let corpus = Corpus::new(vec![segment]);
        let found = corpus.unknown_dates();
        let keys: Vec<&str> = found.ids.iter().map(|&id| corpus.key(id)).collect();
        // The last day of a year shows that the site writes the day first.
        assert_eq!((found.given, keys), (5, vec!["1", "6"]));
    }
}
