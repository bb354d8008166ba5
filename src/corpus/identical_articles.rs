//! Finds the sets of identical articles of a corpus.
//!
//! Only the leader of each set is indexed and compared: what is found about the leader holds for the others.
//! Cost: one sort of the articles, or two where matches must be near in time. Four bytes of memory for each article; for
//! each set of several articles 12 more, and four for each of its articles.

use std::ops::Range;

use rayon::prelude::*;

use super::corpus::Corpus;
use super::offset::offset;
use crate::article::ArticleId;
use crate::provenance::Seconds;

/// The sets of articles that are identical, word for word. Every article is in one set, of one article or more.
///
/// The leader of a set is its first article by number; an article of the reference collection is a leader only where
/// the set has no other articles. An article without words is identical to no other.
///
/// If matches must be near in time, a set extends only so far from its first date. Later articles with the same
/// words are in another set, and articles without a date in a third.
#[derive(Debug)]
pub struct IdenticalArticles {
    /// For each article the leader of its set.
    leaders: Vec<ArticleId>,
    /// The articles of the sets of two or more, set by set: ascending within each set, those of the reference collection
    /// after the others.
    sorted: Vec<ArticleId>,
    /// For each of these sets its leader, ascending, and its range in `sorted`.
    sets: Vec<(ArticleId, Range<u32>)>,
}

impl IdenticalArticles {
    /// Finds the identical articles of a corpus. If `within` is given, the times of the articles of a set differ by
    /// at most `within` seconds.
    pub fn new(corpus: &Corpus, within: Option<u64>) -> Self {
        let periods = within.map_or_else(Vec::new, |within| periods(corpus, within));
        let key = |id: ArticleId| (set_key(corpus, &periods, id), corpus.role(id), id);
        // Half of the hash is enough to compare most articles.
        let head = |id: ArticleId| (corpus.content(id) >> 64) as u64;
        // Rows may be mapped from a file. In storage order it is read from front to back.
        let ids = corpus.ids_in_storage_order();
        let mut order: Vec<(u64, ArticleId)> = ids.par_iter().map(|&id| (head(id), id)).collect();
        order.par_sort_unstable_by(|&(head, id), &(other_head, other)| {
            head.cmp(&other_head).then_with(|| key(id).cmp(&key(other)))
        });
        let mut leaders: Vec<ArticleId> = corpus.ids().collect();
        let (mut sorted, mut sets) = (Vec::new(), Vec::new());
        let is_same_set = |&(head, one): &(u64, ArticleId), &(other_head, other): &(u64, ArticleId)| {
            head == other_head && set_key(corpus, &periods, one) == set_key(corpus, &periods, other)
        };
        for set in order.chunk_by(is_same_set).filter(|set| set.len() > 1) {
            let leader = set[0].1;
            sets.push((leader, offset(sorted.len())..offset(sorted.len() + set.len())));
            for &(_, id) in set {
                leaders[id.index()] = leader;
                sorted.push(id);
            }
        }
        sets.par_sort_unstable_by_key(|&(leader, _)| leader);
        sorted.shrink_to_fit();
        sets.shrink_to_fit();
        Self { leaders, sorted, sets }
    }

    /// Returns the leader of an article's set.
    pub fn leader(&self, id: ArticleId) -> ArticleId {
        self.leaders[id.index()]
    }

    /// Returns the leaders of all sets, those of a single article included, ascending.
    pub fn leaders(&self) -> Vec<ArticleId> {
        (0..self.leaders.len()).map(ArticleId::new).filter(|&id| self.leader(id) == id).collect()
    }

    /// Returns all articles of an article's set: ascending, those of the reference collection after the others.
    pub fn of(&self, id: ArticleId) -> &[ArticleId] {
        let leader = &self.leaders[id.index()];
        match self.sets.binary_search_by_key(leader, |&(leader, _)| leader) {
            Ok(index) => self.set(index),
            // The only article of a set is its leader.
            Err(_) => std::slice::from_ref(leader),
        }
    }

    /// Returns all sets of two articles or more, by leader, ascending.
    pub fn sets(&self) -> impl Iterator<Item = &[ArticleId]> {
        (0..self.sets.len()).map(|index| self.set(index))
    }

    /// Returns the articles of the set at `index`.
    fn set(&self, index: usize) -> &[ArticleId] {
        let range = &self.sets[index].1;
        &self.sorted[range.start as usize..range.end as usize]
    }
}

/// The key of a set of identical articles: the hash of their words, a number that is not 0 for articles without
/// words only, and their period.
type SetKey = (u128, u32, u32);

/// Returns the key of the set that an article belongs to.
fn set_key(corpus: &Corpus, periods: &[u32], id: ArticleId) -> SetKey {
    // Articles without words have equal hashes; each gets a set of its own.
    let own = if corpus.words(id) == 0 { id.get() + 1 } else { 0 };
    (corpus.content(id), own, periods.get(id.index()).copied().unwrap_or(0))
}

/// Divides articles with the same words into periods that extend `within` seconds from their first date. Returns for
/// each article the number of its period, from 1; 0 if the article has no date.
fn periods(corpus: &Corpus, within: u64) -> Vec<u32> {
    let mut periods = vec![0; corpus.len()];
    let mut sorted: Vec<ArticleId> = corpus.ids().collect();
    sorted.par_sort_unstable_by_key(|&id| (corpus.content(id), corpus.time(id).unwrap_or(Seconds::MIN), id));
    for same in sorted.chunk_by(|&a, &b| corpus.content(a) == corpus.content(b)) {
        let times = same.iter().map(|&id| corpus.time(id));
        for (&id, period) in same.iter().zip(periods_of_times(times, within)) {
            periods[id.index()] = period;
        }
    }
    periods
}

/// Returns the period of each of some articles with the same words: their times ascend, unknown ones first.
pub(crate) fn periods_of_times(
    times: impl Iterator<Item = Option<Seconds>>,
    within: u64,
) -> impl Iterator<Item = u32> {
    let (mut first, mut period) = (None, 0);
    times.map(move |time| {
        let Some(time) = time else { return 0 };
        if first.is_none_or(|first: Seconds| time.abs_diff(first) > within) {
            period += 1;
            first = Some(time);
        }
        period
    })
}

#[cfg(test)]
mod tests {
    use super::super::corpus::tests::segment;
    use super::*;

    #[test]
    fn articles_with_equal_words_are_in_one_set() {
        let corpus = Corpus::new(vec![segment(&[
            ("a", "One, two."),
            ("b", "other"),
            ("c", "one TWO"),
            ("d", ""),
            ("e", ""),
        ])]);
        let identical = IdenticalArticles::new(&corpus, None);
        let sets: Vec<Vec<usize>> =
            identical.sets().map(|set| set.iter().map(|id| id.index()).collect()).collect();
        assert_eq!(sets, [[0, 2]]);
        assert_eq!(identical.leader(ArticleId::new(2)), ArticleId::new(0));
        assert_eq!(identical.of(ArticleId::new(1)), [ArticleId::new(1)]);
    }
}
