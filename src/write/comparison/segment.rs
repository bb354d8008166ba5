//! An article and its passages in, its text cut at their ends out: each piece with the passages it stands in.

use std::iter;
use std::ops::Range;

use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::verify::Region;

/// A stretch of a text that stands in the same passages from begin to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::write) struct TextPiece {
    /// Where it stands in the text, in bytes.
    pub(in crate::write) bytes: Range<usize>,
    /// The passages it stands in, ascending; none where the other article has nothing like it.
    pub(in crate::write) passages: Vec<usize>,
    /// Those of them that begin with it.
    pub(in crate::write) begins: Vec<usize>,
    /// What in it differs from the other article although it stands in a passage, in bytes.
    pub(in crate::write) differs: Vec<Range<usize>>,
}

/// Cuts the text of an article; nothing where it was not kept. `passages` and `equal` are tokens: passages may overlap,
/// `equal` is what of them is word for word in the other article, too.
pub(in crate::write) fn segments(
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
    let differing = subtract(&covered, equal);
    edges
        .windows(2)
        .map(|edges| {
            let tokens = edges[0]..edges[1];
            let in_it = |passage: &Range<u32>| passage.start < tokens.end && tokens.start < passage.end;
            let inside = Region::new(iter::once(tokens.clone()));
            let differs = differing.intersection(&inside);
            TextPiece {
                bytes: cut(text, &spans, tokens.start)..cut(text, &spans, tokens.end),
                passages: (0..passages.len()).filter(|&number| in_it(&passages[number])).collect(),
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

/// Gives where to cut a text before a token: in the last white space before it, so that a full stop stays with the
/// word before and a quotation mark with the word after.
fn cut(text: &str, spans: &[(u32, u32)], token: u32) -> usize {
    let token = token as usize;
    if token == 0 {
        return 0;
    }
    let Some(&(begin, _)) = spans.get(token) else {
        return text.len();
    };
    let end = spans[token - 1].1 as usize;
    let between = &text[end..begin as usize];
    let mark = between.trim_end_matches(|c: char| !c.is_whitespace());
    if mark.is_empty() { begin as usize } else { end + mark.trim_end().len() }
}

/// Gives what of a region is not in another.
fn subtract(region: &Region, other: &Region) -> Region {
    let mut gaps = Vec::new();
    let mut at = 0;
    for range in other.ranges() {
        gaps.push(at..range.start);
        at = range.end;
    }
    gaps.push(at..u32::MAX);
    region.intersection(&Region::new(gaps))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Location};
    use crate::corpus::Segment;
    use crate::text::{Tokens, tokenize};

    fn corpus(text: &str, keep_text: bool) -> Corpus {
        let mut tokens = Tokens::new();
        tokenize(text, &mut tokens);
        let mut part = Segment::new();
        let location = Location { file: "test".into(), line: 1 };
        let (key, text) = ("test".to_owned(), text.to_owned());
        part.push(
            Article { key, text, site: None, published: None, title: None, location },
            &tokens,
            keep_text,
        );
        Corpus::new(vec![part])
    }

    #[test]
    fn cuts_at_passages() {
        let text = "One two. “Three four five” six seven.";
        assert_eq!(segments(&corpus(text, false), ArticleId::new(0), &[], &Region::default()), []);
        let corpus = corpus(text, true);
        let id = ArticleId::new(0);
        let cut = |passages: &[Range<u32>], equal: &[Range<u32>]| -> Vec<(&str, Vec<usize>, Vec<&str>)> {
            segments(&corpus, id, passages, &Region::new(equal.iter().cloned()))
                .into_iter()
                .map(|segment| {
                    let differs = segment.differs.into_iter().map(|bytes| &text[bytes]).collect();
                    (&text[segment.bytes], segment.passages, differs)
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
