//! Decides the relation of two articles, and of a member's passage to the passage of its representative.
//!
//! No other file compares scores with a threshold to name a relation. All numbers of the rule are the fields of
//! [`JudgeRule`], which are settings, and the constants of this file. The rule of forms is in `filled_form`, the one
//! of direct speech counts with `narrative`.
//!
//! A pair is judged by its `Evidence`. `JudgeRule::limits` lists for each relation the greatest threshold at which
//! the pair has it. The relation at one threshold, and the greatest threshold at which the pair counts as a copy,
//! are both read from this list, so they cannot disagree.

use super::narrative::SharedWords;
use super::score::Score;
use crate::provenance::Seconds;

/// The relation of one article to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// The two are equal, word for word.
    Exact,
    /// Each is in the other, except for a few words.
    NearDuplicate,
    /// It is in the other, which contains more.
    Excerpt,
    /// The other is an excerpt of it.
    Contains,
    /// Neither is in the other, but they share copied narrative: a passage that is longer than a quote, or several
    /// passages.
    Partial,
    /// They share direct speech and little else. That is evidence of a common event, not of a copy.
    Quote,
}

impl Relation {
    /// All relations, the closest first.
    pub const ALL: [Self; 6] =
        [Self::Exact, Self::NearDuplicate, Self::Excerpt, Self::Contains, Self::Partial, Self::Quote];

    /// Returns the relation with a number, which is that of the relation as an integer.
    pub(super) fn with_number(number: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|&relation| relation as u32 == number)
    }

    /// Returns its name in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::NearDuplicate => "near-duplicate",
            Self::Excerpt => "excerpt",
            Self::Contains => "contains",
            Self::Partial => "partial",
            Self::Quote => "quote",
        }
    }

    /// Returns the relation of the other article to this one.
    pub fn inverse(self) -> Self {
        match self {
            Self::Excerpt => Self::Contains,
            Self::Contains => Self::Excerpt,
            other => other,
        }
    }

    /// Returns whether at least one of the two articles counts as a copy of the other, or of a part of it.
    pub(super) fn is_copy(self) -> bool {
        !matches!(self, Self::Partial | Self::Quote)
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
/// The minimum number of shared words outside direct speech with which a pair is more than a quote: a sentence. Fewer
/// name the speaker and the occasion, which all reports of a speech do.
const QUOTE_NARRATIVE: u32 = 25;
/// The minimum number of words that passages shorter than a quote must have together, outside direct speech, to be
/// copied narrative: three clauses or sentences. One alone may be a common source.
const NARRATIVE_IN_PARTS: u32 = 60;
/// The minimum length of a stretch of text that only one article has: a clause or two.
pub(super) const OWN_STRETCH: u32 = 12;
/// The number of such stretches in both articles from which on they are two editions, if they share half of their words.
/// An editor who adapts a story changes its beginning, its end or a paragraph inside; two editions of a calendar, a
/// column or a live report differ all over. Of articles that share less, one may still be an excerpt.
const OWN_STRETCHES: u32 = 4;
/// The coverage from which on what an article shares is more than background: half of it. Two articles that both share half
/// may be two editions.
const MORE_THAN_BACKGROUND: f64 = 0.5;

/// The coverage of both articles below which they may be two editions: a quarter of each is its own. Of a long page, four
/// stretches may be a small part.
const EDITION_CHANGED_COVERAGE: f64 = 0.75;
/// The number of words from which on what an article says before it shares anything is a lead of its own: two
/// sentences. An article is about its lead.
const OWN_LEAD: u32 = 40;

/// The ratio of lengths from which on one article is longer than another: by a quarter, a paragraph or two of a report.
const LONGER: f64 = 1.25;

/// The limit of a relation that a pair has at every threshold.
pub(super) const ALWAYS: f64 = f64::INFINITY;
/// The limit of a relation that a pair has at no threshold.
const NEVER: f64 = f64::NEG_INFINITY;

/// The comparison of the cores of two articles, before any score is considered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cores {
    /// They are equal, word for word.
    Equal,
    /// They are one form, filled in twice: different news, whatever their coverage.
    SameForm,
    /// They fill a form of their site, which is masked.
    SameSiteForm,
    /// They are in one outlet, and say the same of two subjects.
    OtherSubjects,
    /// Neither.
    Different,
}

impl Cores {
    /// Returns whether the two articles are one form, for different news.
    fn are_form(self) -> bool {
        matches!(self, Self::SameForm | Self::SameSiteForm | Self::OtherSubjects)
    }

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
    /// The coverage of the words of both articles together: a value between that of the first and that of the second.
    pub(super) joint_coverage: f64,
    /// True if neither article is longer than the other (see [`are_of_one_length`]).
    pub(super) are_of_one_length: bool,
    /// The number of words that both articles have in passages.
    pub(super) aligned_words: u32,
    /// The number of equal words in the longest passage.
    pub(super) longest: u32,
    /// The number of equal words in all passages, by whether they are direct speech.
    pub(super) shared: SharedWords,
    /// The number of stretches of [`OWN_STRETCH`] words and more that only one article has: in the article that has
    /// fewer of them.
    pub(super) own_stretches: u32,
    /// True if one article is a cut beginning of the other.
    pub(super) is_cut: bool,
    /// True if both articles are in one outlet.
    pub(super) is_one_outlet: bool,
    /// The number of words before the first passage, in the article that has fewer.
    pub(super) own_lead: u32,
    /// The number of words before the first passage that is longer than a quote, and that of the words after the last one, each
    /// in the article that has fewer; nothing if no passage is that long.
    pub(super) words_around: Option<(u32, u32)>,
    /// The greatest threshold at which the cores of the two articles match: masked words do not make two articles match.
    pub(super) core_limit: f64,
}

impl JudgeRule {
    /// Returns whether the dates of two articles allow a match.
    pub(super) fn allows_dates(&self, a: Option<Seconds>, b: Option<Seconds>) -> bool {
        let apart = a.zip(b).map(|(a, b)| a.abs_diff(b));
        apart.zip(self.within).is_none_or(|(apart, within)| apart <= within)
    }

    /// Returns the relation of a pair, or nothing if the pair is no match. If one article is an excerpt, the relation
    /// is [`Relation::Excerpt`], whichever of the two it is.
    pub(super) fn relation(&self, evidence: &Evidence) -> Option<Relation> {
        let (relation, _) = self.limits(evidence).into_iter().find(|&(_, limit)| self.threshold <= limit)?;
        Some(relation)
    }

    /// Returns the greatest threshold at which one article of the pair counts as a copy of the other, or 0 if there
    /// is none. At that threshold the rule finds them exact, near-duplicates or an excerpt.
    pub(super) fn copy_threshold(&self, evidence: &Evidence) -> f64 {
        self.greatest_limit(evidence, Relation::is_copy).min(1.0)
    }

    /// Returns the greatest threshold at which the pair matches and is no mere quote: infinity if it does at every
    /// threshold, 0 if at none.
    pub(super) fn reuse_threshold(&self, evidence: &Evidence) -> f64 {
        self.greatest_limit(evidence, |relation| relation != Relation::Quote)
    }

    /// Returns the greatest threshold at which the pair matches: infinity if it does at every threshold.
    pub(super) fn match_threshold(&self, evidence: &Evidence) -> f64 {
        self.greatest_limit(evidence, |_| true)
    }

    /// Returns whether what the pair shares is below the leads of both articles, ends one of them, and is less than half of
    /// each. A report ends with its background. A story is told from its beginning, or is much of the article; where it is
    /// inside two pages, other text follows.
    pub(super) fn is_common_ending(&self, evidence: &Evidence) -> bool {
        let (a, b) = evidence.scores;
        self.by == Score::Coverage
            && a.max(b) < MORE_THAN_BACKGROUND
            && evidence.words_around.is_some_and(|(before, after)| before >= OWN_LEAD && after < OWN_LEAD)
    }

    fn greatest_limit(&self, evidence: &Evidence, counts: impl Fn(Relation) -> bool) -> f64 {
        let limits = self.limits(evidence).into_iter().filter(|&(relation, _)| counts(relation));
        limits.map(|(_, limit)| limit).fold(0.0, f64::max)
    }

    /// Returns all relations, the closest first, each with the greatest threshold at which the pair has it if it
    /// has no closer one. The threshold of the rule itself does not matter.
    fn limits(&self, evidence: &Evidence) -> [(Relation, f64); 5] {
        let by_coverage = self.by == Score::Coverage;
        let covers_nothing = by_coverage && evidence.cores.are_form();
        let (a, b) = if covers_nothing { (0.0, 0.0) } else { evidence.scores };
        let (smaller, larger) = (a.min(b), a.max(b));
        // A text that is no longer than a quote and is contained in a longer text may be a quote: it is no excerpt,
        // unless it was cut off. Of two texts as short as that, one must be nearly whole in the other. If a third of
        // a brief differs, the rest may be the frame of a form, and the difference may be the news.
        let exceeds_quote = !by_coverage || evidence.aligned_words >= self.partial_words;
        let has_short_copy = larger >= SHORT_COPY_COVERAGE || evidence.is_cut;
        let is_background = by_coverage && evidence.is_background(smaller);
        let are_editions = by_coverage && evidence.are_editions(smaller, larger);
        let is_quote = by_coverage && evidence.is_quote();
        let needs_both = !by_coverage || covers_nothing || is_quote || is_background;
        let near = if needs_both { smaller } else { evidence.near_coverage(smaller, larger) };
        let is_part = evidence.is_cut || exceeds_quote && !(by_coverage && evidence.are_of_one_length);
        // Of what is no copy, the rest of the pair decides whether it is copied narrative.
        let longer_than_quote = evidence.longest >= self.partial_words
            || !evidence.cores.are_form() && evidence.shared.counted_narrative >= NARRATIVE_IN_PARTS;
        let reused = limit_if(exceeds_quote, larger).max(limit_if(by_coverage && longer_than_quote, ALWAYS));
        let reused = limit_if(!is_background, reused);
        let limits = [
            (Relation::Exact, limit_if(evidence.cores == Cores::Equal, ALWAYS)),
            (Relation::NearDuplicate, limit_if(!are_editions && (exceeds_quote || has_short_copy), near)),
            (Relation::Excerpt, limit_if(!are_editions && !is_quote && !is_background && is_part, larger)),
            (Relation::Partial, limit_if(!is_quote, reused)),
            (Relation::Quote, reused),
        ];
        limits.map(|(relation, limit)| (relation, limit.min(evidence.core_limit)))
    }
}

/// Returns whether neither of two articles with so many words is longer than the other: by less than a quarter.
pub(super) fn are_of_one_length([a, b]: [u32; 2]) -> bool {
    f64::from(a.max(b)) < LONGER * f64::from(a.min(b))
}

impl Evidence {
    /// Returns the coverage that has to reach the threshold if the two articles are near-duplicates: that of both. An excerpt
    /// is shorter than what it was taken from, so of two articles of one length in two outlets that of one is enough: who
    /// adapts a story replaces parts of it. Two of one outlet have to be covered together: its versions and its forms repeat
    /// parts of each other.
    fn near_coverage(&self, smaller: f64, larger: f64) -> f64 {
        match (self.are_of_one_length, self.is_one_outlet) {
            (false, _) => smaller,
            (true, true) => self.joint_coverage.max(smaller),
            (true, false) => larger,
        }
    }

    /// Returns whether the two articles are editions: each has several stretches of its own, which are a quarter of it
    /// and more, and yet they share half of the shorter. `smaller` and `larger` are the two scores.
    fn are_editions(&self, smaller: f64, larger: f64) -> bool {
        self.own_stretches >= OWN_STRETCHES
            && smaller >= MORE_THAN_BACKGROUND
            && larger < EDITION_CHANGED_COVERAGE
    }

    /// Returns whether what the two articles share is background, which an outlet repeats in its reports on a subject:
    /// both are in one outlet, and each begins with a lead of its own. `smaller` is the smaller score; half of an
    /// article is no background.
    pub(super) fn is_background(&self, smaller: f64) -> bool {
        self.is_one_outlet && self.own_lead >= OWN_LEAD && smaller < MORE_THAN_BACKGROUND
    }

    /// Returns whether what the two articles share is direct speech and little else.
    fn is_quote(&self) -> bool {
        let SharedWords { speech, narrative, .. } = self.shared;
        narrative < QUOTE_NARRATIVE && narrative < speech
    }
}

/// Returns `limit` if the condition of a relation holds.
fn limit_if(holds: bool, limit: f64) -> f64 {
    if holds { limit } else { NEVER }
}

/// Everything about a member of a cluster that the relation of its passage to the representative's depends on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PassageEvidence {
    /// True if the member has the whole passage in one equal run, apart from what is masked.
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
    fn relations_have_names_and_inverses() {
        let names = ["exact", "near-duplicate", "excerpt", "contains", "partial", "quote"];
        assert_eq!(Relation::ALL.map(Relation::name), names);
        for relation in Relation::ALL {
            assert_eq!(relation.inverse().inverse(), relation);
            assert_eq!(relation.inverse().is_copy(), relation.is_copy());
        }
        assert_eq!(Relation::Excerpt.inverse(), Relation::Contains);
    }

    /// Different articles that share narrative only, most of it in the longest passage.
    fn different(scores: (f64, f64), aligned_words: u32, longest: u32) -> Evidence {
        let shared = SharedWords { speech: 0, narrative: aligned_words, counted_narrative: longest };
        Evidence {
            cores: Cores::Different,
            scores,
            joint_coverage: (scores.0 + scores.1) / 2.0,
            are_of_one_length: false,
            aligned_words,
            longest,
            shared,
            own_stretches: 0,
            is_cut: false,
            is_one_outlet: false,
            own_lead: 0,
            words_around: None,
            core_limit: ALWAYS,
        }
    }

    fn with_cores(cores: Cores, evidence: Evidence) -> Evidence {
        Evidence { cores, ..evidence }
    }

    #[test]
    fn the_relation_of_a_pair() {
        let cases = [
            ("both covered", different((0.7, 0.6), 40, 20), Some(Relation::NearDuplicate)),
            ("both covered, short, one whole", different((0.9, 0.6), 20, 20), Some(Relation::NearDuplicate)),
            ("both covered, short, neither whole", different((0.8, 0.8), 39, 39), None),
            ("the first covered", different((0.9, 0.2), 40, 20), Some(Relation::Excerpt)),
            ("the second covered", different((0.2, 0.6), 40, 40), Some(Relation::Excerpt)),
            ("one covered, no longer than a quote", different((0.9, 0.2), 39, 39), None),
            ("neither covered, a long passage", different((0.5, 0.5), 40, 40), Some(Relation::Partial)),
            ("neither covered, short passages", different((0.5, 0.5), 59, 39), None),
            ("equal, short", with_cores(Cores::Equal, different((1.0, 1.0), 3, 3)), Some(Relation::Exact)),
            ("a form", with_cores(Cores::SameForm, different((0.9, 0.9), 60, 39)), None),
            ("other subjects", with_cores(Cores::OtherSubjects, different((0.9, 0.9), 60, 39)), None),
            (
                "a form with a long passage",
                with_cores(Cores::SameForm, different((0.9, 0.9), 60, 40)),
                Some(Relation::Partial),
            ),
        ];
        for (name, evidence, expected) in cases {
            assert_eq!(RULE.relation(&evidence), expected, "{name}");
        }
        let by_containment = JudgeRule { by: Score::Containment, ..RULE };
        assert_eq!(by_containment.relation(&different((0.5, 0.5), 100, 100)), None);
        assert_eq!(by_containment.relation(&different((0.9, 0.5), 20, 20)), Some(Relation::Excerpt));
        let form = with_cores(Cores::SameForm, different((0.9, 0.7), 60, 39));
        assert_eq!(by_containment.relation(&form), Some(Relation::NearDuplicate));
    }

    #[test]
    fn an_article_is_an_excerpt_of_a_longer_one() {
        let of_one_length = |scores: (f64, f64), is_one_outlet| Evidence {
            are_of_one_length: true,
            is_one_outlet,
            ..different(scores, 100, 50)
        };
        let quote = |evidence| Evidence {
            shared: SharedWords { speech: 90, narrative: 10, counted_narrative: 0 },
            ..evidence
        };
        let cut = |evidence| Evidence { is_cut: true, ..evidence };
        let cases = [
            ("one covered, two outlets", of_one_length((0.7, 0.4), false), Some(Relation::NearDuplicate)),
            (
                "both together covered, one outlet",
                of_one_length((0.7, 0.5), true),
                Some(Relation::NearDuplicate),
            ),
            ("one covered, one outlet", of_one_length((0.6, 0.5), true), Some(Relation::Partial)),
            ("a quote", quote(of_one_length((0.7, 0.5), false)), Some(Relation::Quote)),
            ("a cut beginning", cut(of_one_length((0.6, 0.5), true)), Some(Relation::Excerpt)),
        ];
        for (name, evidence, expected) in cases {
            assert_eq!(RULE.relation(&evidence), expected, "{name}");
        }
        assert!(are_of_one_length([100, 124]) && are_of_one_length([124, 100]));
        assert!(!are_of_one_length([100, 125]) && !are_of_one_length([0, 0]));
    }

    #[test]
    fn a_common_ending_is_below_the_leads_of_both() {
        let around = |words_around, scores| Evidence { words_around, ..different(scores, 100, 100) };
        let cases = [
            ("below both, to the end of one", around(Some((40, 39)), (0.4, 0.49)), true),
            ("in the lead of one", around(Some((39, 0)), (0.4, 0.4)), false),
            ("inside both", around(Some((40, 40)), (0.4, 0.4)), false),
            ("half of one", around(Some((40, 0)), (0.2, 0.5)), false),
            ("no passage longer than a quote", around(None, (0.4, 0.4)), false),
        ];
        for (name, evidence, expected) in cases {
            assert_eq!(RULE.is_common_ending(&evidence), expected, "{name}");
            let by_containment = JudgeRule { by: Score::Containment, ..RULE };
            assert!(!by_containment.is_common_ending(&evidence), "{name}, by containment");
        }
    }

    #[test]
    fn quotes_parts_editions_and_cut_texts() {
        let shared =
            |speech, narrative, counted_narrative| SharedWords { speech, narrative, counted_narrative };
        let with = |shared, evidence| Evidence { shared, ..evidence };
        let editions = |own_stretches, scores| Evidence { own_stretches, ..different(scores, 200, 30) };
        let cut = |evidence| Evidence { is_cut: true, ..evidence };
        let below = |own_lead, is_one_outlet, scores| Evidence {
            own_lead,
            is_one_outlet,
            ..different(scores, 100, 100)
        };
        let cases = [
            ("a long quote", with(shared(60, 24, 24), different((0.3, 0.2), 84, 84)), Some(Relation::Quote)),
            (
                "a quote in a report",
                with(shared(60, 25, 25), different((0.3, 0.2), 85, 85)),
                Some(Relation::Partial),
            ),
            (
                "little speech",
                with(shared(19, 21, 21), different((0.3, 0.2), 40, 40)),
                Some(Relation::Partial),
            ),
            ("a short quote", with(shared(30, 9, 0), different((0.3, 0.2), 39, 39)), None),
            (
                "a brief that is a quote",
                with(shared(40, 9, 9), different((0.8, 0.2), 49, 39)),
                Some(Relation::Quote),
            ),
            (
                "one interview",
                with(shared(300, 9, 9), different((0.8, 0.7), 309, 90)),
                Some(Relation::NearDuplicate),
            ),
            (
                "narrative in parts",
                with(shared(0, 70, 60), different((0.3, 0.2), 70, 30)),
                Some(Relation::Partial),
            ),
            (
                "a form in parts",
                with(shared(0, 70, 60), with_cores(Cores::SameForm, different((0.9, 0.9), 70, 30))),
                None,
            ),
            ("three stretches of their own", editions(3, (0.7, 0.6)), Some(Relation::NearDuplicate)),
            ("editions", editions(4, (0.7, 0.6)), Some(Relation::Partial)),
            ("editions of which one is covered", editions(4, (0.7, 0.5)), Some(Relation::Partial)),
            ("most of one shared", editions(4, (0.8, 0.6)), Some(Relation::NearDuplicate)),
            ("less than half shared", editions(4, (0.7, 0.49)), Some(Relation::Excerpt)),
            ("a cut text", cut(different((0.9, 0.1), 20, 20)), Some(Relation::Excerpt)),
            ("background", below(40, true, (0.7, 0.4)), None),
            ("a background of few words", below(40, true, (0.3, 0.4)), None),
            ("below a short lead", below(39, true, (0.3, 0.4)), Some(Relation::Partial)),
            ("in another outlet", below(40, false, (0.7, 0.4)), Some(Relation::Excerpt)),
            ("a new lead", below(40, true, (0.7, 0.6)), Some(Relation::NearDuplicate)),
        ];
        for (name, evidence, expected) in cases {
            assert_eq!(RULE.relation(&evidence), expected, "{name}");
        }
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

    fn any_shared() -> impl Strategy<Value = SharedWords> {
        (0_u32..100, 0_u32..100, 0_u32..100).prop_map(|(speech, one, other)| SharedWords {
            speech,
            narrative: one.max(other),
            counted_narrative: one.min(other),
        })
    }

    fn any_evidence() -> impl Strategy<Value = Evidence> {
        let cores = prop::sample::select(vec![
            Cores::Equal,
            Cores::SameForm,
            Cores::SameSiteForm,
            Cores::OtherSubjects,
            Cores::Different,
        ]);
        let (scores, words) = ((any_score(), any_score()), (0_u32..100, 0_u32..100));
        let place = (any::<bool>(), 0_u32..80);
        (cores, scores, words, any_shared(), 0_u32..8, any::<bool>(), place).prop_map(
            |(cores, scores, (one, other), shared, own_stretches, is_cut, place)| Evidence {
                cores,
                scores,
                joint_coverage: scores.0.max(scores.1),
                are_of_one_length: place.1 % 2 == 0,
                aligned_words: one.max(other),
                longest: one.min(other),
                shared,
                own_stretches,
                is_cut,
                is_one_outlet: place.0,
                own_lead: place.1,
                words_around: Some((place.1, place.1)),
                core_limit: ALWAYS,
            },
        )
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
                    let relation = JudgeRule { threshold, ..rule }.relation(&evidence);
                    let is_reuse = relation.is_some_and(|relation| relation != Relation::Quote);
                    prop_assert_eq!(is_reuse, threshold <= rule.reuse_threshold(&evidence), "at {}", threshold);
                }
            }
        }

        /// This allows a pair to be rejected by upper bounds of its evidence, without a look at direct speech or at what
        /// only one article has.
        #[test]
        fn more_evidence_never_ends_a_match(
            rule in any_rule(),
            evidence in any_evidence(),
            more in (0.0..1.0, 0.0..1.0, 0_u32..100, 0_u32..100),
        ) {
            let more = Evidence {
                cores: if evidence.cores.are_form() { Cores::Different } else { evidence.cores },
                scores: (evidence.scores.0 + more.0, evidence.scores.1 + more.1),
                joint_coverage: evidence.joint_coverage + f64::max(more.0, more.1),
                are_of_one_length: true,
                aligned_words: evidence.aligned_words + more.2,
                longest: evidence.longest + more.3,
                shared: SharedWords {
                    speech: 0,
                    narrative: evidence.shared.narrative + more.2,
                    counted_narrative: evidence.shared.counted_narrative + more.3,
                },
                own_stretches: 0,
                is_cut: true,
                is_one_outlet: false,
                own_lead: 0,
                words_around: None,
                core_limit: ALWAYS,
            };
            prop_assert!(rule.relation(&evidence).is_none() || rule.relation(&more).is_some());
        }
    }
}
