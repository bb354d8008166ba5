//! A comparison in, both texts out: beside each other where there is room, else one under the other.

use std::io::{self, Write};
use std::ops::Range;

use anstyle::{AnsiColor, Style};

use super::anchor::anchors;
use super::flow::{Line, flow};
use super::segment::{TextPiece, segments};
use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::detect::Comparison;
use crate::verify::{Passage, Region};
use crate::write::screen::{Screen, columns, fit, one_line};

/// Columns from which two texts stand beside each other.
const WIDE: usize = 100;
/// The most columns of one text; longer lines are hard to read.
const WIDEST: usize = 90;
/// Columns between the two.
const GAP: usize = 2;
/// What stands in the margin of a passage.
const MARGIN: &str = "│";
/// What stands in the margin of boilerplate.
const MASKED: &str = "┆";
/// What differs inside a passage, where colors cannot tell.
const MARKS: (&str, &str) = ("{", "}");
const DIFFERS: Style = AnsiColor::Red.on_default().bold().underline();
const BESIDES: Style = Style::new().dimmed();
/// The margins of passages that follow each other.
const MARGINS: [AnsiColor; 5] =
    [AnsiColor::Green, AnsiColor::Cyan, AnsiColor::Magenta, AnsiColor::Yellow, AnsiColor::Blue];

/// Writes both texts.
pub(super) fn write(comparison: &Comparison, screen: Screen, out: &mut dyn Write) -> io::Result<()> {
    let (corpus, found) = (comparison.corpus(), comparison.shared());
    let blocks = || found.passages.iter().flat_map(|passage| &passage.blocks);
    let equal_a = Region::new(blocks().map(|block| block.a..block.a + block.length));
    let equal_b = Region::new(blocks().map(|block| block.b..block.b + block.length));
    let ranges_a: Vec<_> = found.passages.iter().map(Passage::a).collect();
    let ranges_b: Vec<_> = found.passages.iter().map(Passage::b).collect();
    let is_wide = screen.width >= WIDE;
    let width = if is_wide { (screen.width - GAP) / 2 } else { screen.width }.min(WIDEST);
    let a = Side::new(corpus, "A", found.a, segments(corpus, found.a, &ranges_a, &equal_a));
    let b = Side::new(corpus, "B", found.b, segments(corpus, found.b, &ranges_b, &equal_b));
    let labels = a.segments.iter().chain(&b.segments).map(|segment| label(segment).len());
    let view = View { screen, width, digits: labels.max().unwrap_or(0) };
    if is_wide {
        let words: Vec<u32> = found.passages.iter().map(Passage::words).collect();
        return beside(&view, &a, &b, &anchors(&a.segments, &b.segments, &words), out);
    }
    for side in [&a, &b] {
        writeln!(out, "{}", view.head(side).trim_end())?;
        for line in view.lines(side, 0..side.segments.len()) {
            writeln!(out, "{}", line.0)?;
        }
        writeln!(out)?;
    }
    view.legend(!found.passages.is_empty(), out)?;
    view.masked_legend([&a, &b], out)
}

/// One of the two texts.
struct Side<'a> {
    name: &'static str,
    key: String,
    text: &'a str,
    segments: Vec<TextPiece>,
    /// What is masked of the text, in bytes, ascending.
    masked: Vec<Range<usize>>,
}

impl<'a> Side<'a> {
    fn new(corpus: &'a Corpus, name: &'static str, id: ArticleId, segments: Vec<TextPiece>) -> Self {
        let key = one_line(corpus.key(id));
        let masked = corpus.masked(id).into_iter().map(|(begin, end)| begin as usize..end as usize).collect();
        Self { name, key, text: corpus.text(id).unwrap_or_default(), segments, masked }
    }

    /// Cuts a segment into what is masked of it and what is not.
    fn pieces(&self, segment: &TextPiece) -> Vec<(Range<usize>, Look)> {
        let first = self.masked.partition_point(|range| range.end <= segment.bytes.start);
        let mut out = Vec::new();
        let mut at = segment.bytes.start;
        for range in self.masked[first..].iter().take_while(|range| range.start < segment.bytes.end) {
            let (begin, end) = (range.start.max(at), range.end.min(segment.bytes.end));
            out.extend([(at..begin, Look::Compared), (begin..end, Look::Masked)]);
            at = end;
        }
        out.push((at..segment.bytes.end, Look::Compared));
        // Marks and white space alone go with what is masked beside them.
        let says = |bytes: &Range<usize>| self.text[bytes.clone()].contains(char::is_alphanumeric);
        if out.iter().any(|(bytes, _)| says(bytes)) {
            out.retain(|(bytes, _)| says(bytes));
        }
        out
    }
}

/// How a piece of a text is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Compared,
    Masked,
}

/// Gives the numbers, from 1, of the passages that begin with a segment.
fn label(segment: &TextPiece) -> String {
    segment.begins.iter().map(|passage| (passage + 1).to_string()).collect::<Vec<_>>().join(",")
}

/// How a text is shown.
struct View {
    screen: Screen,
    /// Columns of a text with its margin.
    width: usize,
    /// Columns of the numbers of passages.
    digits: usize,
}

impl View {
    fn head(&self, side: &Side<'_>) -> String {
        let head = format!("{} {}", side.name, side.key);
        let head = fit(&head, self.width);
        let padding = " ".repeat(self.width.saturating_sub(columns(&head)));
        self.screen.paint(Style::new().bold().underline(), &format!("{head}{padding}"))
    }

    /// Gives the lines of some segments, each with its columns.
    fn lines(&self, side: &Side<'_>, segments: std::ops::Range<usize>) -> Vec<(String, usize)> {
        let mut out: Vec<(String, usize)> = Vec::new();
        let margin = self.digits + 2 + columns(MARGIN);
        for segment in &side.segments[segments] {
            let mut is_first = true;
            for (bytes, look) in side.pieces(segment) {
                let text = &side.text[bytes.clone()];
                let inside = segment.differs.iter().filter(|range| bytes.contains(&range.start));
                let differs: Vec<_> = inside
                    .map(|range| range.start - bytes.start..range.end.min(bytes.end) - bytes.start)
                    .collect();
                let marks = if self.screen.color { ("", "") } else { MARKS };
                let lines = flow(text, &differs, marks, self.width - margin);
                let space = &text[..text.len() - text.trim_start().len()];
                if !lines.is_empty() && !out.is_empty() && space.matches('\n').count() > 1 {
                    out.push((String::new(), 0));
                }
                for line in &lines {
                    out.push(match look {
                        Look::Masked => self.masked_line(line),
                        Look::Compared => self.line(segment, line, std::mem::take(&mut is_first)),
                    });
                }
            }
        }
        out
    }

    /// Gives a line of boilerplate with its margin.
    fn masked_line(&self, line: &Line) -> (String, usize) {
        let text: String = line.iter().map(|run| run.text.as_str()).collect();
        let text = format!("{:>digits$} {MASKED} {text}", "", digits = self.digits);
        (self.screen.paint(BESIDES, &text), columns(&text))
    }

    /// Gives a line with its margin; the first one of a segment has the numbers of the passages that begin there.
    fn line(&self, segment: &TextPiece, line: &Line, is_first: bool) -> (String, usize) {
        let digits = self.digits;
        let Some(&passage) = segment.begins.first().or(segment.passages.first()) else {
            let indent = digits + 2 + columns(MARGIN);
            let text: String = line.iter().map(|run| run.text.as_str()).collect();
            let used = if text.is_empty() { 0 } else { indent + columns(&text) };
            let text =
                if text.is_empty() { text } else { " ".repeat(indent) + &self.screen.paint(BESIDES, &text) };
            return (text, used);
        };
        let margin = MARGINS[passage % MARGINS.len()].on_default();
        let label = if is_first { label(segment) } else { String::new() };
        let mut out = self.screen.paint(margin.bold(), &format!("{label:>digits$} {MARGIN}"));
        let mut used = digits + 1 + columns(MARGIN);
        for (index, run) in line.iter().enumerate() {
            if index == 0 {
                out.push(' ');
                used += 1;
            }
            let style = if run.differs { DIFFERS } else { Style::new() };
            let text = if run.differs { self.screen.paint(style, &run.text) } else { run.text.clone() };
            out.push_str(&text);
            used += columns(&run.text);
        }
        (out, used)
    }

    fn legend(&self, any: bool, out: &mut dyn Write) -> io::Result<()> {
        if !any {
            return Ok(());
        }
        let differs = if self.screen.color {
            self.screen.paint(DIFFERS, "words that differ")
        } else {
            format!("{}words that differ{}", MARKS.0, MARKS.1)
        };
        let says = "A number in the margin is that of a passage, the same in A and B; inside it:";
        writeln!(out, "{} {differs}", self.screen.paint(BESIDES, says))
    }

    /// Says what the margin of boilerplate means, where there is some.
    fn masked_legend(&self, sides: [&Side<'_>; 2], out: &mut dyn Write) -> io::Result<()> {
        if sides.iter().all(|side| side.masked.is_empty()) {
            return Ok(());
        }
        let says = format!(
            "{MASKED} in the margin: what the site repeats around other stories; it is not compared."
        );
        writeln!(out, "{}", self.screen.paint(BESIDES, &says))
    }
}

/// Writes two texts beside each other; where a passage is an anchor, it begins on one line in both.
fn beside(
    view: &View,
    a: &Side<'_>,
    b: &Side<'_>,
    anchors: &[(usize, usize)],
    out: &mut dyn Write,
) -> io::Result<()> {
    let gap = " ".repeat(GAP);
    writeln!(out, "{}", format!("{}{gap}{}", view.head(a), view.head(b)).trim_end())?;
    let begins: Vec<(usize, usize)> = std::iter::once((0, 0)).chain(anchors.iter().copied()).collect();
    let ends = anchors.iter().copied().chain([(a.segments.len(), b.segments.len())]);
    for (begin, end) in begins.into_iter().zip(ends) {
        let left = view.lines(a, begin.0..end.0);
        let right = view.lines(b, begin.1..end.1);
        let nothing = (String::new(), 0);
        for row in 0..left.len().max(right.len()) {
            let (left, used) = left.get(row).unwrap_or(&nothing);
            let (right, _) = right.get(row).unwrap_or(&nothing);
            let padding = " ".repeat(view.width + GAP - used);
            writeln!(out, "{}", format!("{left}{padding}{right}").trim_end())?;
        }
    }
    writeln!(out)?;
    view.legend(!anchors.is_empty(), out)?;
    view.masked_legend([a, b], out)
}
