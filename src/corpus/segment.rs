//! Articles as they were read in, columns out: tokens of four bytes, spans of about two.

use std::ops::Range;

use super::header::{Row, Said, offset};
use super::shelves::{Shelves, Stores};
use crate::article::Article;
use crate::error::Error;
use crate::store::{Column, ColumnBudget, list_at, push_number, take_number};
use crate::text::{Token, Tokens};

/// A stretch of articles as they are taken in.
#[derive(Debug, Default)]
pub struct Segment {
    rows: Vec<Row>,
    strings: Vec<u8>,
    tokens: Vec<Token>,
    token_ends: Vec<u32>,
    /// For each token the distance from the token before it and its length, as LEB128 numbers.
    steps: Vec<u8>,
    step_ends: Vec<u32>,
    texts: Vec<u8>,
    text_ends: Vec<u32>,
    is_reference: bool,
}

impl Segment {
    /// Makes an empty part.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes an empty part of the reference pile: the articles that others are matched against, and that are not
    /// matched among themselves.
    pub fn new_reference() -> Self {
        Self { is_reference: true, ..Self::default() }
    }

    /// Adds an article with its tokens, and its text where `keep_text` says so.
    pub fn push(&mut self, article: Article, tokens: &Tokens, keep_text: bool) {
        self.tokens.extend_from_slice(tokens.tokens());
        self.token_ends.push(offset(self.tokens.len()));
        push_steps(&mut self.steps, tokens.spans());
        self.step_ends.push(offset(self.steps.len()));
        if keep_text {
            self.texts.extend_from_slice(article.text.as_bytes());
            self.text_ends.push(offset(self.texts.len()));
        }
        self.rows.push(Row::new(article, tokens.content(), &mut self.strings));
    }

    /// Tells how many articles it holds.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Tells whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Puts its columns away.
    ///
    /// # Errors
    /// They cannot be written.
    pub(crate) fn put_away(mut self, stores: &Stores, room: ColumnBudget) -> Result<StoredSegment, Error> {
        self.rows.shrink_to_fit();
        self.token_ends.shrink_to_fit();
        self.step_ends.shrink_to_fit();
        self.text_ends.shrink_to_fit();
        Ok(StoredSegment {
            rows: self.rows,
            strings: stores.strings.put(self.strings, room.strings)?,
            tokens: stores.tokens.put(self.tokens, room.tokens)?,
            token_ends: self.token_ends,
            steps: stores.besides.put(self.steps, room.besides)?,
            step_ends: self.step_ends,
            texts: stores.besides.put(self.texts, room.besides)?,
            text_ends: self.text_ends,
            is_reference: self.is_reference,
        })
    }
}

/// A stretch of articles that were put away.
#[derive(Debug)]
pub(crate) struct StoredSegment {
    pub(super) rows: Vec<Row>,
    strings: Column<u8>,
    tokens: Column<Token>,
    token_ends: Vec<u32>,
    steps: Column<u8>,
    step_ends: Vec<u32>,
    texts: Column<u8>,
    text_ends: Vec<u32>,
    is_reference: bool,
}

impl StoredSegment {
    /// Tells whether it is part of the reference pile.
    pub(super) fn is_reference(&self) -> bool {
        self.is_reference
    }

    /// Tells how many articles it holds.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Tells whether it holds none.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Gives the bytes of one of the strings of the article at `index`, if it has it.
    pub(super) fn said<'a>(&'a self, index: usize, which: Said, shelves: &'a Shelves) -> Option<&'a [u8]> {
        let before = if index == 0 { 0 } else { self.rows[index - 1].end() };
        Some(shelves.strings.part(&self.strings, self.rows[index].said(which, before)?))
    }

    /// Counts the tokens of the article at `index`.
    pub(super) fn words(&self, index: usize) -> usize {
        list_at(&self.token_ends, index).len()
    }

    pub(super) fn tokens<'a>(&'a self, index: usize, shelves: &'a Shelves) -> &'a [Token] {
        shelves.tokens.part(&self.tokens, list_at(&self.token_ends, index))
    }

    /// Gives some of the tokens of the article at `index`, in `room` where they have to be read.
    pub(super) fn read_tokens<'a>(
        &'a self,
        index: usize,
        some: Range<usize>,
        shelves: &'a Shelves,
        room: &'a mut Vec<Token>,
    ) -> &'a [Token] {
        let begin = list_at(&self.token_ends, index).start;
        shelves.tokens.read(&self.tokens, begin + some.start..begin + some.end, room)
    }

    /// Gives for each token of the article at `index` its begin and end in the text, in bytes.
    pub(super) fn spans(&self, index: usize, shelves: &Shelves) -> Vec<(u32, u32)> {
        let mut room = Vec::new();
        let mut steps = shelves.besides.read(&self.steps, list_at(&self.step_ends, index), &mut room).iter();
        let mut last = 0;
        let mut out = Vec::with_capacity(self.words(index));
        loop {
            // Nearly always both numbers have one byte.
            let (distance, length) = match *steps.as_slice() {
                [] => break,
                [distance, length, ..] if (distance | length) < 0x80 => {
                    steps.nth(1);
                    (u32::from(distance), u32::from(length))
                }
                _ => (take_number(&mut steps), take_number(&mut steps)),
            };
            let begin = last + distance;
            last = begin + length;
            out.push((begin, last));
        }
        out
    }

    /// Gives the text of the article at `index`, where texts were kept.
    pub(super) fn text<'a>(&'a self, index: usize, shelves: &'a Shelves) -> Option<&'a str> {
        let kept = !self.text_ends.is_empty();
        kept.then(|| string(shelves.besides.part(&self.texts, list_at(&self.text_ends, index))))
    }
}

/// Gives back as a string what was put away as one.
pub(super) fn string(bytes: &[u8]) -> &str {
    simdutf8::basic::from_utf8(bytes).expect("what was put away is as it was")
}

/// Puts the distance from the token before it and the length of each token behind others.
fn push_steps(out: &mut Vec<u8>, spans: &[(u32, u32)]) {
    /// Tokens at a time: nearly always all of their numbers have one byte.
    const RUN: usize = 64;
    let mut last = 0;
    for run in spans.chunks(RUN) {
        let (mut bytes, mut all, mut end) = ([0; 2 * RUN], 0, last);
        for (&(from, to), step) in run.iter().zip(bytes.chunks_exact_mut(2)) {
            let (distance, length) = (from - end, to - from);
            all |= distance | length;
            step.copy_from_slice(&[distance as u8, length as u8]);
            end = to;
        }
        if all < 0x80 {
            out.extend_from_slice(&bytes[..2 * run.len()]);
        } else {
            for &(from, to) in run {
                push_number(out, from - last);
                push_number(out, to - from);
                last = to;
            }
        }
        last = end;
    }
}
