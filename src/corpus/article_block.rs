//! Encodes some articles as bytes that outlive a run, and decodes them.
//!
//! A block has the parts of its articles side by side: all rows, then all strings, and so on, since equal things
//! compress well beside each other. A token is written as its number in a vocabulary, plus one, or as 0 and its four
//! bytes if the vocabulary lacks it.
//!
//! Bytes that are no block are decoded to nothing: they never cause a panic.

use std::borrow::Cow;
use std::num::NonZeroU64;
use std::ops::Range;
use std::sync::Arc;

use super::article_columns::ArticleColumns;
use super::byte_reader::{ByteReader, push_bytes, push_number};
use super::row::{FIELDS, PackedHash, PackedTime, Row};
use crate::article::Location;
use crate::provenance::{Seconds, agency_by_name};
use crate::text::Token;

/// The parts of a block.
const PARTS: usize = 7;
const ROWS: usize = 0;
const STRINGS: usize = 1;
const TOKENS: usize = 2;
const SPANS: usize = 3;
const SPEECH: usize = 4;
const LINES: usize = 5;
const TEXTS: usize = 6;

/// The bits of a row that say what follows.
mod has {
    pub(super) const TIME: u8 = 1;
    pub(super) const CREDIT: u8 = 1 << 1;
    pub(super) const NUMBER: u8 = 1 << 2;
    pub(super) const CUT_MARK: u8 = 1 << 3;
    pub(super) const ERROR_PAGE: u8 = 1 << 4;
    pub(super) const LINES: u8 = 1 << 5;
    pub(super) const TEXT: u8 = 1 << 6;
    pub(super) const MASK: u8 = 1 << 7;
}

/// Encodes articles as a block.
#[derive(Debug, Default)]
pub(crate) struct ArticleBlockWriter {
    parts: [Vec<u8>; PARTS],
}

impl ArticleBlockWriter {
    /// Adds an article. `number` returns the number of a token in the vocabulary, if it has one.
    pub(crate) fn push(&mut self, article: &ArticleColumns<'_>, number: impl Fn(Token) -> Option<u32>) {
        let tokens = &mut self.parts[TOKENS];
        let begin = tokens.len();
        for &token in &*article.tokens {
            match number(token) {
                Some(number) => push_number(tokens, u64::from(number) + 1),
                None => {
                    tokens.push(0);
                    tokens.extend_from_slice(bytemuck::bytes_of(&token));
                }
            }
        }
        let token_bytes = tokens.len() - begin;
        self.push_row(article, token_bytes);
        self.parts[STRINGS].extend_from_slice(&article.strings);
        self.parts[SPANS].extend_from_slice(&article.spans);
        self.parts[SPEECH].extend_from_slice(&article.speech);
        self.parts[LINES].extend_from_slice(article.lines.as_deref().unwrap_or_default());
        self.parts[TEXTS].extend_from_slice(article.text.as_deref().unwrap_or_default());
    }

    fn push_row(&mut self, article: &ArticleColumns<'_>, token_bytes: usize) {
        let (row, out) = (&article.row, &mut self.parts[ROWS]);
        let bit = |is_set: bool, bit: u8| if is_set { bit } else { 0 };
        out.push(
            bit(row.time.get().is_some(), has::TIME)
                | bit(row.credit.is_some(), has::CREDIT)
                | bit(row.number.is_some(), has::NUMBER)
                | bit(row.cut_mark_words.is_some(), has::CUT_MARK)
                | bit(row.is_error_page, has::ERROR_PAGE)
                | bit(article.lines.is_some(), has::LINES)
                | bit(article.text.is_some(), has::TEXT)
                | bit(!article.masked.is_empty(), has::MASK),
        );
        if let Some(time) = row.time.get() {
            out.extend_from_slice(&time.to_le_bytes());
        }
        if let Some(credit) = row.credit {
            push_bytes(out, credit.as_bytes());
        }
        if let Some(number) = row.number {
            push_number(out, number.get());
        }
        out.extend(row.cut_mark_words);
        out.push(row.present);
        out.extend_from_slice(&row.content.get().to_le_bytes());
        out.extend_from_slice(&row.record.to_le_bytes());
        push_bytes(out, row.location.file.as_bytes());
        push_number(out, row.location.line);
        let lengths = [article.tokens.len(), token_bytes, article.spans.len(), article.speech.len()];
        let kept = [&article.lines, &article.text].into_iter().flatten().map(|bytes| bytes.len());
        let numbers = std::iter::once(row.bytes).chain(row.ends).map(u64::from);
        numbers
            .chain(lengths.into_iter().chain(kept).map(|length| length as u64))
            .for_each(|number| push_number(out, number));
        if !article.masked.is_empty() {
            push_mask(out, &article.masked);
        }
    }

    /// Returns the block, and begins another one.
    pub(crate) fn finish(&mut self) -> Vec<u8> {
        let Self { parts } = std::mem::take(self);
        let mut out = Vec::with_capacity(parts.iter().map(Vec::len).sum::<usize>() + 9 * PARTS);
        parts.iter().for_each(|part| push_bytes(&mut out, part));
        out
    }
}

/// A block of articles, which are decoded one after the other.
pub(crate) struct ArticleBlock<'a> {
    parts: [ByteReader<'a>; PARTS],
    /// The name of the file of the last location: mostly the next one has the same.
    file: Arc<str>,
}

impl<'a> ArticleBlock<'a> {
    /// Reads the beginning of a block.
    pub(crate) fn new(bytes: &'a [u8]) -> Option<Self> {
        let mut bytes = ByteReader::new(bytes);
        let mut parts = [(); PARTS].map(|()| ByteReader::new(&[]));
        for part in &mut parts {
            *part = ByteReader::new(bytes.bytes()?);
        }
        bytes.is_at_end().then_some(Self { parts, file: "".into() })
    }

    /// Passes over the next article.
    pub(crate) fn skip(&mut self) -> Option<()> {
        self.next_encoded().map(|_| ())
    }

    /// Decodes the next article. `token` returns the token with a number in the vocabulary, if there is one.
    pub(crate) fn next(&mut self, token: impl Fn(u32) -> Option<Token>) -> Option<ArticleColumns<'a>> {
        let mut encoded = self.next_encoded()?;
        let tokens = decode_tokens(&mut encoded.tokens, encoded.words, token)?;
        Some(ArticleColumns { tokens: Cow::Owned(tokens), ..encoded.article })
    }

    fn next_encoded(&mut self) -> Option<Encoded<'a>> {
        let [rows, ..] = &mut self.parts;
        let [flags] = rows.array()?;
        let is_set = |bit: u8| flags & bit != 0;
        let time = if is_set(has::TIME) { Some(i64::from_le_bytes(rows.array()?)) } else { None };
        let credit = if is_set(has::CREDIT) { Some(string(rows.bytes()?)?) } else { None };
        let number = if is_set(has::NUMBER) { Some(NonZeroU64::new(rows.number()?)?) } else { None };
        let cut_mark_words = if is_set(has::CUT_MARK) { Some(rows.array::<1>()?[0]) } else { None };
        let [present] = rows.array()?;
        let content = u128::from_le_bytes(rows.array()?);
        let record = u64::from_le_bytes(rows.array()?);
        let file = string(rows.bytes()?)?;
        if *self.file != *file {
            self.file = file.into();
        }
        let line = rows.number()?;
        let bytes = rows.number_as()?;
        let mut ends = [0; FIELDS];
        for end in &mut ends {
            *end = rows.number_as()?;
        }
        let [words, token_bytes] = [rows.number_as()?, rows.number_as()?];
        let [spans, speech] = [rows.number_as()?, rows.number_as()?];
        let lines = if is_set(has::LINES) { Some(rows.number_as()?) } else { None };
        let text = if is_set(has::TEXT) { Some(rows.number_as()?) } else { None };
        let masked = if is_set(has::MASK) { decode_mask(rows, words)? } else { Vec::new() };
        let row = Row {
            time: PackedTime::new(time),
            credit: credit.and_then(agency_by_name),
            location: Location { file: Arc::clone(&self.file), line },
            number,
            content: PackedHash::new(content),
            bytes,
            record,
            is_error_page: is_set(has::ERROR_PAGE),
            cut_mark_words,
            present,
            ends,
        };
        // Every string must be one, since a segment does not check it again.
        let strings = self.parts[STRINGS].take(row.end() as usize)?;
        let mut begin = 0;
        for end in ends.map(|end| end as usize) {
            string(strings.get(begin..end)?)?;
            begin = end;
        }
        let tokens = ByteReader::new(self.parts[TOKENS].take(token_bytes)?);
        let mut part = |part: usize, length: usize| self.parts[part].take(length).map(Cow::Borrowed);
        let article = ArticleColumns {
            row,
            strings: Cow::Borrowed(strings),
            tokens: Cow::Borrowed(&[]),
            spans: part(SPANS, spans)?,
            speech: part(SPEECH, speech)?,
            masked,
            lines: match lines {
                Some(length) => Some(part(LINES, length)?),
                None => None,
            },
            text: match text {
                Some(length) => Some(part(TEXTS, length)?),
                None => None,
            },
        };
        if let Some(text) = &article.text {
            string(text)?;
        }
        Some(Encoded { article, words, tokens })
    }
}

/// Appends the masked ranges of an article: their number, and of each its distance from the one before and its length.
fn push_mask(out: &mut Vec<u8>, masked: &[Range<u32>]) {
    push_number(out, masked.len() as u64);
    let mut last = 0;
    for range in masked {
        push_number(out, u64::from(range.start - last));
        push_number(out, u64::from(range.end - range.start));
        last = range.end;
    }
}

/// Decodes the masked ranges of an article of `words` words.
fn decode_mask(bytes: &mut ByteReader<'_>, words: usize) -> Option<Vec<Range<u32>>> {
    let count: usize = bytes.number_as()?;
    let (mut masked, mut last) = (Vec::new(), 0_u32);
    for _ in 0..count {
        let start = last.checked_add(bytes.number_as()?)?;
        last = start.checked_add(bytes.number_as()?)?;
        masked.push(start..last);
    }
    (last as usize <= words).then_some(masked)
}

/// Decodes the tokens of an article.
fn decode_tokens(
    bytes: &mut ByteReader<'_>,
    words: usize,
    token: impl Fn(u32) -> Option<Token>,
) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    while !bytes.is_at_end() {
        tokens.push(match bytes.number_as::<u32>()?.checked_sub(1) {
            Some(number) => token(number)?,
            None => bytemuck::pod_read_unaligned(&bytes.array::<{ size_of::<Token>() }>()?),
        });
    }
    (tokens.len() == words).then_some(tokens)
}

/// Encodes an article as a block without a vocabulary.
pub(crate) fn encode_article(article: &ArticleColumns<'_>) -> Vec<u8> {
    let mut block = ArticleBlockWriter::default();
    block.push(article, |_| None);
    block.finish()
}

/// Decodes the only article of a block without a vocabulary. Its text is `text`, and its time `time`.
pub(crate) fn decode_article<'a>(
    bytes: &'a [u8],
    text: Option<&'a str>,
    time: Option<Seconds>,
) -> Option<ArticleColumns<'a>> {
    let mut article = ArticleBlock::new(bytes)?.next(|_| None)?;
    article.text = text.map(|text| Cow::Borrowed(text.as_bytes()));
    article.row.time = PackedTime::new(time);
    Some(article)
}

/// An article of which only the tokens are not decoded yet.
struct Encoded<'a> {
    article: ArticleColumns<'a>,
    /// The number of tokens.
    words: usize,
    tokens: ByteReader<'a>,
}

fn string(bytes: &[u8]) -> Option<&str> {
    simdutf8::basic::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::super::corpus::Corpus;
    use super::super::retained::Retained;
    use super::super::role::Role;
    use super::super::segment::Segment;
    use super::*;
    use crate::article::{Article, ArticleId};
    use crate::text::{Tokens, tokenize};

    /// A vocabulary of some tokens, ascending.
    struct Vocabulary(Vec<Token>);

    impl Vocabulary {
        fn number(&self, token: Token) -> Option<u32> {
            self.0.binary_search(&token).ok().map(|number| number as u32)
        }

        fn token(&self, number: u32) -> Option<Token> {
            self.0.get(number as usize).copied()
        }
    }

    fn corpus(retained: Retained) -> Corpus {
        let articles = [
            Article {
                site: Some("harbor.example".into()),
                published: Some("2031-04-02T08:00:00+02:00".into()),
                title: Some("The ferry is late".into()),
                url: Some("https://harbor.example/ferry".into()),
                row: NonZeroU64::new(7),
                location: Location { file: "day.csv".into(), line: 12 },
                ..Article::new("a", "LUND (AFP) — \"The ferry is late,\" he said.\nSource: Harbor News")
            },
            Article::new("b", ""),
            Article::new("c", "404 Not Found"),
            Article { url: Some("d".into()), ..Article::new("d", "Žaluzie zavřít. Read more...") },
        ];
        let (mut segment, mut tokens) = (Segment::new(), Tokens::new());
        for (number, article) in (1..).zip(articles) {
            tokenize(&article.text, &mut tokens);
            segment.push(article, &tokens, retained);
            segment.set_record_hash(number);
        }
        let mut corpus = Corpus::new(vec![segment]);
        let (first, last) = (ArticleId::new(0), ArticleId::new(3));
        corpus.mask(&[(first, vec![0..1, 3..9]), (last, vec![0..1, 2..4])]);
        corpus
    }

    fn encoded(corpus: &Corpus, vocabulary: &Vocabulary) -> Vec<u8> {
        let mut writer = ArticleBlockWriter::default();
        corpus.ids().for_each(|id| writer.push(&corpus.columns(id), |token| vocabulary.number(token)));
        writer.finish()
    }

    fn shown(corpus: &Corpus) -> Vec<String> {
        let all = |id: ArticleId| {
            let (header, lines) = (corpus.header(id), corpus.short_lines(id));
            let found = (header, corpus.all_tokens(id), corpus.all_spans(id), corpus.text(id), lines);
            let masked: Vec<Range<u32>> = match corpus.recorded_mask(id) {
                Some(recorded) => recorded.to_vec(),
                None => corpus.masked_ranges(id).collect(),
            };
            format!("{found:?} {:?} {:?} {masked:?}", corpus.record_hash(id), corpus.cut_mark_words(id))
        };
        corpus.ids().map(all).collect()
    }

    #[test]
    fn articles_are_decoded_as_they_were_encoded() {
        for retained in [Retained::ALL, Retained::TOKENS] {
            let corpus = corpus(retained);
            let mut some: Vec<Token> =
                corpus.ids().flat_map(|id| corpus.all_tokens(id).to_vec()).step_by(2).collect();
            some.sort_unstable();
            for vocabulary in [Vocabulary(Vec::new()), Vocabulary(some)] {
                let bytes = encoded(&corpus, &vocabulary);
                let mut block = ArticleBlock::new(&bytes).unwrap();
                let mut segment = Segment::of_archived(Role::Reference);
                let token = |number| vocabulary.token(number);
                (0..4).for_each(|_| segment.push_columns(&block.next(token).unwrap()));
                assert!(block.next(token).is_none());
                assert_eq!(shown(&Corpus::new(vec![segment])), shown(&corpus));
                let mut block = ArticleBlock::new(&bytes).unwrap();
                let mut last = Segment::of_archived(Role::Reference);
                (0..3).for_each(|_| block.skip().unwrap());
                last.push_columns(&block.next(token).unwrap());
                assert_eq!(shown(&Corpus::new(vec![last])), shown(&corpus)[3..]);
            }
        }
    }

    #[test]
    fn a_mask_beyond_the_words_is_damaged() {
        let last = u64::from(u32::MAX);
        /// Numbers, the number of words, and the ranges.
        type Case<'a> = (&'a [u64], usize, Option<&'a [Range<u32>]>);
        let cases: [Case<'_>; 6] = [
            (&[0], 0, Some(&[])),
            (&[2, 1, 2, 0, 4], 7, Some(&[1..3, 3..7])),
            (&[2, 1, 2, 0, 4], 6, None),
            (&[1, last, 1], 7, None),
            (&[2, 0, 1, 1, last], 7, None),
            (&[u64::MAX, 1], 7, None),
        ];
        for (numbers, words, expected) in cases {
            let mut bytes = Vec::new();
            numbers.iter().for_each(|&number| push_number(&mut bytes, number));
            let found = decode_mask(&mut ByteReader::new(&bytes), words);
            assert_eq!(found.as_deref(), expected, "{numbers:?}");
        }
    }

    #[test]
    fn damaged_bytes_cause_no_panic() {
        let vocabulary = Vocabulary(Vec::new());
        let whole = encoded(&corpus(Retained::ALL), &vocabulary);
        let read = |bytes: &[u8]| {
            let mut block = ArticleBlock::new(bytes)?;
            let mut segment = Segment::new();
            while let Some(article) = block.next(|number| vocabulary.token(number)) {
                segment.push_columns(&article);
            }
            Some(segment.len())
        };
        assert_eq!(read(&whole), Some(4));
        for length in 0..whole.len() {
            assert!(read(&whole[..length]).is_none());
        }
        for at in 0..whole.len() {
            for change in [1, 0x80, 0xFF] {
                let mut bytes = whole.clone();
                bytes[at] ^= change;
                let _ = read(&bytes);
            }
        }
    }
}
