//! What is known of an article besides its words: as it is taken in, kept in columns, and shown.

use std::ops::Range;

use crate::article::{Article, Location};
use crate::provenance::{Seconds, copyright_owner, credit, is_error_page, published_time};

/// What is known of an article besides its text.
#[derive(Clone, Copy, Debug)]
pub struct Header<'a> {
    /// The caller's name for it; may repeat.
    pub key: &'a str,
    /// The site, where known.
    pub site: Option<&'a str>,
    /// The date of publication as the record gives it, where it does.
    pub published: Option<&'a str>,
    /// That date as a time, where it can be read as one.
    pub time: Option<Seconds>,
    /// The headline, where the record has one of its own.
    pub title: Option<&'a str>,
    /// The agency that its text is credited to, where it is.
    pub credit: Option<&'static str>,
    /// The owner that its copyright line names, where there is one.
    pub copyright: Option<&'a str>,
    /// Whether it says itself that it is an error page.
    pub is_error_page: bool,
    /// Where it was read.
    pub place: &'a Location,
    /// The hash of its words: equal for articles that say the same, word by word.
    pub content: u128,
    /// The length of its text, in bytes.
    pub bytes: u32,
}

/// The part of a header that is always at hand: about a hundred bytes an article.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) time: Option<Seconds>,
    pub(super) credit: Option<&'static str>,
    pub(super) place: Location,
    pub(super) content: u128,
    pub(super) bytes: u32,
    pub(super) is_error_page: bool,
    /// Which of its strings there are: a bit each, as `Said` counts them.
    said: u8,
    /// Where its strings end among those of its part.
    ends: [u32; SAID],
}

/// The strings of a header.
#[derive(Clone, Copy, Debug)]
pub(super) enum Said {
    Key,
    Site,
    Published,
    Title,
    Copyright,
}

const SAID: usize = 5;

impl Row {
    /// Puts an article's strings behind those of the articles before it, and keeps where they are.
    pub(super) fn new(article: Article, content: u128, strings: &mut Vec<u8>) -> Self {
        let copyright = copyright_owner(&article.text);
        let all = [
            Some(article.key.as_str()),
            article.site.as_deref(),
            article.published.as_deref(),
            article.title.as_deref(),
            copyright,
        ];
        let mut said = 0;
        let ends = std::array::from_fn(|place| {
            if let Some(string) = all[place] {
                said |= 1 << place;
                strings.extend_from_slice(string.as_bytes());
            }
            offset(strings.len())
        });
        Self {
            time: article.published.as_deref().and_then(|date| published_time(date, None)),
            credit: credit(&article.text),
            is_error_page: is_error_page(&article.text),
            bytes: offset(article.text.len()),
            place: article.location,
            content,
            said,
            ends,
        }
    }

    /// Tells where one of its strings stands among those of its part, if there is one; `before` is where the strings of
    /// the article before it end.
    pub(super) fn said(&self, which: Said, before: u32) -> Option<Range<usize>> {
        let place = which as usize;
        let begin = if place == 0 { before } else { self.ends[place - 1] };
        (self.said >> place & 1 == 1).then_some(begin as usize..self.ends[place] as usize)
    }

    /// Tells where its last string ends.
    pub(super) fn end(&self) -> u32 {
        self.ends[SAID - 1]
    }
}

pub(super) fn offset(length: usize) -> u32 {
    u32::try_from(length).expect("a part holds a batch of records, far below 4 GiB")
}
