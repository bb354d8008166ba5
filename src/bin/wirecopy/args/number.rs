//! Parses numbers of arguments, with messages that say what to write instead.

use std::str::FromStr;

/// Returns a parser of whole numbers from `least` to `most`, for an argument.
pub(super) fn whole<T: FromStr>(
    least: u64,
    most: Option<u64>,
) -> impl Fn(&str) -> Result<T, String> + Clone + Send + Sync + 'static {
    move |text| {
        let is_allowed = |number: &u64| *number >= least && most.is_none_or(|most| *number <= most);
        // A number that T cannot hold is refused like one that is out of range.
        let number = text.parse().ok().filter(is_allowed).and_then(|_| text.parse().ok());
        number.ok_or_else(|| match (least, most) {
            (0, None) => "expected a whole number".to_owned(),
            (_, None) => format!("expected a whole number from {least} on"),
            (_, Some(most)) => format!("expected a whole number from {least} to {most}"),
        })
    }
}

/// Shares are suggested as multiples of one millionth, without the digits that a division leaves.
const PARTS: f64 = 1e6;

/// Parses a share of a whole: a number above 0 and at most 1.
///
/// # Errors
/// Returns what to write instead, if the text is a percentage or has a decimal comma.
pub(super) fn share(text: &str) -> Result<f64, String> {
    let text = text.trim();
    let is_share = |share: &f64| *share > 0.0 && *share <= 1.0;
    if let Some(share) = text.parse().ok().filter(is_share) {
        return Ok(share);
    }
    let meant = match text.strip_suffix('%') {
        Some(percent) => number_with_comma(percent).map(|percent| percent / 100.0),
        // Nobody means one percent by 1, and 1.8 is no percentage but a mistake.
        None => number_with_comma(text).map(|number| if number >= 2.0 { number / 100.0 } else { number }),
    };
    let expected = "expected a fraction above 0 and up to 1";
    Err(match meant.filter(is_share) {
        Some(share) => format!("{expected}: write {}", (share * PARTS).round() / PARTS),
        None => format!("{expected}, such as 0.6"),
    })
}

/// Parses any number that is finite.
///
/// # Errors
/// Returns what to write instead.
pub(super) fn finite(text: &str) -> Result<f64, String> {
    let number = text.trim().parse().ok().filter(|number: &f64| number.is_finite());
    number.ok_or_else(|| "expected a number, such as 1 or 0.5".to_owned())
}

/// Returns a number that may have a decimal comma.
fn number_with_comma(text: &str) -> Option<f64> {
    text.trim().replace(',', ".").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_shares() {
        let cases = [
            ("0.6", Ok(0.6)),
            ("1", Ok(1.0)),
            (".5", Ok(0.5)),
            ("60%", Err("expected a fraction above 0 and up to 1: write 0.6")),
            ("62,5 %", Err("expected a fraction above 0 and up to 1: write 0.625")),
            ("60", Err("expected a fraction above 0 and up to 1: write 0.6")),
            ("0,6", Err("expected a fraction above 0 and up to 1: write 0.6")),
            ("1.8", Err("expected a fraction above 0 and up to 1, such as 0.6")),
            ("1.8%", Err("expected a fraction above 0 and up to 1: write 0.018")),
            ("0", Err("expected a fraction above 0 and up to 1, such as 0.6")),
            ("-0.6", Err("expected a fraction above 0 and up to 1, such as 0.6")),
            ("600", Err("expected a fraction above 0 and up to 1, such as 0.6")),
            ("nan", Err("expected a fraction above 0 and up to 1, such as 0.6")),
            ("high", Err("expected a fraction above 0 and up to 1, such as 0.6")),
        ];
        for (text, expected) in cases {
            assert_eq!(share(text), expected.map_err(str::to_owned), "{text}");
        }
    }

    #[test]
    fn reads_whole_numbers() {
        let cases = [
            ("1", 0, None, Ok(1)),
            ("0", 1, None, Err("expected a whole number from 1 on")),
            ("x", 0, None, Err("expected a whole number")),
            ("1.5", 0, None, Err("expected a whole number")),
            ("101", 1, Some(100), Err("expected a whole number from 1 to 100")),
            ("99999999999", 0, None, Err("expected a whole number")),
        ];
        for (text, least, most, expected) in cases {
            assert_eq!(whole::<u32>(least, most)(text), expected.map_err(str::to_owned), "{text}");
        }
    }
}
