//! Counts scores in equally wide bins.

/// Scores are rounded to this fraction, as in records. Otherwise a score on the border of two bins would be in
/// either of them because of rounding errors.
const SCORE_UNITS: f64 = 1e4;

/// Counts scores from 0 to 1 in `bins` equally wide bins. A score on the border of two bins is in the upper one,
/// and 1 is in the last bin.
pub fn histogram(scores: impl Iterator<Item = f64>, bins: usize) -> Vec<usize> {
    let mut counts = vec![0; bins];
    for score in scores {
        let bin = ((score * SCORE_UNITS).round() * bins as f64 / SCORE_UNITS) as usize;
        if let Some(count) = counts.get_mut(bin.min(bins.saturating_sub(1))) {
            *count += 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_scores_in_bins() {
        let scores = [0.0, 0.0999, 0.1, 0.3, 0.7, 0.95, 1.0];
        assert_eq!(histogram(scores.into_iter(), 10), [2, 1, 0, 1, 0, 0, 0, 1, 0, 2]);
    }
}
