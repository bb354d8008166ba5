//! Pairs in, out what hangs together by any chain of them: disjoint sets of numbers.
//!
//! Source: Galler and Fisher, "An improved equivalence algorithm", 1964; paths are halved after Tarjan and van Leeuwen,
//! 1984.

/// Disjoint sets of the numbers from 0 on.
#[derive(Clone, Debug)]
pub struct DisjointSets(Vec<usize>);

impl DisjointSets {
    /// Makes a forest of so many numbers, each for itself.
    pub fn new(numbers: usize) -> Self {
        Self((0..numbers).collect())
    }

    /// Puts two numbers, and all that hang together with them, together.
    pub fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        // The smallest number is the root, whatever the order of the pairs.
        self.0[one.max(other)] = one.min(other);
    }

    /// Gives the smallest number that hangs together with one.
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
    fn chains_hang_together() {
        let mut forest = DisjointSets::new(6);
        for (one, other) in [(4, 3), (1, 4), (5, 5), (0, 2)] {
            forest.join(one, other);
        }
        let roots: Vec<usize> = (0..6).map(|number| forest.root(number)).collect();
        assert_eq!(roots, [0, 1, 0, 1, 1, 5]);
    }
}
