//! Collects the pairs of articles that the report of a sweep shows.

use wirecopy::evaluate::Truth;
use wirecopy::sweep::{Example, Survey, Verdict};
use wirecopy::write::ExampleRecord;

use crate::args::SweepArgs;

/// The pairs to show for one shingle size.
pub(super) struct Examples {
    /// False positives, then misses.
    pub(super) wrong: Vec<ExampleRecord>,
    /// The number of false positives and misses, including those that are not shown.
    wrong_count: usize,
    /// The pairs nearest to the threshold.
    pub(super) sample: Vec<ExampleRecord>,
}

impl Examples {
    /// Collects the pairs that the arguments ask for. `nearest` are the pairs nearest to the threshold.
    pub(super) fn new(
        arguments: &SweepArgs,
        survey: &Survey,
        truth: Option<&Truth>,
        nearest: &[Example],
    ) -> Self {
        let (by, threshold) = (survey.settings().by, survey.settings().threshold);
        let mut wrong = Vec::new();
        let mut wrong_count = 0;
        if let (Some(limit), Some(truth)) = (arguments.asked.show_errors, truth) {
            wrong = survey.wrong(truth, by, threshold);
            wrong_count = wrong.len();
            let first_miss = wrong.partition_point(|example| example.verdict == Verdict::FalsePositive);
            let mut misses = wrong.split_off(first_miss);
            wrong.truncate(limit);
            misses.truncate(limit);
            wrong.append(&mut misses);
        }
        survey.measure_examples(&mut wrong);
        let record = |example: &Example| ExampleRecord::new(survey.corpus(), example);
        Self {
            wrong: wrong.iter().map(record).collect(),
            wrong_count,
            sample: nearest.iter().map(record).collect(),
        }
    }

    /// Returns the lists of pairs that the report shows, with their titles.
    pub(super) fn titled(&self, arguments: &SweepArgs) -> Vec<(String, &[ExampleRecord])> {
        let mut titled = Vec::new();
        if arguments.asked.show_errors.is_some() {
            let title = format!("Wrong pairs at the threshold: {} of {}", self.wrong.len(), self.wrong_count);
            titled.push((title, self.wrong.as_slice()));
        }
        if arguments.asked.shows_sample() {
            titled.push(("Pairs nearest to the threshold".to_owned(), self.sample.as_slice()));
        }
        titled
    }
}
