//! Splits rows of CSV and TSV files into cells.
//!
//! As in the crate `csv`: a cell is quoted if its first byte is `"`, `""` in it is one quote, and the bytes after
//! the closing quote belong to the cell. If the table has escapes, `\"` in it is one quote, too, and `\\` one backslash;
//! other backslashes stay, since texts contain paths and line ends written as `\n`.

use std::borrow::Cow;

use memchr::{memchr, memchr2};

use crate::read::dialect::{Dialect, ESCAPE};

const QUOTE: u8 = b'"';

/// Splits `row` into its cells, each as it is written, with its quotes. There is always at least one.
pub(in crate::read) fn cells(row: &str, dialect: Dialect) -> impl Iterator<Item = &str> {
    let Dialect { delimiter, has_escapes } = dialect;
    let mut rest = Some(row);
    std::iter::from_fn(move || {
        let row = rest?;
        let unquoted = unquoted_part(row, has_escapes);
        let end = memchr(delimiter, &row.as_bytes()[unquoted..]).map(|length| unquoted + length);
        rest = end.and_then(|end| row.get(end + 1..));
        Some(end.map_or(row, |end| &row[..end]))
    })
}

/// Returns the offset after the quotes at the beginning of `cell`; 0 if it does not begin with a quote.
fn unquoted_part(cell: &str, has_escapes: bool) -> usize {
    let bytes = cell.as_bytes();
    if bytes.first() != Some(&QUOTE) {
        return 0;
    }
    let mut at = 1;
    let escape = if has_escapes { ESCAPE } else { QUOTE };
    while let Some(length) = bytes.get(at..).and_then(|bytes| memchr2(QUOTE, escape, bytes)) {
        at += length + 1;
        if bytes[at - 1] == ESCAPE {
            at += 1;
            continue;
        }
        if bytes.get(at) != Some(&QUOTE) {
            return at;
        }
        at += 1;
    }
    bytes.len()
}

/// Returns the value of a cell, without its quotes.
pub(in crate::read) fn unquote(cell: &str) -> Cow<'_, str> {
    if !cell.starts_with('"') {
        return Cow::Borrowed(cell);
    }
    let (quoted, unquoted) = cell.split_at(unquoted_part(cell, false));
    let inner = quoted.get(1..quoted.len() - 1).unwrap_or_default();
    if unquoted.is_empty() && !inner.contains('"') {
        return Cow::Borrowed(inner);
    }
    Cow::Owned(inner.replace("\"\"", "\"") + unquoted)
}

/// Returns the value of a cell of a table with escapes, without its quotes.
pub(in crate::read) fn unescape(cell: &str) -> Cow<'_, str> {
    if !cell.starts_with('"') {
        return Cow::Borrowed(cell);
    }
    let (quoted, unquoted) = cell.split_at(unquoted_part(cell, true));
    let inner = quoted.get(1..quoted.len() - 1).unwrap_or_default();
    let mut value = String::with_capacity(cell.len());
    let mut chars = inner.chars().peekable();
    while let Some(c) = chars.next() {
        let is_pair = match (c, chars.peek()) {
            ('"', Some('"')) | ('\\', Some('\\')) => true,
            ('\\', Some('"')) => {
                value.push('"');
                chars.next();
                continue;
            }
            _ => false,
        };
        if is_pair {
            chars.next();
        }
        value.push(c);
    }
    Cow::Owned(value + unquoted)
}
