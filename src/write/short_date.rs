//! Shortens dates for people.

use super::terminal_text::{fit, one_line};

/// The largest width, in columns, of a date in a format that is not recognized.
const UNKNOWN_FORMAT_WIDTH: usize = 26;

/// Returns a date as day and minute, in text that is safe to print. A date in another format than ISO 8601 is only
/// cut.
pub(super) fn short_date(published: &str) -> String {
    const DAY: usize = "2031-01-05".len();
    const MINUTE: usize = "2031-01-05T14:05".len();
    let is_day =
        |text: &str| text.bytes().enumerate().all(|(at, byte)| (byte == b'-') == (at == 4 || at == 7));
    match (published.get(..DAY).filter(|day| is_day(day)), published.get(DAY..MINUTE)) {
        // Midnight nearly always means that the date had no time.
        (Some(day), Some("T00:00" | " 00:00")) => day.to_owned(),
        (Some(day), Some(time)) if time.starts_with(['T', ' ']) => one_line(&format!("{day} {}", &time[1..])),
        _ => fit(&one_line(published), UNKNOWN_FORMAT_WIDTH).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortens_dates() {
        let cases = [
            ("2031-01-05T14:05:00Z", "2031-01-05 14:05"),
            ("2031-01-05", "2031-01-05"),
            ("2031-01-05T00:00:00", "2031-01-05"),
            ("2031-01-05 14:05", "2031-01-05 14:05"),
            ("5 January 2031", "5 January 2031"),
            ("1925474700", "1925474700"),
            ("\u{1b}[31m", "␛[31m"),
        ];
        for (published, expected) in cases {
            assert_eq!(short_date(published), expected);
        }
    }
}
