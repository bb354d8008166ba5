//! Decides which matches put two articles into one cluster.

use crate::verify::{JudgeRule, Measure, Relation};

/// The conditions under which articles are in one cluster.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClusterRule {
    /// The share of a passage that an article must contain to count as containing the passage, 0 to 1.
    pub threshold: f64,
    /// The fewest equal words of the longest passage of a partial match that puts its articles into one cluster: more
    /// than any quote has.
    pub join_words: u32,
    /// The most seconds between the dates of two articles that match, if there is a limit. Articles without a date
    /// match articles of any date; the members around such an article are divided by this limit, too.
    pub within: Option<u64>,
}

impl ClusterRule {
    /// Returns whether a match puts its two articles into one cluster.
    ///
    /// A match without a passage does not: its articles have no passage in common that could be that of a cluster.
    /// There are such matches where resemblance or containment decides. Shared quotes do not, however long they are, nor
    /// does a partial match of articles that tell different news: with the same background, or of two subjects.
    pub(crate) fn joins(self, relation: Relation, longest: u32, is_other_news: bool) -> bool {
        match relation {
            Relation::Quote => false,
            Relation::Partial => longest >= self.join_words && !is_other_news,
            _ => longest > 0,
        }
    }

    /// Returns the greatest threshold at which the match of a measured pair passes [`joins`](Self::joins): infinity if
    /// it passes at any threshold, 0 if it passes at none. It also passes at every threshold below.
    pub(super) fn joins_up_to(self, measure: &Measure, judge: &JudgeRule) -> f64 {
        let may_be_partial = measure.longest() >= self.join_words && !measure.is_other_news(judge);
        greatest_threshold(measure, judge, may_be_partial)
    }

    /// Returns the greatest threshold at which a measured pair may be in one cluster if a third article joins both by text
    /// that the two share. It may look like common background: that it is a story is known from the third article.
    pub(super) fn joins_through_another_up_to(self, measure: &Measure, judge: &JudgeRule) -> f64 {
        let may_be_partial = measure.longest() >= self.join_words && !measure.has_other_subjects();
        greatest_threshold(measure, judge, may_be_partial)
    }

    /// Returns the greatest threshold at which a measured pair may be in one cluster if both articles join the center
    /// of one star: that of its match, in whatever relation but a quote, unless they say the same of two subjects. That the
    /// two share more than a quote is known from the center; here they must only show enough of it.
    pub(super) fn stays_up_to(self, measure: &Measure, judge: &JudgeRule) -> f64 {
        greatest_threshold(measure, judge, !measure.has_other_subjects())
    }
}

/// Returns the greatest threshold at which a measured pair with a passage is a copy, or at most a partial match if that is
/// enough; 0 without a passage.
fn greatest_threshold(measure: &Measure, judge: &JudgeRule, may_be_partial: bool) -> f64 {
    match (measure.longest(), may_be_partial) {
        (0, _) => 0.0,
        (_, true) => measure.reuse_threshold(judge),
        (_, false) => measure.copy_threshold(judge),
    }
}
