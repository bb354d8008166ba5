//! Writes a page on which results are reviewed: a heading, filters, entries, and the texts as data.

use std::io::{self, Write};

use maud::{Markup, html};

use super::marks_legend::marks_legend;
use super::overview::Overview;
use super::page::Page;
use super::page_data::PageData;
use crate::verify::Relation;

const STYLE: &str =
    concat!(include_str!("texts.css"), include_str!("timeline.css"), include_str!("review.css"));
const SCRIPT: &str = concat!(
    include_str!("texts.js"),
    include_str!("label_file.js"),
    include_str!("decisions.js"),
    include_str!("review.js")
);

/// The states of decisions that entries can be filtered by.
const DECISIONS: [(&str, &str); 4] =
    [("", "any"), ("open", "not decided"), ("accepted", "accepted"), ("rejected", "rejected")];

/// The words of a review page that depend on its entries.
pub(super) struct ReviewPage {
    title: &'static str,
    /// The label of the filter by size.
    size: &'static str,
    /// The smallest size of an entry.
    least_size: usize,
    /// The meaning of bars and percentages.
    bar: &'static str,
    /// The orders of entries: names that the script knows, and their labels. The first is that in which they are
    /// written.
    orders: &'static [(&'static str, &'static str)],
}

/// The page of clusters.
pub(super) const CLUSTERS: ReviewPage = ReviewPage {
    title: "Clusters of articles that contain the same passage",
    size: "Articles, at least",
    least_size: 2,
    bar: "A bar shows the position of the passage in the article, and the percentage is the share of the passage \
          that the article contains.",
    orders: &[
        ("", "story"),
        ("size", "most articles"),
        ("sites", "most sites"),
        ("earliest", "earliest date"),
        ("latest", "latest date"),
    ],
};

/// The page of pairs.
pub(super) const PAIRS: ReviewPage = ReviewPage {
    title: "Pairs of articles that share text",
    size: "Shared words, at least",
    least_size: 0,
    bar: "A bar shows the positions of the shared passages in the article, and the percentage is the share of its \
          words that are in them.",
    orders: &[
        ("", "coverage"),
        ("size", "most shared words"),
        ("earliest", "earliest date"),
        ("latest", "latest date"),
    ],
};

impl ReviewPage {
    /// Writes the page up to its first entry.
    pub(super) fn begin(
        &self,
        summary: &Markup,
        overview: &Overview<'_>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        self.frame().begin(out)?;
        let head = html! {
            header {
                h1 { (self.title) }
                (summary)
                details .help {
                    summary { "How to read this page" }
                    p {
                        "Open an entry to see its articles and their texts. In the texts, "
                        (marks_legend()) " " (self.bar)
                    }
                    p {
                        kbd { "j" } " and " kbd { "k" } " move to the next and the previous entry, " kbd { "Enter" }
                        " opens it, " kbd { "/" } " searches, " kbd { "a" } " accepts a match, " kbd { "x" }
                        " rejects it, " kbd { "u" } " takes that back. Accepted and rejected matches can be saved as a file of labels, which a "
                        "sweep of thresholds reads. They are kept in this browser only."
                    }
                }
                noscript {
                    p { "Texts and filters need scripts, which this browser does not run. Lists need none." }
                }
                (overview.markup())
            }
            search .controls { (self.filter(overview)) }
        };
        writeln!(out, "{}\n<main id=\"main\" tabindex=\"-1\">", head.into_string())
    }

    /// Writes the rest of the page after the last entry.
    pub(super) fn end(&self, data: &PageData<'_>, out: &mut dyn Write) -> io::Result<()> {
        let last = html! {
            @if data.is_empty() {
                p { "There is nothing to show." }
            } @else {
                p #nothing .nothing hidden {
                    "No entry matches. " button type="button" #all { "Show all entries" }
                }
            }
        };
        writeln!(out, "{}</main>", last.into_string())?;
        data.write_sites(out)?;
        data.write_keys(out)?;
        self.frame().end_with_data(out, &mut |out| data.write_texts(out))
    }

    fn frame(&self) -> Page<'static> {
        Page { title: self.title, style: STYLE, script: SCRIPT }
    }

    /// Returns the form that filters and sorts entries.
    fn filter(&self, overview: &Overview<'_>) -> Markup {
        let agencies: Vec<&str> = overview.agencies().collect();
        html! {
            form #filter hidden {
                label .search { "Search texts, headlines, sites " input #q type="search" autocomplete="off"; }
                button #more type="button" aria-expanded="false" aria-controls="choices" { "Filters" }
                output #count for="q size site agency relation decision junk" aria-live="polite" {}
                div #choices {
                    label { "Sort by " (select("order", self.orders)) }
                    label {
                        (self.size) " "
                        input #size type="number" min=(self.least_size) value=(self.least_size);
                    }
                    label { "Site " input #site type="search" list="site-names" autocomplete="off"; }
                    datalist #site-names {}
                    @if !agencies.is_empty() {
                        label {
                            "Agency "
                            select #agency {
                                option value="" { "any" }
                                @for agency in agencies { option { (agency) } }
                            }
                        }
                    }
                    label {
                        "Relation "
                        select #relation {
                            option value="" { "any" }
                            @for relation in Relation::ALL { option { (relation.name()) } }
                        }
                    }
                    label { "Decision " (select("decision", &DECISIONS)) }
                    label .choice { input #junk type="checkbox"; " Hide junk" }
                    label .choice { input #keyboard type="checkbox" checked; " Keys" }
                    button type="reset" { "Show all" }
                    button #download type="button" { "Save labels" }
                }
            }
        }
    }
}

/// Returns a list of values with their labels.
fn select(id: &str, options: &[(&str, &str)]) -> Markup {
    html! {
        select id=(id) {
            @for (value, label) in options { option value=(value) { (label) } }
        }
    }
}
