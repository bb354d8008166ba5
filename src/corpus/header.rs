//! The header of an article.

use std::num::NonZeroU64;

use crate::article::LocationRef;
use crate::provenance::Seconds;

/// The header of an article: all that a corpus knows about it, except its tokens and its text.
#[derive(Clone, Copy, Debug)]
pub struct Header<'a> {
    /// The caller's name for the article. Several articles may have the same key.
    pub key: &'a str,
    /// The site, if known.
    pub site: Option<&'a str>,
    /// The address at which the article was found, as it is written in the record, if there is one.
    pub url: Option<&'a str>,
    /// The date of publication as it is written in the record, if there is one.
    pub published: Option<&'a str>,
    /// That date as a time, if it can be read as one.
    pub time: Option<Seconds>,
    /// The headline, if the record has one of its own.
    pub title: Option<&'a str>,
    /// The agency that the text is credited to, if any.
    pub credit: Option<&'static str>,
    /// The source that the text names in its first or last lines, or else the owner in its copyright line, if there is
    /// one.
    pub named_source: Option<&'a str>,
    /// True if the text is that of an error page or a wall.
    pub is_error_page: bool,
    /// The location of the record.
    pub location: LocationRef<'a>,
    /// The number of the row, if the record is a row of a table. The header is row 1.
    pub row: Option<NonZeroU64>,
    /// The hash of the words: equal for articles with the same words in the same order.
    pub content: u128,
    /// The length of the text, in bytes.
    pub bytes: u32,
}
