//! Splits rows of CSV and TSV files into cells.
//!
//! As in the crate `csv`: a cell is quoted if its first byte is `"`, `""` in it is one quote, and the bytes after
//! the closing quote belong to the cell.

use std::borrow::Cow;

use memchr::memchr;

const QUOTE: u8 = b'"';

/// Splits `row` into its cells, each as it is written, with its quotes. There is always at least one.
pub(in crate::read) fn cells(row: &str, delimiter: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(row);
    std::iter::from_fn(move || {
        let row = rest?;
        let unquoted = unquoted_part(row);
        let end = memchr(delimiter, &row.as_bytes()[unquoted..]).map(|length| unquoted + length);
        rest = end.and_then(|end| row.get(end + 1..));
        Some(end.map_or(row, |end| &row[..end]))
    })
}

/// Returns the offset after the quotes at the beginning of `cell`; 0 if it does not begin with a quote.
fn unquoted_part(cell: &str) -> usize {
    let bytes = cell.as_bytes();
    if bytes.first() != Some(&QUOTE) {
        return 0;
    }
    let mut at = 1;
    while let Some(length) = memchr(QUOTE, &bytes[at..]) {
        at += length + 1;
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
    let (quoted, unquoted) = cell.split_at(unquoted_part(cell));
    let inner = quoted.get(1..quoted.len() - 1).unwrap_or_default();
    if unquoted.is_empty() && !inner.contains('"') {
        return Cow::Borrowed(inner);
    }
    Cow::Owned(inner.replace("\"\"", "\"") + unquoted)
}
