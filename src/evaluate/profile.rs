//! What counts do over ascending thresholds in, where that is flat and where steep out; scores in, their histogram out.

/// A stretch of thresholds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// Its first threshold.
    pub from: f64,
    /// Its last threshold.
    pub to: f64,
    /// The count at the first one.
    pub count_from: usize,
    /// The count at the last one.
    pub count_to: usize,
}

/// Where a count hardly depends on the threshold, and where most.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Profile {
    /// The longest stretch over which the count changes by a hundredth of its greatest value at most, the highest of
    /// equally long ones: a threshold in there hardly matters.
    pub flat: Stretch,
    /// The two neighboring thresholds between which it changes most, the lowest of equals.
    pub steep: Stretch,
}

impl Profile {
    /// Looks at counts over ascending thresholds; nothing where there are fewer than two, or all counts are 0.
    pub fn new(thresholds: &[f64], counts: &[usize]) -> Option<Self> {
        /// The share of the greatest count that is no change.
        const STILL: f64 = 0.01;
        let stretch = |from: usize, to: usize| Stretch {
            from: thresholds[from],
            to: thresholds[to],
            count_from: counts[from],
            count_to: counts[to],
        };
        let greatest = counts.iter().copied().max().filter(|&greatest| greatest > 0)?;
        let still = (greatest as f64 * STILL) as usize;
        let steps = 0..counts.len().checked_sub(1)?;
        let steep =
            steps.clone().max_by_key(|&at| (counts[at].abs_diff(counts[at + 1]), std::cmp::Reverse(at)))?;
        let end_of = |from: usize| {
            let (mut least, mut most) = (counts[from], counts[from]);
            let within = |&to: &usize| {
                (least, most) = (least.min(counts[to]), most.max(counts[to]));
                most - least <= still
            };
            (from..counts.len()).take_while(within).last().unwrap_or(from)
        };
        let (from, to) = steps.map(|from| (from, end_of(from))).max_by(|one, other| {
            let length = |&(from, to): &(usize, usize)| thresholds[to] - thresholds[from];
            length(one).total_cmp(&length(other)).then(one.0.cmp(&other.0))
        })?;
        Some(Self { flat: stretch(from, to), steep: stretch(steep, steep + 1) })
    }
}

/// Counts scores from 0 to 1 in so many equally wide bins; a score on a border counts in the upper bin, 1 in the last.
pub fn histogram(scores: impl Iterator<Item = f64>, bins: usize) -> Vec<usize> {
    let mut counts = vec![0; bins];
    for score in scores {
        // A ten-thousandth is what records show; without it a border falls into either bin by rounding.
        let bin = ((score * 1e4).round() * bins as f64 / 1e4) as usize;
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
    fn tells_flat_from_steep() {
        let thresholds = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
        let profile = Profile::new(&thresholds, &[1000, 600, 595, 592, 591, 100]).unwrap();
        assert_eq!(profile.flat, Stretch { from: 0.2, to: 0.5, count_from: 600, count_to: 591 });
        assert_eq!(profile.steep, Stretch { from: 0.5, to: 0.6, count_from: 591, count_to: 100 });
        assert_eq!(Profile::new(&thresholds[..1], &[3]), None);
        assert_eq!(Profile::new(&thresholds[..2], &[0, 0]), None);
        assert_eq!(Profile::new(&[], &[]), None);
    }

    #[test]
    fn counts_in_bins() {
        let scores = [0.0, 0.0999, 0.1, 0.3, 0.7, 0.95, 1.0];
        assert_eq!(histogram(scores.into_iter(), 10), [2, 1, 0, 1, 0, 0, 0, 1, 0, 2]);
    }
}
