//! Writes one table of a report of reprints as CSV.

use std::io::{self, Write};

use super::reprint_rows::ReprintTable;
use crate::report::ReprintReport;
use crate::write::cell_style::CellStyle;
use crate::write::csv_row::{write_cells, write_row};

/// Writes a table: a header, and a row for each record.
///
/// # Errors
/// The error of the writer.
pub fn write_reprints_csv(
    report: &ReprintReport<'_>,
    table: ReprintTable,
    cells: CellStyle,
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all(cells.mark())?;
    let mut rows = csv::Writer::from_writer(out);
    write_row(&mut rows, table.columns().iter().map(|(name, _)| name))?;
    table.rows(report, |row| write_cells(&mut rows, cells, row.into_iter()))?;
    rows.flush()
}
