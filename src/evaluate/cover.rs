//! Represents sets of articles that may overlap: clusters, or the groups that labels define.

/// Sets of articles that may overlap and that cover all articles: each article is in one set at least.
#[derive(Clone, Debug, Default)]
pub struct Cover {
    /// For each article, the numbers of its sets, ascending.
    sets_of: Vec<Vec<u32>>,
    /// For each set, its articles, ascending.
    members: Vec<Vec<u32>>,
}

impl Cover {
    /// Creates a cover of the articles 0 to `articles - 1`. An article that is in none of `sets` gets a set of its
    /// own, numbered after the others.
    pub fn new(articles: usize, sets: &[Vec<u32>]) -> Self {
        let mut sets_of = vec![Vec::new(); articles];
        let mut members: Vec<Vec<u32>> = sets.to_vec();
        for (number, set) in (0..).zip(&mut members) {
            set.sort_unstable();
            set.dedup();
            for &article in &*set {
                sets_of[article as usize].push(number);
            }
        }
        for (article, sets) in (0..).zip(&mut sets_of) {
            if sets.is_empty() {
                sets.push(members.len() as u32);
                members.push(vec![article]);
            }
        }
        Self { sets_of, members }
    }

    /// Returns the number of articles.
    pub(super) fn articles(&self) -> usize {
        self.sets_of.len()
    }

    /// Returns the numbers of the sets that contain an article, ascending.
    pub fn sets_of(&self, article: u32) -> &[u32] {
        &self.sets_of[article as usize]
    }

    /// Returns the articles of each set, ascending.
    pub fn members(&self) -> &[Vec<u32>] {
        &self.members
    }

    /// Returns the articles that are in a set with `article`, ascending, each with the number of sets that contain
    /// both. `article` itself is one of them.
    pub fn together_with(&self, article: u32) -> Vec<(u32, u32)> {
        let sets = self.sets_of(article).iter();
        let mut others: Vec<u32> = sets.flat_map(|&set| self.members[set as usize].iter().copied()).collect();
        others.sort_unstable();
        others.chunk_by(|one, other| one == other).map(|run| (run[0], run.len() as u32)).collect()
    }

    /// Returns the pairs of articles that are together in a set, ascending, the smaller number of each pair first.
    pub(super) fn pairs(&self) -> impl Iterator<Item = [u32; 2]> {
        (0..self.articles() as u32).flat_map(|one| {
            let together = self.together_with(one).into_iter();
            together.map(move |(other, _)| [one, other]).filter(|[one, other]| one < other)
        })
    }

    /// Returns the number of sets that contain both articles.
    pub fn shared(&self, one: u32, other: u32) -> u32 {
        let (left, right) = (self.sets_of(one), self.sets_of(other));
        left.iter().filter(|set| right.binary_search(set).is_ok()).count() as u32
    }
}
