//! A date as a record gives it in, the time of publication out.

use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// A time of publication, in seconds since 1970, UTC.
pub type Seconds = i64;

/// Dates as pages print them, with English names of months.
const PRINTED: [&str; 8] =
    ["%d-%b-%Y", "%d %b %Y", "%d %B %Y", "%d-%B-%Y", "%b %d, %Y", "%B %d, %Y", "%Y/%m/%d", "%Y%m%d"];

/// Reads a date of publication in the forms that scrapers write: RFC 3339 and ISO 8601 with or without zone, a date
/// alone, RFC 2822, seconds or milliseconds since 1970, and dates with English names of months. A time without zone is
/// taken for UTC, a date for its midnight. Returns nothing for anything else, nor for a date that two countries read
/// differently (`04/10/2006`).
pub fn published_time(text: &str) -> Option<Seconds> {
    let text = text.trim();
    let utc = |time: DateTime| time.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp().as_second());
    if let Ok(time) = text.parse::<Timestamp>() {
        return Some(time.as_second());
    }
    if let Ok(time) = text.parse::<Zoned>() {
        return Some(time.timestamp().as_second());
    }
    if let Ok(time) = text.parse::<DateTime>() {
        return utc(time);
    }
    let printed = || PRINTED.iter().find_map(|form| Date::strptime(form, text).ok());
    if let Some(date) = text.parse::<Date>().ok().or_else(printed) {
        return utc(date.to_datetime(Time::midnight()));
    }
    if let Ok(time) = rfc2822::parse(text) {
        return Some(time.timestamp().as_second());
    }
    epoch(text)
}

/// Seconds or milliseconds since 1970, told apart by their size; the years 1990 to 2100 only, so that no other
/// number is taken for a date.
fn epoch(text: &str) -> Option<Seconds> {
    const FIRST: f64 = 631_152_000.0;
    const LAST: f64 = 4_102_444_800.0;
    let number: f64 = text.parse().ok()?;
    [number, number / 1000.0]
        .into_iter()
        .find(|seconds| (FIRST..LAST).contains(seconds))
        .map(|seconds| seconds as Seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_dates() {
        let cases = [
            ("RFC 3339", "2019-11-01T12:00:46+00:00", Some(1_572_609_646)),
            ("RFC 3339, zone", "2019-11-01T14:00:46+02:00", Some(1_572_609_646)),
            ("Z", "2019-11-01T12:00:46Z", Some(1_572_609_646)),
            ("no zone", "2019-11-01 12:00:46", Some(1_572_609_646)),
            ("date", "2019-11-01", Some(1_572_566_400)),
            ("RFC 2822", "Fri, 01 Nov 2019 12:00:46 +0000", Some(1_572_609_646)),
            ("RFC 2822, GMT", "Fri, 01 Nov 2019 12:00:46 GMT", Some(1_572_609_646)),
            ("seconds", "1572609646", Some(1_572_609_646)),
            ("milliseconds", "1572609646000", Some(1_572_609_646)),
            ("printed", "1-Nov-2019", Some(1_572_566_400)),
            ("printed, month first", "November 1, 2019", Some(1_572_566_400)),
            ("compact", "20191101", Some(1_572_566_400)),
            ("read differently by country", "04/10/2006", None),
            ("a number", "17", None),
            ("words", "yesterday", None),
            ("empty", "", None),
        ];
        for (name, text, expected) in cases {
            assert_eq!(published_time(text), expected, "{name}");
        }
    }
}
