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
    pub(crate) fn with_number(number: u32) -> Option<Self> {
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

/// The coverage of both articles below which they may be two editions, and of one below which its own lead makes it a report of
/// its own: a quarter of it is its own. Of a long page, a lead or four stretches may be a small part.
const OWN_QUARTER_COVERAGE: f64 = 0.75;
/// The number of words from which on what an article says before it shares anything is a lead of its own: two
/// sentences. An article is about its lead.
pub(super) const OWN_LEAD: u32 = 40;
/// The part of its coverage that counts for an article with a lead of its own: a quarter more of it has to be shared before it is a
/// copy, up to three quarters of it.
const PART_BELOW_OWN_LEAD: f64 = 0.8;

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
    /// True if the dates of both are known, and too far apart for one occasion.
    pub(super) is_later: bool,
    /// The number of words before the first passage, in the first article and in the second.
    pub(super) own_leads: (u32, u32),
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

    /// Returns whether the two articles tell different news, though they share text: they say the same of two subjects, or
    /// have background in common. Background is below the leads of both, less than half of each, and either the end of one
    /// or told again on another occasion: a report ends with its background, and a later one repeats it. A story is told
    /// from its beginning, or is much of the article; where it is inside two pages of one week, other text follows.
    pub(super) fn is_other_news(&self, evidence: &Evidence) -> bool {
        let (a, b) = evidence.scores;
        let is_background = |(before, after)| before >= OWN_LEAD && (after < OWN_LEAD || evidence.is_later);
        let has_common_background =
            || a.max(b) < MORE_THAN_BACKGROUND && evidence.words_around.is_some_and(is_background);
        self.by == Score::Coverage && (evidence.cores == Cores::OtherSubjects || has_common_background())
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
        // An article is about its lead. The one with the larger score is the excerpt.
        let (lead_a, lead_b) = if by_coverage { evidence.own_leads } else { (0, 0) };
        let near = near.min(below_lead(lead_a.min(lead_b), larger));
        let part = below_lead(if b > a { lead_b } else { lead_a }, larger);
        let is_part = evidence.is_cut || exceeds_quote && !(by_coverage && evidence.are_of_one_length);
        // Of what is no copy, the rest of the pair decides whether it is copied narrative.
        let longer_than_quote = evidence.longest >= self.partial_words
            || !evidence.cores.are_form() && evidence.shared.counted_narrative >= NARRATIVE_IN_PARTS;
        let reused = limit_if(exceeds_quote, larger).max(limit_if(by_coverage && longer_than_quote, ALWAYS));
        let reused = limit_if(!is_background, reused);
        let limits = [
            (Relation::Exact, limit_if(evidence.cores == Cores::Equal, ALWAYS)),
            (Relation::NearDuplicate, limit_if(!are_editions && (exceeds_quote || has_short_copy), near)),
            (Relation::Excerpt, limit_if(!are_editions && !is_quote && !is_background && is_part, part)),
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
    /// The upper bound of each part of the evidence: if a pair is no match with it in place of its own, it is no match.
    pub(super) const GREATEST: Self = Self {
        cores: Cores::Different,
        scores: (1.0, 1.0),
        joint_coverage: 1.0,
        are_of_one_length: true,
        aligned_words: u32::MAX,
        longest: u32::MAX,
        shared: SharedWords { speech: 0, narrative: u32::MAX, counted_narrative: u32::MAX },
        own_stretches: 0,
        is_cut: true,
        is_one_outlet: false,
        is_later: false,
        own_leads: (0, 0),
        words_around: None,
        core_limit: ALWAYS,
    };

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
            && larger < OWN_QUARTER_COVERAGE
    }

    /// Returns whether what the two articles share is background, which an outlet repeats in its reports on a subject:
    /// both are in one outlet, and each begins with a lead of its own. `smaller` is the smaller score; half of an
    /// article is no background.
    pub(super) fn is_background(&self, smaller: f64) -> bool {
        let (a, b) = self.own_leads;
        self.is_one_outlet && a.min(b) >= OWN_LEAD && smaller < MORE_THAN_BACKGROUND
    }

    /// Returns whether what the two articles share is direct speech and little else.
    fn is_quote(&self) -> bool {
        let SharedWords { speech, narrative, .. } = self.shared;
        narrative < QUOTE_NARRATIVE && narrative < speech
    }
}

/// Returns what counts of the coverage of an article that begins with so many words of its own.
fn below_lead(own_lead: u32, coverage: f64) -> f64 {
    let is_own_report = own_lead >= OWN_LEAD && coverage < OWN_QUARTER_COVERAGE;
    if is_own_report { coverage * PART_BELOW_OWN_LEAD } else { coverage }
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
mod tests;
