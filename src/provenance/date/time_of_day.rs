//! Reads the time of day in a printed date, with its offset from UTC: `6:50 pm`, `18:50:46.123 +02:00`.

use jiff::civil::Time;

use super::piece::Piece::{self, Mark, Number, Word};

/// Removes the first time of day from the pieces of a date, and returns it with its offset from UTC in seconds, if
/// that is printed as a number after it.
///
/// Returns no time if the date has none, or an impossible one such as `25:00`, which is removed all the same.
pub(super) fn take_time(pieces: &mut Vec<Piece<'_>>) -> (Option<Time>, Option<i64>) {
    let clock_at = |begin: usize| Some((begin, clock(&pieces[begin..])?));
    let Some((begin, ([hour, minute, second], length))) = (0..pieces.len()).find_map(clock_at) else {
        return (None, None);
    };
    let mut end = begin + length;
    let time = time(hour_of_day(hour, pieces.get(end)), minute, second);
    let offset = offset(&pieces[end..]).map(|(offset, length)| {
        end += length;
        offset
    });
    pieces.drain(begin..end);
    (time, time.and(offset))
}

/// Reads the hour, minute and second that pieces begin with. Returns them with the number of their pieces.
fn clock(pieces: &[Piece<'_>]) -> Option<([i32; 3], usize)> {
    let &[Number(hour, 1 | 2), Mark(':'), Number(minute, 2), ref rest @ ..] = pieces else { return None };
    Some(match *rest {
        [Mark(':'), Number(second, 2), Mark('.'), Number(..), ..] => ([hour, minute, second], 7),
        [Mark(':'), Number(second, 2), ..] => ([hour, minute, second], 5),
        _ => ([hour, minute, 0], 3),
    })
}

/// Converts an hour to the 24-hour clock, if the piece after the time is `am` or `pm`.
fn hour_of_day(hour: i32, next: Option<&Piece<'_>>) -> i32 {
    let Some(Word(half)) = next else { return hour };
    match half.to_lowercase().as_str() {
        "am" | "a" if hour == 12 => 0,
        "pm" | "p" if (1..12).contains(&hour) => hour + 12,
        _ => hour,
    }
}

/// Reads the offset from UTC, in seconds, that follows a time. Returns it with the number of its pieces.
fn offset(pieces: &[Piece<'_>]) -> Option<(i64, usize)> {
    // The name of the zone may come before the sign, as in `GMT+0200`.
    let skipped = usize::from(sign(pieces.first()).is_none());
    let sign = sign(pieces.get(skipped))?;
    match *pieces.get(skipped + 1..)? {
        [Number(hours, 2), Mark(':'), Number(minutes, 2), ..] => {
            Some((sign * i64::from(hours * 3600 + minutes * 60), skipped + 4))
        }
        [Number(number, 4), ..] => {
            Some((sign * i64::from(number / 100 * 3600 + number % 100 * 60), skipped + 2))
        }
        _ => None,
    }
}

fn sign(piece: Option<&Piece<'_>>) -> Option<i64> {
    match piece {
        Some(Mark('+')) => Some(1),
        Some(Mark('-' | '−')) => Some(-1),
        _ => None,
    }
}

fn time(hour: i32, minute: i32, second: i32) -> Option<Time> {
    Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, i8::try_from(second).ok()?, 0).ok()
}
