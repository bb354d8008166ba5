//! Draws the number of entries by day, month or year as bars.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use maud::{Markup, html};

use crate::provenance::Seconds;
use crate::write::ticks::Ticks;

/// The largest number of bars. With more, none could be pointed at on a phone.
const MOST_BARS: usize = 62;
/// The size of the drawing, in its own units, and the margins for labels.
const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 150.0;
const LEFT: f64 = 44.0;
const BOTTOM: f64 = 22.0;
const TOP: f64 = 8.0;
const SECONDS_PER_DAY: i64 = 24 * 60 * 60;

/// The length of time of a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Day,
    Month,
    Year,
}

/// The numbers of entries in units of time.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Bars {
    unit: Unit,
    /// The name of each unit, and its number of entries.
    counts: Vec<(String, usize)>,
    /// The number of entries before the first bar.
    earlier: usize,
}

/// Returns the drawing, or nothing if no time is known. `title` is what is counted.
pub(in crate::write) fn timeline(title: &str, times: &[Seconds]) -> Markup {
    let Some(bars) = Bars::new(times) else {
        return html! {};
    };
    let greatest = bars.counts.iter().map(|&(_, count)| count).max().unwrap_or(0);
    let ticks = Ticks::up_to(greatest as f64);
    let y = |count: f64| HEIGHT - BOTTOM - count / ticks.last() * (HEIGHT - BOTTOM - TOP);
    let step = (WIDTH - LEFT) / bars.counts.len() as f64;
    let [first, last] = [&bars.counts[0].0, &bars.counts[bars.counts.len() - 1].0];
    let unit = match bars.unit {
        Unit::Day => "by day",
        Unit::Month => "by month",
        Unit::Year => "by year",
    };
    html! {
        figure {
            figcaption {
                (title) ", " (unit)
                @if bars.earlier > 0 { span .dim { " (" (bars.earlier) " earlier)" } }
            }
            svg .timeline role="img" aria-label={ (title) ", " (first) " to " (last) } viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } {
                // Counts have no fractions.
                @for &value in ticks.values.iter().filter(|value| value.fract() < f64::EPSILON) {
                    line .grid x1=(LEFT) x2=(WIDTH) y1=(rounded(y(value))) y2=(rounded(y(value))) {}
                    text x=(LEFT - 5.0) y=(rounded(y(value) + 4.0)) text-anchor="end" { (format!("{value:.0}")) }
                }
                @for (number, (name, count)) in bars.counts.iter().enumerate().filter(|(_, (_, count))| *count > 0) {
                    rect x=(rounded(LEFT + step * number as f64)) y=(rounded(y(*count as f64)))
                        width=(rounded((step - 1.0).max(1.0))) height=(rounded(HEIGHT - BOTTOM - y(*count as f64)))
                    { title { (name) ": " (count) } }
                }
                text x=(LEFT) y=(HEIGHT - 5.0) { (first) }
                @if bars.counts.len() > 1 { text x=(WIDTH) y=(HEIGHT - 5.0) text-anchor="end" { (last) } }
            }
        }
    }
}

/// Returns a position with one decimal.
fn rounded(position: f64) -> String {
    format!("{position:.1}")
}

impl Bars {
    /// Counts times in the smallest unit in which the bars are few enough.
    fn new(times: &[Seconds]) -> Option<Self> {
        let day = |&time: &Seconds| {
            Timestamp::from_second(time).ok().map(|time| time.to_zoned(TimeZone::UTC).date())
        };
        let mut days: Vec<Date> = times.iter().filter_map(day).collect();
        days.sort_unstable();
        let (&first, &last) = (days.first()?, days.last()?);
        let length = |unit: Unit| unit.number(last) - unit.number(first) + 1;
        let units = [Unit::Day, Unit::Month];
        let unit = units.into_iter().find(|&unit| length(unit) <= MOST_BARS as i64).unwrap_or(Unit::Year);
        let begin = unit.number(first).max(unit.number(last) - MOST_BARS as i64 + 1);
        let mut counts: Vec<(String, usize)> =
            (begin..=unit.number(last)).map(|number| (unit.name(number), 0)).collect();
        let mut earlier = 0;
        for day in days {
            match usize::try_from(unit.number(day) - begin) {
                Ok(index) => counts[index].1 += 1,
                Err(_) => earlier += 1,
            }
        }
        Some(Self { unit, counts, earlier })
    }
}

impl Unit {
    /// Returns the number of the unit with a day, counted from a fixed one.
    fn number(self, day: Date) -> i64 {
        match self {
            Self::Day => seconds(day).div_euclid(SECONDS_PER_DAY),
            Self::Month => i64::from(day.year()) * 12 + i64::from(day.month()) - 1,
            Self::Year => i64::from(day.year()),
        }
    }

    /// Returns the name of the unit with a number.
    fn name(self, number: i64) -> String {
        match self {
            Self::Day => Timestamp::from_second(number * SECONDS_PER_DAY)
                .map(|time| time.strftime("%Y-%m-%d").to_string())
                .unwrap_or_default(),
            Self::Month => format!("{:04}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1),
            Self::Year => format!("{number:04}"),
        }
    }
}

/// Returns the time at which a day begins.
fn seconds(day: Date) -> Seconds {
    day.to_zoned(TimeZone::UTC).map_or(0, |time| time.timestamp().as_second())
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Seconds = SECONDS_PER_DAY;

    #[test]
    fn counts_in_the_smallest_unit_that_fits() {
        let bars = |days: &[i64]| {
            let times: Vec<Seconds> = days.iter().map(|day| day * DAY + 3600).collect();
            Bars::new(&times)
        };
        assert_eq!(bars(&[]), None);
        let days = bars(&[0, 2, 2]).unwrap();
        assert_eq!((days.unit, days.earlier), (Unit::Day, 0));
        let counts = [("1970-01-01", 1), ("1970-01-02", 0), ("1970-01-03", 2)];
        assert_eq!(days.counts, counts.map(|(name, count)| (name.to_owned(), count)));
        let months = bars(&[0, 100, 101]).unwrap();
        assert_eq!(months.unit, Unit::Month);
        assert_eq!(months.counts.last(), Some(&("1970-04".to_owned(), 2)));
        let years = bars(&[0, 365 * 10]).unwrap();
        assert_eq!((years.unit, years.counts.len()), (Unit::Year, 10));
        // One date far from the others is counted, not drawn.
        let far = bars(&[-365 * 400, 18_000, 18_001]).unwrap();
        assert_eq!((far.unit, far.earlier, far.counts.len()), (Unit::Year, 1, MOST_BARS));
    }
}
