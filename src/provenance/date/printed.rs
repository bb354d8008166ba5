//! Reads dates as pages print them: `4. Oktober 2031, 18:30 Uhr`, `2031年10月4日`, `4/10/2031`.
//!
//! A printed date is understood by its numbers and the name of its month, whatever other words it has. In
//! `4.10.2031` the day comes first in all countries. The order in `4/10/2031` differs by country, and takes other
//! dates of the same site to decide ([`DayOrder`]).

use jiff::civil::{Date, DateTime, Time};

use super::month::month_of;
use super::piece::{Piece, pieces};
use super::time_of_day::take_time;

/// The order of day and month in dates that are printed in numbers only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOrder {
    /// `31/12/2031`
    DayFirst,
    /// `12/31/2031`
    MonthFirst,
}

/// A number and the count of its digits.
type Digits = (i32, usize);

/// Reads a printed date.
///
/// Returns the time in the zone of the page, midnight if no time is printed, and the offset of that zone from UTC
/// in seconds, if it is printed as a number. `order` decides if the numbers can be read in two ways.
pub(super) fn printed(text: &str, order: Option<DayOrder>) -> Option<(DateTime, Option<i64>)> {
    let mut pieces = pieces(text)?;
    let (time, offset) = take_time(&mut pieces);
    let date = date_with_month_name(&pieces).or_else(|| date_in_numbers(&pieces, order))?;
    Some((date.to_datetime(time.unwrap_or(Time::midnight())), offset))
}

/// Returns the order of day and month in a date, if it is in numbers of which only one can be the month.
pub(crate) fn day_order(text: &str) -> Option<DayOrder> {
    let mut pieces = pieces(text)?;
    take_time(&mut pieces);
    let ([(first, 1 | 2), (second, 1 | 2), (_, 4)], '/' | '-') = three_numbers(&pieces)? else { return None };
    if is_day_only(first) && is_month(second) {
        Some(DayOrder::DayFirst)
    } else if is_month(first) && is_day_only(second) {
        Some(DayOrder::MonthFirst)
    } else {
        None
    }
}

/// Returns whether a number can be a month.
fn is_month(number: i32) -> bool {
    (1..=12).contains(&number)
}

/// Returns whether a number can be a day, but not a month.
fn is_day_only(number: i32) -> bool {
    (13..=31).contains(&number)
}

/// Reads a date with one name of a month, one day, and one year of four digits.
fn date_with_month_name(pieces: &[Piece<'_>]) -> Option<Date> {
    let mut months = pieces.iter().filter_map(|piece| match piece {
        Piece::Word(word) => month_of(word),
        _ => None,
    });
    let month = months.next()?;
    if months.next().is_some() {
        return None;
    }
    let numbers = pieces.iter().filter_map(|piece| match *piece {
        Piece::Number(number, digits) => Some((number, digits)),
        _ => None,
    });
    let numbers: Vec<Digits> = numbers.collect();
    match numbers[..] {
        [(day, 1 | 2), (year, 4)] | [(year, 4), (day, 1 | 2)] => date(year, month, day),
        _ => None,
    }
}

/// Reads a date in numbers.
fn date_in_numbers(pieces: &[Piece<'_>], order: Option<DayOrder>) -> Option<Date> {
    let ([(a, digits_a), (b, _), (c, digits_c)], mark) = three_numbers(pieces)?;
    match (digits_a, mark, digits_c) {
        (4, '-' | '/' | '.' | '年' | '년', 1 | 2) => date(a, b, c),
        (1 | 2, '.', 4) => date(c, b, a),
        (1 | 2, '/' | '-', 4) => match order {
            _ if a == b || is_day_only(a) => date(c, b, a),
            _ if is_day_only(b) => date(c, a, b),
            Some(DayOrder::DayFirst) => date(c, b, a),
            Some(DayOrder::MonthFirst) => date(c, a, b),
            None => None,
        },
        _ => None,
    }
}

/// Returns the numbers of a date that has exactly three, of which the second has one or two digits, and the mark
/// between them.
fn three_numbers(pieces: &[Piece<'_>]) -> Option<([Digits; 3], char)> {
    use Piece::{Mark, Number};
    let begin = pieces.iter().position(|piece| matches!(piece, Number(..)))?;
    let &[
        Number(a, digits_a),
        Mark(first),
        Number(b, digits_b @ 1..=2),
        Mark(second),
        Number(c, digits_c),
        ref rest @ ..,
    ] = &pieces[begin..]
    else {
        return None;
    };
    let is_same_mark = first == second || matches!((first, second), ('年', '月') | ('년', '월'));
    let is_complete = !rest.iter().any(|piece| matches!(piece, Number(..)));
    (is_same_mark && is_complete).then_some(([(a, digits_a), (b, digits_b), (c, digits_c)], first))
}

fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
