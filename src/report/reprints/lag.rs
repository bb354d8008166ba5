//! Computes how much later articles are.

use crate::provenance::Seconds;

/// The seconds of an hour.
const HOUR: f64 = 3600.0;

/// Returns the median of times, in hours to a hundredth; `None` if there are none. Of an even number it is the mean of the
/// two in the middle.
pub(super) fn median_hours(mut times: Vec<Seconds>) -> Option<f64> {
    times.sort_unstable();
    let middle = times.len() / 2;
    let upper = *times.get(middle)? as f64;
    let lower = if times.len().is_multiple_of(2) { times[middle - 1] as f64 } else { upper };
    Some(((lower + upper) / 2.0 / HOUR * 100.0).round() / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_middle() {
        for (hours, expected) in
            [(&[][..], None), (&[5], Some(5.0)), (&[9, 1], Some(5.0)), (&[9, 1, 2], Some(2.0))]
        {
            let times = hours.iter().map(|hours| hours * 3600).collect();
            assert_eq!(median_hours(times), expected, "{hours:?}");
        }
        assert_eq!(median_hours(vec![1000]), Some(0.28));
    }
}
