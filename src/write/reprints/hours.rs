//! Formats times between articles.

/// Times of at least so many hours are in days.
const DAYS_FROM: f64 = 48.0;

/// Returns a number of hours as people say it: in minutes, hours or days.
pub(super) fn hours_text(hours: f64) -> String {
    if hours < 1.0 {
        format!("{:.0} min", hours * 60.0)
    } else if hours < DAYS_FROM {
        format!("{hours:.1} h")
    } else {
        format!("{:.1} days", hours / 24.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chooses_the_unit() {
        for (hours, expected) in
            [(0.0, "0 min"), (0.3, "18 min"), (1.0, "1.0 h"), (47.9, "47.9 h"), (60.0, "2.5 days")]
        {
            assert_eq!(hours_text(hours), expected);
        }
    }
}
