//! Lays out tables and sentences for a terminal of any width.

use crate::write::terminal_text::columns;

/// The character of bars, which are aligned to the left.
const BAR: char = '█';
/// The gap between two columns.
const GAP: usize = 2;

/// Returns the lines of tables; each line of a head is marked with `true`. The first row is the head, the first column
/// names the rows. Heads are broken at spaces and hyphens. A table that is wider than `width` columns is cut into
/// several tables with the same first column, with an empty line between them.
pub(in crate::write) fn table_lines(rows: &[Vec<String>], width: usize) -> Vec<(bool, String)> {
    let Some((head, body)) = rows.split_first() else {
        return Vec::new();
    };
    let widths: Vec<usize> = (0..head.len()).map(|column| column_width(head, body, column)).collect();
    let mut lines = Vec::new();
    for group in column_groups(&widths, width) {
        if !lines.is_empty() {
            lines.push((false, String::new()));
        }
        let heads: Vec<Vec<String>> =
            group.iter().map(|&column| broken_head(&head[column], widths[column])).collect();
        let height = heads.iter().map(Vec::len).max().unwrap_or(0);
        for line in 0..height {
            // Heads end on the same line.
            let cell = |cells: &Vec<String>| {
                (line + cells.len()).checked_sub(height).map_or("", |index| cells[index].as_str()).to_owned()
            };
            let cells: Vec<String> = heads.iter().map(cell).collect();
            lines.push((true, row_line(&cells, &group, &widths)));
        }
        for row in body {
            let cells: Vec<String> =
                group.iter().map(|&column| row.get(column).cloned().unwrap_or_default()).collect();
            lines.push((false, row_line(&cells, &group, &widths)));
        }
    }
    lines
}

/// Returns a sentence as lines of at most `width` columns, broken at spaces; a longer word has a line of its own.
pub(in crate::write) fn sentence_lines(text: &str, width: usize) -> Vec<String> {
    broken(text.split(' '), " ", width)
}

/// Returns the width of a column: of its widest cell, or of the longest word of its head.
fn column_width(head: &[String], body: &[Vec<String>], column: usize) -> usize {
    let cells = body.iter().filter_map(|row| row.get(column)).map(|cell| columns(cell));
    let words = head_words(&head[column]).into_iter().map(|word| columns(word.trim_end()));
    cells.chain(words).max().unwrap_or(0)
}

/// Returns the columns of each table: the first one, and as many others as fit.
fn column_groups(widths: &[usize], width: usize) -> Vec<Vec<usize>> {
    let first = widths.first().copied().unwrap_or(0);
    let mut groups = vec![vec![0]];
    let mut used = first;
    for (column, needed) in widths.iter().enumerate().skip(1) {
        let is_full = used + GAP + needed > width && groups.last().is_some_and(|group| group.len() > 1);
        if is_full {
            groups.push(vec![0]);
            used = first;
        }
        used += GAP + needed;
        if let Some(group) = groups.last_mut() {
            group.push(column);
        }
    }
    groups
}

/// Returns the parts of a head at which it may be broken, with the space or hyphen after each.
fn head_words(head: &str) -> Vec<&str> {
    head.split_inclusive([' ', '-']).collect()
}

/// Returns a head as lines of at most `width` columns.
fn broken_head(head: &str, width: usize) -> Vec<String> {
    broken(head_words(head).into_iter(), "", width)
}

/// Joins words to lines of at most `width` columns.
fn broken<'t>(words: impl Iterator<Item = &'t str>, between: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if columns(line) + between.len() + columns(word.trim_end()) <= width => {
                line.push_str(between);
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    for line in &mut lines {
        line.truncate(line.trim_end().len());
    }
    lines
}

/// Returns a line: the first column and bars are aligned to the left, numbers to the right.
fn row_line(cells: &[String], group: &[usize], widths: &[usize]) -> String {
    let mut line = String::new();
    for (place, (cell, &column)) in cells.iter().zip(group).enumerate() {
        let gap = " ".repeat(widths[column].saturating_sub(columns(cell)));
        let is_left = place == 0 || cell.starts_with(BAR) || cell.is_empty();
        line += &" ".repeat(if place > 0 { GAP } else { 0 });
        line += &if is_left { format!("{cell}{gap}") } else { format!("{gap}{cell}") };
    }
    line.truncate(line.trim_end().len());
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[&str]], width: usize) -> String {
        let rows: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(ToString::to_string).collect()).collect();
        table_lines(&rows, width).into_iter().map(|(_, line)| line + "\n").collect()
    }

    #[test]
    fn breaks_heads() {
        let rows: &[&[&str]] = &[&["score", "cross-validated F1", "bar"], &["one", "0.5", "██"]];
        // The second column is as wide as the longest part of its head.
        assert_eq!(
            table(rows, 80),
            "          cross-\n       validated\nscore         F1  bar\none          0.5  ██\n"
        );
    }

    #[test]
    fn cuts_wide_tables() {
        let rows: &[&[&str]] = &[&["name", "a", "b", "c"], &["x", "1000", "2000", "3000"]];
        let one = "name     a     b     c\nx     1000  2000  3000\n";
        assert_eq!(table(rows, 22), one);
        assert_eq!(table(rows, 21), "name     a     b\nx     1000  2000\n\nname     c\nx     3000\n");
        // Each table has at least one column of its own.
        assert_eq!(table(rows, 3).matches("name").count(), 3);
        assert_eq!(table(&[], 80), "");
    }

    #[test]
    fn breaks_sentences() {
        assert_eq!(sentence_lines("a bc def g", 6), ["a bc", "def g"]);
        assert_eq!(sentence_lines("unbreakable x", 3), ["unbreakable", "x"]);
        assert_eq!(sentence_lines("", 3), [""]);
    }
}
