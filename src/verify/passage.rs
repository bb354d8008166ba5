//! Defines passages, which are chains of equal runs in two token lists, and cuts them to ranges and at seams.

use std::ops::Range;

/// An equal run of tokens in two lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// The position in the first list.
    pub a: u32,
    /// The position in the second list.
    pub b: u32,
    /// The number of tokens.
    pub length: u32,
}

impl Block {
    pub(crate) fn a_end(self) -> u32 {
        self.a + self.length
    }

    pub(crate) fn b_end(self) -> u32 {
        self.b + self.length
    }

    /// Returns the part of the block that is in a range of the first list, if there is one.
    fn clip_a(self, range: &Range<u32>) -> Option<Self> {
        let (begin, end) = (self.a.max(range.start), self.a_end().min(range.end));
        (begin < end).then(|| Self { a: begin, b: self.b + (begin - self.a), length: end - begin })
    }

    fn flipped(self) -> Self {
        Self { a: self.b, b: self.a, length: self.length }
    }
}

/// A passage that is in two lists: blocks that follow each other in both, with few bridged words between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The blocks, in order. There is at least one.
    pub blocks: Vec<Block>,
}

impl Passage {
    /// Returns the range in the first list, including bridged words.
    pub fn a(&self) -> Range<u32> {
        let (first, last) = self.ends();
        first.a..last.a_end()
    }

    /// Returns the range in the second list, including bridged words.
    pub fn b(&self) -> Range<u32> {
        let (first, last) = self.ends();
        first.b..last.b_end()
    }

    /// Returns the number of equal tokens.
    pub fn words(&self) -> u32 {
        self.blocks.iter().map(|block| block.length).sum()
    }

    fn ends(&self) -> (Block, Block) {
        let ends = self.blocks.first().zip(self.blocks.last());
        let (first, last) = ends.expect("a passage has at least one block");
        (*first, *last)
    }

    /// Returns the parts of the passage that are in the given ranges of the first list: one passage for each range,
    /// except for ranges that contain no equal tokens. Blocks that cross the end of a range are cut.
    pub fn clip_a(&self, ranges: &[Range<u32>]) -> Vec<Self> {
        ranges
            .iter()
            .map(|range| {
                let first = self.blocks.partition_point(|block| block.a_end() <= range.start);
                let inside = self.blocks[first..].iter().take_while(|block| block.a < range.end);
                Self { blocks: inside.filter_map(|block| block.clip_a(range)).collect() }
            })
            .filter(|passage| !passage.blocks.is_empty())
            .collect()
    }

    /// Appends the parts of the passage to `out`, cut wherever one of the lists has a seam, so that no part extends
    /// across masked text. A seam is a position before which tokens are masked; seams must ascend.
    pub(super) fn split(self, seams_a: &[u32], seams_b: &[u32], out: &mut Vec<Self>) {
        let (a, b) = (self.a(), self.b());
        if first_seam(seams_a, a.start, a.end).is_none() && first_seam(seams_b, b.start, b.end).is_none() {
            out.push(self);
            return;
        }
        let mut last: Option<Block> = None;
        for mut block in self.blocks {
            loop {
                let before_seam_a = first_seam(seams_a, block.a, block.a_end()).map(|seam| seam - block.a);
                let before_seam_b = first_seam(seams_b, block.b, block.b_end()).map(|seam| seam - block.b);
                let length = before_seam_a.into_iter().chain(before_seam_b).min().unwrap_or(block.length);
                // A seam between the last token of the block before and the first token of this one separates them.
                let joins = last.is_some_and(|last| {
                    first_seam(seams_a, last.a_end() - 1, block.a + 1).is_none()
                        && first_seam(seams_b, last.b_end() - 1, block.b + 1).is_none()
                });
                let part = Block { length, ..block };
                match out.last_mut() {
                    Some(passage) if joins => passage.blocks.push(part),
                    _ => out.push(Self { blocks: vec![part] }),
                }
                last = Some(part);
                if length == block.length {
                    break;
                }
                block = Block { a: block.a + length, b: block.b + length, length: block.length - length };
            }
        }
    }

    /// Returns the passage with the two lists exchanged.
    pub(super) fn flipped(mut self) -> Self {
        for block in &mut self.blocks {
            *block = block.flipped();
        }
        self
    }
}

/// Returns the first seam between two tokens of a range: after `start` and before `end`.
fn first_seam(seams: &[u32], start: u32, end: u32) -> Option<u32> {
    let next = seams.partition_point(|&seam| seam <= start);
    seams.get(next).copied().filter(|&seam| seam < end)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Ranges = Vec<(Range<u32>, Range<u32>)>;

    /// The passage of `a b c x d e f` in `z a b c y d e f`.
    fn passage() -> Passage {
        Passage { blocks: vec![Block { a: 0, b: 1, length: 3 }, Block { a: 4, b: 5, length: 3 }] }
    }

    #[test]
    fn a_passage_is_clipped_to_ranges_of_the_first_list() {
        let ranges = |keep: &[Range<u32>]| -> Ranges {
            passage().clip_a(keep).iter().map(|clipped| (clipped.a(), clipped.b())).collect()
        };
        assert_eq!(ranges(std::slice::from_ref(&(1..6))), [(1..6, 2..7)]);
        assert_eq!(ranges(&[0..2, 3..4, 4..9]), [(0..2, 1..3), (4..7, 5..8)]);
        assert_eq!(ranges(&[1..1, 7..9]), []);
    }

    #[test]
    fn a_passage_is_split_at_seams() {
        let ranges = |seams_a: &[u32], seams_b: &[u32]| -> Ranges {
            let mut parts = Vec::new();
            passage().split(seams_a, seams_b, &mut parts);
            assert_eq!(
                parts.iter().map(Passage::words).sum::<u32>(),
                passage().words(),
                "{seams_a:?} {seams_b:?}"
            );
            parts.iter().map(|part| (part.a(), part.b())).collect()
        };
        assert_eq!(ranges(&[], &[]), [(0..7, 1..8)]);
        assert_eq!(ranges(&[0], &[1, 8]), [(0..7, 1..8)], "at the ends");
        assert_eq!(ranges(&[2], &[]), [(0..2, 1..3), (2..7, 3..8)], "inside a block");
        assert_eq!(ranges(&[5], &[]), [(0..5, 1..6), (5..7, 6..8)], "after the first word of a block");
        assert_eq!(ranges(&[], &[5]), [(0..3, 1..4), (4..7, 5..8)], "in a bridge");
        assert_eq!(ranges(&[], &[3]), [(0..2, 1..3), (2..7, 3..8)], "inside a block, in the second list");
        assert_eq!(ranges(&[4], &[4]), [(0..3, 1..4), (4..7, 5..8)], "twice in one bridge");
        assert_eq!(ranges(&[1], &[3]), [(0..1, 1..2), (1..2, 2..3), (2..7, 3..8)], "twice in one block");
    }
}
