//! Two articles in, the match between them out, if they match: exact scores, passages, and the relation these make.

use std::ops::Range;

use super::align::{AlignRule, Aligner, Alignment};
use super::distinct::DistinctShingles;
use super::form::are_one_form;
use super::judge::{JudgeRule, Match, Relation, Score, share};
use super::measure::Measure;
use super::passage::{Block, Passage};
use crate::article::ArticleId;
use crate::corpus::{Corpus, TokenBuffer};
use crate::text::Token;

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

/// What two articles share, before anything is judged.
struct Aligned {
    ids: [ArticleId; 2],
    /// The number of words in each.
    words: [u32; 2],
    /// Whether they are equal, word for word.
    is_exact: bool,
    /// Not cut yet.
    passages: Vec<Passage>,
    /// The number of different shingles in both.
    shared_shingles: u32,
}

impl Aligned {
    /// Tells whether a rule may find them to match: by no less than what their passages, taken one by one, cover.
    fn may_match(&self, rule: &JudgeRule) -> bool {
        if rule.by != Score::Coverage || self.is_exact {
            return true;
        }
        let longest = self.passages.iter().map(Passage::words).max().unwrap_or(0);
        let covered = |range: fn(&Passage) -> Range<u32>| -> u32 {
            self.passages.iter().map(|passage| range(passage).len() as u32).sum()
        };
        let reaches = |covered: u32, words: u32| share(covered, words) >= rule.threshold;
        longest >= rule.partial_words
            || reaches(covered(Passage::a), self.words[0])
            || reaches(covered(Passage::b), self.words[1])
    }
}

/// Room for the tokens of two articles.
#[derive(Clone, Debug, Default)]
struct Rooms([TokenBuffer; 2]);

impl Rooms {
    /// Gives the tokens of two articles. One of them was often one of the two before.
    fn tokens<'a>(&'a mut self, corpus: &'a Corpus, [a, b]: [ArticleId; 2]) -> [&'a [Token]; 2] {
        let [one, other] = &mut self.0;
        if one.holds(b) || other.holds(a) {
            std::mem::swap(one, other);
        }
        [corpus.read_tokens(a, one), corpus.read_tokens(b, other)]
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

    /// Gives what it has counted.
    pub(crate) fn counted(&self) -> DistinctShingles {
        self.distinct.clone()
    }

    /// Takes over what was counted of the same articles, masked alike.
    pub(crate) fn knowing(self, distinct: DistinctShingles) -> Self {
        Self { distinct, ..self }
    }

    /// Gives the rule by which it judges.
    pub fn rule(&self) -> &JudgeRule {
        &self.judge
    }

    /// Verifies one pair, by what is not masked. Articles that are equal word for word are exact whatever their length;
    /// others must have as many words as the shortest passage; articles without words match nothing.
    pub fn verify(&mut self, one: ArticleId, other: ArticleId) -> Option<Match> {
        let judge = self.judge;
        // Most candidates end here; forms and distinct shingles are looked at for the others only.
        let aligned = self.align(one, other)?;
        if !aligned.may_match(&judge) {
            return None;
        }
        self.measured(aligned).into_match(&judge)
    }

    /// Measures one pair: what is needed to judge it by any rule. Nothing where the two have nothing in common, or
    /// are too far apart in time.
    pub fn measure(&mut self, one: ArticleId, other: ArticleId) -> Option<Measure> {
        let aligned = self.align(one, other)?;
        Some(self.measured(aligned))
    }

    /// Aligns one pair; nothing where the two have nothing in common.
    fn align(&mut self, one: ArticleId, other: ArticleId) -> Option<Aligned> {
        let ids = [one.min(other), one.max(other)];
        let ([a, b], corpus) = (ids, self.corpus);
        let words = ids.map(|id| corpus.words(id) as u32);
        let is_near = || self.judge.within.is_none() || self.judge.near(corpus.time(a), corpus.time(b));
        if words.contains(&0) || !is_near() {
            return None;
        }
        let [left, right] = self.rooms.tokens(corpus, ids);
        // Of identical articles less may be masked in one than in the other.
        let is_sure = || left.len() >= self.align.shingle_size || corpus.content(a) == corpus.content(b);
        if left == right && is_sure() {
            let passages = vec![Passage { blocks: vec![Block { a: 0, b: 0, length: words[0] }] }];
            let shared_shingles = self.distinct.of(a, left);
            return Some(Aligned { ids, words, is_exact: true, passages, shared_shingles });
        }
        let names = Some((u64::from(a.get()), u64::from(b.get())));
        let Alignment { passages, shared_shingles } = self.aligner.align_named(left, right, names);
        if let Some((name, distinct)) = self.aligner.loaded() {
            self.distinct.note(ArticleId::new(name as usize), distinct);
        }
        (!passages.is_empty() || shared_shingles > 0).then_some(Aligned {
            ids,
            words,
            is_exact: false,
            passages,
            shared_shingles,
        })
    }

    /// Completes what was aligned.
    fn measured(&mut self, aligned: Aligned) -> Measure {
        let Aligned { ids, words, is_exact, passages, shared_shingles } = aligned;
        let ([a, b], relation) = (ids, if is_exact { Relation::Exact } else { Relation::Partial });
        let [left, right] = self.rooms.tokens(self.corpus, ids);
        let shingles = [shared_shingles, self.distinct.of(a, left), self.distinct.of(b, right)];
        let mut aligned = Match::new(ids, relation, passages, shingles, words);
        let is_form = aligned.relation != Relation::Exact && are_one_form(left, right, &aligned.passages);
        let (seams_a, seams_b) = (self.corpus.seams(a), self.corpus.seams(b));
        if !(seams_a.is_empty() && seams_b.is_empty()) {
            let mut parts = Vec::with_capacity(aligned.passages.len());
            aligned.passages.into_iter().for_each(|passage| passage.split(seams_a, seams_b, &mut parts));
            aligned.passages = parts;
        }
        Measure::new(aligned, is_form)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Location};
    use crate::corpus::{Segment, Stores};
    use crate::store::ColumnBudget;
    use crate::text::{Tokens, tokenize};

    const RULE: JudgeRule =
        JudgeRule { by: Score::Coverage, threshold: 0.6, partial_words: 40, within: None };

    const ALIGN: AlignRule = AlignRule { shingle_size: 5, bridge: 12, shortest_passage: 8 };

    fn part_of(texts: impl IntoIterator<Item = String>, dates: &[&str]) -> Segment {
        let mut part = Segment::new();
        let mut tokens = Tokens::new();
        for (line, text) in (1..).zip(texts) {
            tokenize(&text, &mut tokens);
            let (key, site, title) = (line.to_string(), None, None);
            let published = dates.get(line as usize - 1).map(|&date| date.to_owned());
            let location = Location { file: "made".into(), line };
            part.push(Article { key, text, site, published, title, location }, &tokens, false);
        }
        part
    }

    /// Makes articles of a hundred words, each of its own but for the last so many, which all have.
    fn part(shared: &[usize]) -> Segment {
        let texts = (1..).zip(shared).map(|(line, shared)| {
            let word = |at: usize| format!("word{at}in{} ", if at < 100 - shared { line } else { 0 });
            (0..100).map(word).collect()
        });
        part_of(texts, &[])
    }

    #[test]
    fn identical_articles_are_exact_where_they_are_masked_alike() {
        let mut corpus = Corpus::new(vec![part(&[100; 3])]);
        let ids: Vec<ArticleId> = corpus.ids().collect();
        let end = || std::iter::once(80..100).collect();
        corpus.mask(&[(ids[1], end()), (ids[2], end())]);
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
        let filed =
            part(&shared).put_away(&stores, ColumnBudget { tokens: 0, strings: 0, besides: 0 }).unwrap();
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

    /// What is asked of a pair before it is measured drops none that would be judged to match.
    #[test]
    fn verifies_as_it_measures_and_judges() {
        // Words by number: a story, and what has two parts of it, a part, little of it, a phrase, nothing.
        let articles: [&[Range<u8>]; 9] = [
            &[0..15, 100..120, 20..35],
            &[0..30, 30..60],
            &[0..30, 30..60],
            &[0..15, 120..140, 20..35, 140..160],
            &[0..57, 160..163],
            &[0..6, 6..9],
            &[0..9, 163..164],
            &[0..6, 164..194],
            &[200..220, 220..250],
        ];
        let word =
            |number: u8| format!("w{}{} ", char::from(b'a' + number / 16), char::from(b'a' + number % 16));
        let text = |ranges: &&[Range<u8>]| ranges.iter().cloned().flatten().map(word).collect();
        let corpus = Corpus::new(vec![part_of(articles.iter().map(text), &[])]);
        let ids: Vec<ArticleId> = corpus.ids().collect();
        let first = Verifier::new(&corpus, ALIGN, RULE);
        let mut matching = 0;
        for by in [Score::Coverage, Score::Resemblance, Score::Containment] {
            for (threshold, partial_words) in
                [(0.01, 0), (0.05, 20), (0.4, 20), (0.55, 20), (0.9, 70), (0.98, 9)]
            {
                let rule = JudgeRule { by, threshold, partial_words, within: None };
                let mut verifier = first.judging(rule);
                assert_eq!(verifier.rule(), &rule);
                for (place, &one) in ids.iter().enumerate() {
                    for &other in &ids[..place] {
                        let expected =
                            verifier.measure(one, other).and_then(|measure| measure.into_match(&rule));
                        matching += usize::from(expected.is_some());
                        let found = verifier.verify(one, other);
                        assert_eq!(format!("{found:?}"), format!("{expected:?}"), "{rule:?}");
                    }
                }
            }
        }
        assert!((150..500).contains(&matching), "{matching} of {}", 3 * 6 * 36);
    }

    /// Name, the words that are masked in each of two articles, whether the articles are equal, how they relate.
    type Masked<'a> = (&'a str, [Range<u32>; 2], bool, Option<(Relation, usize)>);

    #[test]
    fn what_is_masked_is_not_compared() {
        let cases: [Masked<'_>; 7] = [
            ("nothing in common but what is masked", [50..100, 50..100], false, None),
            (
                "five words that are left of equal articles",
                [5..100, 5..100],
                true,
                Some((Relation::Exact, 1)),
            ),
            (
                "three words that are left of equal articles",
                [3..100, 3..100],
                true,
                Some((Relation::Exact, 1)),
            ),
            ("words inside one", [45..50, 0..0], true, Some((Relation::NearDuplicate, 2))),
            ("words inside the other", [0..0, 45..50], true, Some((Relation::NearDuplicate, 2))),
            ("the same words inside both", [45..50, 45..50], true, Some((Relation::Exact, 2))),
            ("all words of one", [0..100, 0..0], true, None),
        ];
        for (name, masked, equal, expected) in cases {
            let mut corpus = Corpus::new(vec![part(if equal { &[100, 100] } else { &[50, 50] })]);
            let ids: Vec<ArticleId> = corpus.ids().collect();
            let masks: Vec<_> = ids.iter().zip(masked).filter(|(_, range)| !range.is_empty()).collect();
            let masks: Vec<_> =
                masks.into_iter().map(|(&id, range)| (id, std::iter::once(range).collect())).collect();
            corpus.mask(&masks);
            let found = Verifier::new(&corpus, ALIGN, RULE).verify(ids[0], ids[1]);
            assert_eq!(found.map(|found| (found.relation, found.passages.len())), expected, "{name}");
        }
    }

    /// What is left of two articles is alike: as long as a shingle is long that makes them exact, what is shorter does
    /// where their masked words are alike, too.
    #[test]
    fn short_remains_are_exact_where_all_is_equal() {
        for (left, expected) in [(5, Some(Relation::Exact)), (4, None)] {
            let mut corpus = Corpus::new(vec![part(&[left, left])]);
            let ids: Vec<ArticleId> = corpus.ids().collect();
            let own = || std::iter::once(0..100 - left as u32).collect();
            corpus.mask(&[(ids[0], own()), (ids[1], own())]);
            let found = Verifier::new(&corpus, ALIGN, RULE).verify(ids[0], ids[1]);
            assert_eq!(found.map(|found| found.relation), expected, "{left}");
        }
    }

    #[test]
    fn articles_far_apart_in_time_are_not_compared() {
        for (day, expected) in [("2031-01-08", true), ("2031-01-09", false)] {
            let text = "the ferry to the island was late again because of the fog".to_owned();
            let dates = ["2031-01-01", day];
            let corpus = Corpus::new(vec![part_of([text.clone(), text], &dates)]);
            let ids: Vec<ArticleId> = corpus.ids().collect();
            let rule = JudgeRule { within: Some(7 * 24 * 3600), ..RULE };
            let mut verifier = Verifier::new(&corpus, ALIGN, rule);
            assert_eq!(verifier.verify(ids[0], ids[1]).is_some(), expected, "{day}");
            assert_eq!(verifier.measure(ids[0], ids[1]).is_some(), expected, "{day}");
        }
    }
}
