//! The steps that find pairs of articles, verify them, and connect them.

use arrow_array::RecordBatch;
use pyo3::prelude::*;
use wirecopy::distributed::{CoreIndexer, CoreValue, PartArticle, ValueHolder, components as connect, joins};
use wirecopy::sketch::Context;

use super::StepSettings;
use super::part::part_of;
use super::rows::{Columns, Rows, wrong_rows};

/// Lists the values by which articles may be linked: a row for each `value` of a core.
pub(super) fn index(rows: &Rows, given: &StepSettings) -> PyResult<RecordBatch> {
    let (numbers, articles, masks) = (rows.numbers("number")?, rows.bytes("article")?, rows.bytes("mask")?);
    let article = |row: usize| PartArticle {
        number: numbers.at(row) as u64,
        article: articles.at(row),
        mask: masks.at(row),
        ..PartArticle::default()
    };
    let part = part_of((0..rows.count()).map(article), given)?;
    let mut indexer = CoreIndexer::new(&given.settings);
    let mut found: Vec<(i64, i64, CoreValue)> = Vec::new();
    let mut values = Vec::new();
    for id in part.corpus().ids() {
        indexer.index(&part, id, &mut values);
        let (number, words) = (part.number(id) as i64, part.corpus().words(id) as i64);
        found.extend(values.drain(..).map(|value| (number, words, value)));
    }
    Columns::default()
        .numbers("value", found.iter().map(|(.., value)| value.value as i64))
        .numbers("number", found.iter().map(|&(number, ..)| number))
        .numbers("words", found.iter().map(|&(_, words, _)| words))
        .numbers("context", found.iter().map(|(.., value)| value.context.to_bits() as i64))
        .finish()
}

/// Links the articles with one `value`, by `number`. Returns pairs, each with the evidence that a value is for it.
pub(super) fn link(rows: &Rows, given: &StepSettings) -> PyResult<RecordBatch> {
    let (values, numbers) = (rows.numbers("value")?, rows.numbers("number")?);
    let (words, contexts) = (rows.numbers("words")?, rows.numbers("context")?);
    let indexer = CoreIndexer::new(&given.settings);
    let mut found: Vec<[i64; 3]> = Vec::new();
    for list in values.groups().into_iter().filter(|list| list.len() > 1) {
        let value = values.at(list.start) as u64;
        let holders: Vec<ValueHolder> = list
            .map(|row| ValueHolder {
                number: numbers.at(row) as u64,
                words: words.at(row) as u32,
                context: Context::from_bits(contexts.at(row) as u64),
            })
            .collect();
        indexer
            .link(value, &holders, |a, b, evidence| found.push([a, b, evidence].map(|number| number as i64)));
    }
    Columns::default()
        .numbers("a", found.iter().map(|&[a, ..]| a))
        .numbers("b", found.iter().map(|&[_, b, _]| b))
        .numbers("evidence", found.iter().map(|&[.., evidence]| evidence))
        .finish()
}

/// Verifies pairs of articles. Returns the matches; `a` may then be the greater number.
pub(super) fn verify(rows: &Rows, given: &StepSettings) -> PyResult<RecordBatch> {
    let sides = ["a", "b"].map(|side| {
        let name = |column: &str| format!("{column}_{side}");
        let (articles, masks) = (rows.bytes(&name("article"))?, rows.bytes(&name("mask"))?);
        PyResult::Ok((rows.numbers(side)?, articles, masks, rows.numbers(&name("time"))?))
    });
    let [a, b] = sides;
    let (a, b) = (a?, b?);
    let articles = [&a, &b].into_iter().flat_map(|(numbers, encoded, masks, times)| {
        (0..rows.count()).map(|row| PartArticle {
            number: numbers.at(row) as u64,
            article: encoded.at(row),
            mask: masks.at(row),
            time: times.get(row),
            ..PartArticle::default()
        })
    });
    let part = part_of(articles, given)?;
    let mut verifier = part.verifier(&given.settings);
    let mut found = Vec::new();
    for row in 0..rows.count() {
        let ids = [&a.0, &b.0].map(|numbers| part.id(numbers.at(row) as u64));
        let (Some(one), Some(other)) = (ids[0], ids[1]) else { return Err(wrong_rows()) };
        found.extend(verifier.verify(one, other));
    }
    Columns::default()
        .numbers("a", found.iter().map(|found| part.number(found.a) as i64))
        .numbers("b", found.iter().map(|found| part.number(found.b) as i64))
        .flags("joins", found.iter().map(|found| joins(found, &given.settings)))
        .bytes("match", found.iter().map(wirecopy::verify::Match::encode))
        .finish()
}

/// Finds what chains of pairs connect: for each article of a pair the smallest number among those.
pub(super) fn components(rows: &Rows, _: &StepSettings) -> PyResult<RecordBatch> {
    let (a, b) = (rows.numbers("a")?, rows.numbers("b")?);
    let pairs: Vec<(u64, u64)> = (0..rows.count()).map(|row| (a.at(row) as u64, b.at(row) as u64)).collect();
    let found = connect(&pairs);
    Columns::default()
        .numbers("number", found.iter().map(|&(number, _)| number as i64))
        .numbers("component", found.iter().map(|&(_, component)| component as i64))
        .finish()
}
