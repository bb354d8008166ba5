//! Verifies pairs of articles: aligns them, computes their exact scores, and decides whether and how they match.
//!
//! Cost: one alignment for each pair, which is linear in the number of words. Pairs that cannot match are rejected
//! after it, before anything else is computed.

use std::ops::Range;

use super::align_rule::AlignRule;
use super::aligner::{Aligner, Alignment};
use super::copied_boilerplate::copied_boilerplate;
use super::cut_text::CutText;
use super::distinct_shingles::DistinctShingles;
use super::filled_form::are_one_form;
use super::measure::{Measure, Measured, PairFacts};
use super::narrative::SharedWords;
use super::pair_core::{PairCore, among_all_words};
use super::pair_match::Match;
use super::passage::{Block, Passage};
use super::region::Region;
use super::relation::{ALWAYS, Cores, Evidence, JudgeRule};
use super::score::{Score, share};
use super::shared_boilerplate::SharedBoilerplate;
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
    /// Aligns whole articles and larger cores. The other one keeps its table for the next pair.
    whole_aligner: Aligner,
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
            core_limit: ALWAYS,
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
        let [aligner, whole_aligner] = [(); 2].map(|()| Aligner::new(align));
        Self { corpus, align, judge, aligner, whole_aligner, distinct, buffers: TokenBuffers::default() }
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
        let measure = self.measured(aligned);
        if !measure.matches(&judge) {
            return None;
        }
        self.with_copied(measure).into_match(&judge)
    }

    /// Measures one pair, so that any rule can judge it. Returns nothing if the articles share nothing, or if their
    /// dates are too far apart.
    pub fn measure(&mut self, one: ArticleId, other: ArticleId) -> Option<Measure> {
        let aligned = self.align(one, other)?;
        let measure = self.measured(aligned);
        Some(self.with_copied(measure))
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
        let speech = if is_exact { Default::default() } else { ids.map(|id| self.corpus.direct_speech(id)) };
        let found = Match::new(ids, cores.provisional_relation(), passages, shingles, words);
        Measure::new(self.completed(found, cores, &speech, ids.map(|id| self.corpus.seams(id))))
    }

    /// Completes the measurement of two texts. `found` has passages that are not split at seams yet; `speech` and `seams`
    /// are those of the two texts. The direct speech of equal texts does not matter.
    fn completed(
        &self,
        mut found: Match,
        cores: Cores,
        [speech_a, speech_b]: &[Vec<Range<u32>>; 2],
        [seams_a, seams_b]: [&[u32]; 2],
    ) -> Measured {
        let shared = if cores == Cores::Equal {
            SharedWords::at_most(&found.passages)
        } else {
            SharedWords::new(&found.passages, speech_a, speech_b)
        };
        if !(seams_a.is_empty() && seams_b.is_empty()) {
            let mut parts = Vec::with_capacity(found.passages.len());
            found.passages.into_iter().for_each(|passage| passage.split(seams_a, seams_b, &mut parts));
            found.passages = parts;
        }
        if cores == Cores::SameSiteForm {
            // What the frame joins was not written in one piece.
            found.longest = found.passages.iter().map(Passage::words).max().unwrap_or(0);
        }
        let outlet = self.corpus.outlet(found.a);
        let is_one_outlet = outlet.is_some() && outlet == self.corpus.outlet(found.b);
        let facts = PairFacts { longest: found.longest, shared, is_cut: self.is_cut(&found), is_one_outlet };
        Measured { found, cores, facts }
    }

    /// Adds masked words that were copied with other text to a measure, if the articles are in two outlets. What two
    /// articles of one outlet have in common may be its template, or a form that it fills with different news.
    fn with_copied(&mut self, measure: Measure) -> Measure {
        let (a, b) = measure.articles();
        let (ids, corpus) = ([a, b], self.corpus);
        let are_two_outlets = corpus.outlet(a).zip(corpus.outlet(b)).is_some_and(|(a, b)| a != b);
        let is_masked = corpus.is_masked(a) || corpus.is_masked(b);
        if measure.is_exact() || measure.longest() == 0 || !is_masked || !are_two_outlets {
            return measure;
        }
        let mut buffers = [Vec::new(), Vec::new()];
        let [buffer_a, buffer_b] = &mut buffers;
        let all = [(a, buffer_a), (b, buffer_b)]
            .map(|(id, buffer)| corpus.read_all_tokens(id, 0..corpus.all_words(id), buffer));
        let masked = ids.map(|id| Region::new(corpus.masked_ranges(id)));
        let passages = self.whole_aligner.align(all[0], all[1]).passages;
        let copied = copied_boilerplate(&passages, &masked, self.align.shortest_passage);
        if copied.iter().all(Region::is_empty) {
            return measure;
        }
        let cores = [0, 1].map(|side| PairCore::new(all[side], &masked[side], &copied[side]));
        let measured = self.measured_cores(ids, &cores);
        let found = &measured.found;
        let shared = SharedBoilerplate {
            passages: among_all_words(&found.passages, &cores),
            words: found.words,
            covered: [found.region_a.len(), found.region_b.len()],
        };
        measure.with_larger_cores(measured, shared)
    }

    /// Measures two cores that contain masked words.
    fn measured_cores(&mut self, ids: [ArticleId; 2], cores: &[PairCore; 2]) -> Measured {
        let [left, right] = cores.each_ref().map(|core| core.tokens.as_slice());
        let words = [left.len() as u32, right.len() as u32];
        let (passages, relation) = if left == right {
            (vec![Passage { blocks: vec![Block { a: 0, b: 0, length: words[0] }] }], Cores::Equal)
        } else {
            let passages = self.whole_aligner.align(left, right).passages;
            let is_form = are_one_form(left, right, &passages);
            (passages, if is_form { Cores::SameForm } else { Cores::Different })
        };
        let speech = [0, 1].map(|side| self.corpus.direct_speech_in(ids[side], cores[side].ranges()));
        // Shingles are those of the cores without masked words.
        let found = Match::new(ids, relation.provisional_relation(), passages, [0; 3], words);
        self.completed(found, relation, &speech, cores.each_ref().map(|core| core.seams.as_slice()))
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

    /// A story of 200 words, of which half is speech. One article has 70 words more, the other 50.
    #[test]
    fn masked_words_of_a_copy_on_another_site_count() {
        let word = |name: char, at: usize| {
            format!(
                "{name}{} ",
                char::from(b'a' + (at / 26) as u8).to_string()
                    + &char::from(b'a' + (at % 26) as u8).to_string()
            )
        };
        let words = |name: char, range: Range<usize>| range.map(|at| word(name, at)).collect::<String>();
        let story = |mark: [char; 2]| {
            let [open, close] = mark;
            let speech = |range| format!("{open}{}{close} ", words('s', range).trim_end());
            speech(0..50) + &words('s', 50..150) + &speech(150..200)
        };
        let cores = [(100, 170), (100, 150)].map(|(part, whole)| f64::from(part) / f64::from(whole));
        let whole = [200.0 / 270.0, 200.0 / 250.0];
        // Name, sites, masked words of each, whether half of the story is between quotation marks, what is expected.
        type Case<'a> = (&'a str, [Option<&'a str>; 2], [Range<u32>; 2], bool, (Relation, [f64; 2]));
        let two = [Some("one.example"), Some("two.example")];
        let (middle, end) = (50..150, 100..200);
        let cases: [Case<'_>; 8] = [
            ("both", two, [middle.clone(), middle.clone()], false, (Relation::NearDuplicate, whole)),
            ("one", two, [middle.clone(), 0..0], false, (Relation::NearDuplicate, whole)),
            (
                "speech around it",
                two,
                [middle.clone(), middle.clone()],
                true,
                (Relation::NearDuplicate, whole),
            ),
            ("one outlet", [two[0]; 2], [middle.clone(), middle.clone()], false, (Relation::Contains, cores)),
            (
                "one outlet, speech",
                [two[0]; 2],
                [middle.clone(), middle.clone()],
                true,
                (Relation::Quote, cores),
            ),
            (
                "an unknown outlet",
                [two[0], None],
                [middle.clone(), middle.clone()],
                false,
                (Relation::Contains, cores),
            ),
            ("the end of both", two, [end.clone(), end.clone()], false, (Relation::Contains, cores)),
            ("the end of one", two, [end, 0..0], false, (Relation::NearDuplicate, whole)),
        ];
        for (name, sites, masks, has_speech, expected) in cases {
            let story = story(if has_speech { ['“', '”'] } else { [' ', ' '] });
            let texts = [format!("{story} {}", words('t', 0..70)), format!("{story} {}", words('u', 0..50))];
            let (mut segment, mut tokens) = (Segment::new(), Tokens::new());
            for ((line, text), site) in (1..).zip(texts).zip(sites) {
                tokenize(&text, &mut tokens);
                let location = Location { file: "made".into(), line };
                let site = site.map(str::to_owned);
                let article = Article { site, location, ..Article::new(line.to_string(), text) };
                segment.push(article, &tokens, Retained::TOKENS);
            }
            let mut corpus = Corpus::new(vec![segment]);
            let ids: Vec<ArticleId> = corpus.ids().collect();
            let masks: Vec<_> = ids.iter().copied().zip(masks.map(|mask| vec![mask])).collect();
            corpus.mask(&masks.into_iter().filter(|(_, mask)| !mask[0].is_empty()).collect::<Vec<_>>());
            let found = Verifier::new(&corpus, ALIGN, RULE).verify(ids[0], ids[1]).unwrap().seen_from(ids[0]);
            assert_eq!((found.relation, [found.coverage_a(), found.coverage_b()]), expected, "{name}");
            let [all_a, all_b] = [ids[0], ids[1]].map(|id| corpus.all_tokens(id));
            let passages = found.boilerplate.iter().flat_map(|boilerplate| &boilerplate.passages);
            for block in passages.flat_map(|passage| &passage.blocks) {
                let [in_a, in_b] = [block.a..block.a_end(), block.b..block.b_end()]
                    .map(|range| range.start as usize..range.end as usize);
                assert_eq!(all_a[in_a], all_b[in_b], "{name}");
            }
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
