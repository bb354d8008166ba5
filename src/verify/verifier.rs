//! Verifies pairs of articles: aligns them, computes their exact scores, and decides whether and how they match.
//!
//! Cost: one alignment for each pair, which is linear in the number of words. Pairs that cannot match are rejected
//! after it, before anything else is computed.

use std::ops::Range;

use super::align_rule::AlignRule;
use super::aligner::{Aligner, Alignment};
use super::cut_text::CutText;
use super::distinct_shingles::DistinctShingles;
use super::filled_form::are_one_form;
use super::measure::{Measure, PairFacts};
use super::narrative::SharedWords;
use super::pair_match::Match;
use super::passage::{Block, Passage};
use super::relation::{Cores, Evidence, JudgeRule};
use super::score::{Score, share};
use super::site_form::fill_site_forms;
use crate::article::ArticleId;
use crate::corpus::{Corpus, TokenBuffer};
use crate::text::Token;

/// Verifies pairs of articles of a corpus. Each thread needs its own, which reuses its memory from pair to pair.
#[derive(Clone, Debug)]
pub struct Verifier<'a> {
    corpus: &'a Corpus,
    align: AlignRule,
    judge: JudgeRule,
    aligner: Aligner,
    distinct: DistinctShingles,
    buffers: TokenBuffers,
}

/// The alignment of two articles, before anything is judged.
struct Aligned {
    ids: [ArticleId; 2],
    /// The number of words in each core.
    words: [u32; 2],
    /// True if the cores are equal, word for word.
    is_exact: bool,
    /// The passages, not yet split at masked boilerplate.
    passages: Vec<Passage>,
    /// The number of distinct shingles in both cores.
    shared_shingles: u32,
}

impl Aligned {
    /// Returns whether a rule may find that the pair matches. This is cheap, and `true` for all pairs that match.
    fn may_match(&self, rule: &JudgeRule) -> bool {
        // The other scores need the number of distinct shingles, which is not counted yet.
        rule.by != Score::Coverage || rule.relation(&self.greatest_evidence()).is_some()
    }

    /// Returns upper bounds of the evidence by coverage: passages may overlap, but are counted one by one.
    fn greatest_evidence(&self) -> Evidence {
        let covered = |range: fn(&Passage) -> Range<u32>| -> u32 {
            self.passages.iter().map(|passage| range(passage).len() as u32).sum()
        };
        Evidence {
            cores: if self.is_exact { Cores::Equal } else { Cores::Different },
            scores: (share(covered(Passage::a), self.words[0]), share(covered(Passage::b), self.words[1])),
            aligned_words: u32::MAX,
            longest: self.passages.iter().map(Passage::words).max().unwrap_or(0),
            shared: SharedWords::at_most(&self.passages),
            own_stretches: 0,
            is_cut: true,
            is_one_outlet: false,
            own_lead: 0,
        }
    }
}

/// Buffers for the tokens of two articles.
#[derive(Clone, Debug, Default)]
struct TokenBuffers([TokenBuffer; 2]);

impl TokenBuffers {
    /// Returns the tokens of the cores of two articles. One of them often was one of the two in the call before.
    fn tokens<'a>(&'a mut self, corpus: &'a Corpus, [a, b]: [ArticleId; 2]) -> [&'a [Token]; 2] {
        let [one, other] = &mut self.0;
        if one.holds(b) || other.holds(a) {
            std::mem::swap(one, other);
        }
        [corpus.read_tokens(a, one), corpus.read_tokens(b, other)]
    }
}

impl<'a> Verifier<'a> {
    /// Creates a verifier of the articles of a corpus.
    pub fn new(corpus: &'a Corpus, align: AlignRule, judge: JudgeRule) -> Self {
        let distinct = DistinctShingles::new(corpus.len(), align.shingle_size);
        let (aligner, buffers) = (Aligner::new(align), TokenBuffers::default());
        Self { corpus, align, judge, aligner, distinct, buffers }
    }

    /// Returns a verifier that judges by another rule and shares the counts of this one.
    pub fn with_rule(&self, judge: JudgeRule) -> Self {
        Self { judge, ..self.clone() }
    }

    /// Returns the numbers of distinct shingles that were counted so far.
    pub(crate) fn distinct_shingles(&self) -> DistinctShingles {
        self.distinct.clone()
    }

    /// Returns the verifier with the counts of another one, whose articles must be the same and masked alike.
    pub(crate) fn with_distinct_shingles(self, distinct: DistinctShingles) -> Self {
        Self { distinct, ..self }
    }

    /// Returns the rule by which it judges.
    pub fn rule(&self) -> &JudgeRule {
        &self.judge
    }

    /// Verifies one pair by the cores of its articles. Returns nothing if they do not match.
    ///
    /// Equal cores match whatever their length. Others match only if they share a passage or, where coverage is not
    /// the score, a shingle. An article without words in its core matches nothing.
    pub fn verify(&mut self, one: ArticleId, other: ArticleId) -> Option<Match> {
        let judge = self.judge;
        let aligned = self.align(one, other)?;
        // Most candidates end here. Forms are recognized, and distinct shingles counted, for the others only.
        if !aligned.may_match(&judge) {
            return None;
        }
        self.measured(aligned).into_match(&judge)
    }

    /// Measures one pair, so that any rule can judge it. Returns nothing if the articles share nothing, or if their
    /// dates are too far apart.
    pub fn measure(&mut self, one: ArticleId, other: ArticleId) -> Option<Measure> {
        let aligned = self.align(one, other)?;
        Some(self.measured(aligned))
    }

    /// Aligns one pair. Returns nothing if the articles share nothing, or if their dates are too far apart.
    fn align(&mut self, one: ArticleId, other: ArticleId) -> Option<Aligned> {
        let ids = [one.min(other), one.max(other)];
        let ([a, b], corpus) = (ids, self.corpus);
        let words = ids.map(|id| corpus.words(id) as u32);
        // Dates are looked up only if there is a limit.
        let is_near =
            || self.judge.within.is_none() || self.judge.allows_dates(corpus.time(a), corpus.time(b));
        if words.contains(&0) || !is_near() {
            return None;
        }
        let [left, right] = self.buffers.tokens(corpus, ids);
        // If less than a shingle is left unmasked, equal cores prove nothing unless the whole articles are equal.
        // (Equal articles may be masked differently, so the cores are compared in any case.)
        let is_proof = || left.len() >= self.align.shingle_size || corpus.content(a) == corpus.content(b);
        if left == right && is_proof() {
            let passages = vec![Passage { blocks: vec![Block { a: 0, b: 0, length: words[0] }] }];
            let shared_shingles = self.distinct.count(a, left);
            return Some(Aligned { ids, words, is_exact: true, passages, shared_shingles });
        }
        let list_ids = (u64::from(a.get()), u64::from(b.get()));
        let Alignment { passages, shared_shingles } = self.aligner.align_with_ids(left, right, list_ids);
        if let Some((list_id, distinct)) = self.aligner.list_in_table() {
            self.distinct.store(ArticleId::new(list_id as usize), distinct);
        }
        (!passages.is_empty() || shared_shingles > 0).then_some(Aligned {
            ids,
            words,
            is_exact: false,
            passages,
            shared_shingles,
        })
    }

    /// Completes the measurement of an aligned pair.
    fn measured(&mut self, aligned: Aligned) -> Measure {
        let Aligned { ids, words, is_exact, passages, shared_shingles } = aligned;
        let [a, b] = ids;
        let [left, right] = self.buffers.tokens(self.corpus, ids);
        let shingles = [shared_shingles, self.distinct.count(a, left), self.distinct.count(b, right)];
        let cores = if is_exact {
            Cores::Equal
        } else if fill_site_forms(self.corpus, ids) {
            Cores::SameSiteForm
        } else if are_one_form(left, right, &passages) {
            Cores::SameForm
        } else {
            Cores::Different
        };
        let shared = if is_exact {
            SharedWords::at_most(&passages)
        } else {
            SharedWords::new(&passages, &self.corpus.direct_speech(a), &self.corpus.direct_speech(b))
        };
        let mut found = Match::new(ids, cores.provisional_relation(), passages, shingles, words);
        let (seams_a, seams_b) = (self.corpus.seams(a), self.corpus.seams(b));
        if !(seams_a.is_empty() && seams_b.is_empty()) {
            let mut parts = Vec::with_capacity(found.passages.len());
            found.passages.into_iter().for_each(|passage| passage.split(seams_a, seams_b, &mut parts));
            found.passages = parts;
        }
        if cores == Cores::SameSiteForm {
            // What the frame joins was not written in one piece.
            found.longest = found.passages.iter().map(Passage::words).max().unwrap_or(0);
        }
        let is_cut = self.is_cut(&found);
        let outlet = self.corpus.outlet(a);
        let is_one_outlet = outlet.is_some() && outlet == self.corpus.outlet(b);
        Measure::new(found, cores, PairFacts { shared, is_cut, is_one_outlet })
    }

    /// Returns whether the article of which more is in the other one was cut off it.
    fn is_cut(&self, found: &Match) -> bool {
        let text = |id, words, region, other| CutText {
            words,
            region,
            other,
            mark_words: self.corpus.cut_mark_words(id),
        };
        let (region_a, region_b) = (&found.region_a, &found.region_b);
        if found.coverage_a() >= found.coverage_b() {
            text(found.a, found.words[0], region_a, region_b).is_cut()
        } else {
            text(found.b, found.words[1], region_b, region_a).is_cut()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::relation::Relation;
    use super::*;
    use crate::article::{Article, Location};
    use crate::corpus::{Retained, Segment, SegmentStoreWriter};
    use crate::store::ColumnBudget;
    use crate::text::{Tokens, tokenize};

    const RULE: JudgeRule =
        JudgeRule { by: Score::Coverage, threshold: 0.6, partial_words: 40, within: None };

    const ALIGN: AlignRule = AlignRule { shingle_size: 5, bridge: 12, shortest_passage: 8 };

    fn segment_of(texts: impl IntoIterator<Item = String>, dates: &[&str]) -> Segment {
        let mut segment = Segment::new();
        let mut tokens = Tokens::new();
        for (line, text) in (1..).zip(texts) {
            tokenize(&text, &mut tokens);
            let published = dates.get(line as usize - 1).map(|&date| date.to_owned());
            let location = Location { file: "made".into(), line };
            segment.push(
                Article { published, location, ..Article::new(line.to_string(), text) },
                &tokens,
                Retained::TOKENS,
            );
        }
        segment
    }

    /// Returns articles of a hundred words. The last words of each, as many as `shared` says, are the same in all
    /// articles; the words before them are its own.
    fn segment(shared: &[usize]) -> Segment {
        let texts = (1..).zip(shared).map(|(line, shared)| {
            let word = |at: usize| format!("word{at}in{} ", if at < 100 - shared { line } else { 0 });
            (0..100).map(word).collect()
        });
        segment_of(texts, &[])
    }

    #[test]
    fn identical_articles_are_exact_if_they_are_masked_alike() {
        let mut corpus = Corpus::new(vec![segment(&[100; 3])]);
        let ids: Vec<ArticleId> = corpus.ids().collect();
        let end = || std::iter::once(80..100).collect();
        corpus.mask(&[(ids[1], end()), (ids[2], end())]);
        let mut verifier = Verifier::new(&corpus, ALIGN, RULE);
        let mut described = |one: usize, other: usize| {
            let found = verifier.verify(ids[one], ids[other]).unwrap();
            (found.relation, found.words, found.region_a.len(), found.region_b.len())
        };
        let near_duplicate = (Relation::NearDuplicate, [100, 80], 80, 80);
        assert_eq!([described(0, 1), described(1, 0), described(2, 0)], [near_duplicate; 3]);
        assert_eq!(described(1, 2), (Relation::Exact, [80, 80], 80, 80));
    }

    /// All articles have the same length, so a buffer that is mistaken for that of another article is not noticed
    /// by its length.
    #[test]
    fn articles_in_files_are_verified_like_articles_in_memory() {
        let shared = [80, 50, 100, 70, 90];
        let stores = SegmentStoreWriter::new(&std::env::temp_dir(), 0);
        let filed =
            segment(&shared).store(&stores, ColumnBudget { tokens: 0, strings: 0, besides: 0 }).unwrap();
        let corpora =
            [Corpus::new(vec![segment(&shared)]), Corpus::from_stored(vec![filed], stores.close(0).unwrap())];
        assert!(corpora[0].filed() == 0 && corpora[1].filed() > 0);
        let [mut held, mut filed] = corpora.each_ref().map(|corpus| Verifier::new(corpus, ALIGN, RULE));
        for number in 0..20 {
            let pair = [number % 5, (number + 1 + number / 5) % 5].map(ArticleId::new);
            let found = [&mut held, &mut filed].map(|verifier| verifier.verify(pair[0], pair[1]));
            let [held, filed] = found.map(|found| format!("{found:?}"));
            assert_eq!(filed, held, "{pair:?}");
        }
    }

    /// The check before the measurement rejects no pair that would be judged to match.
    #[test]
    fn a_pair_is_verified_as_it_is_measured_and_judged() {
        // Words by number. The articles are a story, and others that share two parts of it, one part, little of it,
        // a phrase, or nothing.
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
        let corpus = Corpus::new(vec![segment_of(articles.iter().map(text), &[])]);
        let ids: Vec<ArticleId> = corpus.ids().collect();
        let first = Verifier::new(&corpus, ALIGN, RULE);
        let mut matching = 0;
        for by in [Score::Coverage, Score::Resemblance, Score::Containment] {
            for (threshold, partial_words) in
                [(0.01, 0), (0.05, 20), (0.4, 20), (0.55, 20), (0.9, 70), (0.98, 9)]
            {
                let rule = JudgeRule { by, threshold, partial_words, within: None };
                let mut verifier = first.with_rule(rule);
                assert_eq!(verifier.rule(), &rule);
                for (index, &one) in ids.iter().enumerate() {
                    for &other in &ids[..index] {
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

    /// Name, the words that are masked in each of two articles, whether the articles are equal, their relation and
    /// the number of passages.
    type MaskedCase<'a> = (&'a str, [Range<u32>; 2], bool, Option<(Relation, usize)>);

    #[test]
    fn masked_words_are_not_compared() {
        let cases: [MaskedCase<'_>; 7] = [
            ("nothing in common except what is masked", [50..100, 50..100], false, None),
            ("five words left of equal articles", [5..100, 5..100], true, Some((Relation::Exact, 1))),
            ("three words left of equal articles", [3..100, 3..100], true, Some((Relation::Exact, 1))),
            ("words inside one", [45..50, 0..0], true, Some((Relation::NearDuplicate, 2))),
            ("words inside the other", [0..0, 45..50], true, Some((Relation::NearDuplicate, 2))),
            ("the same words inside both", [45..50, 45..50], true, Some((Relation::Exact, 2))),
            ("all words of one", [0..100, 0..0], true, None),
        ];
        for (name, masked, equal, expected) in cases {
            let mut corpus = Corpus::new(vec![segment(if equal { &[100, 100] } else { &[50, 50] })]);
            let ids: Vec<ArticleId> = corpus.ids().collect();
            let masks: Vec<_> = ids.iter().zip(masked).filter(|(_, range)| !range.is_empty()).collect();
            let masks: Vec<_> =
                masks.into_iter().map(|(&id, range)| (id, std::iter::once(range).collect())).collect();
            corpus.mask(&masks);
            let found = Verifier::new(&corpus, ALIGN, RULE).verify(ids[0], ids[1]);
            assert_eq!(found.map(|found| (found.relation, found.passages.len())), expected, "{name}");
        }
    }

    /// The cores of two different articles are equal. That makes the articles exact only if the cores are at least
    /// as long as a shingle.
    #[test]
    fn equal_cores_shorter_than_a_shingle_are_exact_only_in_equal_articles() {
        for (left, expected) in [(5, Some(Relation::Exact)), (4, None)] {
            let mut corpus = Corpus::new(vec![segment(&[left, left])]);
            let ids: Vec<ArticleId> = corpus.ids().collect();
            let own = || std::iter::once(0..100 - left as u32).collect();
            corpus.mask(&[(ids[0], own()), (ids[1], own())]);
            let found = Verifier::new(&corpus, ALIGN, RULE).verify(ids[0], ids[1]);
            assert_eq!(found.map(|found| found.relation), expected, "{left}");
        }
    }

    #[test]
    fn articles_with_distant_dates_are_not_compared() {
        for (day, expected) in [("2031-01-08", true), ("2031-01-09", false)] {
            let text = "the ferry to the island was late again because of the fog".to_owned();
            let dates = ["2031-01-01", day];
            let corpus = Corpus::new(vec![segment_of([text.clone(), text], &dates)]);
            let ids: Vec<ArticleId> = corpus.ids().collect();
            let rule = JudgeRule { within: Some(7 * 24 * 3600), ..RULE };
            let mut verifier = Verifier::new(&corpus, ALIGN, rule);
            assert_eq!(verifier.verify(ids[0], ids[1]).is_some(), expected, "{day}");
            assert_eq!(verifier.measure(ids[0], ids[1]).is_some(), expected, "{day}");
        }
    }
}
