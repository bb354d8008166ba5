//! Two articles in, the match between them out, if they match: exact scores, passages, and the relation these make.

use super::align::{AlignRule, Aligner, Alignment};
use super::distinct::DistinctShingles;
use super::form::are_one_form;
use super::measure::Measure;
use super::passage::{Block, Passage};
use super::region::Region;
use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::provenance::Seconds;
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
pub(super) const WHOLE: f64 = 0.9;

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
    pub(super) fn relation(&self, a: f64, b: f64, aligned: u32, longest: u32) -> Option<Relation> {
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
    distinct: DistinctShingles,
    rooms: Rooms,
}

/// Room for the tokens of two articles that have to be read, and whose they are.
#[derive(Clone, Debug, Default)]
struct Rooms([(Option<ArticleId>, Vec<Token>); 2]);

impl Rooms {
    /// Gives the tokens of two articles. One of them was often one of the two before.
    fn tokens<'a>(&'a mut self, corpus: &'a Corpus, ids: [ArticleId; 2]) -> [&'a [Token]; 2] {
        let [one, other] = &mut self.0;
        if one.0 == Some(ids[1]) || other.0 == Some(ids[0]) {
            std::mem::swap(one, other);
        }
        let read = |(whose, room): &'a mut (Option<ArticleId>, Vec<Token>), id: ArticleId| -> &'a [Token] {
            let words = corpus.words(id);
            if *whose == Some(id) && room.len() == words {
                return room;
            }
            *whose = Some(id);
            corpus.read_tokens(id, 0..words, room)
        };
        let [a, b] = ids;
        [read(one, a), read(other, b)]
    }
}

impl<'a> Verifier<'a> {
    /// Makes a verifier of the articles of a corpus.
    pub fn new(corpus: &'a Corpus, align: AlignRule, judge: JudgeRule) -> Self {
        let distinct = DistinctShingles::new(corpus.len(), align.shingle_size);
        Self { corpus, align, judge, aligner: Aligner::new(align), distinct, rooms: Rooms::default() }
    }

    /// Gives a verifier that judges by another rule, and knows what this one knows.
    pub fn judging(&self, judge: JudgeRule) -> Self {
        Self { judge, ..self.clone() }
    }

    /// Gives the rule by which it judges.
    pub fn rule(&self) -> &JudgeRule {
        &self.judge
    }

    /// Verifies one pair, by what is not masked. Articles that are equal word for word are exact whatever their length;
    /// others must have as many words as the shortest passage; articles without words match nothing.
    pub fn verify(&mut self, one: ArticleId, other: ArticleId) -> Option<Match> {
        let aligned = self.align(one, other)?;
        // Most candidates end here; forms and distinct shingles are looked at for the others only.
        if self.judge.by == By::Coverage && aligned.relation != Relation::Exact {
            let coverage = aligned.coverage_a().max(aligned.coverage_b());
            if aligned.passages.is_empty()
                || coverage < self.judge.threshold && aligned.longest < self.judge.partial_words
            {
                return None;
            }
        }
        let judge = self.judge;
        self.measured(aligned).into_match(&judge)
    }

    /// Measures one pair: what is needed to judge it by any rule. Nothing where the two have nothing in common, or
    /// are too far apart in time.
    pub fn measure(&mut self, one: ArticleId, other: ArticleId) -> Option<Measure> {
        let aligned = self.align(one, other)?;
        Some(self.measured(aligned))
    }

    /// Aligns one pair; tells, besides what is aligned, whether the two are exact. Of the shingles only those that
    /// both have are counted, and passages are not cut.
    fn align(&mut self, one: ArticleId, other: ArticleId) -> Option<Match> {
        let (a, b) = (one.min(other), one.max(other));
        let corpus = self.corpus;
        let words = [a, b].map(|id| corpus.words(id) as u32);
        if words.contains(&0) || !self.judge.near(corpus.time(a), corpus.time(b)) {
            return None;
        }
        let [left, right] = self.rooms.tokens(corpus, [a, b]);
        // Of identical articles less may be masked in one than in the other.
        let is_sure = corpus.content(a) == corpus.content(b) || left.len() >= self.align.shingle_size;
        if is_sure && left == right {
            let passages = vec![Passage { blocks: vec![Block { a: 0, b: 0, length: words[0] }] }];
            let shared = self.distinct.of(a, left);
            return Some(Match::new([a, b], Relation::Exact, passages, [shared, 0, 0], words));
        }
        let names = Some((u64::from(a.get()), u64::from(b.get())));
        let Alignment { passages, shared_shingles } = self.aligner.align_named(left, right, names);
        (!passages.is_empty() || shared_shingles > 0)
            .then(|| Match::new([a, b], Relation::Partial, passages, [shared_shingles, 0, 0], words))
    }

    /// Completes what was aligned.
    fn measured(&mut self, mut aligned: Match) -> Measure {
        let (a, b) = (aligned.a, aligned.b);
        let [left, right] = self.rooms.tokens(self.corpus, [a, b]);
        aligned.shingles[1] = self.distinct.of(a, left);
        aligned.shingles[2] = self.distinct.of(b, right);
        let is_form = aligned.relation != Relation::Exact && are_one_form(left, right, &aligned.passages);
        let (seams_a, seams_b) = (self.corpus.seams(a), self.corpus.seams(b));
        if !(seams_a.is_empty() && seams_b.is_empty()) {
            aligned.passages =
                aligned.passages.into_iter().flat_map(|passage| passage.split(seams_a, seams_b)).collect();
        }
        Measure::new(aligned, is_form)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Place};
    use crate::corpus::{Part, Room, Stores};
    use crate::text::{Tokens, tokenize};

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

    const ALIGN: AlignRule = AlignRule { shingle_size: 5, bridge: 12, shortest_passage: 8 };

    /// Makes articles of a hundred words, each of its own but for the last so many, which all have.
    fn part(shared: &[usize]) -> Part {
        let mut part = Part::new();
        let mut tokens = Tokens::new();
        for (line, shared) in (1..).zip(shared) {
            let word = |at: usize| format!("word{at}in{} ", if at < 100 - shared { line } else { 0 });
            let (key, text) = (line.to_string(), (0..100).map(word).collect::<String>());
            tokenize(&text, &mut tokens);
            let (site, published, title) = (None, None, None);
            let place = Place { file: "made".into(), line };
            part.push(Article { key, text, site, published, title, place }, &tokens, false);
        }
        part
    }

    #[test]
    fn identical_articles_are_exact_where_they_are_masked_alike() {
        let mut corpus = Corpus::new(vec![part(&[100; 3])]);
        let ids: Vec<ArticleId> = corpus.ids().collect();
        corpus.mask(&[1, 2].map(|number| (ids[number], std::iter::once(80..100).collect())));
        let mut verifier = Verifier::new(&corpus, ALIGN, RULE);
        let mut said = |one: usize, other: usize| {
            let found = verifier.verify(ids[one], ids[other]).unwrap();
            (found.relation, found.words, found.region_a.len(), found.region_b.len())
        };
        let near_duplicate = (Relation::NearDuplicate, [100, 80], 80, 80);
        assert_eq!([said(0, 1), said(1, 0), said(2, 0)], [near_duplicate; 3]);
        assert_eq!(said(1, 2), (Relation::Exact, [80, 80], 80, 80));
    }

    /// Articles of one length that are read from a file are not taken for one another, in whatever order they come.
    #[test]
    fn reads_articles_that_are_filed() {
        let shared = [80, 50, 100, 70, 90];
        let stores = Stores::new(&std::env::temp_dir(), 0);
        let filed = part(&shared).put_away(&stores, Room { tokens: 0, besides: 0 }).unwrap();
        let corpora = [Corpus::new(vec![part(&shared)]), Corpus::stored(vec![filed], stores, 0).unwrap()];
        assert!(corpora[0].filed() == 0 && corpora[1].filed() > 0);
        let [mut held, mut filed] = corpora.each_ref().map(|corpus| Verifier::new(corpus, ALIGN, RULE));
        for number in 0..20 {
            let pair = [number % 5, (number + 1 + number / 5) % 5].map(ArticleId::new);
            let found = [&mut held, &mut filed].map(|verifier| verifier.verify(pair[0], pair[1]));
            let [held, filed] = found.map(|found| format!("{found:?}"));
            assert_eq!(filed, held, "{pair:?}");
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
