//! Measures what a pair shares, once, so that it can be judged at any threshold.

use super::narrative::SharedWords;
use super::pair_match::Match;
use super::relation::{ALWAYS, Cores, Evidence, JudgeRule, OWN_STRETCH, Relation};
use super::score::{Score, share};
use super::shared_boilerplate::SharedBoilerplate;
use crate::article::ArticleId;

/// A measured pair: any rule can judge it without another alignment.
#[derive(Clone, Debug)]
pub struct Measure {
    in_cores: Measured,
    /// The measurement of larger cores, which contain masked words that were copied with other text, if there are any.
    /// Positions are those in these cores.
    larger_cores: Option<Box<Measured>>,
}

/// The measurement of two texts.
#[derive(Clone, Debug)]
pub(super) struct Measured {
    /// The match. Its relation is provisional.
    pub(super) found: Match,
    pub(super) cores: Cores,
    pub(super) facts: PairFacts,
}

/// The facts about a pair other than its passages and scores.
#[derive(Clone, Copy, Debug)]
pub(super) struct PairFacts {
    /// The number of equal words in the longest passage.
    pub(super) longest: u32,
    /// The number of equal words in all passages, by whether they are direct speech.
    pub(super) shared: SharedWords,
    /// True if one article is a cut beginning of the other.
    pub(super) is_cut: bool,
    /// True if both articles are in one outlet.
    pub(super) is_one_outlet: bool,
    /// True if the dates of both are known, and too far apart for one occasion.
    pub(super) is_later: bool,
    /// True if neither article is longer than the other.
    pub(super) are_of_one_length: bool,
}

impl Measure {
    pub(super) fn new(measured: Measured) -> Self {
        Self { in_cores: measured, larger_cores: None }
    }

    /// Returns the measure with that of larger cores, and what these share.
    pub(super) fn with_larger_cores(mut self, larger_cores: Measured, shared: SharedBoilerplate) -> Self {
        self.in_cores.found.longest = larger_cores.found.longest;
        self.in_cores.found.boilerplate = Some(Box::new(shared));
        Self { larger_cores: Some(Box::new(larger_cores)), ..self }
    }

    /// Returns whether the cores of the two articles are equal.
    pub(super) fn is_exact(&self) -> bool {
        self.in_cores.cores == Cores::Equal
    }

    /// Returns whether a rule finds a match.
    pub(super) fn matches(&self, rule: &JudgeRule) -> bool {
        rule.relation(&self.evidence(rule)).is_some()
    }

    /// Returns the two articles, the smaller number first.
    pub fn articles(&self) -> (ArticleId, ArticleId) {
        (self.in_cores.found.a, self.in_cores.found.b)
    }

    /// Returns an exact score of the first article and of the second. The resemblance is the same for both. If the
    /// two are one form that was filled in twice, this is the coverage of their words, although a rule does not
    /// accept it: see [`Measure::copy_threshold`].
    pub fn scores(&self, by: Score) -> (f64, f64) {
        scores(&self.in_cores.found, by)
    }

    /// Returns the number of equal words in the longest passage, or 0 if there is no passage.
    pub fn longest(&self) -> u32 {
        self.in_cores.found.longest
    }

    /// Returns the greatest threshold at which one of the articles counts as a copy of the other: with that
    /// threshold, the rule finds that they are exact, near-duplicates or an excerpt. Returns 0 if there is none.
    ///
    /// Usually this is the larger of the two scores. By coverage there are exceptions. It is the smaller score if the
    /// articles share no more than a quote, which makes no excerpt (0 if also neither is nearly whole in the other), and
    /// if they share background of their outlet. It is the coverage of both together if they are of one outlet and one
    /// length. It is 0 for a form that was filled in twice, for two editions, and for two reports with leads of their own.
    pub fn copy_threshold(&self, rule: &JudgeRule) -> f64 {
        rule.copy_threshold(&self.evidence(rule))
    }

    /// Returns the greatest threshold at which the rule finds a match that is more than a quote: infinity if it does
    /// at every threshold, 0 if at none. The rule's own threshold and `within` do not matter.
    pub fn reuse_threshold(&self, rule: &JudgeRule) -> f64 {
        rule.reuse_threshold(&self.evidence(rule))
    }

    /// Returns the match of the pair, or nothing if the rule finds no relation.
    pub fn into_match(self, rule: &JudgeRule) -> Option<Match> {
        let evidence = self.evidence(rule);
        let relation = rule.relation(&evidence)?;
        let (a, b) = self.scores(rule.by);
        let mut found = self.in_cores.found;
        found.relation = relation;
        found.is_other_news = rule.is_other_news(&evidence);
        if relation == Relation::Excerpt && b > a {
            found.relation = Relation::Contains;
            return Some(found.flipped());
        }
        Some(found)
    }

    /// Returns whether what the pair shares is background of one outlet, below a lead that each article has of its own.
    pub fn is_background(&self, rule: &JudgeRule) -> bool {
        let (a, b) = self.scores(Score::Coverage);
        self.in_cores.evidence(rule).is_background(a.min(b))
    }

    /// Returns whether the two tell different news, though they share text (see [`Match`]).
    pub(crate) fn is_other_news(&self, rule: &JudgeRule) -> bool {
        rule.is_other_news(&self.evidence(rule))
    }

    /// Returns whether the two are in one outlet, and say the same of two subjects.
    pub(crate) fn has_other_subjects(&self) -> bool {
        self.in_cores.cores == Cores::OtherSubjects
    }

    /// Returns what the pair shares, without a judgment: its relation has no meaning.
    pub fn shared(&self) -> &Match {
        &self.in_cores.found
    }

    fn evidence(&self, rule: &JudgeRule) -> Evidence {
        let cores = self.in_cores.evidence(rule);
        match &self.larger_cores {
            Some(larger) if rule.by == Score::Coverage => {
                Evidence { core_limit: rule.match_threshold(&cores), ..larger.evidence(rule) }
            }
            _ => cores,
        }
    }
}

/// Returns a score of the first article of a match and of the second.
fn scores(found: &Match, by: Score) -> (f64, f64) {
    match by {
        Score::Coverage => (found.coverage_a(), found.coverage_b()),
        Score::Resemblance => (found.resemblance(), found.resemblance()),
        Score::Containment => (found.containment_a(), found.containment_b()),
    }
}

impl Measured {
    fn evidence(&self, rule: &JudgeRule) -> Evidence {
        let found = &self.found;
        let [in_a, in_b] = [found.region_a.len(), found.region_b.len()];
        Evidence {
            cores: self.cores,
            scores: match rule.by {
                Score::Coverage => (share(in_a, found.words[0]), share(in_b, found.words[1])),
                Score::Resemblance | Score::Containment => scores(found, rule.by),
            },
            joint_coverage: share(in_a + in_b, found.words[0] + found.words[1]),
            are_of_one_length: self.facts.are_of_one_length,
            aligned_words: in_a.min(in_b),
            longest: self.facts.longest,
            shared: self.facts.shared,
            own_stretches: found.own_stretches(OWN_STRETCH),
            is_cut: self.facts.is_cut,
            is_one_outlet: self.facts.is_one_outlet,
            is_later: self.facts.is_later,
            own_leads: found.own_leads(),
            words_around: found.words_around(rule.partial_words),
            core_limit: ALWAYS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Location};
    use crate::corpus::{Corpus, Retained, Segment};
    use crate::text::{Tokens, tokenize};
    use crate::verify::{AlignRule, Verifier};

    fn words(name: char, count: usize) -> String {
        (b'a'..).take(count).map(|letter| format!("{name}{} ", char::from(letter))).collect()
    }

    const JUDGE: JudgeRule =
        JudgeRule { by: Score::Coverage, threshold: 0.6, partial_words: 20, within: None };

    /// Measures the first of two articles with the second.
    fn measure(texts: [String; 2]) -> Option<Measure> {
        let mut segment = Segment::new();
        let mut tokens = Tokens::new();
        for (key, text) in ["1", "2"].into_iter().zip(texts) {
            tokenize(&text, &mut tokens);
            let location = Location { file: "made".into(), line: 1 };
            segment.push(Article { location, ..Article::new(key, text) }, &tokens, Retained::TOKENS);
        }
        let corpus = Corpus::new(vec![segment]);
        let align = AlignRule { shingle_size: 5, bridge: 12, shortest_passage: 8 };
        let ids: Vec<ArticleId> = corpus.ids().collect();
        Verifier::new(&corpus, align, JUDGE).measure(ids[0], ids[1])
    }

    /// There are 26 shingles in 30 words, 36 in 40 words, and 16 in the 20 words at the beginning of both.
    #[test]
    fn scores_are_shares_of_words_and_shingles() {
        let texts = [words('s', 20) + &words('t', 10), words('s', 20) + &words('u', 20)];
        let measure = measure(texts).unwrap();
        let cases = [
            (Score::Coverage, (20.0 / 30.0, 20.0 / 40.0)),
            (Score::Resemblance, (16.0 / 46.0, 16.0 / 46.0)),
            (Score::Containment, (16.0 / 26.0, 16.0 / 36.0)),
        ];
        for (by, expected) in cases {
            assert_eq!(measure.scores(by), expected, "{by:?}");
            assert_eq!(measure.copy_threshold(&JudgeRule { by, ..JUDGE }), expected.0, "{by:?}");
        }
        assert_eq!(measure.longest(), 20);
    }

    #[test]
    fn the_excerpt_comes_first() {
        let (short, long) = (words('s', 20), words('s', 20) + &words('t', 20));
        for (texts, expected) in [([short.clone(), long.clone()], (0, 1)), ([long, short], (1, 0))] {
            let found = measure(texts).unwrap().into_match(&JUDGE).unwrap();
            assert_eq!(
                (found.relation, found.a.index(), found.b.index()),
                (Relation::Excerpt, expected.0, expected.1)
            );
            assert_eq!((found.coverage_a(), found.coverage_b()), (1.0, 0.5));
        }
    }

    #[test]
    fn one_article_is_judged_a_copy_up_to_the_reach_of_the_pair() {
        let (s, t, u) = (words('s', 20), words('t', 20), words('u', 20));
        let form = |[one, other, last]: [u32; 3]| {
            format!(
                "in the draw at the old harbor hall the first number was {one} while the second one that a child \
                 drew there was {other} and the last of the three that evening came out as {last} before all of them \
                 went home to the hills"
            )
        };
        let cases = [
            ("a passage", [s.clone() + &t, s.clone() + &u], 0.5),
            ("a quote", [words('s', 19) + &t, words('s', 19) + &u], 0.0),
            ("most of a brief", [words('s', 12) + &words('t', 3), words('s', 12) + &words('u', 8)], 0.0),
            ("a whole brief", [words('s', 12), words('u', 24) + &words('s', 12)], 12.0 / 36.0),
            ("a form", [form([4, 8, 15]), form([16, 23, 42])], 0.0),
        ];
        for (name, texts, expected) in cases {
            let measure = measure(texts).unwrap();
            assert_eq!(measure.copy_threshold(&JUDGE), expected, "{name}");
            for threshold in [expected, expected + 0.001].into_iter().filter(|&threshold| threshold > 0.0) {
                let found = measure.clone().into_match(&JudgeRule { threshold, ..JUDGE });
                let is_copy = found.is_some_and(|found| found.relation != Relation::Partial);
                assert_eq!(is_copy, threshold <= expected, "{name} at {threshold}");
            }
        }
        let form = measure([form([4, 8, 15]), form([16, 23, 42])]).unwrap();
        assert!(form.scores(Score::Coverage).0 > 0.9);
        assert!(form.copy_threshold(&JudgeRule { by: Score::Containment, ..JUDGE }) > 0.0);
    }

    /// A page that repeats a sentence shares no more words with its source for that.
    #[test]
    fn repeated_words_count_once() {
        let (s, t) = (words('s', 12), words('t', 24));
        let found = measure([s.clone(), format!("{t}{s}{t}{s}")]).unwrap();
        assert_eq!(found.shared().aligned_words(), 12);
        assert_eq!(found.into_match(&JUDGE).map(|found| found.relation), None);
    }

    /// Six equal words are two shingles, but no passage. Four equal words are not even a shingle.
    #[test]
    fn a_pair_is_measured_if_it_shares_a_shingle() {
        let phrase = measure([words('s', 6) + &words('t', 14), words('s', 6) + &words('u', 14)]).unwrap();
        assert_eq!((phrase.longest(), phrase.scores(Score::Coverage)), (0, (0.0, 0.0)));
        assert_eq!(phrase.scores(Score::Containment), (2.0 / 16.0, 2.0 / 16.0));
        assert!(measure([words('s', 4) + &words('t', 16), words('s', 4) + &words('u', 16)]).is_none());
    }
}
