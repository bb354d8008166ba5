//! Defines the cells of tables, which CSV writes as text and Parquet with their types.

use std::borrow::Cow;
use std::num::NonZeroU64;

use super::pair::PairSpans;

/// The type of the cells of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CellKind {
    /// A string.
    Text,
    /// A whole number.
    Whole,
    /// A number with decimals.
    Score,
    /// True or false.
    Flag,
    /// The begin and end of each of several parts of a text.
    Spans,
    /// The begin and end of passages in two texts.
    PairSpans,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Cell<'a> {
    /// No value.
    Empty,
    /// A string.
    Text(Cow<'a, str>),
    /// A whole number.
    Whole(u64),
    /// A number with decimals.
    Score(f64),
    /// True or false.
    Flag(bool),
    /// The begin and end of each of several parts of a text.
    Spans(&'a [[u32; 2]]),
    /// The begin and end of passages in two texts.
    PairSpans(&'a [PairSpans]),
}

impl<'a> Cell<'a> {
    /// Creates a cell of a string.
    pub(crate) fn text(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    /// Creates a cell of a string that is written for it.
    pub(crate) fn written(value: &impl ToString) -> Self {
        Self::Text(Cow::Owned(value.to_string()))
    }

    /// Creates a cell of a string, empty if there is none.
    pub(crate) fn optional(text: Option<&'a str>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    /// Creates a cell of a number of things.
    pub(crate) fn count(count: usize) -> Self {
        Self::Whole(count as u64)
    }

    /// Creates a cell of the number of a row, empty if the record is no row.
    pub(crate) fn row(row: Option<NonZeroU64>) -> Self {
        row.map_or(Self::Empty, |row| Self::Whole(row.get()))
    }

    /// Creates a cell of a number with decimals, empty if there is none.
    pub(crate) fn number(number: Option<f64>) -> Self {
        number.map_or(Self::Empty, Self::Score)
    }

    /// Creates a cell of a truth value, empty if there is none.
    pub(crate) fn flag(flag: Option<bool>) -> Self {
        flag.map_or(Self::Empty, Self::Flag)
    }

    /// Returns the cell with a copy of what it borrows. Spans become text.
    pub(crate) fn into_owned(self) -> Cell<'static> {
        match self {
            Self::Empty => Cell::Empty,
            Self::Whole(number) => Cell::Whole(number),
            Self::Score(number) => Cell::Score(number),
            Self::Flag(flag) => Cell::Flag(flag),
            other => Cell::Text(Cow::Owned(other.into_text().into_owned())),
        }
    }

    /// Returns the cell as text. Spans are JSON; a cell without a value is empty.
    pub fn into_text(self) -> Cow<'a, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) => text,
            Self::Whole(number) => Cow::Owned(number.to_string()),
            Self::Score(number) => Cow::Owned(number.to_string()),
            Self::Flag(flag) => Cow::Borrowed(if flag { "true" } else { "false" }),
            Self::Spans(spans) => Cow::Owned(json(&spans)),
            Self::PairSpans(spans) => Cow::Owned(json(&spans)),
        }
    }
}

/// Returns spans as JSON.
fn json(spans: &impl serde::Serialize) -> String {
    serde_json::to_string(spans).expect("lists of numbers are always valid JSON")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_text() {
        let cases = [
            (Cell::optional(None), ""),
            (Cell::text("a,b"), "a,b"),
            (Cell::count(12), "12"),
            (Cell::number(Some(0.25)), "0.25"),
            (Cell::number(Some(1.0)), "1"),
            (Cell::flag(Some(true)), "true"),
            (Cell::Spans(&[[0, 5], [7, 9]]), "[[0,5],[7,9]]"),
            (Cell::PairSpans(&[PairSpans { a: [0, 5], b: [7, 12] }]), r#"[{"a":[0,5],"b":[7,12]}]"#),
        ];
        for (cell, expected) in cases {
            assert_eq!(cell.into_text(), expected);
        }
    }
}
