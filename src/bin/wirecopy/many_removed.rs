//! Warns if nearly all articles are removed.

use wirecopy::Findings;
use wirecopy::dedup::Removal;

use crate::error_message::warn;
use crate::number::{counted, grouped};

/// The share of the articles from which on a warning says that so many are removed. No collection that was measured
/// has so many copies: the usual reason is that the input was archived before.
const MANY: f64 = 0.9;

/// Warns if nearly all articles are removed.
pub(crate) fn warn_of_many(findings: &Findings, removals: &[Removal]) {
    let (articles, removed) = (findings.counts().articles, removals.len());
    if removed as f64 <= MANY * articles as f64 {
        return;
    }
    let corpus = findings.corpus();
    let is_archived =
        |removal: &&Removal| removal.kept_as.iter().all(|support| corpus.is_reference(support.id));
    let archived = removals.iter().filter(is_archived).count();
    let advice = if archived > 0 {
        format!(
            ", {} of them because --against contains what they say; do not replace an earlier output by this one",
            grouped(archived)
        )
    } else {
        "; --dry-run shows why".to_owned()
    };
    warn(&format!("{} of {} are removed{advice}", grouped(removed), counted(articles, "article")));
}
