//! Keeps track of the thresholds at which a result stays the same.

/// A range of thresholds: those above `above`, up to and including `up_to`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ThresholdRange {
    above: f64,
    up_to: f64,
}

impl ThresholdRange {
    /// All thresholds.
    pub(super) const ALL: Self = Self { above: f64::NEG_INFINITY, up_to: f64::INFINITY };

    /// Returns whether a pair that joins up to the threshold `joins_up_to` joins at `threshold`, and narrows the range
    /// to the thresholds that have the same answer.
    pub(super) fn joins_at(&mut self, threshold: f64, joins_up_to: f64) -> bool {
        if threshold <= joins_up_to {
            self.up_to = self.up_to.min(joins_up_to);
            true
        } else {
            self.above = self.above.max(joins_up_to);
            false
        }
    }

    /// Returns the thresholds that are in both ranges.
    pub(super) fn intersection(self, other: Self) -> Self {
        Self { above: self.above.max(other.above), up_to: self.up_to.min(other.up_to) }
    }

    /// Returns whether a threshold is in the range.
    pub(super) fn contains(self, threshold: f64) -> bool {
        self.above < threshold && threshold <= self.up_to
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_answer_narrows_the_range() {
        let mut range = ThresholdRange::ALL;
        assert!(range.joins_at(0.6, 0.8));
        assert!(!range.joins_at(0.6, 0.4));
        assert!(range.joins_at(0.6, f64::INFINITY));
        assert!(!range.joins_at(0.6, 0.0));
        for (threshold, expected) in [(0.4, false), (0.41, true), (0.6, true), (0.8, true), (0.81, false)] {
            assert_eq!(range.contains(threshold), expected, "{threshold}");
        }
        let mut other = ThresholdRange::ALL;
        assert!(other.joins_at(0.6, 0.7));
        assert_eq!(range.intersection(other), ThresholdRange { above: 0.4, up_to: 0.7 });
        assert_eq!(range.intersection(ThresholdRange::ALL), range);
    }
}
