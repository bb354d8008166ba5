//! Finds the thresholds between which a count hardly changes, and those between which it changes most.

use std::cmp::Reverse;

/// A change of a count by this share of the greatest count is no change.
const UNCHANGED: f64 = 0.01;

/// A range of thresholds, with the counts at its ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// The first threshold.
    pub from: f64,
    /// The last threshold.
    pub to: f64,
    /// The count at the first threshold.
    pub count_from: usize,
    /// The count at the last threshold.
    pub count_to: usize,
}

impl Stretch {
    /// Creates the range between the thresholds with these indices.
    fn new(thresholds: &[f64], counts: &[usize], from: usize, to: usize) -> Self {
        Self { from: thresholds[from], to: thresholds[to], count_from: counts[from], count_to: counts[to] }
    }
}

/// The ranges of thresholds in which a count depends least, and most, on the threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Profile {
    /// The longest range in which the count changes by a hundredth of its greatest value at most; of equally long
    /// ones the highest. Any threshold in this range gives nearly the same result.
    pub flat: Stretch,
    /// The two neighboring thresholds between which the count changes most; of equal changes the lowest.
    pub steep: Stretch,
}

impl Profile {
    /// Creates the profile of counts at ascending thresholds. Returns `None` if there are fewer than two, or if all
    /// counts are 0.
    pub fn new(thresholds: &[f64], counts: &[usize]) -> Option<Self> {
        let greatest = counts.iter().copied().max().filter(|&greatest| greatest > 0)?;
        let most_change = (greatest as f64 * UNCHANGED) as usize;
        let steep = steepest_step(counts)?;
        let (from, to) = longest_flat(thresholds, counts, most_change)?;
        Some(Self {
            flat: Stretch::new(thresholds, counts, from, to),
            steep: Stretch::new(thresholds, counts, steep, steep + 1),
        })
    }
}

/// Returns the index of the first count of the two neighboring ones that differ most; of equal differences the
/// first.
fn steepest_step(counts: &[usize]) -> Option<usize> {
    (1..counts.len())
        .map(|next| next - 1)
        .max_by_key(|&index| (counts[index].abs_diff(counts[index + 1]), Reverse(index)))
}

/// Returns the indices of the first and last threshold of the longest range in which the counts differ by
/// `most_change` at most; of equally long ones the last.
fn longest_flat(thresholds: &[f64], counts: &[usize], most_change: usize) -> Option<(usize, usize)> {
    let length = |&(from, to): &(usize, usize)| thresholds[to] - thresholds[from];
    (1..counts.len())
        .map(|next| (next - 1, flat_end(counts, next - 1, most_change)))
        .max_by(|one, other| length(one).total_cmp(&length(other)).then(one.0.cmp(&other.0)))
}

/// Returns the last index up to which the counts from `from` on differ by `most_change` at most.
fn flat_end(counts: &[usize], from: usize, most_change: usize) -> usize {
    let (mut least, mut most) = (counts[from], counts[from]);
    let is_flat = |&index: &usize| {
        (least, most) = (least.min(counts[index]), most.max(counts[index]));
        most - least <= most_change
    };
    (from..counts.len()).take_while(is_flat).last().unwrap_or(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_flat_and_the_steep_range() {
        let thresholds = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
        let profile = Profile::new(&thresholds, &[1000, 600, 595, 592, 591, 100]).unwrap();
        assert_eq!(profile.flat, Stretch { from: 0.2, to: 0.5, count_from: 600, count_to: 591 });
        assert_eq!(profile.steep, Stretch { from: 0.5, to: 0.6, count_from: 591, count_to: 100 });
        assert_eq!(Profile::new(&thresholds[..1], &[3]), None);
        assert_eq!(Profile::new(&thresholds[..2], &[0, 0]), None);
        assert_eq!(Profile::new(&[], &[]), None);
    }
}
