//! Defines how the cells of CSV are written: as they are, or so that no spreadsheet runs them as a formula.

use std::borrow::Cow;

use crate::read::marked_formula;
use crate::report::Cell;

/// The way in which the cells of a table are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CellStyle {
    /// An apostrophe is before text that a spreadsheet would run as a formula: the text of strangers is in many cells.
    #[default]
    Safe,
    /// As [`CellStyle::Safe`], after a byte order mark, without which some spreadsheets do not read UTF-8.
    Spreadsheet,
    /// Every cell has its exact value.
    Exact,
}

impl CellStyle {
    /// Returns the bytes before the header of a table.
    pub fn mark(self) -> &'static [u8] {
        match self {
            Self::Safe | Self::Exact => b"",
            Self::Spreadsheet => "\u{FEFF}".as_bytes(),
        }
    }

    /// Returns text as it is written in a cell.
    pub fn text(self, value: &str) -> Cow<'_, str> {
        let marked = if self == Self::Exact { None } else { marked_formula(value) };
        marked.map_or(Cow::Borrowed(value), Cow::Owned)
    }

    /// Returns a cell as it is written. Numbers are no formulas, even if they are negative.
    pub(crate) fn cell(self, cell: Cell<'_>) -> String {
        match cell {
            Cell::Text(text) => self.text(&text).into_owned(),
            other => other.into_text().into_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for style in [CellStyle::Safe, CellStyle::Spreadsheet, CellStyle::Exact] {
            let formula = if style == CellStyle::Exact { "=1+1" } else { "'=1+1" };
            assert_eq!(style.cell(Cell::text("=1+1")), formula);
            assert_eq!(style.cell(Cell::text("one")), "one");
            assert_eq!(style.cell(Cell::Score(-0.5)), "-0.5");
        }
    }
}
