//! Finds the articles that chains of pairs connect.

use crate::cluster::DisjointSets;

/// Returns the articles of some pairs, ascending, each with the smallest number that a chain of pairs connects it with.
pub fn components(pairs: &[(u64, u64)]) -> Vec<(u64, u64)> {
    let mut numbers: Vec<u64> = pairs.iter().flat_map(|&(a, b)| [a, b]).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let place = |number: u64| numbers.partition_point(|&other| other < number);
    let mut sets = DisjointSets::new(numbers.len());
    pairs.iter().for_each(|&(a, b)| sets.join(place(a), place(b)));
    let root = |index: usize| numbers[sets.root(index)];
    (0..numbers.len()).map(root).zip(&numbers).map(|(root, &number)| (number, root)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_has_its_smallest_number() {
        let large = u64::MAX;
        let pairs = [(large, 7), (9, 8), (7, 3), (8, 8)];
        assert_eq!(components(&pairs), [(3, 3), (7, 3), (8, 8), (9, 8), (large, 3)]);
        assert_eq!(components(&[]), []);
    }
}
