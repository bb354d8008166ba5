//! The steps that look at articles with the same words, and at the articles of a site by date.

use arrow_array::RecordBatch;
use pyo3::prelude::*;
use wirecopy::corpus::doubted_dates;
use wirecopy::distributed::{FoldedArticle, SameWords, fold as fold_same_words};

use super::StepSettings;
use super::rows::{Columns, Rows, groups};

/// Folds articles with the same words: those of one `content`, by `number`.
pub(super) fn fold(rows: &Rows, given: &StepSettings) -> PyResult<RecordBatch> {
    let (content, numbers, words) = (rows.bytes("content")?, rows.numbers("number")?, rows.numbers("words")?);
    let (outlets, titles, times) = (rows.numbers("outlet")?, rows.numbers("title")?, rows.numbers("time")?);
    let error_pages = rows.flags("error_page")?;
    // For each article the number of its leader.
    let mut folded: Vec<(i64, FoldedArticle)> = Vec::with_capacity(rows.count());
    // Articles without words have nothing in common.
    let is_same = |one: usize, other: usize| content.at(one) == content.at(other) && words.at(other) > 0;
    for set in groups(rows.count(), is_same) {
        let articles: Vec<SameWords> = set
            .clone()
            .map(|row| SameWords {
                outlet: outlets.get(row).map(|outlet| outlet as u64),
                title: titles.get(row).map(|title| title as u64),
                time: times.get(row),
                is_error_page: error_pages.at(row),
            })
            .collect();
        let begin = set.start;
        let of_set = fold_same_words(words.at(begin) as usize, &articles, given.settings.within);
        folded.extend(of_set.into_iter().map(|article| (numbers.at(begin + article.leader), article)));
    }
    Columns::default()
        .numbers("number", (0..rows.count()).map(|row| numbers.at(row)))
        .numbers("leader", folded.iter().map(|&(leader, _)| leader))
        .flags("junk", folded.iter().map(|(_, article)| article.is_junk))
        .flags("page", folded.iter().map(|(_, article)| article.is_page))
        .numbers("set_size", folded.iter().map(|(_, article)| article.set_size as i64))
        .finish()
}

/// Finds the articles whose dates are not believed: those of one `site`, by `time`.
pub(super) fn doubt(rows: &Rows, _: &StepSettings) -> PyResult<RecordBatch> {
    let (sites, times, numbers) = (rows.texts("site")?, rows.numbers("time")?, rows.numbers("number")?);
    let mut doubted = Vec::new();
    for site in groups(rows.count(), |one, other| sites.get(one) == sites.get(other)) {
        let of_site: Vec<i64> = site.clone().map(|row| times.at(row)).collect();
        doubted.extend(site.take(doubted_dates(&of_site)).map(|row| numbers.at(row)));
    }
    Columns::default().numbers("number", doubted).finish()
}
