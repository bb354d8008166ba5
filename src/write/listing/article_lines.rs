//! Writes the lines of one article in a listing: a bar, a share, the relation, and what identifies the article.

use anstyle::{AnsiColor, Style};

use super::region_bar::region_bar;
use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::verify::Region;
use crate::write::percent::percent;
use crate::write::screen::Screen;
use crate::write::short_date::short_date;
use crate::write::styles::DIM;
use crate::write::terminal_text::{columns, fit, one_line};

/// The indentation of every line of an entry except the first.
pub(super) const INDENT: &str = "   ";
/// The space between two columns of a line.
const GAP: &str = "  ";
/// The width of a percentage in columns.
const PERCENT_WIDTH: usize = 4;
/// Separates the pieces that identify an article.
const SEPARATOR: &str = " · ";
/// The largest width in columns of a key or a location. They may be wider than the screen, so that they can be
/// copied.
const LONGEST_PIECE: usize = 300;
/// The width in columns of the bar on a wide screen, and on a narrow one.
const WIDE_BAR: usize = 20;
const NARROW_BAR: usize = 12;
/// The least width in columns of a wide screen.
const WIDE_SCREEN: usize = 110;
const BAR_STYLE: Style = AnsiColor::Cyan.on_default();

/// An article of an entry.
pub(in crate::write) struct ArticleEntry<'a> {
    pub(in crate::write) id: ArticleId,
    /// The tokens that the bar shows.
    pub(in crate::write) region: &'a Region,
    /// The share after the bar.
    pub(in crate::write) share: f64,
    /// The relation, or another name, with its style.
    pub(in crate::write) label: (String, Style),
    /// The width of the column of labels; 0 if there is none.
    pub(in crate::write) label_columns: usize,
    /// Text after the pieces that identify the article.
    pub(in crate::write) note: Option<&'a str>,
}

/// Returns the lines of an article. A line that is too long continues on the next one, indented by the width of the
/// bar and the share.
pub(in crate::write) fn article_lines(screen: Screen, corpus: &Corpus, entry: &ArticleEntry<'_>) -> String {
    let cells = if screen.width < WIDE_SCREEN { NARROW_BAR } else { WIDE_BAR };
    let bar = region_bar(entry.region, corpus.words(entry.id), cells);
    let (label, style) = &entry.label;
    let padding = " ".repeat(entry.label_columns.saturating_sub(columns(label)));
    let mut lines =
        format!("{INDENT}{} {:>PERCENT_WIDTH$}{GAP}", screen.paint(BAR_STYLE, &bar), percent(entry.share));
    let indent = INDENT.len() + cells + 1 + PERCENT_WIDTH + GAP.len();
    let mut used = indent;
    if entry.label_columns > 0 {
        lines.push_str(&format!("{}{padding}{GAP}", screen.paint(*style, label)));
        used += entry.label_columns + GAP.len();
    }
    let identity = identity(corpus, entry.id);
    for (index, piece) in identity.iter().map(String::as_str).chain(entry.note).enumerate() {
        let separator = if index == 0 { "" } else { SEPARATOR };
        if used > indent && used + columns(separator) + columns(piece) > screen.width {
            lines.push_str(&format!("\n{}", " ".repeat(indent)));
            used = indent;
        } else {
            lines.push_str(&screen.paint(DIM, separator));
            used += columns(separator);
        }
        let piece = fit(piece, LONGEST_PIECE.max(screen.width.saturating_sub(used)));
        used += columns(&piece);
        lines.push_str(&piece);
    }
    lines.push('\n');
    lines
}

/// Returns what identifies an article: whether it is in the reference collection, site, date, credit, key and
/// location. The key is left out if it is the location, and the location if the key is its file.
fn identity(corpus: &Corpus, id: ArticleId) -> Vec<String> {
    let header = corpus.header(id);
    let mut pieces: Vec<String> = Vec::new();
    if corpus.is_reference(id) {
        pieces.push("matched against".to_owned());
    }
    pieces.extend(header.site.map(one_line));
    pieces.extend(header.published.map(short_date));
    pieces.extend(header.credit.map(|agency| format!("credit {agency}")));
    let location = header.location.to_string();
    if *header.key != *location {
        pieces.push(one_line(header.key));
    }
    if *header.key != *header.location.file {
        pieces.push(one_line(&location));
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}
