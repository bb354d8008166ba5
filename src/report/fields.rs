//! Values that several records contain.

use serde::Serializer;

use crate::article::{ArticleId, LocationRef};
use crate::corpus::Corpus;
use crate::provenance::Seconds;
use crate::verify::{Relation, Score};

/// The factor that leaves four decimals of a score. Different shares of fewer than 10,000 words differ by more
/// than the last of these.
const DECIMALS: f64 = 1e4;

/// Returns a score with the decimals that records have.
pub(crate) fn rounded(score: f64) -> f64 {
    (score * DECIMALS).round() / DECIMALS
}

/// Returns the name of a score in records.
pub fn score_name(score: Score) -> &'static str {
    match score {
        Score::Coverage => "coverage",
        Score::Resemblance => "resemblance",
        Score::Containment => "containment",
    }
}

/// Returns whether an article belongs to the reference collection; nothing if there is none.
pub(super) fn reference(corpus: &Corpus, id: ArticleId) -> Option<bool> {
    corpus.has_references().then(|| corpus.is_reference(id))
}

/// Returns a time as ISO 8601 in UTC, to the second.
pub(super) fn utc(time: Option<Seconds>) -> Option<String> {
    jiff::Timestamp::from_second(time?).ok().map(|time| time.to_string())
}

/// Serializes a location as `file:line`.
pub(super) fn as_text<S: Serializer>(location: &LocationRef<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(location)
}

/// Returns the name of a relation; `representative` for the representative, which has none.
pub(super) fn name_or_representative(relation: Option<Relation>) -> &'static str {
    relation.map_or("representative", Relation::name)
}
