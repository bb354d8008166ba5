//! Defines the names under which reports mention the options of the program that writes them.

/// The names of the options of the program that writes a report, as its readers know them: for a command, its
/// flags.
///
/// A report mentions an option in neutral words if it has no name here, and leaves out a hint that makes no sense
/// without the name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct OptionNames {
    /// The option that sets the threshold ([`Settings::threshold`](crate::Settings::threshold)).
    pub threshold: Option<&'static str>,
    /// The option that sets the least number of words of a partial match
    /// ([`Settings::partial_words`](crate::Settings::partial_words)).
    pub partial_words: Option<&'static str>,
    /// The option that shows every member of a cluster in a listing.
    pub all_members: Option<&'static str>,
    /// The option that sets the grade from which a labeled pair counts as a copy.
    pub positive_grade: Option<&'static str>,
    /// The option that takes a file of labels.
    pub labels: Option<&'static str>,
    /// The option that writes the pairs to be labeled as a table.
    pub sample_table: Option<&'static str>,
}
