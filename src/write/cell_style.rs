//! Defines what spreadsheets need of CSV.

use std::borrow::Cow;

/// The way in which the cells of a table are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CellStyle {
    /// Every cell has its exact value.
    #[default]
    Exact,
    /// For spreadsheets: a byte order mark, without which some of them do not read UTF-8, and an apostrophe before
    /// what they would run as a formula.
    Spreadsheet,
}

/// The first characters of what spreadsheets run as a formula, as listed by OWASP, "CSV Injection".
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

impl CellStyle {
    /// Returns the bytes before the header of a table.
    pub fn mark(self) -> &'static [u8] {
        match self {
            Self::Exact => b"",
            Self::Spreadsheet => "\u{FEFF}".as_bytes(),
        }
    }

    /// Returns a cell as it is written.
    pub fn cell(self, value: &str) -> Cow<'_, [u8]> {
        if self == Self::Spreadsheet && value.starts_with(FORMULA) {
            return Cow::Owned(format!("'{value}").into_bytes());
        }
        Cow::Borrowed(value.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        let cases =
            [("=1+1", "'=1+1"), ("-:17", "'-:17"), ("@a", "'@a"), ("c01", "c01"), ("", ""), ("a=b", "a=b")];
        for (value, expected) in cases {
            assert_eq!(*CellStyle::Spreadsheet.cell(value), *expected.as_bytes());
            assert_eq!(*CellStyle::Exact.cell(value), *value.as_bytes());
        }
    }
}
