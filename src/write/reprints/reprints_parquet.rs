//! Writes one table of a report of reprints as Parquet.

use std::io::{self, Write};

use super::reprint_rows::ReprintTable;
use crate::report::ReprintReport;
use crate::write::parquet_table::ParquetTable;

/// Writes a table: a row for each record.
///
/// # Errors
/// The error of the writer.
pub fn write_reprints_parquet(
    report: &ReprintReport<'_>,
    table: ReprintTable,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut rows = ParquetTable::new(&table.columns(), out)?;
    table.rows(report, |row| rows.push(row))?;
    rows.finish()
}
