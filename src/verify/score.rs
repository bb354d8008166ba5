//! Defines the scores by which a rule can compare two articles.

/// The score that must reach the threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Score {
    /// The share of an article's words that are in passages which it shares with the other.
    Coverage,
    /// The Jaccard coefficient of the two shingle sets. Finds neither excerpts nor partial matches.
    Resemblance,
    /// The share of an article's shingle set that is in the other's. Finds no partial matches.
    Containment,
}

/// Returns `part / whole`, or 0 if `whole` is 0.
pub(super) fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}
