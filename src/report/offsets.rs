//! Converts ranges of tokens to spans of the text, in bytes or in characters.

use std::ops::Range;

use crate::article::ArticleId;
use crate::corpus::Corpus;

/// The unit of the offsets in a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Offsets {
    /// UTF-8 bytes of the decoded text.
    #[default]
    Bytes,
    /// Characters (Unicode scalar values) of the decoded text. Texts must be kept; without them, bytes are counted.
    Chars,
}

/// Converts ranges of an article's tokens to spans of its text: begin and end of each. A span begins with the first token
/// of its range and ends with the last one.
pub(super) fn spans_of<'r>(
    corpus: &Corpus,
    id: ArticleId,
    ranges: impl IntoIterator<Item = &'r Range<u32>>,
    offsets: Offsets,
) -> Vec<[u32; 2]> {
    counted(corpus, id, byte_spans_of(corpus, id, ranges), offsets)
}

/// Converts ranges of an article's tokens to spans of its text, as [`spans_of`] does, in bytes.
pub(super) fn byte_spans_of<'r>(
    corpus: &Corpus,
    id: ArticleId,
    ranges: impl IntoIterator<Item = &'r Range<u32>>,
) -> Vec<[u32; 2]> {
    corpus.with_spans(id, |tokens| byte_spans_in(tokens, ranges))
}

/// Converts ranges of tokens to spans of a text. `tokens` are the begin and end of each token in bytes.
pub(super) fn byte_spans_in<'r>(
    tokens: &[(u32, u32)],
    ranges: impl IntoIterator<Item = &'r Range<u32>>,
) -> Vec<[u32; 2]> {
    let ranges = ranges.into_iter().filter(|range| !range.is_empty());
    ranges.map(|range| [tokens[range.start as usize].0, tokens[range.end as usize - 1].1]).collect()
}

/// Returns the begin and end of each range of an article's text that is masked as boilerplate.
pub(super) fn masked_of(corpus: &Corpus, id: ArticleId, offsets: Offsets) -> Vec<[u32; 2]> {
    counted(corpus, id, corpus.masked(id).into_iter().map(Into::into).collect(), offsets)
}

/// Converts spans in bytes to spans in the given unit.
pub(super) fn counted(
    corpus: &Corpus,
    id: ArticleId,
    mut spans: Vec<[u32; 2]>,
    offsets: Offsets,
) -> Vec<[u32; 2]> {
    if offsets == Offsets::Chars
        && let Some(text) = corpus.text(id)
    {
        to_chars(text, &mut spans);
    }
    spans
}

/// Converts offsets in bytes to offsets in characters, in one pass over the text.
fn to_chars(text: &str, spans: &mut [[u32; 2]]) {
    let mut offsets: Vec<&mut u32> = spans.iter_mut().flatten().collect();
    offsets.sort_unstable();
    let (mut byte, mut chars) = (0, 0);
    for offset in offsets {
        chars += text[byte..*offset as usize].chars().count();
        byte = *offset as usize;
        *offset = chars as u32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_characters() {
        let text = "Žaluzie — zavřít. Поезд";
        let cases: &[(&str, &[&str])] =
            &[("in order", &["Žaluzie", "zavřít", "Поезд"]), ("not in order, nested", &["Поезд", text, "ř"])];
        for (name, words) in cases {
            let mut spans: Vec<[u32; 2]> = words
                .iter()
                .map(|word| {
                    let begin = text.find(word).unwrap();
                    [begin as u32, (begin + word.len()) as u32]
                })
                .collect();
            to_chars(text, &mut spans);
            let cut: Vec<String> = spans
                .iter()
                .map(|[begin, end]| text.chars().skip(*begin as usize).take((end - begin) as usize).collect())
                .collect();
            assert_eq!(cut, *words, "{name}");
        }
    }
}
