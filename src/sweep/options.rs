//! The options of a sweep, and the labels that it uses.

use super::index_recall::IndexSetting;
use crate::article::Location;
use crate::evaluate::{LabelCounts, Resampling, Truth};
use crate::read::LabelRow;

/// The options of a sweep.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SweepOptions {
    /// The thresholds, ascending, above 0 and up to 1.
    pub thresholds: Vec<f64>,
    /// The method by which confidence intervals are computed.
    pub resampling: Resampling,
    /// True if the baselines are computed, too: plain MinHash, and plain Jaccard coefficients with single linkage.
    pub baselines: bool,
    /// The number of articles that are compared each with each, to see what the index finds; 0 to leave that out.
    pub index_sample: usize,
    /// Other settings of the index that are compared with those of the run.
    pub index: Vec<IndexSetting>,
}

impl Default for SweepOptions {
    /// Fifty thresholds, a thousand resamples, no baselines, no comparison of the index.
    fn default() -> Self {
        Self {
            thresholds: (1..=50).map(|step| f64::from(step * 2) / 100.0).collect(),
            resampling: Resampling::default(),
            baselines: false,
            index_sample: 0,
            index: Vec::new(),
        }
    }
}

/// Labels, and the results of other tools that are compared with them.
#[derive(Clone, Debug, Default)]
pub struct Labeled {
    /// The labels, if there are any.
    pub truth: Option<Truth>,
    /// The number of labels that were used, and the number that were not, by reason.
    pub counts: LabelCounts,
    /// The results of other tools.
    pub predicted: Vec<Prediction>,
}

/// The result of another tool.
#[derive(Clone, Debug)]
pub struct Prediction {
    /// The name that reports show.
    pub name: String,
    /// The pairs or groups that it found.
    pub found: Truth,
    /// True if the scores of its pairs decide which of them are copies, since it does not say so itself.
    pub by_score: bool,
}

impl Prediction {
    /// Completes the rows of a result: a pair without a grade is a copy, since tools list the pairs that they found.
    /// Returns whether the scores of pairs decide which of them are copies: no pair has a grade, and some have a score.
    pub fn complete(rows: &mut [(Location, LabelRow)], positive_grade: f64) -> bool {
        let (mut has_grades, mut has_scores) = (false, false);
        for (_, row) in rows {
            if let LabelRow::Pair { grade, score, .. } = row {
                has_grades |= grade.is_some();
                has_scores |= score.is_some();
                grade.get_or_insert(positive_grade);
            }
        }
        has_scores && !has_grades
    }
}
