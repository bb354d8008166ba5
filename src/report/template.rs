//! The record of a template.

use serde::Serialize;

use super::fields::utc;
use crate::corpus::Corpus;
use crate::detect::{SiteTemplate, SiteTemplates};

/// A text that a site repeats around different stories.
///
/// [`Templates`](crate::boilerplate::Templates) reads such records; `site` and `text` are enough.
#[derive(Clone, Debug, Serialize)]
pub struct TemplateRecord<'a> {
    /// The outlet that repeats it; nothing if the sites of the articles are unknown.
    pub site: Option<&'a str>,
    /// The text as the example prints it, from the first to the last masked word; nothing if texts were not kept.
    pub text: Option<String>,
    /// The number of its words.
    pub words: usize,
    /// The number of pages of the site on which 12 words of it or more are masked. Identical articles of a site are one page.
    pub pages: usize,
    /// The number of pages of the site.
    pub site_pages: usize,
    /// The number of other wordings that are counted as this one.
    pub variants: usize,
    /// The date of the earliest of its pages that is believed, as ISO 8601, in UTC.
    pub first_published: Option<String>,
    /// The date of the latest of them.
    pub last_published: Option<String>,
    /// The key of an article that has it.
    pub example: &'a str,
    /// The address of that article, if the record has one.
    pub example_url: Option<&'a str>,
}

impl SiteTemplates {
    /// Returns the records of all templates, by the name of the site, those of unknown sites last; of one site those on most
    /// pages first.
    pub fn records(&self) -> impl ExactSizeIterator<Item = TemplateRecord<'_>> {
        self.templates().iter().map(|template| TemplateRecord::new(self.corpus(), template))
    }
}

impl<'a> TemplateRecord<'a> {
    /// Creates the record of a template.
    pub fn new(corpus: &'a Corpus, template: &SiteTemplate) -> Self {
        let SiteTemplate { example, ref range, ref pages, variants, site_pages } = *template;
        let header = corpus.header(example);
        let [begin, end] = corpus
            .with_spans(example, |spans| [spans[range.start as usize].0, spans[range.end as usize - 1].1]);
        let times = || pages.iter().filter_map(|&page| corpus.believed_time(page));
        Self {
            site: corpus.outlet(example),
            text: corpus.text_part(example, begin..end),
            words: range.len(),
            pages: pages.len(),
            site_pages,
            variants,
            first_published: utc(times().min()),
            last_published: utc(times().max()),
            example: header.key,
            example_url: header.url,
        }
    }
}
