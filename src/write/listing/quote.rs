//! Quotes how passages and boilerplate of an article begin.

use std::ops::Range;

use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::write::screen::Screen;
use crate::write::styles::DIM;
use crate::write::terminal_text::opening;

/// The largest width of a quote in columns.
const QUOTE_WIDTH: usize = 90;

/// Returns a line that quotes how a passage of an article begins; nothing if texts were not kept.
pub(super) fn quote(
    screen: Screen,
    corpus: &Corpus,
    id: ArticleId,
    passage: &Range<u32>,
    indent: usize,
) -> Option<String> {
    let spans = corpus.spans(id);
    let begin = spans.get(passage.start as usize)?.0;
    let end = spans.get((passage.end as usize).checked_sub(1)?)?.1;
    quote_bytes(screen, corpus, id, (begin, end), "", indent)
}

/// Returns a line for each range of an article that is masked as boilerplate, which quotes how it begins.
pub(super) fn quote_masked(screen: Screen, corpus: &Corpus, id: ArticleId, indent: usize) -> String {
    let quote = |span: &(u32, u32)| quote_bytes(screen, corpus, id, *span, "masked ", indent);
    corpus.masked(id).iter().filter_map(quote).collect()
}

/// Returns a line that quotes how a range of bytes begins, after a label.
fn quote_bytes(
    screen: Screen,
    corpus: &Corpus,
    id: ArticleId,
    (begin, end): (u32, u32),
    label: &str,
    indent: usize,
) -> Option<String> {
    let text = &corpus.text(id)?[begin as usize..end as usize];
    let width = QUOTE_WIDTH.min(screen.width.saturating_sub(indent + label.len() + 2));
    let quote = screen.paint(DIM, &format!("{label}“{}”", opening(text, width)));
    Some(format!("{}{quote}\n", " ".repeat(indent)))
}
