//! Shortens dates for people.

use super::terminal_text::{fit, one_line};

/// The largest width, in columns, of a date in a format that is not recognized: that of JavaScript, with its offset.
const UNKNOWN_FORMAT_WIDTH: usize = "Fri Jan 05 2031 14:05:00 GMT+0200".len();
/// The largest number of characters of an offset, or of the name of a zone.
const LONGEST_OFFSET: usize = "+02:00:00".len();

/// Returns a date as day and minute, with the offset from UTC that it gives, in text that is safe to print. A date in
/// another format than ISO 8601 is only cut.
pub(super) fn short_date(published: &str) -> String {
    const DAY: usize = "2031-01-05".len();
    const MINUTE: usize = "2031-01-05T14:05".len();
    let is_day =
        |text: &str| text.bytes().enumerate().all(|(at, byte)| (byte == b'-') == (at == 4 || at == 7));
    match (published.get(..DAY).filter(|day| is_day(day)), published.get(DAY..MINUTE)) {
        // Midnight nearly always means that the date had no time.
        (Some(day), Some("T00:00" | " 00:00")) => day.to_owned(),
        (Some(day), Some(time)) if time.starts_with(['T', ' ']) => {
            one_line(&format!("{day} {} {}", &time[1..], offset(&published[MINUTE..])))
        }
        _ => fit(&one_line(published), UNKNOWN_FORMAT_WIDTH).into_owned(),
    }
}

/// Returns the offset at the end of a date, whose seconds `rest` begins with, or nothing.
fn offset(rest: &str) -> &str {
    let offset = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | ',' | ' '));
    let is_offset = offset.chars().count() <= LONGEST_OFFSET
        && offset.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | ':'));
    match offset {
        "Z" | "z" => "UTC",
        offset if is_offset => offset,
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortens_dates() {
        let cases = [
            ("2031-01-05T14:05:00Z", "2031-01-05 14:05 UTC"),
            ("2031-01-05T14:05:00+02:00", "2031-01-05 14:05 +02:00"),
            ("2031-01-05 14:05:00.123 -0500", "2031-01-05 14:05 -0500"),
            ("2031-01-05 14:05:00 CEST", "2031-01-05 14:05 CEST"),
            ("2031-01-05T14:05:00", "2031-01-05 14:05"),
            ("2031-01-05T14:05 and later \u{1b}", "2031-01-05 14:05"),
            ("2031-01-05T00:00:00+02:00", "2031-01-05"),
            ("Sun, 05 Jan 2031 14:05:00 +0900", "Sun, 05 Jan 2031 14:05:00 +0900"),
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
