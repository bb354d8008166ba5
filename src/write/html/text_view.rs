//! Computes how the texts of articles are shown: where the script of the page cuts them, and how it marks the
//! pieces.
//!
//! The texts are elsewhere in the page. A piece is a list of numbers: its length, its mark, and the numbers of the
//! passages that begin with it. Pieces follow each other without a gap from the beginning of a text to its end. Lengths
//! are in UTF-16 units, as scripts count them, of the text that [`safe`] returns. A row has pieces of each text; a
//! row begins where a passage of one text is aligned with the same passage of the other.

use std::ops::Range;

use maud::{Markup, html};
use serde_json::json;

use super::untrusted::safe;
use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::verify::{Match, Region};
use crate::write::aligned_starts::aligned_starts;
use crate::write::terminal_text::opening;
use crate::write::text_piece::{TextPiece, text_pieces};

/// The largest width in columns of the head of a text.
const HEAD_WIDTH: usize = 80;

/// The mark of a piece. The script uses the same numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// In one article only.
    Own = 0,
    /// In a shared passage.
    Shared = 1,
    /// In a shared passage, but different in the other article.
    Differs = 2,
    /// Masked as boilerplate.
    Masked = 3,
}

/// The length of a piece, its mark, and the numbers of the passages that begin with it.
type Piece = Vec<u32>;
/// The pieces of each text in a row.
type Row = Vec<Vec<Piece>>;

/// The view of one text, or of two side by side.
pub(super) struct TextView {
    articles: Vec<ArticleId>,
    heads: Vec<String>,
    rows: Vec<Row>,
}

impl TextView {
    /// Creates the view of one text. `passages` are ranges of its tokens.
    pub(super) fn of_one(corpus: &Corpus, id: ArticleId, passages: &[Range<u32>]) -> Self {
        let equal = Region::new(passages.iter().cloned());
        let pieces = marked_pieces(corpus, id, &text_pieces(corpus, id, passages, &equal));
        Self { articles: vec![id], heads: Vec::new(), rows: vec![vec![pieces.concat()]] }
    }

    /// Creates the view of two texts. `passages` are ranges of the tokens of each; the passages with the same index
    /// are aligned. `found` has the words in them that are equal; without it, all words are taken as equal.
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
        let cut = [0, 1].map(|side: usize| text_pieces(corpus, ids[side], &passages[side], &equal[side]));
        let words: Vec<u32> = passages[0].iter().map(|range| range.end - range.start).collect();
        let starts = aligned_starts(&cut[0], &cut[1], &words);
        let ends = starts.iter().copied().chain([(cut[0].len(), cut[1].len())]);
        let begins = [(0, 0)].into_iter().chain(starts.iter().copied());
        let pieces = [0, 1].map(|side: usize| marked_pieces(corpus, ids[side], &cut[side]));
        let rows = begins
            .zip(ends)
            .map(|(begin, end)| vec![pieces[0][begin.0..end.0].concat(), pieces[1][begin.1..end.1].concat()])
            .filter(|row| row.iter().any(|side| !side.is_empty()))
            .collect();
        Self { articles: ids.to_vec(), heads: Vec::new(), rows }
    }

    /// Adds a head to each text: a name, followed by the site of the article, or its key if the site is unknown.
    pub(super) fn with_heads(mut self, corpus: &Corpus, names: [&str; 2]) -> Self {
        let head = |(&id, name): (&ArticleId, &str)| {
            let header = corpus.header(id);
            format!("{name}: {}", opening(header.site.unwrap_or(header.key), HEAD_WIDTH))
        };
        self.heads = self.articles.iter().zip(names).map(head).collect();
        self
    }

    /// Returns the element that the script fills.
    pub(super) fn markup(&self) -> Markup {
        let texts: Vec<String> = self.articles.iter().map(|id| id.get().to_string()).collect();
        html! {
            div .view data-texts=(texts.join(" ")) data-heads=(self.heads.join("\n"))
                data-rows=(json!(self.rows).to_string()) {}
        }
    }
}

/// Returns the marked pieces of each piece of a text.
fn marked_pieces(corpus: &Corpus, id: ArticleId, pieces: &[TextPiece]) -> Vec<Vec<Piece>> {
    let Some(text) = corpus.text(id) else {
        return vec![Vec::new(); pieces.len()];
    };
    let masked: Vec<Range<usize>> =
        corpus.masked(id).into_iter().map(|(begin, end)| begin as usize..end as usize).collect();
    pieces.iter().map(|piece| cut_at_marks(text, piece, &masked)).collect()
}

/// Cuts a piece where its words differ or are masked. The ranges of `masked` are ascending and do not overlap.
fn cut_at_marks(text: &str, piece: &TextPiece, masked: &[Range<usize>]) -> Vec<Piece> {
    let first = masked.partition_point(|range| range.end <= piece.bytes.start);
    let inside = masked[first..].iter().take_while(|range| range.start < piece.bytes.end);
    let mut marks: Vec<(Range<usize>, Mark)> = inside.map(|range| (range.clone(), Mark::Masked)).collect();
    marks.extend(piece.differs.iter().map(|range| (range.clone(), Mark::Differs)));
    marks.sort_unstable_by_key(|(range, _)| (range.start, range.end));
    marks.push((piece.bytes.end..piece.bytes.end, Mark::Own));
    let mut begins = piece.begins.iter().map(|&number| number as u32 + 1).peekable();
    let mut out = Vec::new();
    let mut push = |bytes: Range<usize>, mark| {
        let length = safe(&text[bytes]).encode_utf16().count() as u32;
        if length > 0 {
            let mut numbers = vec![length, mark as u32];
            if mark == Mark::Shared || mark == Mark::Differs {
                numbers.extend(begins.by_ref());
            }
            out.push(numbers);
        }
    };
    let mut at = piece.bytes.start;
    for (range, mark) in marks {
        let begin = range.start.clamp(at, piece.bytes.end);
        let end = range.end.clamp(begin, piece.bytes.end);
        // Punctuation between a passage and boilerplate belongs to neither.
        let is_shared = !piece.passages.is_empty() && text[at..begin].contains(char::is_alphanumeric);
        push(at..begin, if is_shared { Mark::Shared } else { Mark::Own });
        push(begin..end, mark);
        at = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Location};
    use crate::corpus::{Retained, Segment};
    use crate::text::{Tokens, tokenize};
    use crate::verify::{Block, Passage, Relation};

    fn corpus(texts: &[&str]) -> Corpus {
        let mut segment = Segment::new();
        let mut tokens = Tokens::new();
        for (number, &text) in texts.iter().enumerate() {
            tokenize(text, &mut tokens);
            let location = Location { file: "test".into(), line: 1 };
            let (key, text) = (number.to_string(), text.to_owned());
            segment.push(Article { location, ..Article::new(key, text) }, &tokens, Retained::ALL);
        }
        Corpus::new(vec![segment])
    }

    /// Cuts the texts as the script does. Returns for each row and side the pieces with their marks and numbers.
    fn shown(corpus: &Corpus, view: &TextView) -> Vec<Vec<String>> {
        let units = |id: &ArticleId| safe(corpus.text(*id).unwrap()).encode_utf16().collect::<Vec<_>>();
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
    fn cuts_one_text() {
        let mut corpus = corpus(&["Menu, home. 🚲 The story\u{7} is here. © Copyright."]);
        let id = ArticleId::new(0);
        let show = |corpus: &Corpus, passages: &[Range<u32>]| {
            shown(corpus, &TextView::of_one(corpus, id, passages)).concat().concat()
        };
        assert_eq!(show(&corpus, &[]), "Menu, home. 🚲 The story␇ is here. © Copyright.");
        let story = "Menu, home. 🚲|=#1  The story␇ is here. ©=| Copyright.";
        assert_eq!(show(&corpus, std::slice::from_ref(&(2..6))), story);
        corpus.mask(&[(id, vec![0..2, 6..7])]);
        let masked = "~Menu, home~|=#1 . 🚲 The story␇ is here. © =|~Copyright~|.";
        assert_eq!(show(&corpus, std::slice::from_ref(&(0..4))), masked);
    }

    #[test]
    fn aligns_the_passages_of_two_texts() {
        let one = "Own lead. One two three four, five six. Seven eight nine ten.";
        let other = "One two 3 four, five six. An aside. Seven eight nine ten.";
        let corpus = corpus(&[one, other]);
        let ids = [0, 1].map(ArticleId::new);
        let passages = [vec![2..8, 8..12], vec![0..6, 8..12]];
        let all_equal = TextView::of_two(&corpus, ids, &passages, None);
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
            is_other_news: false,
            boilerplate: None,
        };
        let view = TextView::of_two(&corpus, ids, &passages, Some(&found));
        let differs =
            ["=#1  One two =|!three!|= four, five six.=", "=#1 One two =|!3!|= four, five six.=| An aside."];
        assert_eq!(shown(&corpus, &view), rows(differs));
    }
}
