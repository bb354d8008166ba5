//! Writes rows of CSV.

use std::io::{self, Write};

use super::cell_style::CellStyle;
use crate::report::Cell;

/// Writes one row. Returns the error of the writer unchanged, so that a closed pipe is still recognized.
pub(super) fn write_row(
    table: &mut csv::Writer<&mut dyn Write>,
    cells: impl IntoIterator<Item = impl AsRef<[u8]>>,
) -> io::Result<()> {
    table.write_record(cells).map_err(|error| match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    })
}

/// Writes one row of cells as text.
pub(super) fn write_cells<'a>(
    table: &mut csv::Writer<&mut dyn Write>,
    style: CellStyle,
    cells: impl Iterator<Item = Cell<'a>>,
) -> io::Result<()> {
    write_row(table, cells.map(|cell| style.cell(cell)))
}
