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
use super::other_subject::have_other_subjects;
use super::pair_core::{PairCore, among_all_words};
use super::pair_match::Match;
use super::passage::{Block, Passage};
use super::region::Region;
use super::relation::{Cores, Evidence, JudgeRule, are_of_one_length};
use super::score::{Score, share};
use super::shared_boilerplate::SharedBoilerplate;
use super::shared_masked::SharedMasked;
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
    /// Aligns cores. It keeps its table for the next pair.
    aligner: Aligner,
    /// Aligns whole articles.
    whole_aligner: Aligner,
    /// Aligns cores that contain masked words.
    enlarged_aligner: Aligner,
    shared_masked: SharedMasked,
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
        let scores = (share(covered(Passage::a), self.words[0]), share(covered(Passage::b), self.words[1]));
        Evidence {
            cores: if self.is_exact { Cores::Equal } else { Cores::Different },
            scores,
            joint_coverage: scores.0.max(scores.1),
            longest: self.passages.iter().map(Passage::words).max().unwrap_or(0),
            shared: SharedWords::at_most(&self.passages),
            ..Evidence::GREATEST
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
        let [aligner, whole_aligner, enlarged_aligner] = [(); 3].map(|()| Aligner::new(align));
        Self {
            corpus,
            align,
            judge,
            aligner,
            whole_aligner,
            enlarged_aligner,
            shared_masked: SharedMasked::default(),
            distinct,
            buffers: TokenBuffers::default(),
        }
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
        } else if self.corpus.are_in_one_outlet(ids)
            && self.have_other_subjects(ids, &passages)
            && !self.corpus.have_one_address(ids)
        {
            Cores::OtherSubjects
        } else {
            Cores::Different
        };
        let speech = if is_exact { Default::default() } else { ids.map(|id| self.corpus.direct_speech(id)) };
        let found = Match::new(ids, cores.provisional_relation(), passages, shingles, words);
        Measure::new(self.completed(found, cores, &speech, ids.map(|id| self.corpus.seams(id))))
    }

    /// Returns whether two articles say the same of two subjects. `passages` are those of their cores. The names are in the frame
    /// of the form, so masked words count.
    fn have_other_subjects(&mut self, ids: [ArticleId; 2], passages: &[Passage]) -> bool {
        if !ids.iter().any(|&id| self.corpus.is_masked(id)) {
            let [left, right] = self.buffers.tokens(self.corpus, ids);
            return have_other_subjects(left, right, passages);
        }
        let mut buffers = [Vec::new(), Vec::new()];
        let all = read_all_tokens(self.corpus, ids, &mut buffers);
        have_other_subjects(all[0], all[1], &self.align_whole(ids, all))
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
        // What the frame of a form joins was not written in one piece, nor what other names divide.
        match cores {
            Cores::SameSiteForm => {
                found.longest = found.passages.iter().map(Passage::words).max().unwrap_or(0);
            }
            Cores::OtherSubjects => {
                let blocks = found.passages.iter().flat_map(|passage| &passage.blocks);
                found.longest = blocks.map(|block| block.length).max().unwrap_or(0);
            }
            Cores::Equal | Cores::SameForm | Cores::Different => {}
        }
        let is_one_outlet = self.corpus.are_in_one_outlet([found.a, found.b]);
        // The pages of one outlet have one template, so whole articles are compared: how much of each is masked may differ.
        let lengths = if is_one_outlet {
            [found.a, found.b].map(|id| self.corpus.all_words(id) as u32)
        } else {
            found.words
        };
        // Of an article that repeats a text, more is covered than of the other.
        let covered = [found.region_a.len(), found.region_b.len()];
        let are_of_one_length = are_of_one_length(lengths) && are_of_one_length(covered);
        let facts = PairFacts {
            longest: found.longest,
            shared,
            is_cut: self.is_cut(&found),
            is_one_outlet,
            is_later: self.corpus.are_of_two_occasions([found.a, found.b]),
            are_of_one_length,
        };
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
        let all = read_all_tokens(corpus, ids, &mut buffers);
        let masked = ids.map(|id| Region::new(corpus.masked_ranges(id)));
        let ranges = masked.each_ref().map(Region::ranges);
        if !self.shared_masked.may_share(all, ranges, self.align) {
            return measure;
        }
        let passages = self.align_whole(ids, all);
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

    /// Returns the passages of two articles, masked words included. `all` are their tokens.
    fn align_whole(&mut self, ids: [ArticleId; 2], all: [&[Token]; 2]) -> Vec<Passage> {
        let [a, b] = ids.map(|id| u64::from(id.get()));
        self.whole_aligner.align_with_ids(all[0], all[1], (a, b)).passages
    }

    /// Measures two cores that contain masked words.
    fn measured_cores(&mut self, ids: [ArticleId; 2], cores: &[PairCore; 2]) -> Measured {
        let [left, right] = cores.each_ref().map(|core| core.tokens.as_slice());
        let words = [left.len() as u32, right.len() as u32];
        let (passages, relation) = if left == right {
            (vec![Passage { blocks: vec![Block { a: 0, b: 0, length: words[0] }] }], Cores::Equal)
        } else {
            let passages = self.enlarged_aligner.align(left, right).passages;
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

/// Returns all tokens of two articles, masked ones included. Those that are in a file are read into a buffer.
fn read_all_tokens<'t>(
    corpus: &'t Corpus,
    [a, b]: [ArticleId; 2],
    [buffer_a, buffer_b]: &'t mut [Vec<Token>; 2],
) -> [&'t [Token]; 2] {
    [(a, buffer_a), (b, buffer_b)]
        .map(|(id, buffer)| corpus.read_all_tokens(id, 0..corpus.all_words(id), buffer))
}

#[cfg(test)]
mod tests;
