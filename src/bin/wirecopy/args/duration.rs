//! Parses lengths of time and dates.

use jiff::{Span, SpanRelativeTo, Unit};
use wirecopy::provenance::{Seconds, published_time};

/// Reads a length of time.
pub(super) fn seconds(text: &str) -> Result<u64, String> {
    let span: Span = text.parse().map_err(|_| "expected a number with a unit, such as 7d, 12h or 2 weeks")?;
    let seconds = span
        .total((Unit::Second, SpanRelativeTo::days_are_24_hours()))
        .map_err(|_| "months and years differ in length: use days")?;
    if seconds < 0.0 {
        return Err("expected a time that is not negative".to_owned());
    }
    Ok(seconds as u64)
}

/// Reads a date, in seconds since 1970.
pub(super) fn date(text: &str) -> Result<Seconds, String> {
    published_time(text, None)
        .ok_or_else(|| "expected a date, such as 2031-04-02 or 2031-04-02T08:00:00Z".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_lengths_of_time() {
        let number = "expected a number with a unit, such as 7d, 12h or 2 weeks";
        let cases = [
            ("7d", Ok(7 * 86_400)),
            ("12h", Ok(12 * 3600)),
            ("2 weeks", Ok(14 * 86_400)),
            ("1d 30m", Ok(86_400 + 1800)),
            ("0s", Ok(0)),
            ("7", Err(number)),
            ("a week", Err(number)),
            ("1 month", Err("months and years differ in length: use days")),
            ("-1d", Err("expected a time that is not negative")),
        ];
        for (text, expected) in cases {
            assert_eq!(seconds(text), expected.map_err(str::to_owned), "{text}");
        }
    }
}
