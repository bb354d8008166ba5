//! A corpus in, the sets of identical articles out.

use std::ops::Range;

use rayon::prelude::*;

use super::Corpus;
use super::header::offset;
use crate::article::ArticleId;
use crate::provenance::Seconds;

/// Which articles are identical, word for word.
///
/// The first of each set leads it, and articles of the reference pile come last: only leaders are indexed and compared,
/// what is found of them holds for their copies. Articles without words are copies of nothing. Where matches must be
/// near in time, a set reaches from its first date only so far, what is later is another set, and so are undated
/// articles.
#[derive(Debug)]
pub struct IdenticalArticles {
    leaders: Vec<ArticleId>,
    /// All articles, those of one set together, those of the reference pile behind the others, ascending.
    sorted: Vec<ArticleId>,
    /// For each article the place of its set in `sorted`.
    sets: Vec<Range<u32>>,
}

impl IdenticalArticles {
    /// Finds the identical articles of a corpus, those of one set `within` so many seconds, if given.
    pub fn new(corpus: &Corpus, within: Option<u64>) -> Self {
        let mut sorted: Vec<ArticleId> = corpus.ids().collect();
        let alone = |id: ArticleId| if corpus.words(id) == 0 { id.get() + 1 } else { 0 };
        let mut stretches = vec![0; if within.is_some() { corpus.len() } else { 0 }];
        if let Some(within) = within {
            sorted.par_sort_unstable_by_key(|&id| {
                (corpus.content(id), corpus.time(id).unwrap_or(Seconds::MIN), id)
            });
            for same in sorted.chunk_by(|&a, &b| corpus.content(a) == corpus.content(b)) {
                let (mut first, mut stretch) = (None, 0_u32);
                for &id in same {
                    let Some(time) = corpus.time(id) else { continue };
                    if first.is_none_or(|first: Seconds| time.abs_diff(first) > within) {
                        stretch += 1;
                        first = Some(time);
                    }
                    stretches[id.index()] = stretch;
                }
            }
        }
        let key = |id: ArticleId| {
            let stretch = stretches.get(id.index()).copied().unwrap_or(0);
            (corpus.content(id), (alone(id), stretch), corpus.is_reference(id), id)
        };
        // Most are told apart by half of the hash.
        let mut order: Vec<(u64, ArticleId)> =
            sorted.into_par_iter().map(|id| ((corpus.content(id) >> 64) as u64, id)).collect();
        order.par_sort_unstable_by(|&(head, id), &(other_head, other)| {
            head.cmp(&other_head).then_with(|| key(id).cmp(&key(other)))
        });
        let sorted: Vec<ArticleId> = order.into_iter().map(|(_, id)| id).collect();
        let mut leaders: Vec<ArticleId> = corpus.ids().collect();
        let mut sets = vec![0..0; corpus.len()];
        let mut begin = 0;
        for set in sorted.chunk_by(|&one, &other| {
            let (one, other) = (key(one), key(other));
            (one.0, one.1) == (other.0, other.1)
        }) {
            let end = begin + set.len();
            for &id in set {
                leaders[id.index()] = set[0];
                sets[id.index()] = offset(begin)..offset(end);
            }
            begin = end;
        }
        Self { leaders, sorted, sets }
    }

    /// Gives the leader of an article's set.
    pub fn leader(&self, id: ArticleId) -> ArticleId {
        self.leaders[id.index()]
    }

    /// Gives the leaders of all sets, those of one article too, ascending.
    pub fn leaders(&self) -> Vec<ArticleId> {
        (0..self.leaders.len()).map(ArticleId::new).filter(|&id| self.leader(id) == id).collect()
    }

    /// Gives all articles of an article's set, ascending, those of the reference pile behind the others.
    pub fn of(&self, id: ArticleId) -> &[ArticleId] {
        let set = &self.sets[id.index()];
        &self.sorted[set.start as usize..set.end as usize]
    }

    /// Gives all sets of two or more, by their leaders.
    pub fn sets(&self) -> impl Iterator<Item = &[ArticleId]> {
        (0..self.leaders.len())
            .map(ArticleId::new)
            .filter(|&id| self.leader(id) == id)
            .map(|id| self.of(id))
            .filter(|set| set.len() > 1)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::part;
    use super::*;

    #[test]
    fn finds_identical_articles() {
        let corpus = Corpus::new(vec![part(&[
            ("a", "One, two."),
            ("b", "other"),
            ("c", "one TWO"),
            ("d", ""),
            ("e", ""),
        ])]);
        let copies = IdenticalArticles::new(&corpus, None);
        let sets: Vec<Vec<usize>> =
            copies.sets().map(|set| set.iter().map(|id| id.index()).collect()).collect();
        assert_eq!(sets, [[0, 2]]);
        assert_eq!(copies.leader(ArticleId::new(2)), ArticleId::new(0));
        assert_eq!(copies.of(ArticleId::new(1)), [ArticleId::new(1)]);
    }
}
