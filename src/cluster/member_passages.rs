//! Stores the passages of the members of a cluster.

use std::ops::Range;
use std::slice::Iter;

use crate::store::{push_leb128, take_leb128};

/// The passages of all members of a cluster, those of one member after another. Identical articles share one list.
#[derive(Clone, Debug, Default)]
pub(super) struct MemberPassages {
    /// For each passage the tokens of the representative, and the tokens of the member that are aligned with them.
    ranges: Vec<(Range<u32>, Range<u32>)>,
}

/// The place of one member's passages among those of all.
#[derive(Clone, Copy, Debug)]
pub(super) struct PassageList {
    begin: u32,
    end: u32,
}

impl MemberPassages {
    /// Adds the passages of a member.
    pub(super) fn push(
        &mut self,
        passages: impl IntoIterator<Item = (Range<u32>, Range<u32>)>,
    ) -> PassageList {
        let begin = self.ranges.len();
        self.ranges.extend(passages);
        let [begin, end] = [begin, self.ranges.len()].map(|at| {
            u32::try_from(at).expect("the members of a cluster have fewer than 4 billion passages")
        });
        PassageList { begin, end }
    }

    /// Returns the passages of a member.
    pub(super) fn get(&self, list: PassageList) -> &[(Range<u32>, Range<u32>)] {
        &self.ranges[list.begin as usize..list.end as usize]
    }

    /// Frees the memory that was reserved for more passages.
    pub(super) fn shrink_to_fit(&mut self) {
        self.ranges.shrink_to_fit();
    }

    /// Appends the number of passages, then each passage.
    pub(super) fn pack(&self, out: &mut Vec<u8>) {
        push_leb128(out, self.ranges.len() as u32);
        for range in self.ranges.iter().flat_map(|(theirs, own)| [theirs, own]) {
            push_leb128(out, range.start);
            push_leb128(out, range.end - range.start);
        }
    }

    /// Unpacks the first passages of some bytes, and moves the iterator past them.
    pub(super) fn unpack(bytes: &mut Iter<'_, u8>) -> Self {
        let range = |bytes: &mut Iter<'_, u8>| {
            let start = take_leb128(bytes);
            start..start + take_leb128(bytes)
        };
        let count = take_leb128(bytes);
        Self { ranges: (0..count).map(|_| (range(bytes), range(bytes))).collect() }
    }
}

impl PassageList {
    /// Appends the place.
    pub(super) fn pack(self, out: &mut Vec<u8>) {
        push_leb128(out, self.begin);
        push_leb128(out, self.end - self.begin);
    }

    /// Unpacks the first place of some bytes, and moves the iterator past it.
    pub(super) fn unpack(bytes: &mut Iter<'_, u8>) -> Self {
        let begin = take_leb128(bytes);
        Self { begin, end: begin + take_leb128(bytes) }
    }
}
