//! Defines a match: two articles with what they share and how they relate.

use super::passage::Passage;
use super::region::Region;
use super::relation::Relation;
use super::score::share;
use super::shared_boilerplate::SharedBoilerplate;
use crate::article::ArticleId;

/// Two articles that are verified to share text.
#[derive(Clone, Debug)]
pub struct Match {
    /// The excerpt, if the relation is [`Relation::Excerpt`]; otherwise the article with the smaller number.
    pub a: ArticleId,
    /// The other article.
    pub b: ArticleId,
    /// The relation of the two articles.
    pub relation: Relation,
    /// The passages, by their position in `a`.
    pub passages: Vec<Passage>,
    /// The number of distinct shingles that are in both articles, in `a`, and in `b`.
    pub shingles: [u32; 3],
    /// The words of `a` that are in passages.
    pub region_a: Region,
    /// The words of `b` that are in passages.
    pub region_b: Region,
    /// The number of words in the cores of `a` and of `b`.
    pub words: [u32; 2],
    /// The number of equal words in the longest passage. Masked boilerplate inside it does not divide it, unless the
    /// two articles fill a form of their site. If they say the same of two subjects, their names divide it, too.
    pub longest: u32,
    /// True if the two tell different news, though they share text. Either they are in one outlet and say the same of two
    /// subjects, or they have background in common: it is below the leads of both and less than half of each, and ends one
    /// of them, or their dates are more than a week apart.
    pub is_other_news: bool,
    /// The passages and coverage with masked words that were copied with other text, if there are any.
    pub boilerplate: Option<Box<SharedBoilerplate>>,
}

impl Match {
    /// Creates a match. The passages must not be split at masked boilerplate yet.
    pub(super) fn new(
        [a, b]: [ArticleId; 2],
        relation: Relation,
        passages: Vec<Passage>,
        shingles: [u32; 3],
        words: [u32; 2],
    ) -> Self {
        let longest = passages.iter().map(Passage::words).max().unwrap_or(0);
        let region_a = Region::new(passages.iter().map(Passage::a));
        let region_b = Region::new(passages.iter().map(Passage::b));
        Self {
            a,
            b,
            relation,
            passages,
            shingles,
            region_a,
            region_b,
            words,
            longest,
            is_other_news: false,
            boilerplate: None,
        }
    }

    /// Returns the Jaccard coefficient of the two shingle sets.
    pub fn resemblance(&self) -> f64 {
        let [shared, a, b] = self.shingles;
        share(shared, a + b - shared)
    }

    /// Returns the share of the shingles of `a` that are in `b`.
    pub fn containment_a(&self) -> f64 {
        share(self.shingles[0], self.shingles[1])
    }

    /// Returns the share of the shingles of `b` that are in `a`.
    pub fn containment_b(&self) -> f64 {
        share(self.shingles[0], self.shingles[2])
    }

    /// Returns the share of the words of `a` that are in passages.
    pub fn coverage_a(&self) -> f64 {
        share(self.covered()[0], self.counted_words()[0])
    }

    /// Returns the share of the words of `b` that are in passages.
    pub fn coverage_b(&self) -> f64 {
        share(self.covered()[1], self.counted_words()[1])
    }

    /// Returns the number of words that both articles have in passages. Text that one of them repeats counts once.
    pub fn aligned_words(&self) -> u32 {
        let [a, b] = self.covered();
        a.min(b)
    }

    /// Returns the number of words of `a` and of `b` that count for their coverage: those of the cores, and masked ones
    /// that were copied with other text.
    pub fn counted_words(&self) -> [u32; 2] {
        self.boilerplate.as_ref().map_or(self.words, |boilerplate| boilerplate.words)
    }

    /// Returns the number of words of `a` and of `b` that count and are in passages.
    fn covered(&self) -> [u32; 2] {
        let in_cores = || [self.region_a.len(), self.region_b.len()];
        self.boilerplate.as_ref().map_or_else(in_cores, |boilerplate| boilerplate.covered)
    }

    /// Returns the number of stretches of at least `length` words that only one article has: in the article that has
    /// fewer of them.
    pub(super) fn own_stretches(&self, length: u32) -> u32 {
        let in_one = |region: &Region, words: u32| {
            let ends = region.ranges().iter().map(|range| range.end);
            let begins = region.ranges().iter().map(|range| range.start).chain(std::iter::once(words));
            let gaps =
                std::iter::once(0).chain(ends).zip(begins).filter(|(end, begin)| begin - end >= length);
            gaps.count() as u32
        };
        in_one(&self.region_a, self.words[0]).min(in_one(&self.region_b, self.words[1]))
    }

    /// Returns the number of words before the first passage in `a`, and in `b`.
    pub(super) fn own_leads(&self) -> (u32, u32) {
        let begin = |region: &Region| region.ranges().first().map_or(0, |first| first.start);
        (begin(&self.region_a), begin(&self.region_b))
    }

    /// Returns the number of words before the first passage of at least `length` equal words, and that of the words after the
    /// last one, each in the article that has fewer. Returns nothing if there is no such passage.
    pub(super) fn words_around(&self, length: u32) -> Option<(u32, u32)> {
        let [words_a, words_b] = self.words;
        let long = self.passages.iter().filter(|passage| passage.words() >= length);
        let around = long.map(|passage| {
            let (a, b) = (passage.a(), passage.b());
            (a.start.min(b.start), (words_a - a.end).min(words_b - b.end))
        });
        around.reduce(|(before, after), (begin, rest)| (before.min(begin), after.min(rest)))
    }

    /// Returns the match with `a` and `b` exchanged: the relation is then that of the other article to this one.
    pub(super) fn flipped(self) -> Self {
        let mut passages: Vec<Passage> = self.passages.into_iter().map(Passage::flipped).collect();
        passages.sort_by_key(|passage| (passage.a().start, passage.b().start));
        Self {
            a: self.b,
            b: self.a,
            relation: self.relation.inverse(),
            passages,
            shingles: [self.shingles[0], self.shingles[2], self.shingles[1]],
            region_a: self.region_b,
            region_b: self.region_a,
            words: [self.words[1], self.words[0]],
            longest: self.longest,
            is_other_news: self.is_other_news,
            boilerplate: self.boilerplate.map(|boilerplate| Box::new(boilerplate.flipped())),
        }
    }

    /// Returns the match with `id`, one of its two articles, as `a`.
    pub fn seen_from(&self, id: ArticleId) -> Self {
        if self.a == id { self.clone() } else { self.clone().flipped() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::passage::Block;
    use super::*;

    /// There are two passages; the second one comes first in the other article.
    #[test]
    fn a_match_can_be_seen_from_either_article() {
        let passage = |a, b| Passage { blocks: vec![Block { a, b, length: 10 }] };
        let [a, b] = [3, 5].map(ArticleId::new);
        let passages = vec![passage(0, 50), passage(10, 20)];
        let found = Match::new([a, b], Relation::Excerpt, passages, [12, 15, 60], [25, 80]);
        let described = |found: &Match| {
            let starts: Vec<_> =
                found.passages.iter().map(|passage| (passage.a().start, passage.b().start)).collect();
            let scores =
                [found.containment_a(), found.containment_b(), found.coverage_a(), found.coverage_b()];
            ([found.a, found.b], starts, scores, found.resemblance(), found.longest)
        };
        assert_eq!([10, 11].map(|length| found.words_around(length)), [Some((0, 5)), None]);
        let (resemblance, longest) = (12.0 / 63.0, 10);
        let from_a = ([a, b], vec![(0, 50), (10, 20)], [0.8, 0.2, 0.8, 0.25], resemblance, longest);
        let from_b = ([b, a], vec![(20, 10), (50, 0)], [0.2, 0.8, 0.25, 0.8], resemblance, longest);
        assert_eq!(described(&found), from_a);
        assert_eq!(described(&found.seen_from(a)), from_a);
        assert_eq!(described(&found.seen_from(b)), from_b);
        assert_eq!(described(&found.seen_from(b).seen_from(a)), from_a);
    }
}
