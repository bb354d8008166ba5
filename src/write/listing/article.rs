//! An article in, its lines of a listing out: what part of it is meant, whence it is, how the passage begins.

use std::iter;
use std::ops::Range;

use anstyle::{AnsiColor, Style};

use super::{DIM, Listing};
use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::verify::Region;
use crate::write::percent;
use crate::write::screen::{columns, fit, one_line, opening};

/// What stands before every line of an entry but its first.
pub(super) const INDENT: &str = "   ";
/// Columns between those of a line.
const GAP: &str = "  ";
/// Columns of a percentage.
const PERCENT: usize = 4;
/// What stands between two pieces of an origin.
const SEPARATOR: &str = " · ";
/// A key or a path may be wider than the screen, and is shown whole, so that it can be copied; up to here.
const LONGEST: usize = 300;
/// The most columns of a passage that are shown, and of a date in a form of its own.
const QUOTE: usize = 90;
const DATE: usize = 26;
/// Columns of the bar, on a wide screen and on a narrow one.
const BAR: (usize, usize) = (20, 12);
const WIDE: usize = 110;
const BAR_STYLE: Style = AnsiColor::Cyan.on_default();

/// One article of an entry.
pub(in crate::write) struct Entry<'a> {
    pub(in crate::write) id: ArticleId,
    /// The part of it that is meant.
    pub(in crate::write) region: &'a Region,
    /// The share that is said beside the bar.
    pub(in crate::write) share: f64,
    /// How it relates, and the columns that this takes in the longest case.
    pub(in crate::write) label: (String, Style),
    pub(in crate::write) label_columns: usize,
    /// What is said of it besides.
    pub(in crate::write) note: Option<&'a str>,
}

impl Listing {
    /// Gives the lines of an article: its bar, share, relation and origin, in as many lines as these take.
    pub(in crate::write) fn article(&self, corpus: &Corpus, entry: &Entry<'_>) -> String {
        let screen = self.screen;
        let cells = if screen.width < WIDE { BAR.1 } else { BAR.0 };
        let bar = bar(entry.region, corpus.words(entry.id), cells);
        let (label, style) = &entry.label;
        let padding = " ".repeat(entry.label_columns.saturating_sub(columns(label)));
        let mut lines =
            format!("{INDENT}{} {:>PERCENT$}{GAP}", screen.paint(BAR_STYLE, &bar), percent(entry.share));
        let hanging = INDENT.len() + cells + 1 + PERCENT + GAP.len();
        let mut at = hanging;
        if entry.label_columns > 0 {
            lines.push_str(&format!("{}{padding}{GAP}", screen.paint(*style, label)));
            at += entry.label_columns + GAP.len();
        }
        for (index, piece) in
            origin(corpus, entry.id).iter().map(String::as_str).chain(entry.note).enumerate()
        {
            let separator = if index == 0 { "" } else { SEPARATOR };
            if at > hanging && at + columns(separator) + columns(piece) > screen.width {
                lines.push_str(&format!("\n{}", " ".repeat(hanging)));
                at = hanging;
            } else {
                lines.push_str(&screen.paint(DIM, separator));
                at += columns(separator);
            }
            let piece = fit(piece, LONGEST.max(screen.width.saturating_sub(at)));
            at += columns(&piece);
            lines.push_str(&piece);
        }
        lines.push('\n');
        lines
    }

    /// Quotes how a passage of an article begins, on a line of its own; nothing where texts were not kept.
    pub(super) fn quote(
        &self,
        corpus: &Corpus,
        id: ArticleId,
        passage: &Range<u32>,
        indent: usize,
    ) -> Option<String> {
        let spans = corpus.spans(id);
        let begin = spans.get(passage.start as usize)?.0;
        let end = spans.get((passage.end as usize).checked_sub(1)?)?.1;
        self.quote_bytes(corpus, id, (begin, end), "", indent)
    }

    /// Quotes how each stretch of an article that is masked as boilerplate begins.
    pub(super) fn masked(&self, corpus: &Corpus, id: ArticleId, indent: usize) -> String {
        let quote = |span: &(u32, u32)| self.quote_bytes(corpus, id, *span, "masked ", indent);
        corpus.masked(id).iter().filter_map(quote).collect()
    }

    fn quote_bytes(
        &self,
        corpus: &Corpus,
        id: ArticleId,
        (begin, end): (u32, u32),
        label: &str,
        indent: usize,
    ) -> Option<String> {
        let text = &corpus.text(id)?[begin as usize..end as usize];
        let width = QUOTE.min(self.screen.width.saturating_sub(indent + label.len() + 2));
        let quote = self.screen.paint(DIM, &format!("{label}“{}”", opening(text, width)));
        Some(format!("{}{quote}\n", " ".repeat(indent)))
    }
}

/// Gives what tells an article from others: whether it is of the reference pile, site, date, key, and where it was
/// read; each once.
fn origin(corpus: &Corpus, id: ArticleId) -> Vec<String> {
    let header = corpus.header(id);
    let mut pieces: Vec<String> = Vec::new();
    if corpus.is_reference(id) {
        pieces.push("matched against".to_owned());
    }
    pieces.extend(header.site.map(one_line));
    pieces.extend(header.published.map(date));
    pieces.extend(header.credit.map(|agency| format!("credit {agency}")));
    let at = header.place.to_string();
    if *header.key != *at {
        pieces.push(one_line(header.key));
    }
    if *header.key != *header.place.file {
        pieces.push(one_line(&at));
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// Shortens a date to what is read at a glance: day and minute.
pub(in crate::write) fn date(published: &str) -> String {
    const DAY: usize = "2031-01-05".len();
    const MINUTE: usize = "2031-01-05T14:05".len();
    let is_day =
        |text: &str| text.bytes().enumerate().all(|(at, byte)| (byte == b'-') == (at == 4 || at == 7));
    match (published.get(..DAY).filter(|day| is_day(day)), published.get(DAY..MINUTE)) {
        // Midnight is what a date without a time became.
        (Some(day), Some("T00:00" | " 00:00")) => day.to_owned(),
        (Some(day), Some(time)) if time.starts_with(['T', ' ']) => one_line(&format!("{day} {}", &time[1..])),
        _ => fit(&one_line(published), DATE).into_owned(),
    }
}

/// Draws an article of so many words as a bar, filled where a region of it stands.
fn bar(region: &Region, words: usize, cells: usize) -> String {
    let cell = |number: usize| {
        let [begin, end] = [number, number + 1].map(|edge| edge * words / cells);
        // Of fewer words than cells, each is shown in several.
        let end = end.max(begin + 1);
        let filled = region.overlap(&Region::new(iter::once(begin as u32..end as u32))) as usize;
        match filled * 2 {
            0 => '░',
            twice if twice < end - begin => '▒',
            _ => '█',
        }
    };
    (0..cells).map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws() {
        let cases = [
            ("all", vec![(0, 100)], 100, "██████████"),
            ("none", vec![], 100, "░░░░░░░░░░"),
            ("half", vec![(0, 50)], 100, "█████░░░░░"),
            ("little", vec![(12, 14)], 100, "░▒░░░░░░░░"),
            ("two", vec![(0, 10), (90, 100)], 100, "█░░░░░░░░█"),
            ("few words", vec![(0, 2)], 4, "█████░░░░░"),
        ];
        for (name, ranges, words, expected) in cases {
            let region = Region::new(ranges.into_iter().map(|(begin, end)| begin..end));
            assert_eq!(bar(&region, words, 10), expected, "{name}");
        }
    }

    #[test]
    fn shortens_dates() {
        let cases = [
            ("2031-01-05T14:05:00Z", "2031-01-05 14:05"),
            ("2031-01-05", "2031-01-05"),
            ("2031-01-05T00:00:00", "2031-01-05"),
            ("2031-01-05 14:05", "2031-01-05 14:05"),
            ("5 January 2031", "5 January 2031"),
            ("1925474700", "1925474700"),
            ("\u{1b}[31m", "␛[31m"),
        ];
        for (published, expected) in cases {
            assert_eq!(date(published), expected);
        }
    }
}
