//! An aligned pair in, what any rule makes of it out: measured once, judged at any threshold.

use super::judge::{JudgeRule, Match, Relation, Score, WHOLE};
use crate::article::ArticleId;

/// What two articles share, measured so that it can be judged by any rule without being aligned again.
#[derive(Clone, Debug)]
pub struct Measure {
    /// What they share. Its relation is exact or, where that is still to be judged, partial.
    found: Match,
    /// Whether they are one form that was filled in twice: then neither counts as covered.
    is_form: bool,
}

impl Measure {
    pub(super) fn new(found: Match, is_form: bool) -> Self {
        Self { found, is_form }
    }

    /// Gives the two articles, the smaller number first.
    pub fn articles(&self) -> (ArticleId, ArticleId) {
        (self.found.a, self.found.b)
    }

    /// Gives a score of the first article and of the second, exact; the resemblance twice. Two forms are covered as
    /// their words say: a rule does not take them at that, see [`Measure::reach`].
    pub fn scores(&self, by: Score) -> (f64, f64) {
        let found = &self.found;
        match by {
            Score::Coverage => (found.coverage_a(), found.coverage_b()),
            Score::Resemblance => (found.resemblance(), found.resemblance()),
            Score::Containment => (found.containment_a(), found.containment_b()),
        }
    }

    /// Gives the equal words of the longest passage; 0 where there is none.
    pub fn longest(&self) -> u32 {
        self.found.longest
    }

    /// Gives the greatest threshold at which one of the articles counts as a copy of the other: the rule, with that
    /// threshold in place of its own, finds them exact, near-duplicates or an excerpt. 0 where no threshold does.
    ///
    /// That is the larger of the two scores. By coverage it is, where they share no more than a quote, which makes no
    /// excerpt, the smaller one if one of them stands in the other whole, else 0; and 0 for a form.
    pub fn reach(&self, rule: &JudgeRule) -> f64 {
        if self.found.relation == Relation::Exact {
            return 1.0;
        }
        let (a, b) = self.judged_scores(rule.by);
        let no_quote = rule.by != Score::Coverage || self.found.aligned_words() >= rule.partial_words;
        match (no_quote, a.max(b) >= WHOLE) {
            (true, _) => a.max(b),
            (false, true) => a.min(b),
            (false, false) => 0.0,
        }
    }

    /// Judges the pair.
    pub fn into_match(mut self, rule: &JudgeRule) -> Option<Match> {
        if self.found.relation == Relation::Exact {
            return Some(self.found);
        }
        let (a, b) = self.judged_scores(rule.by);
        self.found.relation = rule.relation(a, b, self.found.aligned_words(), self.found.longest)?;
        let b_is_excerpt = self.found.relation == Relation::Excerpt && b > a;
        Some(if b_is_excerpt { self.found.flipped() } else { self.found })
    }

    /// Gives what the pair shares, to be looked at: its relation is not judged.
    pub fn shared(&self) -> &Match {
        &self.found
    }

    fn judged_scores(&self, by: Score) -> (f64, f64) {
        if by == Score::Coverage && self.is_form { (0.0, 0.0) } else { self.scores(by) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Location};
    use crate::corpus::{Corpus, Segment};
    use crate::text::{Tokens, tokenize};
    use crate::verify::{AlignRule, Verifier};

    fn words(name: char, count: usize) -> String {
        (b'a'..).take(count).map(|letter| format!("{name}{} ", char::from(letter))).collect()
    }

    const JUDGE: JudgeRule =
        JudgeRule { by: Score::Coverage, threshold: 0.6, partial_words: 20, within: None };

    /// Measures the first of two articles with the second.
    fn measure(texts: [String; 2]) -> Option<Measure> {
        let mut part = Segment::new();
        let mut tokens = Tokens::new();
        for (key, text) in ["1", "2"].into_iter().zip(texts) {
            tokenize(&text, &mut tokens);
            let location = Location { file: "made".into(), line: 1 };
            let (key, site, published, title) = (key.to_owned(), None, None, None);
            part.push(Article { key, text, site, published, title, location }, &tokens, false);
        }
        let corpus = Corpus::new(vec![part]);
        let align = AlignRule { shingle_size: 5, bridge: 12, shortest_passage: 8 };
        let ids: Vec<ArticleId> = corpus.ids().collect();
        Verifier::new(&corpus, align, JUDGE).measure(ids[0], ids[1])
    }

    /// Runs of five words: 26 of 30 words, 36 of 40, and 16 of the 20 words that both begin with.
    #[test]
    fn scores_are_shares_of_what_both_have() {
        let texts = [words('s', 20) + &words('t', 10), words('s', 20) + &words('u', 20)];
        let measure = measure(texts).unwrap();
        let cases = [
            (Score::Coverage, (20.0 / 30.0, 20.0 / 40.0)),
            (Score::Resemblance, (16.0 / 46.0, 16.0 / 46.0)),
            (Score::Containment, (16.0 / 26.0, 16.0 / 36.0)),
        ];
        for (by, expected) in cases {
            assert_eq!(measure.scores(by), expected, "{by:?}");
            assert_eq!(measure.reach(&JudgeRule { by, ..JUDGE }), expected.0, "{by:?}");
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

    /// Up to its reach, and not beyond, one counts as a copy of the other.
    #[test]
    fn reaches_as_far_as_it_is_judged_a_copy() {
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
            ("a whole brief", [words('s', 12), words('s', 12) + &words('u', 8)], 0.6),
            ("a form", [form([4, 8, 15]), form([16, 23, 42])], 0.0),
        ];
        for (name, texts, expected) in cases {
            let measure = measure(texts).unwrap();
            assert_eq!(measure.reach(&JUDGE), expected, "{name}");
            for threshold in [expected, expected + 0.001].into_iter().filter(|&threshold| threshold > 0.0) {
                let found = measure.clone().into_match(&JudgeRule { threshold, ..JUDGE });
                let is_copy = found.is_some_and(|found| found.relation != Relation::Partial);
                assert_eq!(is_copy, threshold <= expected, "{name} at {threshold}");
            }
        }
        let form = measure([form([4, 8, 15]), form([16, 23, 42])]).unwrap();
        assert!(
            form.scores(Score::Coverage).0 > 0.9
                && form.reach(&JudgeRule { by: Score::Containment, ..JUDGE }) > 0.0
        );
    }

    /// Six equal words are two shingles, and no passage.
    #[test]
    fn a_phrase_is_measured_and_nothing_is_not() {
        let phrase = measure([words('s', 6) + &words('t', 14), words('s', 6) + &words('u', 14)]).unwrap();
        assert_eq!((phrase.longest(), phrase.scores(Score::Coverage)), (0, (0.0, 0.0)));
        assert_eq!(phrase.scores(Score::Containment), (2.0 / 16.0, 2.0 / 16.0));
        assert!(measure([words('s', 4) + &words('t', 16), words('s', 4) + &words('u', 16)]).is_none());
    }
}
