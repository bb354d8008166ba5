//! Compares times of publication, of which some are dates alone.

use super::seconds::{SECONDS_PER_DAY, Seconds};

/// Returns whether `one` is certainly before `other`. A date alone, which is stored as midnight, does not show which
/// article was the first of its day.
pub(crate) fn is_surely_before(one: Seconds, other: Seconds) -> bool {
    let day = |time: Seconds| time.div_euclid(SECONDS_PER_DAY);
    let is_date_alone = |time: Seconds| time.rem_euclid(SECONDS_PER_DAY) == 0;
    one < other && !(is_date_alone(one) && day(one) == day(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_alone_is_its_whole_day() {
        let (midnight, noon, next) = (SECONDS_PER_DAY, SECONDS_PER_DAY * 3 / 2, SECONDS_PER_DAY * 2);
        for (name, one, other, expected) in [
            ("equal", noon, noon, false),
            ("later on that day", noon, noon + 1, true),
            ("a date alone, then a time on that day", midnight, noon, false),
            ("a time, then a date alone of that day", noon, midnight, false),
            ("a date alone, then the next", midnight, next, true),
            ("a time, then the next date", noon, next, true),
            ("before 1970", -next, -noon, false),
            ("the day before, before 1970", -next, -SECONDS_PER_DAY, true),
        ] {
            assert_eq!(is_surely_before(one, other), expected, "{name}");
        }
    }
}
