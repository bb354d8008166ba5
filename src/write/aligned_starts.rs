//! Chooses the passages that two texts, shown side by side, begin on one line.
//!
//! Passages may be in another order in one text than in the other; only passages in the same order can be aligned.
//! Cost: quadratic in the number of passages.

use super::text_piece::TextPiece;

/// A passage, and the indices of the pieces of both texts with which it begins.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Start {
    a: usize,
    b: usize,
    words: u32,
}

/// Returns, for each passage that is aligned, the indices of the pieces of `a` and of `b` with which it begins.
/// Chooses the passages that are in the same order in both texts and have the most words in total. `words` are the
/// words of each passage.
pub(super) fn aligned_starts(a: &[TextPiece], b: &[TextPiece], words: &[u32]) -> Vec<(usize, usize)> {
    let start = |(number, &words): (usize, &u32)| {
        Some(Start { a: first_piece(a, number)?, b: first_piece(b, number)?, words })
    };
    let mut starts: Vec<Start> = words.iter().enumerate().filter_map(start).collect();
    starts.sort_unstable();
    // For each passage, the largest number of words in a sequence that ends with it, and the passage before it in
    // that sequence.
    let mut best: Vec<(u32, Option<usize>)> = Vec::with_capacity(starts.len());
    for (index, start) in starts.iter().enumerate() {
        let before = (0..index)
            .filter(|&other| starts[other].a < start.a && starts[other].b < start.b)
            .max_by_key(|&other| best[other].0);
        best.push((start.words + before.map_or(0, |other| best[other].0), before));
    }
    let last = (0..starts.len()).max_by_key(|&index| best[index].0);
    let mut chosen: Vec<(usize, usize)> = std::iter::successors(last, |&index| best[index].1)
        .map(|index| (starts[index].a, starts[index].b))
        .collect();
    chosen.reverse();
    chosen
}

/// Returns the index of the first piece in a passage.
fn first_piece(pieces: &[TextPiece], passage: usize) -> Option<usize> {
    pieces.iter().position(|piece| piece.passages.contains(&passage))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chooses_passages_in_the_same_order_with_the_most_words() {
        let piece = |passages: &[usize]| TextPiece {
            bytes: 0..0,
            passages: passages.to_vec(),
            begins: Vec::new(),
            differs: Vec::new(),
        };
        let a = [piece(&[]), piece(&[0]), piece(&[1]), piece(&[2])];
        let in_order = [piece(&[0]), piece(&[]), piece(&[1]), piece(&[2])];
        let moved = [piece(&[2]), piece(&[0]), piece(&[1])];
        let last_is_short = [20, 30, 40];
        let last_is_long = [20, 30, 80];
        assert_eq!(aligned_starts(&a, &in_order, &last_is_short), [(1, 0), (2, 2), (3, 3)]);
        assert_eq!(aligned_starts(&a, &moved, &last_is_short), [(1, 1), (2, 2)]);
        assert_eq!(aligned_starts(&a, &moved, &last_is_long), [(3, 0)]);
        assert_eq!(aligned_starts(&a, &[piece(&[])], &[]), []);
    }
}
