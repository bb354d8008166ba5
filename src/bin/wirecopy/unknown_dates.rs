//! Warns of dates that were given and not understood.

use std::collections::BTreeSet;

use wirecopy::corpus::Corpus;

use crate::error_message::warn;
use crate::number::{counted, grouped};

/// The number of different dates that the warning shows.
const EXAMPLES: usize = 2;
/// The longest date that the warning shows as a whole, in characters: a field that is no date may hold an article.
const LONGEST: usize = 40;

/// Warns of dates that are not understood, with two of them and their locations. Returns their number.
pub(crate) fn warn_of_unknown_dates(corpus: &Corpus) -> usize {
    let unknown = corpus.unknown_dates();
    if unknown.ids.is_empty() {
        return 0;
    }
    let mut seen = BTreeSet::new();
    let mut examples = Vec::new();
    for &id in &unknown.ids {
        let date = corpus.header(id).published.unwrap_or_default();
        if examples.len() < EXAMPLES && seen.insert(date) {
            let shown: String = date.chars().take(LONGEST).collect();
            let ellipsis = if shown.len() < date.len() { "…" } else { "" };
            examples.push(format!("\"{shown}{ellipsis}\" ({})", corpus.location(id)));
        }
    }
    let (count, of) = (unknown.ids.len(), counted(unknown.given, "date"));
    let is = if count == 1 { "is" } else { "are" };
    warn(&format!(
        "{} of {of} {is} not understood, such as {}; such articles count as undated",
        grouped(count),
        examples.join(" and ")
    ));
    count
}
