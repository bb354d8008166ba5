//! The steps that find what sites repeat around different stories.

use std::collections::BTreeMap;

use arrow_array::RecordBatch;
use pyo3::prelude::*;
use wirecopy::boilerplate::divided::{
    Holder, LocalPage, SampledText, judge_texts, shared_texts_of_value, short_page,
};
use wirecopy::boilerplate::{GroupKind, Weight};
use wirecopy::distributed::decode_tokens;
use wirecopy::sketch::Fingerprint;

use super::StepSettings;
use super::rows::{Bytes, Columns, Numbers, Rows, wrong_rows};

/// The kinds of groups of pages, in the order in which pages are sorted.
const KINDS: [GroupKind; 3] = [GroupKind::OneSite, GroupKind::SinglePages, GroupKind::UnknownSites];
/// The number of the outlet of all pages whose outlet is not known.
const UNKNOWN_OUTLET: i64 = -1;
/// The weights of evidence.
pub(super) const WEIGHTS: [Weight; 3] = [Weight::Weak, Weight::Medium, Weight::Strong];

pub(super) fn kind(number: i64) -> PyResult<GroupKind> {
    KINDS.get(number as usize).copied().ok_or_else(wrong_rows)
}

fn number_of_kind(kind: GroupKind) -> i64 {
    KINDS.iter().position(|&other| other == kind).unwrap_or(KINDS.len()) as i64
}

/// Returns the number of the group of a page: pages that are the only ones of their sites are in one group.
pub(super) fn group(kind: GroupKind, outlet: i64) -> u64 {
    match kind {
        GroupKind::OneSite => outlet as u64,
        _ => u64::MAX - number_of_kind(kind) as u64,
    }
}

/// Returns fingerprints as bytes.
pub(super) fn encode_fingerprints(fingerprints: &[Fingerprint]) -> Vec<u8> {
    fingerprints.iter().flat_map(|one| [one.value, one.position]).flat_map(u32::to_le_bytes).collect()
}

fn decode_fingerprints(bytes: &[u8]) -> Vec<Fingerprint> {
    let number = |bytes: &[u8]| u32::from_le_bytes(bytes.try_into().unwrap_or_default());
    let fingerprint =
        |bytes: &[u8]| Fingerprint { value: number(&bytes[..4]), position: number(&bytes[4..]) };
    bytes.chunks_exact(8).map(fingerprint).collect()
}

/// The columns of pages.
pub(super) struct PageColumns {
    numbers: Numbers,
    words: Numbers,
    fingerprints: Bytes,
    articles: Bytes,
}

impl PageColumns {
    pub(super) fn new(rows: &Rows) -> PyResult<Self> {
        Ok(Self {
            numbers: rows.numbers("number")?,
            words: rows.numbers("words")?,
            fingerprints: rows.bytes("fingerprints")?,
            articles: rows.bytes("article")?,
        })
    }

    /// Returns the page of a row, with its tokens if the row has an article.
    pub(super) fn page(&self, row: usize) -> PyResult<LocalPage> {
        let tokens = match self.articles.get(row) {
            None => Vec::new(),
            Some(article) => decode_tokens(article).ok_or_else(wrong_rows)?,
        };
        Ok(LocalPage {
            words: self.words.at(row) as usize,
            tokens,
            fingerprints: decode_fingerprints(self.fingerprints.at(row)),
            address: None,
        })
    }
}

/// Pages by their numbers.
#[derive(Default)]
pub(super) struct PagesByNumber {
    pub(super) pages: Vec<LocalPage>,
    indexes: BTreeMap<u64, u32>,
}

impl PagesByNumber {
    /// Adds a page, unless it was added before.
    pub(super) fn add(&mut self, columns: &PageColumns, row: usize) -> PyResult<&mut LocalPage> {
        let index = match self.indexes.get(&(columns.numbers.at(row) as u64)) {
            Some(&index) => index as usize,
            None => {
                self.indexes.insert(columns.numbers.at(row) as u64, self.pages.len() as u32);
                self.pages.push(columns.page(row)?);
                self.pages.len() - 1
            }
        };
        Ok(&mut self.pages[index])
    }

    pub(super) fn index(&self, number: u64) -> PyResult<u32> {
        self.indexes.get(&number).copied().ok_or_else(wrong_rows)
    }

    /// Returns the indexes of pages, given by their numbers.
    pub(super) fn indexes(&self, numbers: Vec<u64>) -> PyResult<Vec<u32>> {
        numbers.into_iter().map(|number| self.index(number)).collect()
    }

    /// Returns the numbers of pages, by their indexes.
    pub(super) fn numbers(&self) -> Vec<u64> {
        let mut numbers = vec![0; self.pages.len()];
        self.indexes.iter().for_each(|(&number, &index)| numbers[index as usize] = number);
        numbers
    }
}

/// Lists the fingerprints of pages: a row for each `value` of a page.
pub(super) fn post_pages(rows: &Rows, _: &StepSettings) -> PyResult<RecordBatch> {
    let columns = ["kind", "outlet", "number", "site_pages", "words"];
    let fingerprints = rows.bytes("fingerprints")?;
    let mut of_row = Vec::new();
    let mut values = Vec::new();
    for row in 0..rows.count() {
        for fingerprint in decode_fingerprints(fingerprints.at(row)) {
            values.push(i64::from(fingerprint.value));
            of_row.push(row);
        }
    }
    let mut out = Columns::default().numbers("value", values);
    for name in columns {
        let column = rows.numbers(name)?;
        out = out.numbers(name, of_row.iter().map(|&row| column.get(row)));
    }
    out.finish()
}

/// Finds the texts that sites share: the pages with one `value`, by `kind`, `outlet` and `number`. Returns a row for each
/// value and site that may repeat it.
pub(super) fn share(rows: &Rows, _: &StepSettings) -> PyResult<RecordBatch> {
    let (values, kinds, outlets) = (rows.numbers("value")?, rows.numbers("kind")?, rows.numbers("outlet")?);
    let (numbers, words, sizes) =
        (rows.numbers("number")?, rows.numbers("words")?, rows.numbers("site_pages")?);
    let mut found = Vec::new();
    for list in values.groups().into_iter().filter(|list| list.len() > 1) {
        let holders: PyResult<Vec<Holder>> = list
            .clone()
            .map(|row| {
                let kind = kind(kinds.at(row))?;
                Ok(Holder {
                    page: numbers.at(row) as u64,
                    site: group(kind, outlets.at(row)),
                    kind,
                    site_pages: sizes.at(row) as usize,
                    words: words.at(row) as usize,
                })
            })
            .collect();
        let holders = holders?;
        let shared = shared_texts_of_value(&holders);
        found.extend(shared.into_iter().map(|text| (values.at(list.start), text)));
    }
    Columns::default()
        .numbers("value", found.iter().map(|&(value, _)| value))
        .numbers("kind", found.iter().map(|(_, text)| number_of_kind(text.kind)))
        .numbers(
            "outlet",
            found.iter().map(|(_, text)| match text.kind {
                GroupKind::OneSite => text.site as i64,
                _ => UNKNOWN_OUTLET,
            }),
        )
        .numbers("text", found.iter().map(|(_, text)| text.text as i64))
        .numbers("page", found.iter().map(|(_, text)| text.sample[0] as i64))
        .lists("sample", found.iter().map(|(_, text)| text.sample.clone()))
        .numbers("elsewhere", found.iter().map(|(_, text)| text.elsewhere.map(|page| page as i64)))
        .finish()
}

/// Judges the texts of one `portion`: rows that are no `is_text` are the pages of their samples. Returns those that are
/// boilerplate by the evidence of their site.
pub(super) fn judge(rows: &Rows, given: &StepSettings) -> PyResult<RecordBatch> {
    let (portions, is_text) = (rows.numbers("portion")?, rows.flags("is_text")?);
    let (kinds, outlets) = (rows.numbers("kind")?, rows.numbers("outlet")?);
    let (texts, samples, addresses) =
        (rows.numbers("text")?, rows.lists("sample")?, rows.numbers("address")?);
    let columns = PageColumns::new(rows)?;
    let mut found: Vec<(usize, Weight, Vec<u64>)> = Vec::new();
    for portion in portions.groups() {
        let mut pages = PagesByNumber::default();
        for row in portion.clone().filter(|&row| !is_text.at(row)) {
            pages.add(&columns, row)?.address = addresses.get(row).map(|address| address as u64);
        }
        let of_portion: Vec<usize> = portion.filter(|&row| is_text.at(row)).collect();
        let sampled = of_portion.iter().map(|&row| {
            Ok(SampledText { kind: kind(kinds.at(row))?, sample: pages.indexes(samples.at(row))? })
        });
        let sampled: Vec<SampledText> = sampled.collect::<PyResult<_>>()?;
        let numbers = pages.numbers();
        let judged = judge_texts(&pages.pages, &sampled, given.settings.masking_rule());
        for (&row, judged) in of_portion.iter().zip(judged) {
            if let Some(judged) = judged {
                let stories = judged.stories.iter().map(|&page| numbers[page as usize]).collect();
                found.push((row, judged.weight, stories));
            }
        }
    }
    Columns::default()
        .numbers("kind", found.iter().map(|&(row, ..)| kinds.at(row)))
        .numbers("outlet", found.iter().map(|&(row, ..)| outlets.get(row)))
        .numbers("text", found.iter().map(|&(row, ..)| texts.at(row)))
        .numbers(
            "weight",
            found
                .iter()
                .map(|(_, weight, _)| WEIGHTS.iter().position(|other| other == weight).map(|at| at as i64)),
        )
        .lists("stories", found.iter().map(|(.., stories)| stories.clone()))
        .finish()
}

/// Returns the number of words from which on a page is not short: the tokens of short ones are needed to judge texts.
#[pyfunction]
pub(crate) fn short_page_words() -> usize {
    short_page()
}
