//! Finds the index of the greatest value, with a rule for equal values.

/// Values that differ by no more than this are equal: they differ by rounding only.
const ROUNDING: f64 = 1e-12;

/// Returns the index of the greatest value; of consecutive equal ones, the index in the middle of the first run.
/// Returns `None` if there are no values.
pub(super) fn argmax(values: &[f64]) -> Option<usize> {
    let greatest = values.iter().copied().max_by(f64::total_cmp)?;
    let is_greatest = |value: &f64| greatest - value <= ROUNDING;
    let first = values.iter().position(is_greatest)?;
    let run = values[first..].iter().take_while(|value| is_greatest(value)).count();
    Some(first + (run - 1) / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_greatest_value() {
        let cases: [(&str, &[f64], Option<usize>); 5] = [
            ("no values", &[], None),
            ("one greatest value", &[0.1, 0.9, 0.3], Some(1)),
            ("the middle of a run", &[0.1, 0.9, 0.9, 0.9, 0.3], Some(2)),
            ("the first run", &[0.9, 0.1, 0.9], Some(0)),
            ("values that differ by rounding", &[0.1, 0.3, 0.1 + 0.2, 0.3], Some(2)),
        ];
        for (name, values, expected) in cases {
            assert_eq!(argmax(values), expected, "{name}");
        }
    }
}
