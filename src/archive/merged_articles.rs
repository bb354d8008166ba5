//! The articles of several segments, of which one is written.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;
use std::sync::Arc;

use super::article_masks::ArticleMasks;
use super::disk::PostingsCursor;
use super::segment_file::SegmentFile;
use super::segment_source::{SegmentSource, SortedPostings};
use super::state::State;
use crate::corpus::{ArticleColumns, Identity};
use crate::error::Error;

/// The articles of several segments that follow each other. Those that are gone are empty rows, so that the others keep
/// their numbers.
pub(super) struct MergedArticles<'a> {
    pub(super) segments: &'a [Arc<SegmentFile>],
    pub(super) state: &'a State,
    /// The masks that are recorded of the articles from now on; nothing if they stay as they were recorded.
    pub(super) masks: Option<&'a ArticleMasks>,
}

impl MergedArticles<'_> {
    /// Returns the number of the first row.
    pub(super) fn first(&self) -> u32 {
        self.segments.first().map_or(0, |segment| segment.entry.first)
    }

    /// Returns the segment of a number, if the article is still there.
    fn segment_of(&self, number: u32) -> Option<&SegmentFile> {
        let after = self.segments.partition_point(|segment| segment.entry.first <= number);
        let segment = &self.segments[after.checked_sub(1)?];
        (number < segment.entry.first + segment.entry.rows && self.state.is_live(number)).then_some(segment)
    }
}

impl SegmentSource for MergedArticles<'_> {
    fn len(&self) -> usize {
        let end = self.segments.last().map_or(0, |segment| segment.entry.first + segment.entry.rows);
        (end - self.first()) as usize
    }

    fn identity(&self, row: usize) -> Option<Identity> {
        let number = self.first() + row as u32;
        let segment = self.segment_of(number)?;
        Some(segment.identity(number - segment.entry.first))
    }

    fn for_each(
        &self,
        rows: Range<usize>,
        visit: &mut dyn FnMut(Option<&ArticleColumns<'_>>),
    ) -> Result<(), Error> {
        let mut next = self.first() + rows.start as u32;
        let end = self.first() + rows.end as u32;
        for segment in self.segments {
            let (first, last) = (segment.entry.first, segment.entry.first + segment.entry.rows);
            let live = (first.max(next)..last.min(end)).filter(|&number| self.state.is_live(number));
            let live: Vec<u32> = live.map(|number| number - first).collect();
            segment.for_each(&live, |row, mut article| {
                (next..first + row).for_each(|_| visit(None));
                if let Some(masks) = self.masks {
                    article.masked = masks.of(first + row).to_vec();
                }
                visit(Some(&article));
                next = first + row + 1;
            })?;
        }
        (next..end).for_each(|_| visit(None));
        Ok(())
    }

    fn postings(&self) -> Option<&dyn SortedPostings> {
        Some(self)
    }
}

impl SortedPostings for MergedArticles<'_> {
    fn for_each(&self, push: &mut dyn FnMut(u32, u32) -> Result<(), Error>) -> Result<(), Error> {
        let mut cursors: Vec<PostingsCursor> =
            self.segments.iter().map(|segment| segment.fingerprints.cursor()).collect();
        let mut heap = BinaryHeap::new();
        let number = |index: usize, row: u32| self.segments[index].entry.first + row;
        for (index, cursor) in cursors.iter_mut().enumerate() {
            heap.extend(cursor.next()?.map(|(value, row)| Reverse((value, number(index, row), index))));
        }
        while let Some(Reverse((value, article, index))) = heap.pop() {
            if self.state.is_live(article) {
                push(value, article - self.first())?;
            }
            heap.extend(
                cursors[index].next()?.map(|(value, row)| Reverse((value, number(index, row), index))),
            );
        }
        Ok(())
    }
}

/// Returns the range of the last segments that are merged, if there are any; `rows` has the number of rows of each segment.
///
/// The size class of a segment is the number of octal digits of its number of rows. The last segments whose class is at most
/// a given one are merged, for the largest class for which there are enough of them and for which the merged segment is of
/// a larger class. So the class of an article's segment grows with each merge, and an article is merged at most once for
/// each octal digit of the number of articles. Without the second condition, a few small segments would be enough to write
/// a large one anew, again and again.
pub(super) fn to_merge(rows: &[u32]) -> Option<Range<usize>> {
    /// The number of segments from which on they are merged, and the base of the digits.
    const ENOUGH: usize = 8;
    let class = |rows: u64| rows.max(1).ilog2() / ENOUGH.ilog2();
    let classes: Vec<u32> = rows.iter().map(|&rows| class(rows.into())).collect();
    let begin_of = |most: u32| classes.iter().rposition(|&class| class > most).map_or(0, |index| index + 1);
    let is_worth_it = |most: u32| {
        let merged = &rows[begin_of(most)..];
        merged.len() >= ENOUGH && class(merged.iter().copied().map(u64::from).sum()) > most
    };
    let most = (0..=*classes.iter().max()?).rev().find(|&most| is_worth_it(most))?;
    Some(begin_of(most)..rows.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn segments_of_similar_size_are_merged() {
        let cases: [(&[u32], Option<Range<usize>>); 9] = [
            (&[], None),
            (&[1; 7], None),
            (&[1; 8], Some(0..8)),
            // Too few small ones to write a large one anew.
            (&[8, 1, 1, 1, 1, 1, 1, 1], None),
            (&[900, 1, 1, 1, 1, 1, 1, 1, 1], Some(1..9)),
            (&[900, 1, 1, 1, 1, 1, 1, 9, 1], None),
            (&[900, 1, 1, 1, 1, 1, 1, 60, 1], Some(1..9)),
            (&[80, 80, 80, 80, 80, 80, 80, 8, 1, 1, 1, 1, 1, 1], Some(0..14)),
            (&[70, 70, 1, 1, 1, 1, 1, 1, 1, 1], Some(2..10)),
        ];
        for (rows, expected) in cases {
            assert_eq!(to_merge(rows), expected, "{rows:?}");
        }
    }

    /// Adds batches, and returns the rows of the segments and the number of rows that were written again.
    fn added(batches: impl IntoIterator<Item = u32>) -> (Vec<u32>, u64) {
        let (mut rows, mut rewritten) = (Vec::new(), 0_u64);
        for batch in batches {
            rows.push(batch);
            if let Some(range) = to_merge(&rows) {
                let merged: u32 = rows.drain(range).sum();
                rewritten += u64::from(merged);
                rows.push(merged);
            }
        }
        (rows, rewritten)
    }

    #[test]
    fn equal_batches_make_few_segments() {
        let (rows, rewritten) = added(vec![1; 20_000]);
        assert_eq!(rows.iter().sum::<u32>(), 20_000);
        assert!(rows.len() < 40, "{}", rows.len());
        assert!(rewritten <= 20_000 * 5, "{rewritten}");
    }

    proptest! {
        #[test]
        fn an_article_is_merged_once_for_each_digit(batches in prop::collection::vec(1_u32..2000, 1..400)) {
            let total: u32 = batches.iter().sum();
            let (rows, rewritten) = added(batches);
            prop_assert_eq!(rows.iter().sum::<u32>(), total);
            prop_assert!(rows.len() < 60, "{} segments", rows.len());
            prop_assert!(rewritten <= u64::from(total) * u64::from(total.ilog2() / 3 + 1), "{}", rewritten);
        }
    }
}
