//! Defines the names of the options of this command, for reports that mention them.

use wirecopy::write::OptionNames;

/// Returns the options by which a reader of a report can change it.
pub(crate) fn option_names() -> OptionNames {
    let mut names = OptionNames::default();
    names.threshold = Some("--threshold");
    names.partial_words = Some("--partial-words");
    names.all_members = Some("--all-members");
    names.positive_grade = Some("--positive-grade");
    names.labels = Some("wirecopy sweep --labels");
    names.sample_table = Some("--sample-output");
    names
}
