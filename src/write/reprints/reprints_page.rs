//! Writes a report of reprints as a page: totals, stories over time, a matrix of outlets, and tables.

use std::io::{self, Write};

use maud::{Markup, html};

use super::reprint_counts::count_sentences;
use super::reprint_tables::{Row, Table, tables};
use super::site_matrix::site_matrix;
use crate::corpus::Corpus;
use crate::provenance::Seconds;
use crate::report::ReprintReport;
use crate::write::html::{Page, isolated, safe, timeline};
use crate::write::number::{counted, grouped};
use crate::write::run_inputs::RunInputs;

const STYLE: &str = concat!(
    include_str!("../html/numbers.css"),
    include_str!("../html/timeline.css"),
    include_str!("reprints.css")
);
const SCRIPT: &str = include_str!("reprints.js");
const TITLE: &str = "Who reprints whom";

/// Writes the report of these inputs as one page that needs no network, with the first `top` rows of each table.
/// Stories without a title are shown by the beginning of their text if texts were kept (the setting `keep_texts`).
///
/// # Errors
/// The error of the writer.
pub fn write_reprints_html(
    report: &ReprintReport<'_>,
    corpus: &Corpus,
    top: usize,
    inputs: &RunInputs,
    out: &mut dyn Write,
) -> io::Result<()> {
    let name = inputs.name();
    let title = if name.is_empty() { TITLE.to_owned() } else { format!("{TITLE}: {name}") };
    let page = Page { title: &title, style: STYLE, script: SCRIPT };
    let times: Vec<Seconds> = report.stories.iter().filter_map(|story| corpus.time(story.first)).collect();
    let tables = tables(report, corpus);
    page.begin(out)?;
    let head = html! {
        h1 { (TITLE) }
        p .dim { (isolated(&inputs.line())) " · wirecopy " (env!("CARGO_PKG_VERSION")) }
        @for sentence in count_sentences(&report.counts) { p { (sentence) } }
        p .dim {
            "Who was first follows from the dates of this collection and from credits. It is evidence, not proof: the "
            "first outlet may be missing here, and a date may be that of the scrape."
        }
        div .overview {
            // One bar would say nothing.
            @if times.iter().min() < times.iter().max() {
                (timeline("Stories by the date of their first article", &times))
            }
            (site_matrix(report))
        }
        search .controls hidden {
            label { "Filter tables " input #q type="search" autocomplete="off"; }
            nav aria-label="Tables" {
                @for (number, table) in (1..).zip(&tables) {
                    @if !table.rows.is_empty() { a href={ "#table-" (number) } { (table.title) } " " }
                }
            }
        }
    };
    writeln!(out, "<main id=\"main\" tabindex=\"-1\">\n{}", head.into_string())?;
    for (number, table) in (1..).zip(&tables).filter(|(_, table)| !table.rows.is_empty()) {
        write_table(number, table, top, out)?;
    }
    writeln!(out, "</main>")?;
    page.end(out)
}

fn write_table(number: usize, table: &Table<'_>, top: usize, out: &mut dyn Write) -> io::Result<()> {
    let head = html! {
        h2 id={ "table-" (number) } { (table.title) " " span .dim { (grouped(table.rows.len())) } }
        p { (table.about) }
    };
    let columns = html! {
        tr {
            th scope="col" { (table.name) }
            @for (number, column) in table.columns.iter().enumerate() {
                th scope="col" class=[class(table, number)] { (column.head) }
            }
        }
    };
    writeln!(
        out,
        "{}<table class=\"numbers\"><thead>{}</thead><tbody>",
        head.into_string(),
        columns.into_string()
    )?;
    for row in table.rows.iter().take(top) {
        writeln!(out, "{}", row_markup(table, row).into_string())?;
    }
    writeln!(out, "</tbody></table>")?;
    match table.rows.len().saturating_sub(top) {
        0 => Ok(()),
        others => {
            let note = html! { p .dim { "And " (counted(others, "other", "others")) "." } };
            writeln!(out, "{}", note.into_string())
        }
    }
}

fn row_markup(table: &Table<'_>, row: &Row<'_>) -> Markup {
    html! {
        tr {
            th scope="row" {
                @match row.address {
                    Some(address) => {
                        a lang="" href=(safe(address)) rel="noopener noreferrer" target="_blank" { (isolated(&row.name)) }
                    },
                    None => (isolated(&row.name)),
                }
            }
            @for (number, (cell, column)) in row.cells.iter().zip(&table.columns).enumerate() {
                td class=[class(table, number)] data-head=(column.head) data-value=[cell.value()] {
                    (isolated(&cell.text()))
                }
            }
        }
    }
}

/// Returns the class of the cells of a column.
fn class(table: &Table<'_>, column: usize) -> Option<&'static str> {
    table.has_names(column).then_some("text")
}
