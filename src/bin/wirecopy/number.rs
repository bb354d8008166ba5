//! Formats numbers with their nouns, as listings and pages do.

pub(crate) use wirecopy::write::{counted as plural, grouped};

/// Returns a number with a word, which gets an `s` unless the number is one.
pub(crate) fn counted(count: usize, what: &str) -> String {
    plural(count, what, &format!("{what}s"))
}
