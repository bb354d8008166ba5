//! Reads the files of labels, and finds the articles that they are about.

use std::path::Path;

use anyhow::bail;
use wirecopy::evaluate::{LabelCounts, Truth};
use wirecopy::read::{LabelFields, LabelRow, read_labels};
use wirecopy::sweep::{Labeled, Prediction, Survey};
use wirecopy::{Input, Location};

use crate::args::SweepArgs;
use crate::error_message::warn;
use crate::number::{counted, grouped};

/// The rows of a file, with their locations.
type Rows = Vec<(Location, LabelRow)>;

/// The rows of the result of another tool.
struct PredictedRows {
    /// The name of the file.
    name: String,
    rows: Rows,
    /// True if no pair has a grade and some have a score.
    by_score: bool,
}

impl PredictedRows {
    /// Creates the rows of a result. A pair without a grade is a copy: tools list the pairs that they found.
    fn new(name: String, mut rows: Rows, positive_grade: f64) -> Self {
        let by_score = Prediction::complete(&mut rows, positive_grade);
        let (mut scores, mut pairs) = (0, 0);
        for (_, row) in &rows {
            if let LabelRow::Pair { score, .. } = row {
                scores += usize::from(score.is_some());
                pairs += 1;
            }
        }
        if scores > 0 && scores < pairs {
            warn(&format!("{name}: {} of {} have no score", grouped(pairs - scores), counted(pairs, "pair")));
        }
        Self { name, rows, by_score }
    }
}

/// The rows of all files of labels.
pub(super) struct LabelRows {
    labels: Option<(String, Rows)>,
    predicted: Vec<PredictedRows>,
    positive_grade: f64,
}

impl LabelRows {
    /// Reads the files that the arguments name.
    pub(super) fn read(arguments: &SweepArgs) -> anyhow::Result<Self> {
        let labels = &arguments.labels;
        let fields = labels.fields(arguments.read.key_field());
        let read = |path: &Path, fields: &LabelFields| -> anyhow::Result<(String, Rows)> {
            Ok((path.display().to_string(), read_labels(Input::file(path), fields)?))
        };
        let labels_of_articles = labels.labels.as_deref().map(|path| read(path, &fields)).transpose()?;
        let mut predicted = Vec::new();
        for path in &labels.predicted {
            let (name, rows) = read(path, &LabelFields::default())?;
            predicted.push(PredictedRows::new(name, rows, labels.positive_grade));
        }
        Ok(Self { labels: labels_of_articles, predicted, positive_grade: labels.positive_grade })
    }

    /// Finds the articles that the labels are about, and warns of labels that are not used.
    ///
    /// # Errors
    /// Returns an error if no label is about an article of the survey.
    pub(super) fn find_articles(&self, survey: &Survey) -> anyhow::Result<Labeled> {
        let truth = |rows: &Rows| Truth::new(rows, survey.corpus(), survey.identical(), self.positive_grade);
        let mut labeled = Labeled::default();
        if let Some((name, rows)) = &self.labels {
            let (found, counts) = truth(rows);
            let unused = unused(counts);
            if counts.used == 0 && counts.unlabeled == rows.len() {
                bail!("{name}: no label is filled in; name the field of labels with --label-field");
            }
            if counts.used == 0 {
                bail!(
                    "{name}: no label is about an article of the input ({}); name the key with --key-field",
                    unused.as_deref().unwrap_or("found no labels")
                );
            }
            if let Some(unused) = unused {
                warn(&format!("{name}: {} labels used, {unused}", grouped(counts.used)));
            }
            (labeled.truth, labeled.counts) = (Some(found), counts);
        }
        for PredictedRows { name, rows, by_score } in &self.predicted {
            let (found, counts) = truth(rows);
            if counts.unknown + counts.ambiguous > 0
                && let Some(unused) = unused(counts)
            {
                warn(&format!("{name}: {unused}"));
            }
            labeled.predicted.push(Prediction { name: name.clone(), found, by_score: *by_score });
        }
        Ok(labeled)
    }
}

/// Returns the numbers of labels that are not used, with the reasons, or `None` if all are used.
fn unused(counts: LabelCounts) -> Option<String> {
    let unused: Vec<String> =
        counts.unused().map(|(count, reason)| format!("{} {reason}", grouped(count))).collect();
    (!unused.is_empty()).then(|| unused.join(", "))
}
