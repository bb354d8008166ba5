//! Scored pairs in, their average precision out.

use super::confusion::ratio;

/// Gives the average precision: the precision at each score, weighted by the recall that it adds. Takes, for each
/// score, the number of positive and of negative pairs that have it; scores may come in any order and repeatedly.
/// 0 where no pair is positive.
///
/// Source: as `average_precision_score` of scikit-learn has it, without interpolation; equal scores count as one.
pub fn average_precision(mut scored: Vec<(f64, f64, f64)>) -> f64 {
    scored.sort_by(|one, other| other.0.total_cmp(&one.0));
    let all: f64 = scored.iter().map(|&(_, positive, _)| positive).sum();
    let (mut found, mut called, mut area) = (0.0, 0.0, 0.0);
    for equal in scored.chunk_by(|one, other| one.0 == other.0) {
        let positive: f64 = equal.iter().map(|&(_, positive, _)| positive).sum();
        let negative: f64 = equal.iter().map(|&(_, _, negative)| negative).sum();
        found += positive;
        called += positive + negative;
        area += ratio(positive, all) * ratio(found, called);
    }
    area
}
