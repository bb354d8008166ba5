//! Computes the average precision of scored pairs.

use super::confusion_matrix::ratio;

/// Returns the average precision: the mean of the precision at each score, weighted by the recall that the score
/// adds.
///
/// Each element is a score with the number of positive and of negative pairs that have it. Elements may be in any
/// order, and a score may occur in several. Returns 0 if no pair is positive.
///
/// Source: `average_precision_score` of scikit-learn, which does not interpolate; pairs with equal scores are added
/// together.
pub fn average_precision(mut scored: Vec<(f64, f64, f64)>) -> f64 {
    scored.sort_by(|one, other| other.0.total_cmp(&one.0));
    let all_positive: f64 = scored.iter().map(|&(_, positive, _)| positive).sum();
    let (mut found, mut called, mut area) = (0.0, 0.0, 0.0);
    for equal in scored.chunk_by(|one, other| one.0 == other.0) {
        let positive: f64 = equal.iter().map(|&(_, positive, _)| positive).sum();
        let negative: f64 = equal.iter().map(|&(_, _, negative)| negative).sum();
        found += positive;
        called += positive + negative;
        area += ratio(positive, all_positive) * ratio(found, called);
    }
    area
}
