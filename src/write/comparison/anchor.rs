//! Two texts cut at passages in, where one can be laid beside the other out.

use super::segment::TextPiece;

/// Picks passages that come in one order in both texts, those with most words in all, and gives the segments with
/// which they begin. `words` are those of each passage.
pub(in crate::write) fn anchors(a: &[TextPiece], b: &[TextPiece], words: &[u32]) -> Vec<(usize, usize)> {
    let begin = |segments: &[TextPiece], number| {
        segments.iter().position(|segment| segment.passages.contains(&number))
    };
    let mut places: Vec<(usize, usize, u32)> = words
        .iter()
        .enumerate()
        .filter_map(|(number, &words)| Some((begin(a, number)?, begin(b, number)?, words)))
        .collect();
    places.sort_unstable();
    // The heaviest chain that ends with each place, and the place before it in that chain.
    let mut best: Vec<(u32, Option<usize>)> = Vec::with_capacity(places.len());
    for (index, &(at_a, at_b, words)) in places.iter().enumerate() {
        let before = (0..index)
            .filter(|&other| places[other].0 < at_a && places[other].1 < at_b)
            .max_by_key(|&other| best[other].0);
        best.push((words + before.map_or(0, |other| best[other].0), before));
    }
    let last = (0..places.len()).max_by_key(|&index| best[index].0);
    let mut chain: Vec<(usize, usize)> = std::iter::successors(last, |&index| best[index].1)
        .map(|index| (places[index].0, places[index].1))
        .collect();
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn picks_anchors() {
        let segment = |passages: &[usize]| TextPiece {
            bytes: 0..0,
            passages: passages.to_vec(),
            begins: Vec::new(),
            differs: Vec::new(),
        };
        let a = [segment(&[]), segment(&[0]), segment(&[1]), segment(&[2])];
        let in_order = [segment(&[0]), segment(&[]), segment(&[1]), segment(&[2])];
        let moved = [segment(&[2]), segment(&[0]), segment(&[1])];
        let short = [20, 30, 40];
        let long = [20, 30, 80];
        assert_eq!(anchors(&a, &in_order, &short), [(1, 0), (2, 2), (3, 3)]);
        assert_eq!(anchors(&a, &moved, &short), [(1, 1), (2, 2)]);
        assert_eq!(anchors(&a, &moved, &long), [(3, 0)]);
        assert_eq!(anchors(&a, &[segment(&[])], &[]), []);
    }
}
