//! Scores of two articles in, the relation that they make out, and what a match says.

use super::passage::Passage;
use super::region::Region;
use crate::article::ArticleId;
use crate::provenance::Seconds;

/// How one article relates to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// Word for word the same.
    Exact,
    /// Each stands in the other, but for a few words.
    NearDuplicate,
    /// One stands in the other, which holds more.
    Excerpt,
    /// Neither stands in the other, but they share a passage that is longer than a phrase.
    Partial,
}

impl Relation {
    /// Gives its name in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::NearDuplicate => "near-duplicate",
            Self::Excerpt => "excerpt",
            Self::Partial => "partial",
        }
    }
}

/// Which score must reach the threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Score {
    /// The share of an article's words that stand in passages which it shares with the other.
    Coverage,
    /// The Jaccard coefficient of the two shingle sets. Knows neither excerpts nor partial matches.
    Resemblance,
    /// The share of an article's shingle set that stands in the other's. Knows no partial matches.
    Containment,
}

/// A text of which nine tenths stand in another stands there whole: what is missing is a headline or a dateline.
pub(super) const WHOLE: f64 = 0.9;

/// What makes a match.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct JudgeRule {
    /// The score that decides.
    pub by: Score,
    /// What it must reach, 0 to 1.
    pub threshold: f64,
    /// What is longer than a quote: the fewest equal words of the passage of a partial match, and the fewest words of
    /// an excerpt.
    pub partial_words: u32,
    /// Articles whose dates are further apart than so many seconds do not match, if this is given; articles without a
    /// date are near to all.
    pub within: Option<u64>,
}

impl JudgeRule {
    /// Tells whether two dates allow a match.
    pub(super) fn near(&self, a: Option<Seconds>, b: Option<Seconds>) -> bool {
        let apart = a.zip(b).map(|(a, b)| a.abs_diff(b));
        apart.zip(self.within).is_none_or(|(apart, within)| apart <= within)
    }

    /// Names the relation of two articles by the two directed scores (in the order given, the first of `a`, the
    /// second of `b`), the words in passages and those of the longest; nothing where there is none. Equal articles
    /// are not asked about here.
    ///
    /// What stands in a longer text and is no longer than a quote may be one: that is no excerpt. Of two texts as short
    /// as that, one must stand in the other nearly whole: where a third of a brief is different, the rest may well be
    /// the frame of a form, and what is different the news.
    pub(super) fn relation(&self, a: f64, b: f64, aligned: u32, longest: u32) -> Option<Relation> {
        let by_coverage = self.by == Score::Coverage;
        match (a >= self.threshold, b >= self.threshold) {
            (true, true) => {
                let is_copy = !by_coverage || aligned >= self.partial_words || a.max(b) >= WHOLE;
                is_copy.then_some(Relation::NearDuplicate)
            }
            (true, false) | (false, true) => {
                (!by_coverage || aligned >= self.partial_words).then_some(Relation::Excerpt)
            }
            (false, false) => (by_coverage && longest >= self.partial_words).then_some(Relation::Partial),
        }
    }
}

/// Two articles that are proved to share text.
#[derive(Clone, Debug)]
pub struct Match {
    /// The excerpt, where one of them is; else the one with the smaller number.
    pub a: ArticleId,
    /// The other.
    pub b: ArticleId,
    /// How they relate.
    pub relation: Relation,
    /// The passages, by their place in `a`.
    pub passages: Vec<Passage>,
    /// The number of distinct shingles in both, in `a` and in `b`.
    pub shingles: [u32; 3],
    /// The part of `a` that stands in passages.
    pub region_a: Region,
    /// The part of `b` that stands in passages.
    pub region_b: Region,
    /// The number of words in the cores of `a` and of `b`.
    pub words: [u32; 2],
    /// The equal words of the longest passage, counted across places where boilerplate is masked.
    pub longest: u32,
}

impl Match {
    /// Gives the Jaccard coefficient of the two shingle sets.
    pub fn resemblance(&self) -> f64 {
        let [shared, a, b] = self.shingles;
        share(shared, a + b - shared)
    }

    /// Gives the share of the shingles of `a` that stand in `b`.
    pub fn containment_a(&self) -> f64 {
        share(self.shingles[0], self.shingles[1])
    }

    /// Gives the share of the shingles of `b` that stand in `a`.
    pub fn containment_b(&self) -> f64 {
        share(self.shingles[0], self.shingles[2])
    }

    /// Gives the share of the words of `a` that stand in passages.
    pub fn coverage_a(&self) -> f64 {
        share(self.region_a.len(), self.words[0])
    }

    /// Gives the share of the words of `b` that stand in passages.
    pub fn coverage_b(&self) -> f64 {
        share(self.region_b.len(), self.words[1])
    }

    /// Counts the words of `a` that stand in passages.
    pub fn aligned_words(&self) -> u32 {
        self.region_a.len()
    }

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
        Self { a, b, relation, passages, shingles, region_a, region_b, words, longest }
    }

    pub(super) fn flipped(self) -> Self {
        let mut passages: Vec<Passage> = self.passages.into_iter().map(Passage::flipped).collect();
        passages.sort_by_key(|passage| (passage.a().start, passage.b().start));
        Self {
            a: self.b,
            b: self.a,
            relation: self.relation,
            passages,
            shingles: [self.shingles[0], self.shingles[2], self.shingles[1]],
            region_a: self.region_b,
            region_b: self.region_a,
            words: [self.words[1], self.words[0]],
            longest: self.longest,
        }
    }

    /// Gives the match with `id`, one of its two articles, as `a`.
    pub fn seen_from(&self, id: ArticleId) -> Self {
        if self.a == id { self.clone() } else { self.clone().flipped() }
    }
}

pub(super) fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::passage::Block;

    const RULE: JudgeRule =
        JudgeRule { by: Score::Coverage, threshold: 0.6, partial_words: 40, within: None };

    #[test]
    fn dates_far_apart_do_not_match() {
        let week = JudgeRule { within: Some(7), ..RULE };
        let cases = [
            ("near", Some(10), Some(17), true),
            ("far", Some(10), Some(18), false),
            ("far, the other way", Some(18), Some(10), false),
            ("undated", None, Some(18), true),
            ("both undated", None, None, true),
        ];
        for (name, a, b, expected) in cases {
            assert_eq!(week.near(a, b), expected, "{name}");
            assert!(RULE.near(a, b), "{name}, any time");
        }
    }

    /// Two passages, the second of which stands first in the other article.
    #[test]
    fn a_match_is_seen_from_either_article() {
        let passage = |a, b| Passage { blocks: vec![Block { a, b, length: 10 }] };
        let [a, b] = [3, 5].map(ArticleId::new);
        let passages = vec![passage(0, 50), passage(10, 20)];
        let found = Match::new([a, b], Relation::Excerpt, passages, [12, 15, 60], [25, 80]);
        let said = |found: &Match| {
            let starts: Vec<_> =
                found.passages.iter().map(|passage| (passage.a().start, passage.b().start)).collect();
            let scores =
                [found.containment_a(), found.containment_b(), found.coverage_a(), found.coverage_b()];
            ([found.a, found.b], starts, scores, found.resemblance(), found.longest)
        };
        let (resemblance, longest) = (12.0 / 63.0, 10);
        let there = ([a, b], vec![(0, 50), (10, 20)], [0.8, 0.2, 0.8, 0.25], resemblance, longest);
        let back = ([b, a], vec![(20, 10), (50, 0)], [0.2, 0.8, 0.25, 0.8], resemblance, longest);
        assert_eq!(said(&found), there);
        assert_eq!(said(&found.seen_from(a)), there);
        assert_eq!(said(&found.seen_from(b)), back);
        assert_eq!(said(&found.seen_from(b).seen_from(a)), there);
    }

    #[test]
    fn relations_have_names() {
        let all = [Relation::Exact, Relation::NearDuplicate, Relation::Excerpt, Relation::Partial];
        assert_eq!(all.map(Relation::name), ["exact", "near-duplicate", "excerpt", "partial"]);
    }

    #[test]
    fn names_relations() {
        let cases = [
            ("both", 0.7, 0.6, 40, 20, Some(Relation::NearDuplicate)),
            ("both, short, one whole", 0.9, 0.6, 20, 20, Some(Relation::NearDuplicate)),
            ("both, short, neither whole", 0.8, 0.8, 39, 39, None),
            ("one", 0.9, 0.2, 40, 20, Some(Relation::Excerpt)),
            ("the other", 0.2, 0.6, 40, 40, Some(Relation::Excerpt)),
            ("one, no longer than a quote", 0.9, 0.2, 39, 39, None),
            ("neither, a long passage", 0.5, 0.5, 40, 40, Some(Relation::Partial)),
            ("neither, quotes", 0.5, 0.5, 60, 39, None),
        ];
        for (name, a, b, aligned, longest, expected) in cases {
            assert_eq!(RULE.relation(a, b, aligned, longest), expected, "{name}");
        }
        let by_containment = JudgeRule { by: Score::Containment, ..RULE };
        assert_eq!(by_containment.relation(0.5, 0.5, 100, 100), None);
        assert_eq!(by_containment.relation(0.9, 0.5, 20, 20), Some(Relation::Excerpt));
    }
}
