//! Sorts articles into the canonical order: by key, content hash, date, site and location.
//!
//! Only the location, which is compared last, depends on how the input was read.
//! Cost: one sort of 24 bytes for each article. Keys are compared by 16 bytes after their common prefix; only where
//! these are equal the whole keys are looked up.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::row::Field;
use super::row_id::RowId;
use super::segment_store::SegmentStore;
use super::stored_segment::StoredSegment;

/// The bytes of a key, after the common prefix of all keys, that are compared without looking up the key.
const HEAD: usize = 16;

/// Returns all rows in the canonical order of their articles.
pub(super) fn sort_canonically(segments: &[StoredSegment], store: &SegmentStore) -> Vec<RowId> {
    let key = |id: RowId| -> &[u8] {
        id.segment_in(segments).string_bytes(id.index(), Field::Key, store).unwrap_or_default()
    };
    let mut order: Vec<([u8; HEAD], RowId)> =
        Vec::with_capacity(segments.iter().map(StoredSegment::len).sum());
    order.extend(RowId::all(segments).map(|id| ([0; HEAD], id)));
    let Some(&(_, first)) = order.first() else { return Vec::new() };
    let prefix = order.par_iter().map(|&(_, id)| key(id)).reduce(|| key(first), common_prefix).len();
    order.par_iter_mut().for_each(|(start, id)| *start = head(&key(*id)[prefix..]));
    order.par_sort_unstable_by(|&(head, id), &(other_head, other)| {
        head.cmp(&other_head).then_with(|| compare(id, other, segments, store))
    });
    // This list takes the place of the other one, so that there are never both.
    let mut rows: Vec<RowId> = order.into_iter().map(|(_, id)| id).collect();
    rows.shrink_to_fit();
    rows
}

/// Compares two articles by all that the canonical order depends on.
fn compare(left: RowId, right: RowId, segments: &[StoredSegment], store: &SegmentStore) -> Ordering {
    // A missing string is before an empty one.
    let string = |id: RowId, field| id.segment_in(segments).string_bytes(id.index(), field, store);
    let by_string = |field| string(left, field).cmp(&string(right, field));
    let content = |id: RowId| id.segment_in(segments).row(id.index(), store).content();
    let location = |id: RowId| id.segment_in(segments).location(id.index(), store);
    by_string(Field::Key)
        .then_with(|| content(left).cmp(&content(right)))
        .then_with(|| by_string(Field::Published))
        .then_with(|| by_string(Field::Site))
        .then_with(|| location(left).cmp(&location(right)))
}

/// Returns the first bytes of a string, filled up with zeros.
fn head(bytes: &[u8]) -> [u8; HEAD] {
    let length = bytes.len().min(HEAD);
    let mut head = [0; HEAD];
    head[..length].copy_from_slice(&bytes[..length]);
    head
}

/// Returns the longest common prefix of two byte strings.
fn common_prefix<'a>(one: &'a [u8], other: &'a [u8]) -> &'a [u8] {
    let length = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    &one[..length]
}
