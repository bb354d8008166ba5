//! Articles and their passages in, how their texts are to be shown out: rows of marked pieces, as numbers for a script.
//!
//! The texts stand elsewhere in the page; here is only where to cut them. A piece is a list of numbers: its length, its
//! look, and the numbers of the passages that begin with it. Pieces follow each other without a gap from the begin of a
//! text to its end. Lengths count UTF-16 units of the text as [`plain`] gives it, since that is what scripts count.
//! A row holds pieces of each text; where a passage is laid beside its like, a row begins.

use std::ops::Range;

use maud::{Markup, html};
use serde_json::json;

use super::foreign::plain;
use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::verify::{Match, Region};
use crate::write::comparison::{TextPiece, anchors, segments};
use crate::write::screen::opening;

/// The most columns of what stands over a text.
const HEAD: usize = 80;

/// What a piece is; the script knows them by their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    /// What the article has of its own.
    Own = 0,
    /// A shared passage.
    Shared = 1,
    /// Words in a shared passage that differ.
    Differs = 2,
    /// What is masked as boilerplate.
    Masked = 3,
}

type Piece = Vec<u32>;
type Row = Vec<Vec<Piece>>;

/// How one text is shown, or two beside each other.
pub(super) struct View {
    articles: Vec<ArticleId>,
    heads: Vec<String>,
    rows: Vec<Row>,
}

impl View {
    /// Shows one text, and ranges of its tokens as passages.
    pub(super) fn of_one(corpus: &Corpus, id: ArticleId, passages: &[Range<u32>]) -> Self {
        let equal = Region::new(passages.iter().cloned());
        let pieces = pieces(corpus, id, &segments(corpus, id, passages, &equal));
        Self { articles: vec![id], heads: Vec::new(), rows: vec![vec![pieces.concat()]] }
    }

    /// Shows two texts; `passages` are ranges of the tokens of each, aligned one by one. `found` tells which words in
    /// them are equal; without it, all are.
    pub(super) fn of_two(
        corpus: &Corpus,
        ids: [ArticleId; 2],
        passages: &[Vec<Range<u32>>; 2],
        found: Option<&Match>,
    ) -> Self {
        let equal = match found.map(|found| found.seen_from(ids[0])) {
            Some(found) => {
                let blocks = || found.passages.iter().flat_map(|passage| &passage.blocks);
                [
                    Region::new(blocks().map(|block| block.a..block.a + block.length)),
                    Region::new(blocks().map(|block| block.b..block.b + block.length)),
                ]
            }
            None => [0, 1].map(|side: usize| Region::new(passages[side].iter().cloned())),
        };
        let cut = [0, 1].map(|side: usize| segments(corpus, ids[side], &passages[side], &equal[side]));
        let words: Vec<u32> = passages[0].iter().map(|range| range.end - range.start).collect();
        let anchors = anchors(&cut[0], &cut[1], &words);
        let ends = anchors.iter().copied().chain([(cut[0].len(), cut[1].len())]);
        let begins = [(0, 0)].into_iter().chain(anchors.iter().copied());
        let pieces = [0, 1].map(|side: usize| pieces(corpus, ids[side], &cut[side]));
        let rows = begins
            .zip(ends)
            .map(|(begin, end)| vec![pieces[0][begin.0..end.0].concat(), pieces[1][begin.1..end.1].concat()])
            .filter(|row| row.iter().any(|side| !side.is_empty()))
            .collect();
        Self { articles: ids.to_vec(), heads: Vec::new(), rows }
    }

    /// Puts over each text what it is, and its site or else its key.
    pub(super) fn headed(mut self, corpus: &Corpus, names: [&str; 2]) -> Self {
        let head = |(&id, name): (&ArticleId, &str)| {
            let header = corpus.header(id);
            format!("{name}: {}", opening(header.site.unwrap_or(header.key), HEAD))
        };
        self.heads = self.articles.iter().zip(names).map(head).collect();
        self
    }

    /// Gives the place that the script fills.
    pub(super) fn markup(&self) -> Markup {
        let texts: Vec<String> = self.articles.iter().map(|id| id.get().to_string()).collect();
        html! {
            div .view data-texts=(texts.join(" ")) data-heads=(self.heads.join("\n"))
                data-rows=(json!(self.rows).to_string()) {}
        }
    }
}

/// Gives the pieces of each segment of a text.
fn pieces(corpus: &Corpus, id: ArticleId, segments: &[TextPiece]) -> Vec<Vec<Piece>> {
    let Some(text) = corpus.text(id) else {
        return vec![Vec::new(); segments.len()];
    };
    let masked: Vec<Range<usize>> =
        corpus.masked(id).into_iter().map(|(begin, end)| begin as usize..end as usize).collect();
    segments.iter().map(|segment| segment_pieces(text, segment, &masked)).collect()
}

/// Cuts a segment where words in it differ or are masked. `masked` is ascending and apart.
fn segment_pieces(text: &str, segment: &TextPiece, masked: &[Range<usize>]) -> Vec<Piece> {
    let first = masked.partition_point(|range| range.end <= segment.bytes.start);
    let inside = masked[first..].iter().take_while(|range| range.start < segment.bytes.end);
    let mut marks: Vec<(Range<usize>, Look)> = inside.map(|range| (range.clone(), Look::Masked)).collect();
    marks.extend(segment.differs.iter().map(|range| (range.clone(), Look::Differs)));
    marks.sort_unstable_by_key(|(range, _)| (range.start, range.end));
    marks.push((segment.bytes.end..segment.bytes.end, Look::Own));
    let mut begins = segment.begins.iter().map(|&number| number as u32 + 1).peekable();
    let mut out = Vec::new();
    let mut push = |bytes: Range<usize>, look| {
        let length = plain(&text[bytes]).encode_utf16().count() as u32;
        if length > 0 {
            let mut piece = vec![length, look as u32];
            if look == Look::Shared || look == Look::Differs {
                piece.extend(begins.by_ref());
            }
            out.push(piece);
        }
    };
    let mut at = segment.bytes.start;
    for (range, look) in marks {
        let begin = range.start.clamp(at, segment.bytes.end);
        let end = range.end.clamp(begin, segment.bytes.end);
        // What stands between a passage and something masked is neither.
        let is_shared = !segment.passages.is_empty() && text[at..begin].contains(char::is_alphanumeric);
        push(at..begin, if is_shared { Look::Shared } else { Look::Own });
        push(begin..end, look);
        at = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Location};
    use crate::corpus::Segment;
    use crate::text::{Tokens, tokenize};
    use crate::verify::{Block, Passage, Relation};

    fn corpus(texts: &[&str]) -> Corpus {
        let mut part = Segment::new();
        let mut tokens = Tokens::new();
        for (number, &text) in texts.iter().enumerate() {
            tokenize(text, &mut tokens);
            let location = Location { file: "test".into(), line: 1 };
            let (key, text) = (number.to_string(), text.to_owned());
            part.push(
                Article { key, text, site: None, published: None, title: None, location },
                &tokens,
                true,
            );
        }
        Corpus::new(vec![part])
    }

    /// Cuts the texts as the script does; gives for each row and side the pieces with their looks and numbers.
    fn shown(corpus: &Corpus, view: &View) -> Vec<Vec<String>> {
        let units = |id: &ArticleId| plain(corpus.text(*id).unwrap()).encode_utf16().collect::<Vec<_>>();
        let mut texts: Vec<Vec<u16>> = view.articles.iter().map(units).collect();
        let mut cut = |side: usize, pieces: &Vec<Piece>| {
            let show = |piece: &Piece| {
                let text: Vec<u16> = texts[side].drain(..piece[0] as usize).collect();
                let numbers: String = piece[2..].iter().map(|number| format!("#{number} ")).collect();
                let mark = ["", "=", "!", "~"][piece[1] as usize];
                format!("{mark}{numbers}{}{mark}", String::from_utf16(&text).unwrap())
            };
            pieces.iter().map(show).collect::<Vec<_>>().join("|")
        };
        let rows = view
            .rows
            .iter()
            .map(|row| row.iter().enumerate().map(|(side, pieces)| cut(side, pieces)).collect())
            .collect();
        assert!(texts.iter().all(Vec::is_empty), "{texts:?}");
        rows
    }

    #[test]
    fn cuts_one() {
        let mut corpus = corpus(&["Menu, home. 🚲 The story\u{7} is here. © Copyright."]);
        let id = ArticleId::new(0);
        let show = |corpus: &Corpus, passages: &[Range<u32>]| {
            shown(corpus, &View::of_one(corpus, id, passages)).concat().concat()
        };
        assert_eq!(show(&corpus, &[]), "Menu, home. 🚲 The story␇ is here. © Copyright.");
        let story = "Menu, home. 🚲|=#1  The story␇ is here. ©=| Copyright.";
        assert_eq!(show(&corpus, std::slice::from_ref(&(2..6))), story);
        corpus.mask(&[(id, vec![0..2, 6..7])]);
        let masked = "~Menu, home~|=#1 . 🚲 The story␇ is here. © =|~Copyright~|.";
        assert_eq!(show(&corpus, std::slice::from_ref(&(0..4))), masked);
    }

    #[test]
    fn lays_passages_beside_each_other() {
        let one = "Own lead. One two three four, five six. Seven eight nine ten.";
        let other = "One two 3 four, five six. An aside. Seven eight nine ten.";
        let corpus = corpus(&[one, other]);
        let ids = [0, 1].map(ArticleId::new);
        let passages = [vec![2..8, 8..12], vec![0..6, 8..12]];
        let all_equal = View::of_two(&corpus, ids, &passages, None);
        let rows = |middle: [&str; 2]| {
            [
                vec!["Own lead.".to_owned(), String::new()],
                middle.map(str::to_owned).to_vec(),
                vec!["=#2  Seven eight nine ten.=".to_owned(); 2],
            ]
        };
        let plain = ["=#1  One two three four, five six.=", "=#1 One two 3 four, five six.=| An aside."];
        assert_eq!(shown(&corpus, &all_equal), rows(plain));
        let blocks = [(2, 0, 2), (5, 3, 3), (8, 8, 4)].map(|(a, b, length)| Block { a, b, length }).to_vec();
        let found = Match {
            a: ids[1],
            b: ids[0],
            relation: Relation::Partial,
            passages: vec![Passage {
                blocks: blocks.iter().map(|block| Block { a: block.b, b: block.a, ..*block }).collect(),
            }],
            shingles: [0; 3],
            region_a: Region::default(),
            region_b: Region::default(),
            words: [0; 2],
            longest: 0,
        };
        let view = View::of_two(&corpus, ids, &passages, Some(&found));
        let differs =
            ["=#1  One two =|!three!|= four, five six.=", "=#1 One two =|!3!|= four, five six.=| An aside."];
        assert_eq!(shown(&corpus, &view), rows(differs));
    }
}
