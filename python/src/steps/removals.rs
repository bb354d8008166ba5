//! The steps that find what can be removed.

use std::collections::BTreeMap;

use arrow_array::RecordBatch;
use pyo3::prelude::*;
use wirecopy::ArticleId;
use wirecopy::distributed::{
    CoveredArticle, Headline, LackingArticle, Part, PartArticle, SiteLine, covered_articles,
    needed_for_other_headlines, needed_for_runs,
};
use wirecopy::report::{Offsets, RemovalRecord};

use super::StepSettings;
use super::components::{Components, component_row};
use super::part::part_of;
use super::reports::one_batch;
use super::rows::{Bytes, Columns, Rows, Texts, groups, wrong_rows};
use crate::schema::REMOVED;

/// Lists the short lines of articles of known outlets: a row for each, with the `story` of its article.
pub(super) fn lines(rows: &Rows, given: &StepSettings) -> PyResult<RecordBatch> {
    let (numbers, outlets, stories) =
        (rows.numbers("number")?, rows.numbers("outlet")?, rows.numbers("story")?);
    let articles = rows.bytes("article")?;
    let mut found: Vec<[i64; 3]> = Vec::new();
    for row in 0..rows.count() {
        let article = PartArticle {
            number: numbers.at(row) as u64,
            article: articles.at(row),
            ..PartArticle::default()
        };
        let part = part_of([article], given)?;
        let lines = part.short_lines(ArticleId::new(0)).into_iter();
        found.extend(lines.map(|line| [outlets.at(row), stories.at(row), line as i64]));
    }
    found.sort_unstable();
    found.dedup();
    Columns::default()
        .numbers("outlet", found.iter().map(|&[outlet, ..]| outlet))
        .numbers("story", found.iter().map(|&[_, story, _]| story))
        .numbers("line", found.iter().map(|&[.., line]| line))
        .finish()
}

/// Finds the articles of components whose words are in articles that stay.
pub(super) fn covered(rows: &Rows, given: &StepSettings) -> PyResult<RecordBatch> {
    let Components { findings, numbers } = Components::new(rows, given)?;
    let corpus = findings.corpus();
    let (kinds, of_rows) = (rows.numbers("row_kind")?, rows.numbers("number")?);
    let (outlets, lines, stories) =
        (rows.numbers("outlet")?, rows.numbers("line")?, rows.numbers("stories")?);
    let mut outlet_names: BTreeMap<i64, &str> = BTreeMap::new();
    for row in kinds.rows_with(&(0..rows.count()), component_row::ARTICLE) {
        let id = numbers.binary_search(&(of_rows.at(row) as u64)).map(ArticleId::new);
        if let (Some(outlet), Some(name)) = (outlets.get(row), corpus.outlet(id.map_err(|_| wrong_rows())?)) {
            outlet_names.insert(outlet, name);
        }
    }
    let line = |row| {
        let outlet = outlet_names.get(&outlets.at(row))?;
        Some(SiteLine { outlet, line: lines.at(row) as u64, stories: stories.at(row) as usize })
    };
    let of_sites: Option<Vec<SiteLine<'_>>> =
        kinds.rows_with(&(0..rows.count()), component_row::LINE).into_iter().map(line).collect();
    let found = covered_articles(&findings, &of_sites.ok_or_else(wrong_rows)?);
    let number = |id: ArticleId| numbers[id.index()];
    let same_text = |found: &CoveredArticle| found.same_text.clone();
    let headline = |found: &CoveredArticle| same_text(found)?.headline;
    let other_headline = |found: &CoveredArticle| same_text(found)?.headline_that_stays;
    let columns = Columns::default()
        .numbers("number", found.iter().map(|found| number(found.removal.id) as i64))
        .bytes("rank", found.iter().map(|found| found.rank.to_bytes(number(found.removal.id))))
        .flags("doubtful", found.iter().map(|found| found.is_masked_text_doubtful))
        .numbers("stays", found.iter().map(|found| Some(number(same_text(found)?.stays) as i64)))
        .bytes("headline", found.iter().map(|found| encode(headline(found).as_ref())))
        .texts("page", found.iter().map(|found| headline(found)?.page))
        .bytes("stays_headline", found.iter().map(|found| encode(other_headline(found).as_ref())))
        .texts("stays_page", found.iter().map(|found| other_headline(found)?.page));
    let records = found.iter().map(|CoveredArticle { removal, .. }| {
        let text = corpus.text(removal.id).unwrap_or_default();
        RemovalRecord::new(corpus, removal, text, Offsets::Chars)
    });
    columns.beside(&one_batch(REMOVED, records)?)
}

/// Encodes the words of a headline; nothing if there is none.
fn encode(headline: Option<&Headline>) -> Vec<u8> {
    headline.map_or_else(Vec::new, |headline| headline.words.to_be_bytes().to_vec())
}

/// Reads a headline from columns.
fn decode(words: &Bytes, pages: &Texts, row: usize) -> Option<Headline> {
    let words = u128::from_be_bytes(words.at(row).try_into().ok()?);
    Some(Headline { words, page: pages.get(row).map(str::to_owned) })
}

/// Lists the runs of words of the masked text of articles.
pub(super) fn masked_runs(rows: &Rows, given: &StepSettings) -> PyResult<RecordBatch> {
    let masks = rows.bytes("mask")?;
    runs(rows, given, |row| masks.at(row), |part, id| part.masked_runs(id, &given.settings))
}

/// Lists the runs of words of articles.
pub(super) fn text_runs(rows: &Rows, given: &StepSettings) -> PyResult<RecordBatch> {
    runs(rows, given, |_| &[], |part, id| part.runs(id, &given.settings))
}

fn runs<'a>(
    rows: &Rows,
    given: &StepSettings,
    mask: impl Fn(usize) -> &'a [u8],
    runs_of: impl Fn(&Part, ArticleId) -> Vec<u64>,
) -> PyResult<RecordBatch> {
    let (numbers, articles) = (rows.numbers("number")?, rows.bytes("article")?);
    let mut found: Vec<(i64, i64)> = Vec::new();
    for row in 0..rows.count() {
        let article = PartArticle {
            number: numbers.at(row) as u64,
            article: articles.at(row),
            mask: mask(row),
            ..PartArticle::default()
        };
        let part = part_of([article], given)?;
        let mut runs = runs_of(&part, ArticleId::new(0));
        runs.sort_unstable();
        runs.dedup();
        found.extend(runs.into_iter().map(|run| (numbers.at(row), run as i64)));
    }
    Columns::default()
        .numbers("number", found.iter().map(|&(number, _)| number))
        .numbers("run", found.iter().map(|&(_, run)| run))
        .finish()
}

/// Finds the articles that stay because of their masked text, of each `component` of those that share runs. The rows of a
/// component are in the order of the ranks of its articles: a row for each run, masked or not.
pub(super) fn keep_masked(rows: &Rows, _: &StepSettings) -> PyResult<RecordBatch> {
    let (components, numbers) = (rows.numbers("component")?, rows.numbers("number")?);
    let (runs, masked) = (rows.numbers("run")?, rows.flags("is_masked")?);
    let mut needed: Vec<i64> = Vec::new();
    for component in components.groups() {
        let mut articles: Vec<(i64, LackingArticle)> = Vec::new();
        for row in component {
            let number = numbers.at(row);
            if articles.last().is_none_or(|(last, _)| *last != number) {
                articles.push((number, LackingArticle::default()));
            }
            if let Some((_, article)) = articles.last_mut() {
                let of_kind = if masked.at(row) { &mut article.masked } else { &mut article.contained };
                of_kind.push(runs.at(row) as u64);
            }
        }
        let (numbers, articles): (Vec<i64>, Vec<LackingArticle>) = articles.into_iter().unzip();
        needed.extend(needed_for_runs(articles).into_iter().map(|index| numbers[index]));
    }
    Columns::default().numbers("number", needed).finish()
}

/// Finds the articles that stay because of their headlines, of those that are removed in favor of one article with the
/// same text, `stays`. They are in the order of their ranks.
pub(super) fn keep_headlines(rows: &Rows, _: &StepSettings) -> PyResult<RecordBatch> {
    let (stays, numbers) = (rows.numbers("stays")?, rows.numbers("number")?);
    let (headlines, pages) = (rows.bytes("headline")?, rows.texts("page")?);
    let (stays_headlines, stays_pages) = (rows.bytes("stays_headline")?, rows.texts("stays_page")?);
    let mut needed: Vec<i64> = Vec::new();
    for group in groups(rows.count(), |one, other| stays.at(one) == stays.at(other)) {
        let begin = group.start;
        let removed = group.map(|row| decode(&headlines, &pages, row));
        let others = needed_for_other_headlines(decode(&stays_headlines, &stays_pages, begin), removed);
        needed.extend(others.into_iter().map(|index| numbers.at(begin + index)));
    }
    Columns::default().numbers("number", needed).finish()
}
