//! The form in which a segment stores the row of an article: a record of a fixed length, in a column.

use std::num::NonZeroU64;
use std::ops::Range;
use std::sync::Arc;

use bytemuck::{Pod, Zeroable};

use super::row::{FIELDS, Field, PackedHash, PackedTime, Row, URL_IS_KEY};
use crate::article::{Location, LocationRef};
use crate::provenance::{agency_number, agency_with_number};

/// The row of an article in a column of its segment, except its time, which may be changed.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
pub(super) struct StoredRow {
    content: PackedHash,
    /// The hash of the record, by which the same record is found in another file; 0 if it is unknown.
    pub(super) record: u64,
    line: u64,
    /// The number of the row in its table; 0 if it is in none.
    number: u64,
    /// The length of the text.
    pub(super) bytes: u32,
    /// The index of the file in the list of the segment.
    file: u32,
    strings: [u32; FIELDS],
    pub(super) ends: ColumnEnds,
    /// The number of the agency that the text is credited to, from 1; 0 if it is credited to none.
    credit: u16,
    /// The number of words of the mark that says that the text was cut off, plus one; 0 if it has no mark.
    cut_mark: u16,
    is_error_page: u8,
    present: u8,
    padding: [u8; 2],
}

/// The ends of the parts of an article in the other columns of its segment.
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
#[repr(C)]
pub(super) struct ColumnEnds {
    pub(super) spans: u32,
    pub(super) speech: u32,
    pub(super) lines: u32,
    pub(super) texts: u32,
}

impl StoredRow {
    /// Returns the form in which a row is stored. `file` is the index of its file, and `ends` are the ends of its parts in
    /// the other columns.
    pub(super) fn new(row: &Row, file: u32, ends: ColumnEnds) -> Self {
        Self {
            content: row.content,
            record: row.record,
            line: row.location.line,
            number: row.number.map_or(0, NonZeroU64::get),
            bytes: row.bytes,
            file,
            strings: row.ends,
            ends,
            credit: row.credit.and_then(agency_number).unwrap_or(0),
            cut_mark: row.cut_mark_words.map_or(0, |words| u16::from(words) + 1),
            is_error_page: row.is_error_page.into(),
            present: row.present,
            padding: [0; 2],
        }
    }

    /// Returns the row. `files` are the files of the segment.
    pub(super) fn row(&self, time: PackedTime, files: &[Arc<str>]) -> Row {
        Row {
            time,
            credit: self.credit(),
            location: Location { file: Arc::clone(&files[self.file as usize]), line: self.line },
            number: self.number(),
            content: self.content,
            bytes: self.bytes,
            record: self.record,
            is_error_page: self.is_error_page(),
            cut_mark_words: self.cut_mark_words(),
            present: self.present,
            ends: self.strings,
        }
    }

    /// Returns the hash of the words.
    pub(super) fn content(&self) -> u128 {
        self.content.get()
    }

    /// Returns the location of the record. `files` are the files of the segment.
    pub(super) fn location<'a>(&self, files: &'a [Arc<str>]) -> LocationRef<'a> {
        LocationRef { file: &files[self.file as usize], line: self.line }
    }

    /// Returns the number of the row in its table, if it is in one.
    pub(super) fn number(&self) -> Option<NonZeroU64> {
        NonZeroU64::new(self.number)
    }

    /// Returns the agency that the text is credited to, if any.
    pub(super) fn credit(&self) -> Option<&'static str> {
        agency_with_number(self.credit)
    }

    /// Returns the number of words of the mark that says that the text was cut off, if it has one.
    pub(super) fn cut_mark_words(&self) -> Option<u8> {
        self.cut_mark.checked_sub(1).map(|words| words as u8)
    }

    /// Returns whether the text is that of an error page or a wall.
    pub(super) fn is_error_page(&self) -> bool {
        self.is_error_page != 0
    }

    /// Returns the range of a string in the column of the segment, if the article has the string. `before` is the end of
    /// the strings of the article before this one.
    pub(super) fn string_range(&self, field: Field, before: u32) -> Option<Range<usize>> {
        let is_key = matches!(field, Field::Url) && self.present & URL_IS_KEY != 0;
        let field = if is_key { Field::Key } else { field };
        let index = field as usize;
        let begin = if index == 0 { before } else { self.strings[index - 1] };
        (self.present >> index & 1 == 1).then_some(begin as usize..self.strings[index] as usize)
    }

    /// Returns the end of the last string in the column of the segment.
    pub(super) fn strings_end(&self) -> u32 {
        self.strings[FIELDS - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_returned_as_they_were_stored() {
        let files: [Arc<str>; 2] = ["a.csv".into(), "b.csv".into()];
        let plain = Row { location: Location { file: "b.csv".into(), line: 0 }, ..Row::default() };
        let full = Row {
            time: PackedTime::new(Some(1_900_000_000)),
            credit: Some("AFP"),
            location: Location { file: "b.csv".into(), line: u64::MAX },
            number: NonZeroU64::new(7),
            content: PackedHash::new(3 << 90 | 5),
            bytes: u32::MAX,
            record: u64::MAX - 1,
            is_error_page: true,
            cut_mark_words: Some(u8::MAX),
            present: u8::MAX,
            ends: [1, 2, 3, 3, 5, u32::MAX],
        };
        let no_words = Row { cut_mark_words: Some(0), ..plain.clone() };
        for row in [plain, full, no_words] {
            let stored = StoredRow::new(&row, 1, ColumnEnds::default());
            assert_eq!(format!("{:?}", stored.row(row.time, &files)), format!("{row:?}"));
            assert_eq!(stored.location(&files).to_string(), row.location.to_string());
        }
        assert_eq!(size_of::<StoredRow>(), 96);
    }
}
