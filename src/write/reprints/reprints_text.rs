//! Writes a report of reprints as tables for a terminal.

use std::io::{self, Write};

use super::reprint_counts::count_sentences;
use super::reprint_tables::{Row, Table, tables};
use crate::corpus::Corpus;
use crate::report::ReprintReport;
use crate::write::number::counted;
use crate::write::screen::Screen;
use crate::write::styles::{BOLD, DIM};
use crate::write::terminal_text::{columns, fit, one_line};
use crate::write::text_table::{sentence_lines, table_lines};

/// The least number of columns for the names of rows.
const LEAST_NAME: usize = 24;
/// The number of columns between two columns of a table.
const GAP: usize = 2;

/// Writes the totals, and the first `top` rows of each table. Stories without a title are shown by the beginning of
/// their text if texts were kept (the setting `keep_texts`).
///
/// # Errors
/// The error of the writer.
pub fn write_reprints_text(
    report: &ReprintReport<'_>,
    corpus: &Corpus,
    top: usize,
    screen: Screen,
    out: &mut dyn Write,
) -> io::Result<()> {
    for sentence in count_sentences(&report.counts) {
        write_lines(&sentence, screen, out)?;
    }
    for table in tables(report, corpus).into_iter().filter(|table| !table.rows.is_empty()) {
        write_table(&table, top, screen, out)?;
    }
    Ok(())
}

fn write_table(table: &Table<'_>, top: usize, screen: Screen, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n{}", screen.paint(BOLD, table.title))?;
    for line in sentence_lines(table.about, screen.width) {
        writeln!(out, "{}", screen.paint(DIM, &line))?;
    }
    let shown: Vec<usize> =
        (0..table.columns.len()).filter(|&column| table.columns[column].is_main).collect();
    let heads = || shown.iter().map(|&column| table.columns[column].head.to_owned());
    let cells = |row: &Row<'_>| shown.iter().map(|&column| one_line(&row.cells[column].text())).collect();
    let body: Vec<Vec<String>> = table.rows.iter().take(top).map(cells).collect();
    // A column is as wide as its widest cell, or as the longest word of its head.
    let width = |(column, head): (usize, String)| {
        let words = head.split(' ').map(columns);
        body.iter().map(|row| columns(&row[column])).chain(words).max().unwrap_or(0)
    };
    let others: usize = heads().enumerate().map(|head| width(head) + GAP).sum();
    let room = screen.width.saturating_sub(others).max(LEAST_NAME);
    let name = |name: &str| std::iter::once(fit(&one_line(name), room).into_owned());
    let named = table
        .rows
        .iter()
        .zip(&body)
        .map(|(row, cells)| name(&row.name).chain(cells.iter().cloned()).collect());
    let rows: Vec<Vec<String>> =
        std::iter::once(name(table.name).chain(heads()).collect()).chain(named).collect();
    for (is_head, line) in table_lines(&rows, screen.width) {
        if is_head { writeln!(out, "{}", screen.paint(DIM, &line))? } else { writeln!(out, "{line}")? }
    }
    match table.rows.len().saturating_sub(top) {
        0 => Ok(()),
        others => write_lines(&format!("and {}", counted(others, "other", "others")), screen, out),
    }
}

fn write_lines(sentence: &str, screen: Screen, out: &mut dyn Write) -> io::Result<()> {
    sentence_lines(sentence, screen.width).iter().try_for_each(|line| writeln!(out, "{line}"))
}
