//! Articles in, their order out: by key, content, date, site and place.
//!
//! Nothing in it depends on the order of reading but, at last, the place.
//! Cost: one sort of 24 bytes an article; keys are compared by 16 bytes behind what all of them begin with, and looked
//! up whole only where these are equal.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::header::Said;
use super::part::StoredSegment;
use super::shelves::Shelves;

/// Bytes of a key that are compared without looking it up.
const HEAD: usize = 16;

/// Sorts the places of articles: part, and place in it.
pub(super) fn sort(slots: &mut [(u32, u32)], parts: &[StoredSegment], shelves: &Shelves) {
    let key = |(part, index): (u32, u32)| -> &[u8] {
        parts[part as usize].said(index as usize, Said::Key, shelves).unwrap_or_default()
    };
    let Some(&first) = slots.first() else { return };
    let begin = slots.par_iter().map(|&slot| key(slot)).reduce(|| key(first), shared).len();
    let mut order: Vec<([u8; HEAD], (u32, u32))> = slots
        .par_iter()
        .map(|&slot| {
            let rest = &key(slot)[begin..];
            let length = rest.len().min(HEAD);
            let mut head = [0; HEAD];
            head[..length].copy_from_slice(&rest[..length]);
            (head, slot)
        })
        .collect();
    let whole = |left: (u32, u32), right: (u32, u32)| -> Ordering {
        let row = |(part, index): (u32, u32)| &parts[part as usize].rows[index as usize];
        let said =
            |(part, index): (u32, u32), which| parts[part as usize].said(index as usize, which, shelves);
        key(left)
            .cmp(key(right))
            .then_with(|| row(left).content.cmp(&row(right).content))
            .then_with(|| said(left, Said::Published).cmp(&said(right, Said::Published)))
            .then_with(|| said(left, Said::Site).cmp(&said(right, Said::Site)))
            .then_with(|| row(left).place.cmp(&row(right).place))
    };
    order.par_sort_unstable_by(|(head, slot), (other_head, other)| {
        head.cmp(other_head).then_with(|| whole(*slot, *other))
    });
    for (slot, (_, sorted)) in slots.iter_mut().zip(order) {
        *slot = sorted;
    }
}

/// Gives what two strings of bytes begin with.
fn shared<'a>(one: &'a [u8], other: &'a [u8]) -> &'a [u8] {
    let length = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    &one[..length]
}
