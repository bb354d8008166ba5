//! Defines [`Article`], one text as it was read, with its key, site, date and [`Location`]; and [`ArticleId`], its
//! number in a run.

use std::borrow::Cow;
use std::fmt;
use std::num::NonZeroU64;
use std::sync::Arc;

/// The number of an article in one run. Numbers are dense and begin at 0.
///
/// They are assigned in canonical order (key, then content), not in the order of reading, so that no decision made
/// by number depends on the order of the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(transparent)]
pub struct ArticleId(u32);

impl ArticleId {
    /// The number of bits in an id.
    pub(crate) const BITS: u32 = 31;

    /// Creates the id of the article at `index`.
    ///
    /// # Panics
    /// Panics if `index` is not below 2³¹: a corpus has at most 2³¹ articles.
    pub fn new(index: usize) -> Self {
        assert!(index >> Self::BITS == 0, "a corpus holds at most 2 to the power of 31 articles");
        Self(index as u32)
    }

    /// Returns the index of the article in lists of all articles.
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// Returns the number.
    pub fn get(self) -> u32 {
        self.0
    }
}

/// The location of a record: its file, and the line on which it begins; of a row of Parquet, its number; of a record of a web
/// archive, its offset. Displayed as `file:line`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The name of the file as the caller gave it; `-` for standard input.
    pub file: Arc<str>,
    /// The line on which the record begins, or the number of the row of a file without lines, from 1. In a web archive, the
    /// offset of the gzip member that is the record; otherwise, its offset in bytes after decompression.
    pub line: u64,
}

impl Location {
    /// Returns the location with the name of the file borrowed.
    pub fn borrowed(&self) -> LocationRef<'_> {
        LocationRef { file: &self.file, line: self.line }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.borrowed().fmt(f)
    }
}

/// A [`Location`] that borrows the name of the file. Displayed as `file:line`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocationRef<'a> {
    /// The name of the file, as in [`Location::file`].
    pub file: &'a str,
    /// The line, as in [`Location::line`].
    pub line: u64,
}

impl From<LocationRef<'_>> for Location {
    fn from(location: LocationRef<'_>) -> Self {
        Self { file: location.file.into(), line: location.line }
    }
}

impl fmt::Display for LocationRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// One text as it was read. The text may be borrowed, so that a text that is in memory already need not be copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article<'t> {
    /// The caller's name for the article: its key field, else its URL, else the path of a text file, else its
    /// location. Several articles may have the same key.
    pub key: String,
    /// The text as it is in the record. May be empty.
    pub text: Cow<'t, str>,
    /// The site on which the article was found: the host of its URL without `www.`, else its site field, as
    /// [`site_of`](crate::site::site_of) returns it.
    pub site: Option<String>,
    /// The address at which the article was found, as it is in the record.
    pub url: Option<String>,
    /// The date of publication as it is in the record.
    pub published: Option<String>,
    /// The headline, if the record has it in a field of its own.
    pub title: Option<String>,
    /// The text that the page prints besides, if the text was extracted from a page for removals: a line for each
    /// paragraph. A page with words of its own there is not removed.
    pub other_text: String,
    /// The input and the line of the record.
    pub location: Location,
    /// The number of the row, if the record is a row of a table. The header of CSV is row 1, as spreadsheets count; the
    /// first row of Parquet, which has no header row, is row 1.
    pub row: Option<NonZeroU64>,
}

impl<'t> Article<'t> {
    /// Creates an article that was not read from a file, without site, address, date and title.
    pub fn new(key: impl Into<String>, text: impl Into<Cow<'t, str>>) -> Self {
        let location = Location { file: "-".into(), line: 0 };
        Self {
            key: key.into(),
            text: text.into(),
            site: None,
            url: None,
            published: None,
            title: None,
            other_text: String::new(),
            location,
            row: None,
        }
    }

    /// Returns the article with a copy of its text, if that is borrowed.
    pub fn into_owned(self) -> Article<'static> {
        Article { text: Cow::Owned(self.text.into_owned()), ..self }
    }
}
