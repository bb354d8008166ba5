//! Two articles in, the match between them out, if they match: exact scores, passages, and the relation these make.

use std::ops::Range;

use super::align::{AlignRule, Aligner, Alignment};
use super::passage::{Block, Passage};
use super::region::Region;
use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::provenance::Seconds;
use crate::shingle::shingle;
use crate::text::Token;

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
pub enum By {
    /// The share of an article's words that stand in passages which it shares with the other.
    Coverage,
    /// The Jaccard coefficient of the two shingle sets. Knows neither excerpts nor partial matches.
    Resemblance,
    /// The share of an article's shingle set that stands in the other's. Knows no partial matches.
    Containment,
}

/// A text of which nine tenths stand in another stands there whole: what is missing is a headline or a dateline.
const WHOLE: f64 = 0.9;

/// What makes a match.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct JudgeRule {
    /// The score that decides.
    pub by: By,
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
    fn near(&self, a: Option<Seconds>, b: Option<Seconds>) -> bool {
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
    fn relation(&self, a: f64, b: f64, aligned: u32, longest: u32) -> Option<Relation> {
        let by_coverage = self.by == By::Coverage;
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

    /// Gives both coverages, or none where one reaches the threshold and the articles are one form filled in twice.
    fn coverage_unless_form(&self, left: &[Token], right: &[Token], threshold: f64) -> (f64, f64) {
        let (a, b) = (self.coverage_a(), self.coverage_b());
        if a < threshold && b < threshold {
            return (a, b);
        }
        let (equal_a, equal_b) = equal_regions(&self.passages);
        if is_form(left, &equal_a) || is_form(right, &equal_b) { (0.0, 0.0) } else { (a, b) }
    }

    /// Counts the words of `a` that stand in passages.
    pub fn aligned_words(&self) -> u32 {
        self.region_a.len()
    }

    fn new(
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

    fn flipped(self) -> Self {
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

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}

/// Verifies pairs; keeps its memory between them, so each thread has one of its own.
#[derive(Clone, Debug)]
pub struct Verifier<'a> {
    corpus: &'a Corpus,
    align: AlignRule,
    judge: JudgeRule,
    aligner: Aligner,
    shingles: Vec<u64>,
}

impl<'a> Verifier<'a> {
    /// Makes a verifier of the articles of a corpus.
    pub fn new(corpus: &'a Corpus, align: AlignRule, judge: JudgeRule) -> Self {
        Self { corpus, align, judge, aligner: Aligner::new(align), shingles: Vec::new() }
    }

    /// Verifies one pair. Articles that are equal word for word are exact whatever their length; others must have
    /// as many words as the shortest passage; articles without words match nothing.
    pub fn verify(&mut self, one: ArticleId, other: ArticleId) -> Option<Match> {
        let (a, b) = (one.min(other), one.max(other));
        let [left, right] = [a, b].map(|id| self.corpus.tokens(id));
        let [header_a, header_b] = [a, b].map(|id| self.corpus.header(id));
        if left.is_empty() || right.is_empty() || !self.judge.near(header_a.time, header_b.time) {
            return None;
        }
        let words = [left.len() as u32, right.len() as u32];
        let identical = header_a.content == header_b.content;
        if identical || left.len() >= self.align.shingle_size && left == right {
            let shingles = [self.distinct_shingles(left); 3];
            let passages = vec![Passage { blocks: vec![Block { a: 0, b: 0, length: words[0] }] }];
            let found = Match::new([a, b], Relation::Exact, passages, shingles, words);
            return Some(self.split_at_seams(found));
        }
        let names = Some((u64::from(a.get()), u64::from(b.get())));
        let Alignment { passages, shared_shingles } = self.aligner.align_named(left, right, names);
        if passages.is_empty() && (self.judge.by == By::Coverage || shared_shingles == 0) {
            return None;
        }
        let mut found = Match::new([a, b], Relation::Partial, passages, [shared_shingles, 0, 0], words);
        // Distinct shingles take a sort: by coverage, only those that match are counted.
        let counted = |verifier: &mut Self| {
            [shared_shingles, verifier.distinct_shingles(left), verifier.distinct_shingles(right)]
        };
        if self.judge.by != By::Coverage {
            found.shingles = counted(self);
        }
        let (score_a, score_b) = match self.judge.by {
            By::Coverage => found.coverage_unless_form(left, right, self.judge.threshold),
            By::Resemblance => (found.resemblance(), found.resemblance()),
            By::Containment => (found.containment_a(), found.containment_b()),
        };
        found.relation = self.judge.relation(score_a, score_b, found.aligned_words(), found.longest)?;
        if self.judge.by == By::Coverage {
            found.shingles = counted(self);
        }
        let b_is_excerpt = found.relation == Relation::Excerpt && score_b > score_a;
        let found = self.split_at_seams(found);
        Some(if b_is_excerpt { found.flipped() } else { found })
    }

    /// Cuts passages where boilerplate is masked in one of the articles.
    fn split_at_seams(&self, mut found: Match) -> Match {
        let (seams_a, seams_b) = (self.corpus.seams(found.a), self.corpus.seams(found.b));
        if !(seams_a.is_empty() && seams_b.is_empty()) {
            found.passages =
                found.passages.into_iter().flat_map(|passage| passage.split(seams_a, seams_b)).collect();
        }
        found
    }

    fn distinct_shingles(&mut self, tokens: &[Token]) -> u32 {
        shingle(tokens, self.align.shingle_size, &mut self.shingles);
        self.shingles.sort_unstable();
        self.shingles.dedup();
        self.shingles.len() as u32
    }
}

/// Unites the equal runs of passages, without the words that are only bridged, in `a` and in `b`.
fn equal_regions(passages: &[Passage]) -> (Region, Region) {
    let blocks = || passages.iter().flat_map(|passage| &passage.blocks);
    (
        Region::new(blocks().map(|block| block.a..block.a + block.length)),
        Region::new(blocks().map(|block| block.b..block.b + block.length)),
    )
}

/// Tells whether an article is a form that was filled in anew: in its equal runs and the blanks between them it holds
/// several numbers, and most of them stand in the blanks. Two draws of a lottery, two days of weather, two results
/// differ by little else, and yet are not copies. Numbers elsewhere, in a date line, a footer or other paragraphs, say
/// nothing.
fn is_form(tokens: &[Token], equal: &Region) -> bool {
    /// Fewer numbers than this may change in a copy: a date, a toll.
    const SEVERAL: usize = 3;
    /// The most words of a blank: a sentence. What is longer is text of its own.
    const BLANK: u32 = 20;
    let numbers = |range: &Range<u32>| {
        tokens[range.start as usize..range.end as usize].iter().filter(|token| token.has_digit()).count()
    };
    let blanks = equal.ranges().windows(2).map(|pair| pair[0].end..pair[1].start);
    let filled: usize = blanks.filter(|blank| blank.len() as u32 <= BLANK).map(|blank| numbers(&blank)).sum();
    let kept: usize = equal.ranges().iter().map(numbers).sum();
    filled + kept >= SEVERAL && kept < filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Tokens, tokenize};

    #[test]
    fn tells_forms() {
        let cases: [(&str, &str, &[Range<u32>], bool); 5] = [
            ("most numbers changed", "drawn were 4 8 15 and the jackpot is 16 million", &[0..2, 5..11], true),
            ("no numbers", "the harbor was closed on Monday", &[0..2, 4..6], false),
            ("a changed toll", "a storm killed 12 people in 2031 and closed 3 roads", &[0..3, 4..11], false),
            ("two numbers", "on May 3 at 7 in the evening", &[0..2, 6..8], false),
            ("numbers before and behind", "4 8 15 the harbor was closed 16 23 42", &[3..5, 6..7], false),
        ];
        for (name, text, equal, expected) in cases {
            let mut tokens = Tokens::new();
            tokenize(text, &mut tokens);
            assert_eq!(is_form(tokens.tokens(), &Region::new(equal.iter().cloned())), expected, "{name}");
        }
    }

    const RULE: JudgeRule = JudgeRule { by: By::Coverage, threshold: 0.6, partial_words: 40, within: None };

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
        let by_containment = JudgeRule { by: By::Containment, ..RULE };
        assert_eq!(by_containment.relation(0.5, 0.5, 100, 100), None);
        assert_eq!(by_containment.relation(0.9, 0.5, 20, 20), Some(Relation::Excerpt));
    }
}
