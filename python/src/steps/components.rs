//! Reads the rows of components: articles that chains of matches connect, with these matches.

use pyo3::prelude::*;
use wirecopy::Findings;
use wirecopy::distributed::PartArticle;
use wirecopy::verify::Match;

use super::StepSettings;
use super::part::part_of;
use super::rows::{Bytes, Flags, Numbers, Rows, Texts, wrong_rows};

/// The kinds of rows, by their column `row_kind`.
pub(super) mod component_row {
    /// An article of a component.
    pub(in super::super) const ARTICLE: i64 = 0;
    /// A match of two of them.
    pub(in super::super) const MATCH: i64 = 1;
    /// A line of the site of one of them.
    pub(in super::super) const LINE: i64 = 2;
}

/// The columns of an article of a part.
pub(super) struct ArticleColumns {
    pub(super) numbers: Numbers,
    articles: Bytes,
    texts: Texts,
    times: Numbers,
    doubted: Flags,
    junk: Flags,
    masks: Bytes,
}

impl ArticleColumns {
    /// Reads the columns whose names end with `side`.
    pub(super) fn new(rows: &Rows, number: &str, side: &str) -> PyResult<Self> {
        let name = |column: &str| format!("{column}{side}");
        Ok(Self {
            numbers: rows.numbers(number)?,
            articles: rows.bytes(&name("article"))?,
            texts: rows.texts(&name("text"))?,
            times: rows.numbers(&name("time"))?,
            doubted: rows.flags(&name("doubted"))?,
            junk: rows.flags(&name("junk"))?,
            masks: rows.bytes(&name("mask"))?,
        })
    }

    pub(super) fn article(&self, row: usize) -> PartArticle<'_> {
        PartArticle {
            number: self.numbers.at(row) as u64,
            article: self.articles.at(row),
            text: Some(self.texts.get(row).unwrap_or_default()),
            time: self.times.get(row),
            is_date_doubted: self.doubted.at(row),
            is_junk: self.junk.at(row),
            mask: self.masks.at(row),
        }
    }
}

/// Some components, with the clusters of their articles.
pub(super) struct Components {
    pub(super) findings: Findings,
    /// The number of each article in the collection, ascending.
    pub(super) numbers: Vec<u64>,
}

impl Components {
    /// Finds the clusters of the components in rows.
    pub(super) fn new(rows: &Rows, given: &StepSettings) -> PyResult<Self> {
        let (kinds, matches) = (rows.numbers("row_kind")?, rows.bytes("match")?);
        let (a, b) = (rows.numbers("a")?, rows.numbers("b")?);
        let columns = ArticleColumns::new(rows, "number", "")?;
        let of_kind = |kind| kinds.rows_with(&(0..rows.count()), kind).into_iter();
        let part = part_of(of_kind(component_row::ARTICLE).map(|row| columns.article(row)), given)?;
        let decoded = |row| part.decode_match(a.at(row) as u64, b.at(row) as u64, matches.at(row));
        let found: Option<Vec<Match>> = of_kind(component_row::MATCH).map(decoded).collect();
        let numbers = part.numbers().to_vec();
        let findings = part.into_findings(&found.ok_or_else(wrong_rows)?, &given.settings);
        Ok(Self { findings, numbers })
    }
}
