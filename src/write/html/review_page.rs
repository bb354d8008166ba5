//! Writes a page on which results are reviewed: a heading, filters, entries, and the texts as data.

use std::io::{self, Write};

use maud::{Markup, html};

use super::marks_legend::marks_legend;
use super::page::Page;
use super::page_data::PageData;
use crate::verify::Relation;

const STYLE: &str = concat!(include_str!("texts.css"), include_str!("review.css"));
const SCRIPT: &str = concat!(include_str!("texts.js"), include_str!("review.js"));

/// The words of a review page that depend on its entries.
pub(super) struct ReviewPage {
    title: &'static str,
    /// The label of the filter by size.
    size: &'static str,
    /// The smallest size of an entry.
    least_size: usize,
    /// The meaning of bars and percentages.
    bar: &'static str,
}

/// The page of clusters.
pub(super) const CLUSTERS: ReviewPage = ReviewPage {
    title: "Clusters of articles that contain the same passage",
    size: "Articles, at least",
    least_size: 2,
    bar: "A bar shows the position of the passage in the article, and the percentage is the share of the passage \
          that the article contains.",
};

/// The page of pairs.
pub(super) const PAIRS: ReviewPage = ReviewPage {
    title: "Pairs of articles that share text",
    size: "Shared words, at least",
    least_size: 0,
    bar: "A bar shows the positions of the shared passages in the article, and the percentage is the share of its \
          words that are in them.",
};

impl ReviewPage {
    /// Writes the page up to its first entry.
    pub(super) fn begin(&self, summary: &Markup, out: &mut dyn Write) -> io::Result<()> {
        self.frame().begin(out)?;
        let head = html! {
            header {
                h1 { (self.title) }
                (summary)
                p {
                    "Open an entry to see its articles and their texts. In the texts, "
                    (marks_legend()) " " (self.bar)
                }
                noscript {
                    p { "Texts and filters need scripts, which this browser does not run. Lists need none." }
                }
                search .controls { (self.filter()) }
            }
        };
        writeln!(out, "{}\n<main id=\"main\" tabindex=\"-1\">", head.into_string())
    }

    /// Writes the rest of the page after the last entry.
    pub(super) fn end(&self, data: &PageData<'_>, out: &mut dyn Write) -> io::Result<()> {
        let empty = html! { @if data.is_empty() { p { "There is nothing to show." } } };
        writeln!(out, "{}</main>", empty.into_string())?;
        data.write_sites(out)?;
        data.write_texts(out)?;
        self.frame().end(out)
    }

    fn frame(&self) -> Page<'static> {
        Page { title: self.title, style: STYLE, script: SCRIPT }
    }

    /// Returns the form that filters entries.
    fn filter(&self) -> Markup {
        let relations = Relation::ALL;
        html! {
            form #filter hidden {
                label { (self.size) " " input #size type="number" min=(self.least_size) value=(self.least_size); }
                label { "Site " input #site type="search" list="site-names" autocomplete="off"; }
                datalist #site-names {}
                label {
                    "Relation "
                    select #relation {
                        option value="" { "any" }
                        @for relation in relations { option { (relation.name()) } }
                    }
                }
                label { "Heading " input #heading type="search" autocomplete="off"; }
                label .choice { input #junk type="checkbox"; " Hide junk" }
                button type="reset" { "Show all" }
                output #count for="size site relation heading junk" aria-live="polite" {}
            }
        }
    }
}
