//! Articles as they were read in, columns out: tokens of four bytes, spans of about two.

use std::ops::Range;

use crate::article::{Article, Place};
use crate::provenance::{Seconds, copyright_owner, credit, is_error_page, published_time};
use crate::text::{Token, Tokens};

/// What is known of an article besides its text.
#[derive(Clone, Debug)]
pub struct Header {
    /// The caller's name for it; may repeat.
    pub key: Box<str>,
    /// The site, where known.
    pub site: Option<Box<str>>,
    /// The date of publication as the record gives it, where it does.
    pub published: Option<Box<str>>,
    /// That date as a time, where it can be read as one.
    pub time: Option<Seconds>,
    /// The headline, where the record has one of its own.
    pub title: Option<Box<str>>,
    /// The agency that its text is credited to, where it is.
    pub credit: Option<&'static str>,
    /// The owner that its copyright line names, where there is one.
    pub copyright: Option<Box<str>>,
    /// Whether it says itself that it is an error page.
    pub is_error_page: bool,
    /// Where it was read.
    pub place: Place,
    /// The hash of its words: equal for articles that say the same, word by word.
    pub content: u128,
    /// The length of its text, in bytes.
    pub bytes: u32,
}

impl Header {
    /// Gives what articles are put in order by: nothing that depends on the order of reading but, at last, the place.
    pub(super) fn rank(&self) -> impl Ord + '_ {
        (&self.key, self.content, &self.published, &self.site, &self.place)
    }
}

/// A stretch of articles as they were read.
#[derive(Debug, Default)]
pub struct Part {
    headers: Vec<Header>,
    tokens: Vec<Token>,
    token_ends: Vec<u32>,
    /// For each token the distance from the token before it and its length, as LEB128 numbers.
    steps: Vec<u8>,
    step_ends: Vec<u32>,
    texts: String,
    text_ends: Vec<u32>,
    is_reference: bool,
}

impl Part {
    /// Makes an empty part.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes an empty part of the reference pile: the articles that others are matched against, and that are not
    /// matched among themselves.
    pub fn new_reference() -> Self {
        Self { is_reference: true, ..Self::default() }
    }

    /// Tells whether it is part of the reference pile.
    pub(super) fn is_reference(&self) -> bool {
        self.is_reference
    }

    /// Adds an article with its tokens, and its text where `keep_text` says so.
    pub fn push(&mut self, article: Article, tokens: &Tokens, keep_text: bool) {
        self.tokens.extend_from_slice(tokens.tokens());
        self.token_ends.push(offset(self.tokens.len()));
        let mut last = 0;
        for &(begin, end) in tokens.spans() {
            push_number(&mut self.steps, begin - last);
            push_number(&mut self.steps, end - begin);
            last = end;
        }
        self.step_ends.push(offset(self.steps.len()));
        if keep_text {
            self.texts.push_str(&article.text);
            self.text_ends.push(offset(self.texts.len()));
        }
        self.headers.push(Header {
            key: article.key.into(),
            site: article.site.map(Into::into),
            time: article.published.as_deref().and_then(|date| published_time(date, None)),
            published: article.published.map(Into::into),
            title: article.title.map(Into::into),
            credit: credit(&article.text),
            copyright: copyright_owner(&article.text).map(Into::into),
            is_error_page: is_error_page(&article.text),
            place: article.place,
            content: tokens.content(),
            bytes: offset(article.text.len()),
        });
    }

    /// Gives what is known of the article at `index`.
    pub(super) fn header(&self, index: usize) -> &Header {
        &self.headers[index]
    }

    /// Gives what is known of its articles, to be settled when all are read.
    pub(super) fn headers_mut(&mut self) -> &mut [Header] {
        &mut self.headers
    }

    pub(super) fn tokens(&self, index: usize) -> &[Token] {
        &self.tokens[range(&self.token_ends, index)]
    }

    /// Gives for each token of the article at `index` its begin and end in the text, in bytes.
    pub(super) fn spans(&self, index: usize) -> Vec<(u32, u32)> {
        let mut steps = self.steps[range(&self.step_ends, index)].iter();
        let mut last = 0;
        let mut out = Vec::with_capacity(range(&self.token_ends, index).len());
        while !steps.as_slice().is_empty() {
            let begin = last + take_number(&mut steps);
            last = begin + take_number(&mut steps);
            out.push((begin, last));
        }
        out
    }

    /// Gives the text of the article at `index`, where texts were kept.
    pub(super) fn text(&self, index: usize) -> Option<&str> {
        (!self.text_ends.is_empty()).then(|| &self.texts[range(&self.text_ends, index)])
    }

    /// Gives back memory that more articles would have used.
    pub fn shrink(&mut self) {
        self.headers.shrink_to_fit();
        self.tokens.shrink_to_fit();
        self.steps.shrink_to_fit();
        self.texts.shrink_to_fit();
    }

    /// Tells how many articles it holds.
    pub fn len(&self) -> usize {
        self.headers.len()
    }

    /// Tells whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.headers.is_empty()
    }
}

pub(super) fn offset(length: usize) -> u32 {
    u32::try_from(length).expect("a part holds a batch of records, far below 4 GiB")
}

fn push_number(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn take_number(bytes: &mut std::slice::Iter<'_, u8>) -> u32 {
    let mut number = 0;
    for (place, &byte) in bytes.enumerate() {
        number |= u32::from(byte & 0x7F) << (7 * place);
        if byte < 0x80 {
            break;
        }
    }
    number
}

fn range(ends: &[u32], index: usize) -> Range<usize> {
    let begin = if index == 0 { 0 } else { ends[index - 1] };
    begin as usize..ends[index] as usize
}
