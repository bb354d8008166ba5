//! Writes the texts of two articles with their shared passages marked: side by side on a wide screen, else one
//! after the other.

use std::io::{self, Write};
use std::ops::Range;

use anstyle::{AnsiColor, Style};

use super::wrapped_text::{Line, wrapped_text};
use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::detect::Comparison;
use crate::verify::{Passage, Region};
use crate::write::aligned_starts::aligned_starts;
use crate::write::screen::Screen;
use crate::write::styles::DIM;
use crate::write::terminal_text::{columns, fit, one_line};
use crate::write::text_piece::{TextPiece, text_pieces};

/// The least width in columns of a screen on which two texts are side by side.
const WIDE_SCREEN: usize = 100;
/// The largest width in columns of one text; longer lines are hard to read.
const WIDEST_TEXT: usize = 90;
/// The number of columns between two texts.
const GAP: usize = 2;
/// The margin of a passage.
const MARGIN: &str = "│";
/// The margin of boilerplate.
const MASKED_MARGIN: &str = "┆";
/// The marks around differing words, on a screen without colors.
const MARKS: (&str, &str) = ("{", "}");
const DIFFERS: Style = AnsiColor::Red.on_default().bold().underline();
/// The colors of the margins of successive passages.
const MARGIN_COLORS: [AnsiColor; 5] =
    [AnsiColor::Green, AnsiColor::Cyan, AnsiColor::Magenta, AnsiColor::Yellow, AnsiColor::Blue];

/// Writes both texts, and what the marks in them mean.
pub(super) fn write_texts(comparison: &Comparison, screen: Screen, out: &mut dyn Write) -> io::Result<()> {
    let (corpus, found) = (comparison.corpus(), comparison.shared());
    let blocks = || found.passages.iter().flat_map(|passage| &passage.blocks);
    let equal_a = Region::new(blocks().map(|block| block.a..block.a + block.length));
    let equal_b = Region::new(blocks().map(|block| block.b..block.b + block.length));
    let ranges_a: Vec<_> = found.passages.iter().map(Passage::a).collect();
    let ranges_b: Vec<_> = found.passages.iter().map(Passage::b).collect();
    let a = MarkedText::new(corpus, "A", found.a, text_pieces(corpus, found.a, &ranges_a, &equal_a));
    let b = MarkedText::new(corpus, "B", found.b, text_pieces(corpus, found.b, &ranges_b, &equal_b));
    let is_wide = screen.width >= WIDE_SCREEN;
    let width = if is_wide { (screen.width - GAP) / 2 } else { screen.width }.min(WIDEST_TEXT);
    let labels = a.pieces.iter().chain(&b.pieces).map(|piece| passage_label(piece).len());
    let column = TextColumn { screen, width, digits: labels.max().unwrap_or(0) };
    let has_legend = if is_wide {
        let words: Vec<u32> = found.passages.iter().map(Passage::words).collect();
        let starts = aligned_starts(&a.pieces, &b.pieces, &words);
        write_side_by_side(&column, &a, &b, &starts, out)?;
        !starts.is_empty()
    } else {
        write_one_by_one(&column, [&a, &b], out)?;
        !found.passages.is_empty()
    };
    if has_legend {
        write_passage_legend(screen, out)?;
    }
    if !(a.masked.is_empty() && b.masked.is_empty()) {
        write_masked_legend(screen, out)?;
    }
    Ok(())
}

/// Writes a text after the other.
fn write_one_by_one(column: &TextColumn, texts: [&MarkedText<'_>; 2], out: &mut dyn Write) -> io::Result<()> {
    for text in texts {
        writeln!(out, "{}", column.heading(text).trim_end())?;
        for line in column.lines(text, 0..text.pieces.len()) {
            writeln!(out, "{}", line.text)?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Writes two texts side by side. The pieces of each pair in `starts` begin on the same line.
fn write_side_by_side(
    column: &TextColumn,
    a: &MarkedText<'_>,
    b: &MarkedText<'_>,
    starts: &[(usize, usize)],
    out: &mut dyn Write,
) -> io::Result<()> {
    let gap = " ".repeat(GAP);
    writeln!(out, "{}", format!("{}{gap}{}", column.heading(a), column.heading(b)).trim_end())?;
    let begins: Vec<(usize, usize)> = std::iter::once((0, 0)).chain(starts.iter().copied()).collect();
    let ends = starts.iter().copied().chain([(a.pieces.len(), b.pieces.len())]);
    let empty = MarkedLine::default();
    for (begin, end) in begins.into_iter().zip(ends) {
        let left = column.lines(a, begin.0..end.0);
        let right = column.lines(b, begin.1..end.1);
        for row in 0..left.len().max(right.len()) {
            let left = left.get(row).unwrap_or(&empty);
            let right = right.get(row).unwrap_or(&empty);
            let padding = " ".repeat(column.width + GAP - left.columns);
            writeln!(out, "{}", format!("{}{padding}{}", left.text, right.text).trim_end())?;
        }
    }
    writeln!(out)
}

/// Explains the margin of passages and the marks of differing words.
fn write_passage_legend(screen: Screen, out: &mut dyn Write) -> io::Result<()> {
    let differs = if screen.color {
        screen.paint(DIFFERS, "words that differ")
    } else {
        format!("{}words that differ{}", MARKS.0, MARKS.1)
    };
    let text = "Numbers in the margin are those of the shared passages, the same in A and B. In a passage:";
    writeln!(out, "{} {differs}", screen.paint(DIM, text))
}

/// Explains the margin of boilerplate.
fn write_masked_legend(screen: Screen, out: &mut dyn Write) -> io::Result<()> {
    let text = format!(
        "{MASKED_MARGIN} in the margin: text that the site repeats around other stories; it counts only where it was copied \
         with a story."
    );
    writeln!(out, "{}", screen.paint(DIM, &text))
}

/// The text of an article, cut at its passages.
struct MarkedText<'a> {
    name: &'static str,
    key: String,
    text: &'a str,
    pieces: Vec<TextPiece>,
    /// The ranges of the text that are masked, in bytes, ascending.
    masked: Vec<Range<usize>>,
}

impl<'a> MarkedText<'a> {
    fn new(corpus: &'a Corpus, name: &'static str, id: ArticleId, pieces: Vec<TextPiece>) -> Self {
        let key = one_line(corpus.key(id));
        let masked = corpus.masked(id).into_iter().map(|(begin, end)| begin as usize..end as usize).collect();
        Self { name, key, text: corpus.text(id).unwrap_or_default(), pieces, masked }
    }

    /// Cuts a piece into ranges that are masked and ranges that are not.
    fn ranges(&self, piece: &TextPiece) -> Vec<(Range<usize>, Visibility)> {
        let first = self.masked.partition_point(|range| range.end <= piece.bytes.start);
        let mut out = Vec::new();
        let mut at = piece.bytes.start;
        for range in self.masked[first..].iter().take_while(|range| range.start < piece.bytes.end) {
            let (begin, end) = (range.start.max(at), range.end.min(piece.bytes.end));
            out.extend([(at..begin, Visibility::Compared), (begin..end, Visibility::Masked)]);
            at = end;
        }
        out.push((at..piece.bytes.end, Visibility::Compared));
        // A range of punctuation and white space only, next to a masked one, is not shown.
        let has_words = |bytes: &Range<usize>| self.text[bytes.clone()].contains(char::is_alphanumeric);
        if out.iter().any(|(bytes, _)| has_words(bytes)) {
            out.retain(|(bytes, _)| has_words(bytes));
        }
        out
    }
}

/// The visibility of a range of a text to the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Visibility {
    Compared,
    Masked,
}

/// Returns the numbers, from 1, of the passages that begin with a piece.
fn passage_label(piece: &TextPiece) -> String {
    piece.begins.iter().map(|passage| (passage + 1).to_string()).collect::<Vec<_>>().join(",")
}

/// A line with its margin.
#[derive(Clone, Debug, Default)]
struct MarkedLine {
    /// The line, with escape sequences where colors are allowed.
    text: String,
    /// Its width in columns.
    columns: usize,
}

/// The column in which a text is shown.
struct TextColumn {
    screen: Screen,
    /// The width in columns, with the margin.
    width: usize,
    /// The width in columns of the numbers of passages.
    digits: usize,
}

impl TextColumn {
    /// Returns the name and key of a text, padded to the width.
    fn heading(&self, text: &MarkedText<'_>) -> String {
        let heading = format!("{} {}", text.name, text.key);
        let heading = fit(&heading, self.width);
        let padding = " ".repeat(self.width.saturating_sub(columns(&heading)));
        self.screen.paint(Style::new().bold().underline(), &format!("{heading}{padding}"))
    }

    /// Returns the lines of some pieces of a text.
    fn lines(&self, text: &MarkedText<'_>, pieces: Range<usize>) -> Vec<MarkedLine> {
        let marks = if self.screen.color { ("", "") } else { MARKS };
        let width = self.width - self.margin_columns();
        let mut out: Vec<MarkedLine> = Vec::new();
        for piece in &text.pieces[pieces] {
            let mut is_first = true;
            for (bytes, visibility) in text.ranges(piece) {
                let range = &text.text[bytes.clone()];
                let inside = piece.differs.iter().filter(|range| bytes.contains(&range.start));
                let differs: Vec<_> = inside
                    .map(|range| range.start - bytes.start..range.end.min(bytes.end) - bytes.start)
                    .collect();
                let lines = wrapped_text(range, &differs, marks, width);
                let space = &range[..range.len() - range.trim_start().len()];
                if !lines.is_empty() && !out.is_empty() && space.matches('\n').count() > 1 {
                    out.push(MarkedLine::default());
                }
                for line in &lines {
                    out.push(match visibility {
                        Visibility::Masked => self.masked_line(line),
                        Visibility::Compared => {
                            self.compared_line(piece, line, std::mem::take(&mut is_first))
                        }
                    });
                }
            }
        }
        out
    }

    /// Returns the width in columns of the margin: a number, a space, the margin, a space.
    fn margin_columns(&self) -> usize {
        self.digits + 2 + columns(MARGIN)
    }

    /// Returns a line of boilerplate.
    fn masked_line(&self, line: &Line) -> MarkedLine {
        let text = format!("{:>digits$} {MASKED_MARGIN} {}", "", plain(line), digits = self.digits);
        MarkedLine { text: self.screen.paint(DIM, &text), columns: columns(&text) }
    }

    /// Returns a line that was compared. The first line of a piece has the numbers of the passages that begin
    /// there.
    fn compared_line(&self, piece: &TextPiece, line: &Line, is_first: bool) -> MarkedLine {
        let Some(&passage) = piece.begins.first().or(piece.passages.first()) else {
            return self.own_line(line);
        };
        let digits = self.digits;
        let color = MARGIN_COLORS[passage % MARGIN_COLORS.len()].on_default();
        let label = if is_first { passage_label(piece) } else { String::new() };
        let mut text = self.screen.paint(color.bold(), &format!("{label:>digits$} {MARGIN}"));
        if line.is_empty() {
            return MarkedLine { text, columns: self.margin_columns() - 1 };
        }
        text.push(' ');
        for part in line {
            if part.differs {
                text.push_str(&self.screen.paint(DIFFERS, &part.text));
            } else {
                text.push_str(&part.text);
            }
        }
        MarkedLine { text, columns: self.margin_columns() + columns_of(line) }
    }

    /// Returns a line that is in no passage; it has no margin.
    fn own_line(&self, line: &Line) -> MarkedLine {
        let text = plain(line);
        if text.is_empty() {
            return MarkedLine::default();
        }
        let indent = self.margin_columns();
        MarkedLine {
            columns: indent + columns(&text),
            text: " ".repeat(indent) + &self.screen.paint(DIM, &text),
        }
    }
}

/// Returns a line without styles.
fn plain(line: &Line) -> String {
    line.iter().map(|part| part.text.as_str()).collect()
}

/// Returns the width of a line in columns.
fn columns_of(line: &Line) -> usize {
    line.iter().map(|part| columns(&part.text)).sum()
}
