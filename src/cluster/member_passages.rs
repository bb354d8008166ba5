//! Stores the passages of the members of a cluster.

use std::ops::Range;

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
}
