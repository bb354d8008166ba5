//! The step that looks at texts which a site repeats on pages of other sites: some of them are stories there.

use std::collections::BTreeMap;
use std::ops::Range;

use arrow_array::RecordBatch;
use pyo3::prelude::*;
use wirecopy::boilerplate::GroupKind;
use wirecopy::boilerplate::divided::{ElsewhereSite, TextElsewhere, find_stories_elsewhere};

use super::StepSettings;
use super::boilerplate::{PageColumns, PagesByNumber, WEIGHTS, group, kind};
use super::rows::{Columns, Lists, Numbers, Rows, wrong_rows};

/// The kinds of rows, in their column `row_kind`.
mod row_kind {
    /// A value that an outlet repeats by its own evidence.
    pub(super) const VALUE: i64 = 0;
    /// A page of a story around a text, or one elsewhere.
    pub(super) const PAGE: i64 = 1;
    /// A text.
    pub(super) const TEXT: i64 = 2;
    /// The page elsewhere that has one of the values of a text.
    pub(super) const ELSEWHERE: i64 = 3;
}

/// The verdict on a text that is on pages elsewhere.
struct FoundText {
    /// The text and its outlet, if it is a story.
    story: Option<(i64, i64)>,
    /// If it has to be reported: a page on which it is masked, and the page elsewhere.
    reported: Option<(i64, i64)>,
}

/// Finds which texts of one `portion` are stories of pages elsewhere.
pub(super) fn elsewhere(rows: &Rows, _: &StepSettings) -> PyResult<RecordBatch> {
    let columns = TextColumns::new(rows)?;
    let mut found: Vec<FoundText> = Vec::new();
    for portion in rows.numbers("portion")?.groups() {
        let PagesOfSites { pages, site_of, sites } = columns.pages(&portion)?;
        let of_portion = columns.kinds_of_rows.rows_with(&portion, row_kind::TEXT);
        let texts = columns.texts(&portion, &of_portion, &pages)?;
        let judged = find_stories_elsewhere(&pages.pages, site_of, &sites, &texts);
        let text =
            |index: usize| (columns.texts.at(of_portion[index]), columns.outlets.at(of_portion[index]));
        let stories = judged.stories.into_iter();
        found.extend(stories.map(|index| FoundText { story: Some(text(index)), reported: None }));
        let numbers = pages.numbers();
        let number = |page: u32| numbers[page as usize] as i64;
        found.extend(judged.reported.into_iter().map(|text| FoundText {
            story: None,
            reported: Some((number(text.masked), number(text.elsewhere))),
        }));
    }
    Columns::default()
        .numbers("text", found.iter().map(|found| found.story.map(|(text, _)| text)))
        .numbers("outlet", found.iter().map(|found| found.story.map(|(_, outlet)| outlet)))
        .numbers("masked", found.iter().map(|found| found.reported.map(|(masked, _)| masked)))
        .numbers("elsewhere", found.iter().map(|found| found.reported.map(|(_, elsewhere)| elsewhere)))
        .finish()
}

/// The columns of the rows of this step.
struct TextColumns {
    kinds_of_rows: Numbers,
    kinds: Numbers,
    outlets: Numbers,
    sizes: Numbers,
    values: Numbers,
    texts: Numbers,
    weights: Numbers,
    counts: Numbers,
    stories: Lists,
    elsewhere: Numbers,
    pages: PageColumns,
}

/// The pages of a portion, and their sites.
#[derive(Default)]
struct PagesOfSites {
    pages: PagesByNumber,
    /// For each page the index of its site.
    site_of: Vec<u32>,
    sites: Vec<ElsewhereSite>,
}

impl TextColumns {
    fn new(rows: &Rows) -> PyResult<Self> {
        Ok(Self {
            kinds_of_rows: rows.numbers("row_kind")?,
            kinds: rows.numbers("kind")?,
            outlets: rows.numbers("outlet")?,
            sizes: rows.numbers("site_pages")?,
            values: rows.numbers("value")?,
            texts: rows.numbers("text")?,
            weights: rows.numbers("weight")?,
            counts: rows.numbers("values")?,
            stories: rows.lists("stories")?,
            elsewhere: rows.numbers("elsewhere")?,
            pages: PageColumns::new(rows)?,
        })
    }

    /// Returns the pages of a portion, with what their sites repeat by their own evidence.
    fn pages(&self, portion: &Range<usize>) -> PyResult<PagesOfSites> {
        let mut boilerplate: BTreeMap<i64, Vec<u32>> = BTreeMap::new();
        for row in self.kinds_of_rows.rows_with(portion, row_kind::VALUE) {
            boilerplate.entry(self.outlets.at(row)).or_default().push(self.values.at(row) as u32);
        }
        boilerplate.values_mut().for_each(|values| values.sort_unstable());
        let mut found = PagesOfSites::default();
        let mut indexes: BTreeMap<u64, u32> = BTreeMap::new();
        for row in self.kinds_of_rows.rows_with(portion, row_kind::PAGE) {
            found.pages.add(&self.pages, row)?;
            if found.pages.pages.len() == found.site_of.len() {
                continue;
            }
            let kind = kind(self.kinds.at(row))?;
            let index = *indexes.entry(group(kind, self.outlets.at(row))).or_insert_with(|| {
                // Nothing is known to be repeated by sites of which one page is known.
                let is_single = kind == GroupKind::SinglePages;
                let repeated = boilerplate.get(&self.outlets.at(row)).filter(|_| !is_single);
                let (pages, boilerplate) =
                    (self.sizes.at(row) as usize, repeated.cloned().unwrap_or_default());
                found.sites.push(ElsewhereSite { kind, pages, boilerplate });
                found.sites.len() as u32 - 1
            });
            found.site_of.push(index);
        }
        Ok(found)
    }

    /// Returns the texts of the rows `of_portion` of a portion.
    fn texts(
        &self,
        portion: &Range<usize>,
        of_portion: &[usize],
        pages: &PagesByNumber,
    ) -> PyResult<Vec<TextElsewhere>> {
        let mut elsewhere: BTreeMap<(i64, i64), Vec<u32>> = BTreeMap::new();
        let key = |row: usize| (self.texts.at(row), self.outlets.at(row));
        for row in self.kinds_of_rows.rows_with(portion, row_kind::ELSEWHERE) {
            elsewhere.entry(key(row)).or_default().push(pages.index(self.elsewhere.at(row) as u64)?);
        }
        let text = |&row: &usize| {
            Ok(TextElsewhere {
                weight: *WEIGHTS.get(self.weights.at(row) as usize).ok_or_else(wrong_rows)?,
                values: self.counts.at(row) as u32,
                stories: pages.indexes(self.stories.at(row))?,
                elsewhere: elsewhere.remove(&key(row)).unwrap_or_default(),
            })
        };
        of_portion.iter().map(text).collect()
    }
}
