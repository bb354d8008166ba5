//! Decides the relation of two articles, and of a member's passage to the passage of its representative.
//!
//! No other file compares scores with a threshold to name a relation. All numbers of the rule are the fields of
//! [`JudgeRule`], which are settings, and the constants of this file. The rule of forms is in `filled_form`.
//!
//! A pair is judged by its `Evidence`. `JudgeRule::limits` lists for each relation the greatest threshold at which
//! the pair has it. The relation at one threshold, and the greatest threshold at which the pair counts as a copy,
//! are both read from this list, so they cannot disagree.

use super::score::Score;
use crate::provenance::Seconds;

/// The relation of one article to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// The two are equal, word for word.
    Exact,
    /// Each is in the other, except for a few words.
    NearDuplicate,
    /// One is in the other, which contains more.
    Excerpt,
    /// Neither is in the other, but they share a passage that is longer than a quote.
    Partial,
}

impl Relation {
    /// Returns its name in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::NearDuplicate => "near-duplicate",
            Self::Excerpt => "excerpt",
            Self::Partial => "partial",
        }
    }

    /// Returns whether at least one of the two articles counts as a copy of the other, or of a part of it.
    fn is_copy(self) -> bool {
        self != Self::Partial
    }
}

/// The rule that decides which pairs match, and what their relation is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct JudgeRule {
    /// The score that decides.
    pub by: Score,
    /// The value that the score must reach, 0 to 1.
    pub threshold: f64,
    /// The length from which a text is longer than a quote: the minimum number of equal words in the passage of a
    /// partial match, and of shared words in an excerpt.
    pub partial_words: u32,
    /// The maximum time between the dates of two articles that match, in seconds, if there is one. Articles without
    /// a date match articles of any date.
    pub within: Option<u64>,
}

/// The coverage that makes a copy of a text which shares no more than a quote's length with the other: nine tenths,
/// since only a headline or a dateline may be missing.
const SHORT_COPY_COVERAGE: f64 = 0.9;

/// The limit of a relation that a pair has at every threshold.
const ALWAYS: f64 = f64::INFINITY;
/// The limit of a relation that a pair has at no threshold.
const NEVER: f64 = f64::NEG_INFINITY;

/// The comparison of the cores of two articles, before any score is considered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cores {
    /// They are equal, word for word.
    Equal,
    /// They are one form, filled in twice: different news, whatever their coverage.
    SameForm,
    /// Neither.
    Different,
}

impl Cores {
    /// Returns the relation that a match has until a rule has judged it.
    pub(super) fn provisional_relation(self) -> Relation {
        if self == Self::Equal { Relation::Exact } else { Relation::Partial }
    }
}

/// Everything about a pair that its relation depends on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Evidence {
    pub(super) cores: Cores,
    /// The score by which the rule judges, of the first article and of the second.
    pub(super) scores: (f64, f64),
    /// The number of words in passages, counted in the first article.
    pub(super) aligned_words: u32,
    /// The number of equal words in the longest passage.
    pub(super) longest: u32,
}

impl JudgeRule {
    /// Returns whether the dates of two articles allow a match.
    pub(super) fn allows_dates(&self, a: Option<Seconds>, b: Option<Seconds>) -> bool {
        let apart = a.zip(b).map(|(a, b)| a.abs_diff(b));
        apart.zip(self.within).is_none_or(|(apart, within)| apart <= within)
    }

    /// Returns the relation of a pair, or nothing if the pair is no match.
    pub(super) fn relation(&self, evidence: &Evidence) -> Option<Relation> {
        let (relation, _) = self.limits(evidence).into_iter().find(|&(_, limit)| self.threshold <= limit)?;
        Some(relation)
    }

    /// Returns the greatest threshold at which one article of the pair counts as a copy of the other, or 0 if there
    /// is none. At that threshold the rule finds them exact, near-duplicates or an excerpt.
    pub(super) fn copy_threshold(&self, evidence: &Evidence) -> f64 {
        let copies = self.limits(evidence).into_iter().filter(|(relation, _)| relation.is_copy());
        copies.map(|(_, limit)| limit).fold(0.0, f64::max).min(1.0)
    }

    /// Returns the greatest threshold at which the pair matches, in whatever relation: infinity if it matches at every
    /// threshold, 0 if at none.
    pub(super) fn match_threshold(&self, evidence: &Evidence) -> f64 {
        self.limits(evidence).into_iter().map(|(_, limit)| limit).fold(0.0, f64::max)
    }

    /// Returns all relations, the closest first, each with the greatest threshold at which the pair has it if it
    /// has no closer one. The threshold of the rule itself does not matter.
    fn limits(&self, evidence: &Evidence) -> [(Relation, f64); 4] {
        let by_coverage = self.by == Score::Coverage;
        let covers_nothing = by_coverage && evidence.cores == Cores::SameForm;
        let (a, b) = if covers_nothing { (0.0, 0.0) } else { evidence.scores };
        let (smaller, larger) = (a.min(b), a.max(b));
        // A text that is no longer than a quote and is contained in a longer text may be a quote: it is no excerpt.
        // Of two texts as short as that, one must be nearly whole in the other. If a third of a brief differs, the
        // rest may be the frame of a form, and the difference may be the news.
        let exceeds_quote = !by_coverage || evidence.aligned_words >= self.partial_words;
        let has_short_copy = larger >= SHORT_COPY_COVERAGE;
        let has_long_passage = by_coverage && evidence.longest >= self.partial_words;
        [
            (Relation::Exact, limit_if(evidence.cores == Cores::Equal, ALWAYS)),
            (Relation::NearDuplicate, limit_if(exceeds_quote || has_short_copy, smaller)),
            (Relation::Excerpt, limit_if(exceeds_quote, larger)),
            (Relation::Partial, limit_if(has_long_passage, ALWAYS)),
        ]
    }
}

/// Returns `limit` if the condition of a relation holds.
fn limit_if(holds: bool, limit: f64) -> f64 {
    if holds { limit } else { NEVER }
}

/// Everything about a member of a cluster that the relation of its passage to the representative's depends on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PassageEvidence {
    /// True if the member has the whole passage in one equal run.
    pub(crate) is_equal: bool,
    /// The share of the passage that is in the member.
    pub(crate) coverage: f64,
    /// The share of the member's words that are in the passage.
    pub(crate) article_coverage: f64,
}

impl PassageEvidence {
    /// Returns the relation of the member's passage to the representative's. It is near-duplicate if the member has
    /// the threshold's share of the passage, excerpt if it has less of it and little else, and partial if it has
    /// less of it in other text.
    pub(crate) fn relation(&self, threshold: f64) -> Relation {
        if self.is_equal {
            Relation::Exact
        } else if self.coverage >= threshold {
            Relation::NearDuplicate
        } else if self.article_coverage >= threshold {
            Relation::Excerpt
        } else {
            Relation::Partial
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RULE: JudgeRule =
        JudgeRule { by: Score::Coverage, threshold: 0.6, partial_words: 40, within: None };

    #[test]
    fn articles_with_distant_dates_do_not_match() {
        let week = JudgeRule { within: Some(7), ..RULE };
        let cases = [
            ("near", Some(10), Some(17), true),
            ("distant", Some(10), Some(18), false),
            ("distant, in the other order", Some(18), Some(10), false),
            ("one without a date", None, Some(18), true),
            ("both without a date", None, None, true),
        ];
        for (name, a, b, expected) in cases {
            assert_eq!(week.allows_dates(a, b), expected, "{name}");
            assert!(RULE.allows_dates(a, b), "{name}, without a limit");
        }
    }

    #[test]
    fn relations_have_names() {
        let all = [Relation::Exact, Relation::NearDuplicate, Relation::Excerpt, Relation::Partial];
        assert_eq!(all.map(Relation::name), ["exact", "near-duplicate", "excerpt", "partial"]);
    }

    #[test]
    fn the_relation_of_a_pair() {
        let different = |scores, aligned_words, longest| Evidence {
            cores: Cores::Different,
            scores,
            aligned_words,
            longest,
        };
        let with = |cores, evidence| Evidence { cores, ..evidence };
        let cases = [
            ("both covered", different((0.7, 0.6), 40, 20), Some(Relation::NearDuplicate)),
            ("both covered, short, one whole", different((0.9, 0.6), 20, 20), Some(Relation::NearDuplicate)),
            ("both covered, short, neither whole", different((0.8, 0.8), 39, 39), None),
            ("the first covered", different((0.9, 0.2), 40, 20), Some(Relation::Excerpt)),
            ("the second covered", different((0.2, 0.6), 40, 40), Some(Relation::Excerpt)),
            ("one covered, no longer than a quote", different((0.9, 0.2), 39, 39), None),
            ("neither covered, a long passage", different((0.5, 0.5), 40, 40), Some(Relation::Partial)),
            ("neither covered, quotes", different((0.5, 0.5), 60, 39), None),
            ("equal, short", with(Cores::Equal, different((1.0, 1.0), 3, 3)), Some(Relation::Exact)),
            ("a form", with(Cores::SameForm, different((0.9, 0.9), 60, 39)), None),
            (
                "a form with a long passage",
                with(Cores::SameForm, different((0.9, 0.9), 60, 40)),
                Some(Relation::Partial),
            ),
        ];
        for (name, evidence, expected) in cases {
            assert_eq!(RULE.relation(&evidence), expected, "{name}");
        }
        let by_containment = JudgeRule { by: Score::Containment, ..RULE };
        assert_eq!(by_containment.relation(&different((0.5, 0.5), 100, 100)), None);
        assert_eq!(by_containment.relation(&different((0.9, 0.5), 20, 20)), Some(Relation::Excerpt));
        let form = with(Cores::SameForm, different((0.9, 0.7), 60, 39));
        assert_eq!(by_containment.relation(&form), Some(Relation::NearDuplicate));
    }

    #[test]
    fn the_relation_of_a_passage() {
        let cases = [
            ("equal", true, 0.2, 0.2, Relation::Exact),
            ("most of the passage", false, 0.6, 0.2, Relation::NearDuplicate),
            ("a part of the passage and little else", false, 0.5, 0.6, Relation::Excerpt),
            ("a part of the passage in other text", false, 0.5, 0.5, Relation::Partial),
        ];
        for (name, is_equal, coverage, article_coverage, expected) in cases {
            let evidence = PassageEvidence { is_equal, coverage, article_coverage };
            assert_eq!(evidence.relation(0.6), expected, "{name}");
        }
    }

    fn any_score() -> impl Strategy<Value = f64> {
        prop_oneof![0.0..=1.0, prop::sample::select(vec![0.0, SHORT_COPY_COVERAGE, 1.0])]
    }

    fn any_evidence() -> impl Strategy<Value = Evidence> {
        let cores = prop::sample::select(vec![Cores::Equal, Cores::SameForm, Cores::Different]);
        let scores = (any_score(), any_score());
        (cores, scores, 0_u32..100, 0_u32..100).prop_map(|(cores, scores, one, other)| Evidence {
            cores,
            scores,
            aligned_words: one.max(other),
            longest: one.min(other),
        })
    }

    fn any_rule() -> impl Strategy<Value = JudgeRule> {
        let by = prop::sample::select(vec![Score::Coverage, Score::Resemblance, Score::Containment]);
        (by, 0.001..=1.0, 0_u32..100).prop_map(|(by, threshold, partial_words)| JudgeRule {
            by,
            threshold,
            partial_words,
            within: None,
        })
    }

    fn is_copy(rule: &JudgeRule, threshold: f64, evidence: &Evidence) -> bool {
        JudgeRule { threshold, ..*rule }.relation(evidence).is_some_and(Relation::is_copy)
    }

    proptest! {
        #[test]
        fn a_pair_matches_and_is_a_copy_up_to_its_greatest_thresholds(
            rule in any_rule(),
            evidence in any_evidence(),
        ) {
            let limit = rule.copy_threshold(&evidence);
            let (a, b) = evidence.scores;
            for threshold in [rule.threshold, limit, limit.next_up(), a, b, 1.0] {
                if threshold > 0.0 && threshold <= 1.0 {
                    prop_assert_eq!(is_copy(&rule, threshold, &evidence), threshold <= limit, "at {}", threshold);
                    let matches = JudgeRule { threshold, ..rule }.relation(&evidence).is_some();
                    prop_assert_eq!(matches, threshold <= rule.match_threshold(&evidence), "at {}", threshold);
                }
            }
        }

        /// This allows a pair to be rejected by upper bounds of its evidence.
        #[test]
        fn more_evidence_never_ends_a_match(
            rule in any_rule(),
            evidence in any_evidence(),
            more in (0.0..1.0, 0.0..1.0, 0_u32..100, 0_u32..100),
        ) {
            let more = Evidence {
                cores: if evidence.cores == Cores::SameForm { Cores::Different } else { evidence.cores },
                scores: (evidence.scores.0 + more.0, evidence.scores.1 + more.1),
                aligned_words: evidence.aligned_words + more.2,
                longest: evidence.longest + more.3,
            };
            prop_assert!(rule.relation(&evidence).is_none() || rule.relation(&more).is_some());
        }
    }
}
