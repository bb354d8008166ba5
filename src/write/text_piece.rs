//! Cuts the text of an article where its passages begin and end.
//!
//! Input: an article whose text was kept, and its passages as ranges of tokens, which may overlap. Output: pieces
//! that follow each other without a gap, from the beginning of the text to its end.

use std::iter;
use std::ops::Range;

use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::verify::Region;

/// A part of a text that is in the same passages from begin to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TextPiece {
    /// Its range in the text, in bytes.
    pub(super) bytes: Range<usize>,
    /// The numbers of the passages that contain it, ascending; none if the other article has nothing like it.
    pub(super) passages: Vec<usize>,
    /// The numbers of the passages that begin with it, ascending.
    pub(super) begins: Vec<usize>,
    /// The ranges of it that are in a passage and yet differ from the other article, in bytes of the text.
    pub(super) differs: Vec<Range<usize>>,
}

/// Returns the pieces of an article's text; nothing if the text was not kept. `passages` and `equal` are ranges of
/// tokens; `equal` are the tokens in passages that the other article has word for word.
pub(super) fn text_pieces(
    corpus: &Corpus,
    id: ArticleId,
    passages: &[Range<u32>],
    equal: &Region,
) -> Vec<TextPiece> {
    let Some(text) = corpus.text(id) else { return Vec::new() };
    let spans = corpus.spans(id);
    let mut edges: Vec<u32> = passages.iter().flat_map(|passage| [passage.start, passage.end]).collect();
    edges.extend([0, spans.len() as u32]);
    edges.sort_unstable();
    edges.dedup();
    if spans.is_empty() {
        let bytes = 0..text.len();
        return vec![TextPiece { bytes, passages: Vec::new(), begins: Vec::new(), differs: Vec::new() }];
    }
    let covered = Region::new(passages.iter().cloned());
    let differing = covered.without(equal);
    edges
        .windows(2)
        .map(|edges| {
            let tokens = edges[0]..edges[1];
            let contains_it = |passage: &Range<u32>| passage.start < tokens.end && tokens.start < passage.end;
            let piece = Region::new(iter::once(tokens.clone()));
            let differs = differing.intersection(&piece);
            TextPiece {
                bytes: cut_before(text, &spans, tokens.start)..cut_before(text, &spans, tokens.end),
                passages: (0..passages.len()).filter(|&number| contains_it(&passages[number])).collect(),
                begins: (0..passages.len())
                    .filter(|&number| passages[number].start == tokens.start)
                    .collect(),
                differs: differs
                    .ranges()
                    .iter()
                    .map(|range| {
                        spans[range.start as usize].0 as usize..spans[range.end as usize - 1].1 as usize
                    })
                    .collect(),
            }
        })
        .collect()
}

/// Returns the byte at which to cut a text before a token: the last white space before the token, so that a full
/// stop stays with the word before it and a quotation mark with the word after it.
fn cut_before(text: &str, spans: &[(u32, u32)], token: u32) -> usize {
    let token = token as usize;
    if token == 0 {
        return 0;
    }
    let Some(&(begin, _)) = spans.get(token) else {
        return text.len();
    };
    let end = spans[token - 1].1 as usize;
    let between = &text[end..begin as usize];
    let up_to_space = between.trim_end_matches(|c: char| !c.is_whitespace());
    if up_to_space.is_empty() { begin as usize } else { end + up_to_space.trim_end().len() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Location};
    use crate::corpus::{Retained, Segment};
    use crate::text::{Tokens, tokenize};

    fn corpus(text: &str, retained: Retained) -> Corpus {
        let mut tokens = Tokens::new();
        tokenize(text, &mut tokens);
        let mut segment = Segment::new();
        let location = Location { file: "test".into(), line: 1 };
        let (key, text) = ("test".to_owned(), text.to_owned());
        segment.push(Article { location, ..Article::new(key, text) }, &tokens, retained);
        Corpus::new(vec![segment])
    }

    #[test]
    fn cuts_where_passages_begin_and_end() {
        let text = "One two. “Three four five” six seven.";
        assert_eq!(
            text_pieces(&corpus(text, Retained::TOKENS), ArticleId::new(0), &[], &Region::default()),
            []
        );
        let corpus = corpus(text, Retained::ALL);
        let id = ArticleId::new(0);
        let cut = |passages: &[Range<u32>], equal: &[Range<u32>]| -> Vec<(&str, Vec<usize>, Vec<&str>)> {
            text_pieces(&corpus, id, passages, &Region::new(equal.iter().cloned()))
                .into_iter()
                .map(|piece| {
                    let differs = piece.differs.into_iter().map(|bytes| &text[bytes]).collect();
                    (&text[piece.bytes], piece.passages, differs)
                })
                .collect()
        };
        assert_eq!(cut(&[], &[]), [(text, vec![], vec![])]);
        let story = 2..5;
        let expected = [
            ("One two.", vec![], vec![]),
            (" “Three four five”", vec![0], vec!["four"]),
            (" six seven.", vec![], vec![]),
        ];
        assert_eq!(cut(&[story], &[2..3, 4..5]), expected);
        let expected = [
            ("One two.", vec![0], vec![]),
            (" “Three", vec![0, 1], vec![]),
            (" four five” six seven.", vec![1], vec![]),
        ];
        assert_eq!(cut(&[0..3, 2..7], &[0..3, 2..7]), expected);
    }
}
