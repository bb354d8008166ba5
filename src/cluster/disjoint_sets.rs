//! Joins numbers into disjoint sets: two numbers are in one set if a chain of pairs connects them.
//!
//! Source: Galler and Fisher, "An improved equivalence algorithm", 1964; paths are halved after Tarjan and van Leeuwen,
//! 1984.

/// Disjoint sets of the numbers from 0 on.
#[derive(Clone, Debug)]
pub struct DisjointSets(Vec<usize>);

impl DisjointSets {
    /// Creates sets of the numbers below `numbers`, each number in a set of its own.
    pub fn new(numbers: usize) -> Self {
        Self((0..numbers).collect())
    }

    /// Joins the sets of two numbers.
    pub fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        // The smallest number is the root, whatever the order of the pairs.
        self.0[one.max(other)] = one.min(other);
    }

    /// Returns the smallest number in the set of a number.
    pub fn root(&mut self, mut number: usize) -> usize {
        while self.0[number] != number {
            self.0[number] = self.0[self.0[number]];
            number = self.0[number];
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_of_pairs_makes_one_set() {
        let mut sets = DisjointSets::new(6);
        for (one, other) in [(4, 3), (1, 4), (5, 5), (0, 2)] {
            sets.join(one, other);
        }
        let roots: Vec<usize> = (0..6).map(|number| sets.root(number)).collect();
        assert_eq!(roots, [0, 1, 0, 1, 1, 5]);
    }
}
