//! Makes a part of a collection of the articles in rows.

use pyo3::prelude::*;
use wirecopy::distributed::{Part, PartArticle};

use super::StepSettings;
use super::rows::wrong_rows;

/// Creates a part of articles in any order, some of which may be there several times.
///
/// # Errors
/// If an article is not encoded as this version does it.
pub(super) fn part_of<'a>(
    articles: impl IntoIterator<Item = PartArticle<'a>>,
    given: &StepSettings,
) -> PyResult<Part> {
    let mut articles: Vec<PartArticle<'_>> = articles.into_iter().collect();
    articles.sort_by_key(|article| article.number);
    articles.dedup_by_key(|article| article.number);
    Part::new(&articles, &given.collections).ok_or_else(wrong_rows)
}
