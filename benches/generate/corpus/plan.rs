//! Computes, for each index in the file, the story of the article and the kind of its copy, without a list of
//! either.
//!
//! Every article has a slot. The slots of one story are adjacent. The order of the slots in the file is a computed
//! permutation, so that copies are far apart. The numbers of slots of the stories are drawn once for a round of
//! slots, and the round then repeats.

use wirecopy::sketch::SplitMix64;

/// The number of slots after which the sizes of clusters repeat. The stories do not repeat.
const ROUND: usize = 1 << 16;
/// The number of copies of a story up to which some may be revisions: one site does not print a story dozens of
/// times.
const REVISIONS: u16 = 10;

/// The kind of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    Original,
    /// Word for word, on a page of another site.
    Exact,
    /// With changed words, and another headline, dateline, credit and quotation marks.
    Edited,
    /// Hard-wrapped lines, page breaks inside sentences, and links.
    Dump,
    /// Its first third.
    Excerpt,
    /// On one page with another story.
    TwoStories,
    /// A later version on the site of the original.
    Revision,
    /// A form with numbers of its own: no copy of anything.
    Form,
}

impl How {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Original => "original",
            Self::Exact => "exact",
            Self::Edited => "edited",
            Self::Dump => "dump",
            Self::Excerpt => "excerpt",
            Self::TwoStories => "two stories",
            Self::Revision => "revision",
            Self::Form => "form",
        }
    }
}

/// An article: its slot, its story and its kind.
pub(super) struct Part {
    /// The number of the article's slot, which seeds everything that only this article has.
    pub(super) slot: u64,
    /// The number of its story: the slot of the original.
    pub(super) story: u64,
    pub(super) how: How,
}

pub(super) struct Plan {
    articles: u64,
    seed: u64,
    /// Half the number of bits of a number in the permutation.
    half: u32,
    /// For each slot of a round, the number of slots of its story before it, and whether it is the story's only
    /// slot.
    round: Vec<(u16, bool)>,
}

impl Plan {
    pub(super) fn new(articles: u64, seed: u64) -> Self {
        let mut random = SplitMix64::new(seed);
        let mut round = Vec::with_capacity(ROUND);
        while round.len() < ROUND {
            let size = size(&mut random).min(ROUND - round.len());
            round.extend((0..size).map(|before| (before as u16, size == 1)));
        }
        let bits = u64::BITS - articles.leading_zeros();
        Self { articles, seed, half: bits.div_ceil(2).max(1), round }
    }

    /// Returns the article at an index of the file.
    pub(super) fn part(&self, index: u64) -> Part {
        let slot = self.slot(index);
        let (before, alone) = self.round[slot as usize % ROUND];
        let kind = self.hash(slot, 1) % 100;
        let how = match (before, alone) {
            (0, true) if kind == 0 => How::Form,
            (0, _) => How::Original,
            _ => match kind {
                0..22 => How::Exact,
                22..52 => How::Edited,
                52..65 => How::Dump,
                65..80 => How::Excerpt,
                80..89 => How::TwoStories,
                _ if before <= REVISIONS => How::Revision,
                _ => How::Exact,
            },
        };
        Part { slot, story: slot - u64::from(before), how }
    }

    /// Finds another story for the page of `part`, if there is one.
    pub(super) fn other_story(&self, part: &Part) -> Option<u64> {
        (2..20).find_map(|attempt| {
            let slot = self.hash(part.slot, attempt) % self.articles;
            let (before, alone) = self.round[slot as usize % ROUND];
            let story = slot - u64::from(before);
            let is_form = alone && self.hash(slot, 1).is_multiple_of(100);
            (story != part.story && !is_form).then_some(story)
        })
    }

    /// Returns a pseudo-random number for a slot and a purpose.
    pub(super) fn hash(&self, slot: u64, purpose: u64) -> u64 {
        SplitMix64::new(self.seed ^ SplitMix64::new(slot << 8 | purpose).next()).next()
    }

    /// Returns the slot at an index of the file, by a Feistel network over the next power of 4. It is applied again
    /// until the number is a slot (cycle walking).
    fn slot(&self, index: u64) -> u64 {
        let mask = (1 << self.half) - 1;
        let mut number = index;
        loop {
            let (mut left, mut right) = (number >> self.half, number & mask);
            for round in 0..4 {
                (left, right) = (right, left ^ (self.hash(right, 0xf0 + round) & mask));
            }
            number = left << self.half | right;
            if number < self.articles {
                return number;
            }
        }
    }
}

/// Draws the number of articles of a story: one for most, a few for some, hundreds for few.
fn size(random: &mut SplitMix64) -> usize {
    match random.below(10_000) {
        0..4 => 50 + random.below(251),
        4..80 => 6 + random.below(15),
        80..2000 => 2 + random.below(4),
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_slot_occurs_once_and_copies_are_far_apart() {
        for articles in [1, 2, 5, 1000, 4096, 5000] {
            let plan = Plan::new(articles, 3);
            let mut slots: Vec<u64> = (0..articles).map(|place| plan.slot(place)).collect();
            let neighbors = slots.windows(2).filter(|pair| pair[0].abs_diff(pair[1]) < 3).count();
            assert!(articles < 1000 || neighbors < slots.len() / 50, "{articles}: {neighbors}");
            slots.sort_unstable();
            assert_eq!(slots, (0..articles).collect::<Vec<_>>());
        }
    }

    #[test]
    fn draws_stories_of_all_sizes() {
        let plan = Plan::new(ROUND as u64, 1);
        let originals = plan.round.iter().filter(|&&(before, _)| before == 0).count();
        let alone = plan.round.iter().filter(|&&(_, alone)| alone).count();
        assert!((ROUND / 3..ROUND * 3 / 4).contains(&alone), "{alone}");
        assert!(originals < ROUND * 3 / 4, "{originals}");
        assert!(plan.round.iter().any(|&(before, _)| before >= 50));
    }
}
