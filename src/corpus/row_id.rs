//! Identifies the row of an article.

use super::offset::offset;
use super::stored_segment::StoredSegment;

/// The segment of an article, and the row of the article in that segment.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowId {
    segment: u32,
    row: u32,
}

impl RowId {
    /// Returns the ids of all rows, segment by segment.
    pub(super) fn all(segments: &[StoredSegment]) -> impl Iterator<Item = Self> + '_ {
        let rows = |(number, segment): (usize, &StoredSegment)| {
            (0..segment.len()).map(move |row| Self { segment: offset(number), row: offset(row) })
        };
        segments.iter().enumerate().flat_map(rows)
    }

    /// Returns the index of the segment in the list of all segments.
    pub(super) fn segment(self) -> usize {
        self.segment as usize
    }

    /// Returns the index of the row in the segment.
    pub(super) fn index(self) -> usize {
        self.row as usize
    }

    /// Returns the segment of the row.
    pub(super) fn segment_in(self, segments: &[StoredSegment]) -> &StoredSegment {
        &segments[self.segment()]
    }
}
