//! Reads the date of publication that a record gives, in any of the forms that scrapers write.
//!
//! Cost: no form is tried that the first characters rule out.

mod month;
mod order;
mod piece;
mod printed;
mod seconds;
mod time_of_day;

use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

pub(crate) use self::order::is_surely_before;
pub use self::printed::DayOrder;
pub(crate) use self::printed::day_order;
use self::printed::printed;
use self::seconds::SECONDS_PER_DAY;
pub use self::seconds::Seconds;

/// The zeros of clocks and calendars, as days since 1970: what programs write if there is no date. Of an archive of
/// these days, some articles lose their date; it would be worse if every article without one were the earliest.
const CLOCK_ZEROS: [Seconds; 8] = [
    -134_774, // 1601-01-01, Windows
    -79_257,  // 1753-01-01, SQL Server
    -25_569,  // 1899-12-30, spreadsheets
    -25_568,  // 1899-12-31, spreadsheets
    -25_567,  // 1900-01-01, databases
    -24_107,  // 1904-01-01, spreadsheets of the Macintosh
    -1,       // 1969-12-31, Unix as printed in America
    0,        // 1970-01-01, Unix
];

/// The end of the year 1, with which the calendars of some programs begin.
const END_OF_YEAR_1: Seconds = -62_104_060_800;
/// The first second that a bare number may mean: the beginning of 1990.
const FIRST_EPOCH_SECOND: f64 = 631_152_000.0;
/// The end of the seconds that a bare number may mean: the beginning of 2100.
const END_OF_EPOCH_SECONDS: f64 = 4_102_444_800.0;

/// Reads a date of publication.
///
/// These forms are read: RFC 3339 and ISO 8601 with or without a zone; a date alone; RFC 2822; seconds or
/// milliseconds since 1970; `20311004183000`; and dates as pages print them, with names of months in some twenty
/// languages. A time without a zone, or with only the name of one, is read as UTC, and a date as its midnight.
///
/// A date in numbers that countries read differently, such as `04/10/2031`, is read only if `order` is known: the
/// order of day and month in the dates of this site.
///
/// Returns nothing for anything else, and for what programs write if there is no date: times before the year 2, and
/// the first second of days with which clocks begin, such as 1970-01-01, 1900-01-01 and 1601-01-01.
///
/// ```
/// use wirecopy::provenance::{DayOrder, published_time};
/// assert_eq!(published_time("4. Oktober 2031", None), published_time("2031-10-04", None));
/// assert_eq!(published_time("04/10/2031", None), None);
/// assert_eq!(published_time("04/10/2031", Some(DayOrder::DayFirst)), published_time("2031-10-04", None));
/// ```
pub fn published_time(text: &str, order: Option<DayOrder>) -> Option<Seconds> {
    let text = text.trim();
    let is_zero = |time: Seconds| CLOCK_ZEROS.iter().any(|&day| day * SECONDS_PER_DAY == time);
    time_as_written(text, order).filter(|&time| time >= END_OF_YEAR_1 && !is_zero(time))
}

/// Returns whether a text that should be a date is not understood: it is in no form that is read, and not what programs
/// write if there is no date.
pub(crate) fn is_unknown_date(text: &str) -> bool {
    let text = text.trim();
    // Databases write 0000-00-00.
    let has_number = text.chars().any(|c| c.is_numeric() && c != '0');
    let has_letter = text.chars().any(char::is_alphabetic);
    (has_number || has_letter) && time_as_written(text, None).is_none()
}

/// Reads a date in any form, without regard to its meaning.
fn time_as_written(text: &str, order: Option<DayOrder>) -> Option<Seconds> {
    // There are millions of dates, and a parser that fails allocates its error: so a form is tried only if the
    // first characters permit it.
    let may_begin_with_year = text.starts_with(['+', '-', '\u{2212}'])
        || text.len() > 4 && text.bytes().take(4).all(|byte| byte.is_ascii_digit());
    if may_begin_with_year {
        if let Ok(time) = text.parse::<Timestamp>() {
            return Some(time.as_second());
        }
        if let Ok(time) = text.parse::<Zoned>() {
            return Some(time.timestamp().as_second());
        }
        if let Some(time) = text.parse::<DateTime>().ok().or_else(|| compact(text)) {
            return utc(time);
        }
    }
    if text.contains(':')
        && let Ok(time) = rfc2822::parse(text)
    {
        return Some(time.timestamp().as_second());
    }
    if let Some(time) = epoch(text) {
        return Some(time);
    }
    let (time, offset) = printed(text, order)?;
    Some(utc(time)? - offset.unwrap_or(0))
}

/// Returns a time in UTC as seconds since 1970.
fn utc(time: DateTime) -> Option<Seconds> {
    time.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp().as_second())
}

/// Reads `20311004` or `20311004183000`.
fn compact(text: &str) -> Option<DateTime> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match text.len() {
        8 => Some(Date::strptime("%Y%m%d", text).ok()?.to_datetime(Time::midnight())),
        14 => DateTime::strptime("%Y%m%d%H%M%S", text).ok(),
        _ => None,
    }
}

/// Reads seconds or milliseconds since 1970. They are distinguished by their size, and limited to the years 1990 to
/// 2099, so that other numbers are not taken for dates.
fn epoch(text: &str) -> Option<Seconds> {
    let number: f64 = text.parse().ok()?;
    [number, number / 1000.0]
        .into_iter()
        .find(|seconds| (FIRST_EPOCH_SECOND..END_OF_EPOCH_SECONDS).contains(seconds))
        .map(|seconds| seconds as Seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_dates() {
        const DAY: Option<Seconds> = Some(1_572_566_400);
        const NOON: Option<Seconds> = Some(1_572_609_646);
        const EVENING: Option<Seconds> = Some(1_572_634_200);
        let cases = [
            ("RFC 3339", "2019-11-01T12:00:46+00:00", NOON),
            ("another zone", "2019-11-01T14:00:46+02:00", NOON),
            ("no zone", "2019-11-01 12:00:46", NOON),
            ("a space before the zone", "2019-11-01 14:00:46 +0200", NOON),
            ("date", "2019-11-01", DAY),
            ("RFC 2822", "Fri, 01 Nov 2019 12:00:46 +0000", NOON),
            ("RFC 2822, GMT", "Fri, 01 Nov 2019 12:00:46 GMT", NOON),
            ("asctime", "Fri Nov  1 12:00:46 2019", NOON),
            ("JavaScript", "Fri Nov 01 2019 14:00:46 GMT+0200 (CEST)", NOON),
            ("the default of Go and .NET", "0001-01-01T00:00:00Z", None),
            ("the default of Unix", "1970-01-01T00:00:00Z", None),
            ("the default of Unix, in another zone", "1970-01-01 01:00:00 +0100", None),
            ("the day on which Unix begins", "1970-01-01", None),
            ("the day before", "December 31, 1969", None),
            ("the zero of Windows", "1601-01-01T00:00:00.000Z", None),
            ("the zero of SQL Server", "1753-01-01 00:00:00", None),
            ("the zeros of spreadsheets", "1899-12-30", None),
            ("another zero of spreadsheets", "1/1/1904", None),
            ("the zero of databases", "1900-01-01 00:00:00", None),
            ("the same day at noon", "1900-01-01T12:00:00Z", Some(-2_208_945_600)),
            ("a day later", "1900-01-02", Some(-2_208_902_400)),
            ("a minute later", "1970-01-01T00:01:00Z", Some(60)),
            ("long ago", "0872-03-01", Some(-34_644_326_400)),
            ("seconds", "1572609646", NOON),
            ("milliseconds", "1572609646000", NOON),
            ("compact", "20191101", DAY),
            ("compact, with time", "20191101120046", NOON),
            ("slashes, year first", "2019/11/01 12:00:46", NOON),
            ("printed", "1-Nov-2019", DAY),
            ("printed, month first", "November 1, 2019", DAY),
            ("printed, with time", "Nov. 1, 2019 6:50 PM", EVENING),
            ("printed, with am or pm", "Published: November 1st, 2019 at 6:50pm ET", EVENING),
            ("German", "1. November 2019, 18:50 Uhr", EVENING),
            ("French", "le 1 novembre 2019", DAY),
            ("Spanish", "1 de noviembre de 2019", DAY),
            ("Russian", "1 ноября 2019, 18:50", EVENING),
            ("Turkish", "1 Kasım 2019 Cuma", DAY),
            ("Arabic digits", "١ نوفمبر ٢٠١٩", DAY),
            ("Chinese", "2019年11月1日", DAY),
            ("Korean", "2019년 11월 1일", DAY),
            ("dots", "01.11.2019 18:50", EVENING),
            ("day that can be no month", "30/09/2019", Some(1_569_801_600)),
            ("month first, shown by the day", "09/30/2019", Some(1_569_801_600)),
            ("day and month alike", "11/11/2019", Some(1_573_430_400)),
            ("read differently by country", "04/10/2006", None),
            ("two digits of a year", "30/09/19", None),
            ("no such day", "31 November 2019", None),
            ("two months", "1 March or April 2019", None),
            ("a number", "17", None),
            ("a word", "yesterday", None),
            ("a sentence", &format!("{}1 November 2019", "It was said before ".repeat(4)), None),
            ("empty", "", None),
        ];
        for (name, text, expected) in cases {
            assert_eq!(published_time(text, None), expected, "{name}");
        }
    }

    #[test]
    fn recognizes_dates_that_are_not_understood() {
        let cases = [
            ("yesterday", true),
            ("3 hours ago", true),
            ("04/10/2006", true),
            ("31 November 2019", true),
            ("\u{6628}\u{5929}", true),
            ("2019-11-01", false),
            ("1970-01-01T00:00:00Z", false),
            ("0000-00-00 00:00:00", false),
            (" - ", false),
            ("", false),
        ];
        for (text, expected) in cases {
            assert_eq!(is_unknown_date(text), expected, "{text}");
        }
    }

    #[test]
    fn the_order_of_day_and_month_is_read_and_used() {
        let fourth = published_time("2006-10-04", None);
        assert_eq!(published_time("04/10/2006", Some(DayOrder::DayFirst)), fourth);
        assert_eq!(published_time("10-04-2006", Some(DayOrder::MonthFirst)), fourth);
        let cases = [
            ("31/12/2031", Some(DayOrder::DayFirst)),
            ("12-31-2031 10:30", Some(DayOrder::MonthFirst)),
            ("11/12/2031", None),
            ("31.12.2031", None),
            ("2031-12-31", None),
            ("99/12/2031", None),
        ];
        for (text, expected) in cases {
            assert_eq!(day_order(text), expected, "{text}");
        }
    }
}
