//! A date as a page prints it in, the day and the time out: `4. Oktober 2031, 18:30 Uhr`, `2031年10月4日`, `4/10/2031`.
//!
//! A printed date is its numbers and the name of its month, whatever stands between them. Names of months are facts of
//! many languages, and so is that `4.10.2031` begins with the day. `4/10/2031` does not tell: that takes other dates of
//! the same site ([`DayOrder`]).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::{Date, DateTime, Time};

/// What dates in numbers begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOrder {
    /// `31/12/2031`
    DayFirst,
    /// `12/31/2031`
    MonthFirst,
}

/// Names of months as they are printed in dates, with their usual abbreviations, in lower case.
const MONTHS: [&str; 12] = [
    "january jan januar jänner jän janvier janv enero ene gennaio gen janeiro januari январь января янв січня stycznia \
     sty ocak oca يناير",
    "february feb februar février févr fév febrero febbraio fevereiro fev februari февраль февраля фев лютого lutego \
     lut şubat şub فبراير",
    "march mar märz mrz mars marzo março maart mrt marts maret март марта мар березня marca mart مارس",
    "april apr avril avr abril abr aprile апрель апреля апр квітня kwietnia kwi nisan nis أبريل",
    "may mai mayo maggio mag maio mei maj май мая травня maja mayıs مايو",
    "june jun juni juin junio giugno giu junho июнь июня июн червня czerwca cze haziran haz يونيو",
    "july jul juli juillet juil julio luglio lug julho июль июля июл липня lipca lip temmuz tem يوليو",
    "august aug août aout agosto ago augustus augusti agustus август августа авг серпня sierpnia sie ağustos ağu أغسطس",
    "september sep sept septembre septiembre setiembre settembre set setembro сентябрь сентября сен сент вересня \
     września wrz eylül eyl سبتمبر",
    "october oct oktober okt octobre octubre ottobre ott outubro out октябрь октября окт жовтня października paź ekim \
     eki أكتوبر",
    "november nov novembre noviembre novembro ноябрь ноября ноя нояб листопада listopada lis kasım kas نوفمبر",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro desember des декабрь декабря дек грудня \
     grudnia gru aralık ara ديسمبر",
];

/// The number of the month that a name means.
static MONTH_OF_NAME: LazyLock<BTreeMap<&str, i32>> = LazyLock::new(|| {
    (1..)
        .zip(MONTHS)
        .flat_map(|(month, names)| names.split_whitespace().map(move |name| (name, month)))
        .collect()
});

/// The longest printed date; what is longer is a sentence.
const LONGEST: usize = 60;

/// The pieces of most of them.
const PIECES: usize = 12;

/// A piece of a printed date.
#[derive(Clone, Debug, PartialEq)]
enum Piece<'a> {
    /// A number and how many digits it has.
    Number(i32, usize),
    /// A word.
    Word(&'a str),
    /// Any other character but white space.
    Mark(char),
}

/// Reads a printed date: the time in the zone of the page, midnight where no time is printed, and the offset of that
/// zone from UTC in seconds, where it is printed as a number. `order` decides where the numbers do not tell.
pub(super) fn printed(text: &str, order: Option<DayOrder>) -> Option<(DateTime, Option<i64>)> {
    let mut pieces = pieces(text)?;
    let (time, offset) = take_time(&mut pieces);
    let date = named(&pieces).or_else(|| numbered(&pieces, order))?;
    Some((date.to_datetime(time.unwrap_or(Time::midnight())), offset))
}

/// Tells what a date begins with, if it is in numbers and shows it.
pub(crate) fn day_order(text: &str) -> Option<DayOrder> {
    let mut pieces = pieces(text)?;
    take_time(&mut pieces);
    match three_numbers(&pieces)? {
        ([(a, 1 | 2), (b, 1 | 2), (_, 4)], '/' | '-') if (13..=31).contains(&a) && (1..=12).contains(&b) => {
            Some(DayOrder::DayFirst)
        }
        ([(a, 1 | 2), (b, 1 | 2), (_, 4)], '/' | '-') if (13..=31).contains(&b) && (1..=12).contains(&a) => {
            Some(DayOrder::MonthFirst)
        }
        _ => None,
    }
}

fn pieces(text: &str) -> Option<Vec<Piece<'_>>> {
    if text.len() > 4 * LONGEST || text.chars().nth(LONGEST).is_some() {
        return None;
    }
    let mut out = Vec::with_capacity(PIECES);
    let mut rest = text.char_indices().peekable();
    while let Some((begin, letter)) = rest.next() {
        if let Some(digit) = digit(letter) {
            let (mut number, mut digits) = (digit, 1);
            while let Some(next) = rest.peek().and_then(|&(_, next)| self::digit(next)) {
                rest.next();
                number = number.saturating_mul(10).saturating_add(next);
                digits += 1;
            }
            out.push(Piece::Number(number, digits));
        } else if matches!(letter, '年' | '月' | '日' | '년' | '월' | '일') {
            out.push(Piece::Mark(letter));
        } else if letter.is_alphabetic() {
            while rest.next_if(|(_, next)| next.is_alphabetic()).is_some() {}
            let end = rest.peek().map_or(text.len(), |&(end, _)| end);
            out.push(Piece::Word(&text[begin..end]));
        } else if !letter.is_whitespace() {
            out.push(Piece::Mark(letter));
        }
    }
    Some(out)
}

/// Gives the value of a European or Arabic digit.
fn digit(letter: char) -> Option<i32> {
    let value = match letter {
        '0'..='9' => u32::from(letter) - u32::from('0'),
        '٠'..='٩' => u32::from(letter) - u32::from('٠'),
        '۰'..='۹' => u32::from(letter) - u32::from('۰'),
        _ => return None,
    };
    i32::try_from(value).ok()
}

/// Takes a time of day out, with its half of the day and its offset from UTC in seconds, where they stand behind it.
fn take_time(pieces: &mut Vec<Piece<'_>>) -> (Option<Time>, Option<i64>) {
    use Piece::{Mark, Number, Word};
    let colon = |window: &[Piece<'_>]| matches!(window, [Number(_, 1 | 2), Mark(':'), Number(_, 2)]);
    let Some(begin) = pieces.windows(3).position(colon) else {
        return (None, None);
    };
    let mut end = begin + 3;
    let number = |place: usize| match pieces.get(place) {
        Some(&Number(number, _)) => i8::try_from(number).unwrap_or(-1),
        _ => -1,
    };
    let (mut hour, minute, mut second) = (number(begin), number(begin + 2), 0);
    if let Some([Mark(':'), Number(_, 2)]) = pieces.get(end..end + 2) {
        second = number(end + 1);
        end += 2;
        if let Some([Mark('.'), Number(..)]) = pieces.get(end..end + 2) {
            end += 2;
        }
    }
    if let Some(Word(half)) = pieces.get(end) {
        match half.to_lowercase().as_str() {
            "am" | "a" if hour == 12 => hour = 0,
            "pm" | "p" if (1..12).contains(&hour) => hour += 12,
            _ => {}
        }
    }
    let sign = |piece: Option<&Piece<'_>>| match piece {
        Some(Mark('+')) => Some(1),
        Some(Mark('-' | '−')) => Some(-1),
        _ => None,
    };
    // A name of the zone may stand between, as in `GMT+0200`.
    let at = if sign(pieces.get(end)).is_some() { end } else { end + 1 };
    let mut offset = None;
    if let Some(sign) = sign(pieces.get(at)) {
        match pieces.get(at + 1..) {
            Some([Number(hours, 2), Mark(':'), Number(minutes, 2), ..]) => {
                offset = Some(sign * i64::from(hours * 3600 + minutes * 60));
                end = at + 4;
            }
            Some([Number(number, 4), ..]) => {
                offset = Some(sign * i64::from(number / 100 * 3600 + number % 100 * 60));
                end = at + 2;
            }
            _ => {}
        }
    }
    let time = Time::new(hour, minute, second, 0).ok();
    pieces.drain(begin..end);
    (time, time.and(offset))
}

/// Reads a date with the name of its month: one day, one month, one year of four digits.
fn named(pieces: &[Piece<'_>]) -> Option<Date> {
    let mut months = pieces.iter().filter_map(|piece| match piece {
        Piece::Word(word) => MONTH_OF_NAME.get(word.to_lowercase().as_str()).copied(),
        _ => None,
    });
    let month = months.next()?;
    let numbers: Vec<(i32, usize)> = pieces
        .iter()
        .filter_map(
            |piece| if let Piece::Number(number, digits) = *piece { Some((number, digits)) } else { None },
        )
        .collect();
    let (day, year) = match numbers[..] {
        [(day, 1 | 2), (year, 4)] | [(year, 4), (day, 1 | 2)] => (day, year),
        _ => return None,
    };
    let alone = months.next().is_none();
    alone.then(|| date(year, month, day)).flatten()
}

/// Reads a date in numbers.
fn numbered(pieces: &[Piece<'_>], order: Option<DayOrder>) -> Option<Date> {
    let ([(a, digits_a), (b, _), (c, digits_c)], mark) = three_numbers(pieces)?;
    match (digits_a, mark, digits_c) {
        (4, '-' | '/' | '.' | '年' | '년', 1 | 2) => date(a, b, c),
        (1 | 2, '.', 4) => date(c, b, a),
        (1 | 2, '/' | '-', 4) => match order {
            _ if a == b || (13..=31).contains(&a) => date(c, b, a),
            _ if (13..=31).contains(&b) => date(c, a, b),
            Some(DayOrder::DayFirst) => date(c, b, a),
            Some(DayOrder::MonthFirst) => date(c, a, b),
            None => None,
        },
        _ => None,
    }
}

/// Finds the only three numbers, with how many digits each has, and the mark between them.
fn three_numbers(pieces: &[Piece<'_>]) -> Option<([(i32, usize); 3], char)> {
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
    let same = first == second || matches!((first, second), ('年', '月') | ('년', '월'));
    let alone = !rest.iter().any(|piece| matches!(piece, Number(..)));
    (same && alone).then_some(([(a, digits_a), (b, digits_b), (c, digits_c)], first))
}

fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
