//! The steps that mask what sites repeat.

use std::collections::BTreeMap;

use arrow_array::RecordBatch;
use pyo3::prelude::*;
use wirecopy::boilerplate::divided::{SiteTexts, mask_some};
use wirecopy::boilerplate::{Template, Templates};
use wirecopy::distributed::{decode_ranges, encode_ranges, merge_masks as merge};

use super::StepSettings;
use super::boilerplate::{PageColumns, PagesByNumber};
use super::rows::{Columns, Rows, wrong_rows};

/// The rows of the step `mask`, by their column `row_kind`.
mod mask_row {
    /// A page that is to be masked.
    pub(super) const PAGE: i64 = 0;
    /// A page of a story around a text.
    pub(super) const STORY: i64 = 1;
    /// A text that the site repeats.
    pub(super) const TEXT: i64 = 2;
    /// A value of a text.
    pub(super) const VALUE: i64 = 3;
}

/// Masks pages of one site: those of one `portion`, with all that the site repeats.
pub(super) fn mask(rows: &Rows, given: &StepSettings) -> PyResult<RecordBatch> {
    let (portions, row_kinds) = (rows.numbers("portion")?, rows.numbers("row_kind")?);
    let (numbers, texts, values) = (rows.numbers("number")?, rows.numbers("text")?, rows.numbers("value")?);
    let stories = rows.lists("stories")?;
    let columns = PageColumns::new(rows)?;
    let mut found = Vec::new();
    for portion in portions.groups() {
        let of_kind = |wanted| row_kinds.rows_with(&portion, wanted);
        let mut pages = PagesByNumber::default();
        for row in of_kind(mask_row::PAGE) {
            pages.add(&columns, row)?;
        }
        let count = pages.pages.len();
        for row in of_kind(mask_row::STORY) {
            pages.add(&columns, row)?;
        }
        let (mut site, mut indexes) = (SiteTexts::default(), BTreeMap::new());
        for row in of_kind(mask_row::TEXT) {
            indexes.insert(texts.at(row), site.stories.len() as u32);
            site.stories.push(pages.indexes(stories.at(row))?);
        }
        for row in of_kind(mask_row::VALUE) {
            let text = indexes.get(&texts.at(row)).ok_or_else(wrong_rows)?;
            site.values.push((values.at(row) as u32, *text));
        }
        let to_mask = of_kind(mask_row::PAGE);
        let of_pages = mask_some(&pages.pages, count, &site, given.settings.masking_rule());
        found.extend(
            of_pages.iter().map(|(page, mask)| (numbers.at(to_mask[page as usize]), encode_ranges(mask))),
        );
    }
    masks(&found)
}

/// Stands for the outlet of a portion: all its rows are of one, whose name does not matter.
const OUTLET: &str = "outlet.example";

/// Masks pages of one outlet by templates: those of one `portion`, with the templates, which are the rows with a `text`.
pub(super) fn mask_by_templates(rows: &Rows, _: &StepSettings) -> PyResult<RecordBatch> {
    let (portions, numbers, texts) = (rows.numbers("portion")?, rows.numbers("number")?, rows.texts("text")?);
    let columns = PageColumns::new(rows)?;
    let mut found = Vec::new();
    for portion in portions.groups() {
        let (of_outlet, to_mask): (Vec<usize>, Vec<usize>) =
            portion.partition(|&row| texts.get(row).is_some());
        let template = |&row: &usize| Template {
            site: OUTLET.to_owned(),
            text: texts.get(row).unwrap_or_default().to_owned(),
            file: String::new(),
        };
        let templates = Templates::new(of_outlet.iter().map(template));
        let pages = to_mask.iter().map(|&row| columns.page(row)).collect::<PyResult<Vec<_>>>()?;
        let of_pages = templates.mask_pages(&pages, |_| Some(OUTLET));
        found.extend(
            of_pages.iter().map(|(page, mask)| (numbers.at(to_mask[page as usize]), encode_ranges(mask))),
        );
    }
    masks(&found)
}

/// Returns the masks of pages as rows.
fn masks(found: &[(i64, Vec<u8>)]) -> PyResult<RecordBatch> {
    Columns::default()
        .numbers("number", found.iter().map(|&(number, _)| number))
        .bytes("mask", found.iter().map(|(_, mask)| mask.clone()))
        .finish()
}

/// Joins the masks of the pages of identical articles: those with one `leader`. A mask that would leave too little of
/// articles of which there are several is dropped.
pub(super) fn merge_masks(rows: &Rows, given: &StepSettings) -> PyResult<RecordBatch> {
    let (leaders, words, sizes) =
        (rows.numbers("leader")?, rows.numbers("words")?, rows.numbers("set_size")?);
    let masks = rows.bytes("mask")?;
    let mut found = Vec::new();
    for of_leader in leaders.groups() {
        let first = of_leader.start;
        let ranges = of_leader.flat_map(|row| decode_ranges(masks.at(row)));
        let (words, identical) = (words.at(first) as usize, sizes.at(first) as usize);
        let merged = merge(ranges, words, identical, &given.settings);
        found.extend(merged.map(|mask| (leaders.at(first), mask)));
    }
    Columns::default()
        .numbers("leader", found.iter().map(|&(leader, _)| leader))
        .bytes("mask", found.iter().map(|(_, mask)| encode_ranges(mask)))
        .numbers(
            "masked_words",
            found.iter().map(|(_, mask)| mask.iter().map(|range| range.len() as i64).sum::<i64>()),
        )
        .finish()
}
