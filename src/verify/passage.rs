//! Equal runs in, the passage that they make in two articles out; cut to ranges, and at seams.

use std::ops::Range;

/// An equal run of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it begins in the first list.
    pub a: u32,
    /// Where it begins in the second list.
    pub b: u32,
    /// Its length.
    pub length: u32,
}

impl Block {
    pub(super) fn a_end(self) -> u32 {
        self.a + self.length
    }

    pub(super) fn b_end(self) -> u32 {
        self.b + self.length
    }

    fn flipped(self) -> Self {
        Self { a: self.b, b: self.a, length: self.length }
    }
}

/// A run of blocks that follow each other in both lists: one passage in two articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The equal runs, in order.
    pub blocks: Vec<Block>,
}

impl Passage {
    /// Gives its range in the first list, bridged words included.
    pub fn a(&self) -> Range<u32> {
        let (first, last) = self.ends();
        first.a..last.a_end()
    }

    /// Gives its range in the second list, bridged words included.
    pub fn b(&self) -> Range<u32> {
        let (first, last) = self.ends();
        first.b..last.b_end()
    }

    /// Counts its equal tokens.
    pub fn words(&self) -> u32 {
        self.blocks.iter().map(|block| block.length).sum()
    }

    pub(super) fn ends(&self) -> (Block, Block) {
        let ends = self.blocks.first().zip(self.blocks.last());
        let (first, last) = ends.expect("a passage has at least one block");
        (*first, *last)
    }

    /// Keeps only what lies in the given ranges of the first list: one passage for each of them, cut inside blocks
    /// where need be; nothing where only bridged words are left.
    pub fn clip_a(&self, ranges: &[Range<u32>]) -> Vec<Self> {
        ranges
            .iter()
            .map(|range| {
                let cut = |block: &Block| {
                    let (begin, end) = (block.a.max(range.start), block.a_end().min(range.end));
                    (begin < end).then(|| Block {
                        a: begin,
                        b: block.b + (begin - block.a),
                        length: end - begin,
                    })
                };
                let first = self.blocks.partition_point(|block| block.a_end() <= range.start);
                let inside = self.blocks[first..].iter().take_while(|block| block.a < range.end);
                Self { blocks: inside.filter_map(cut).collect() }
            })
            .filter(|passage| !passage.blocks.is_empty())
            .collect()
    }

    /// Cuts the passage wherever one of the lists has a seam (a place before which tokens are masked, ascending), so
    /// that no part reaches across text that is not shown; puts the parts behind others.
    pub(super) fn split(self, seams_a: &[u32], seams_b: &[u32], out: &mut Vec<Self>) {
        let crossed = |seams: &[u32], from: u32, to: u32| {
            let next = seams.partition_point(|&seam| seam <= from);
            seams.get(next).copied().filter(|&seam| seam < to)
        };
        let (a, b) = (self.a(), self.b());
        if crossed(seams_a, a.start, a.end).is_none() && crossed(seams_b, b.start, b.end).is_none() {
            out.push(self);
            return;
        }
        let mut last: Option<Block> = None;
        for mut block in self.blocks {
            loop {
                let inside = crossed(seams_a, block.a, block.a_end()).map(|seam| seam - block.a);
                let inside_b = crossed(seams_b, block.b, block.b_end()).map(|seam| seam - block.b);
                let length = inside.into_iter().chain(inside_b).min().unwrap_or(block.length);
                let joins = last.is_some_and(|last| {
                    crossed(seams_a, last.a_end() - 1, block.a + 1).is_none()
                        && crossed(seams_b, last.b_end() - 1, block.b + 1).is_none()
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

    pub(super) fn flipped(mut self) -> Self {
        for block in &mut self.blocks {
            *block = block.flipped();
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Ranges = Vec<(Range<u32>, Range<u32>)>;

    /// `a b c x d e f` in `z a b c y d e f`.
    fn passage() -> Passage {
        Passage { blocks: vec![Block { a: 0, b: 1, length: 3 }, Block { a: 4, b: 5, length: 3 }] }
    }

    #[test]
    fn clips() {
        let ranges = |keep: &[Range<u32>]| -> Ranges {
            passage().clip_a(keep).iter().map(|clipped| (clipped.a(), clipped.b())).collect()
        };
        assert_eq!(ranges(std::slice::from_ref(&(1..6))), [(1..6, 2..7)]);
        assert_eq!(ranges(&[0..2, 3..4, 4..9]), [(0..2, 1..3), (4..7, 5..8)]);
        assert_eq!(ranges(&[1..1, 7..9]), []);
    }

    #[test]
    fn splits() {
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
        assert_eq!(ranges(&[5], &[]), [(0..5, 1..6), (5..7, 6..8)], "behind the first word of a block");
        assert_eq!(ranges(&[], &[5]), [(0..3, 1..4), (4..7, 5..8)], "in a bridge");
        assert_eq!(ranges(&[], &[3]), [(0..2, 1..3), (2..7, 3..8)], "inside a block, in the second list");
        assert_eq!(ranges(&[4], &[4]), [(0..3, 1..4), (4..7, 5..8)], "twice in one bridge");
        assert_eq!(ranges(&[1], &[3]), [(0..1, 1..2), (1..2, 2..3), (2..7, 3..8)], "twice in one block");
    }
}
