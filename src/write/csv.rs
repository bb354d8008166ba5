//! Writes pairs and clusters as CSV: one row for each pair, or for each member of a cluster. Spans are JSON in a
//! cell.

use std::io::{self, Write};

use super::cell_style::CellStyle;
use super::columns::{member_columns, pair_columns};
use super::csv_row::{write_cells, write_row};
use super::report_format::ReportFormat;
use crate::cluster::ListedClusters;
use crate::corpus::Corpus;
use crate::report::{ClusterRecord, Offsets, PairRecord};
use crate::verify::Match;

/// Writes rows after a header row: cells are separated by commas, and in `"` if they need it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Csv {
    /// The unit of the spans.
    pub offsets: Offsets,
    /// True if one more column has the boilerplate of each member of a cluster.
    pub boilerplate: bool,
    /// The way in which cells are written.
    pub cells: CellStyle,
}

impl ReportFormat for Csv {
    fn clusters(
        &self,
        corpus: &Corpus,
        clusters: &ListedClusters<'_>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        out.write_all(self.cells.mark())?;
        let mut table = csv::Writer::from_writer(out);
        let columns = member_columns(corpus.has_references(), self.boilerplate);
        write_row(&mut table, columns.iter().map(|(name, _, _)| name))?;
        for cluster in clusters.iter() {
            let record = ClusterRecord::new(corpus, cluster, self.offsets).with_boilerplate(self.boilerplate);
            for member in record.members.iter() {
                let cells = columns.iter().map(|(_, _, cell)| cell(&record, &member));
                write_cells(&mut table, self.cells, cells)?;
            }
        }
        table.flush()
    }

    fn pairs(
        &self,
        corpus: &Corpus,
        pairs: &mut dyn Iterator<Item = Match>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        out.write_all(self.cells.mark())?;
        let mut table = csv::Writer::from_writer(out);
        let columns = pair_columns(corpus.has_references());
        write_row(&mut table, columns.iter().map(|(name, _, _)| name))?;
        for found in pairs {
            let record = PairRecord::new(corpus, &found, self.offsets);
            write_cells(&mut table, self.cells, columns.iter().map(|(_, _, cell)| cell(&record)))?;
        }
        table.flush()
    }
}
