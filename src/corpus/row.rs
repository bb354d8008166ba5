//! The row of an article: its header, besides the strings.

use std::num::{NonZeroI64, NonZeroU64};

use bytemuck::{Pod, Zeroable};

use super::offset::offset;
use crate::article::{Article, Location};
use crate::provenance::{
    Seconds, copyright_owner, credit, cut_mark, is_error_page, is_wall, named_source, published_time,
};
use crate::text::Tokens;

/// The row of an article. A segment stores it as a [`StoredRow`](super::stored_row::StoredRow), and its strings in another
/// column.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) time: PackedTime,
    pub(super) credit: Option<&'static str>,
    pub(super) location: Location,
    /// The number of the row in its table, if it is in one.
    pub(super) number: Option<NonZeroU64>,
    pub(super) content: PackedHash,
    pub(super) bytes: u32,
    /// The hash of the record, by which the same record is found in another file; 0 if it is unknown.
    pub(super) record: u64,
    /// True for error pages and walls, by their text.
    pub(super) is_error_page: bool,
    /// The number of words of the mark that says that the text was cut off, if it has one.
    pub(super) cut_mark_words: Option<u8>,
    /// The strings that the article has: a bit for each field, the lowest for the first; and [`URL_IS_KEY`].
    pub(super) present: u8,
    /// The end of each string in the column of its segment. A string that is missing ends where the one before it
    /// does.
    pub(super) ends: [u32; FIELDS],
}

/// A time, if it is known, in eight bytes. The first of all times is stored as an unknown one.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PackedTime(Option<NonZeroI64>);

impl PackedTime {
    pub(super) fn new(time: Option<Seconds>) -> Self {
        Self(time.and_then(|time| NonZeroI64::new(time ^ Seconds::MIN)))
    }

    pub(super) fn get(self) -> Option<Seconds> {
        self.0.map(|packed| packed.get() ^ Seconds::MIN)
    }
}

/// A hash of 128 bits in two halves, the upper one first: one number would be aligned to 16 bytes, and so would each row.
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
#[repr(transparent)]
pub(super) struct PackedHash([u64; 2]);

impl PackedHash {
    pub(super) fn new(hash: u128) -> Self {
        Self([(hash >> 64) as u64, hash as u64])
    }

    pub(super) fn get(self) -> u128 {
        let [upper, lower] = self.0.map(u128::from);
        upper << 64 | lower
    }
}

/// The fields of an article that are strings.
#[derive(Clone, Copy, Debug)]
pub(super) enum Field {
    Key,
    Site,
    Published,
    Title,
    Source,
    Url,
}

/// The number of fields.
pub(super) const FIELDS: usize = 6;
/// The bit of an article whose URL is its key: such a string is stored once.
pub(super) const URL_IS_KEY: u8 = 1 << 7;

impl Row {
    /// Creates the row of an article, and appends the article's strings to those of the articles before it.
    /// `without_notices` is its text without notices, if it has some.
    pub(super) fn new(
        article: Article<'_>,
        without_notices: Option<&str>,
        tokens: &Tokens,
        strings: &mut Vec<u8>,
    ) -> Self {
        let url_is_key = article.url.as_deref() == Some(&article.key);
        let text = without_notices.unwrap_or(&article.text);
        let source = named_source(text).or_else(|| copyright_owner(text));
        let values: [Option<&str>; FIELDS] = [
            Some(&article.key),
            article.site.as_deref(),
            article.published.as_deref(),
            article.title.as_deref(),
            source,
            article.url.as_deref().filter(|_| !url_is_key),
        ];
        let mut present = if url_is_key { URL_IS_KEY } else { 0 };
        let ends = std::array::from_fn(|field| {
            if let Some(value) = values[field] {
                present |= 1 << field;
                strings.extend_from_slice(value.as_bytes());
            }
            offset(strings.len())
        });
        Self {
            time: PackedTime::new(article.published.as_deref().and_then(|date| published_time(date, None))),
            credit: credit(text),
            is_error_page: is_error_page(&article.text) || is_wall(&article.text),
            cut_mark_words: cut_mark_words(&article.text, tokens)
                .or_else(|| cut_mark_words(without_notices?, tokens)),
            bytes: offset(article.text.len()),
            record: 0,
            location: article.location,
            number: article.row,
            content: PackedHash::new(tokens.content()),
            present,
            ends,
        }
    }

    /// Returns the row with strings that begin at `begin` in a column, if they begin at 0 in this one.
    pub(super) fn moved_to(&self, begin: u32) -> Self {
        Self { ends: self.ends.map(|end| end + begin), ..self.clone() }
    }

    /// Returns the row with strings that begin at 0 in a column, if they begin at `begin` in this one.
    pub(super) fn moved_from(&self, begin: u32) -> Self {
        Self { ends: self.ends.map(|end| end - begin), ..self.clone() }
    }

    /// Returns the end of the last string in the column of its segment.
    pub(super) fn end(&self) -> u32 {
        self.ends[FIELDS - 1]
    }
}

/// Returns the number of words of the mark that says that a text was cut off, if it has one.
fn cut_mark_words(text: &str, tokens: &Tokens) -> Option<u8> {
    let begin = cut_mark(text)?;
    let before = tokens.spans().partition_point(|&(from, _)| (from as usize) < begin);
    u8::try_from(tokens.spans().len() - before).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_values_are_read_as_they_were() {
        for time in [None, Some(0), Some(-1), Some(1_700_000_000), Some(Seconds::MAX), Some(Seconds::MIN + 1)]
        {
            assert_eq!(PackedTime::new(time).get(), time);
        }
        assert_eq!(PackedTime::default().get(), None);
        for hash in [0, 1, u128::from(u64::MAX), 1 << 64, u128::MAX, 3 << 90 | 5] {
            assert_eq!(PackedHash::new(hash).get(), hash);
        }
    }
}
