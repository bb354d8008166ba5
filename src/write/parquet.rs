//! Writes pairs and clusters as Parquet: one row for each pair, or for each member of a cluster, as in CSV, with typed
//! columns.

use std::io::{self, Write};

use super::columns::{member_columns, pair_columns};
use super::parquet_table::ParquetTable;
use super::report_format::ReportFormat;
use crate::cluster::ListedClusters;
use crate::corpus::Corpus;
use crate::report::{ClusterRecord, Offsets, PairRecord};
use crate::verify::Match;

/// Writes a table whose columns are compressed with Zstandard.
#[derive(Clone, Copy, Debug, Default)]
pub struct Parquet {
    /// The unit of the spans.
    pub offsets: Offsets,
    /// True if one more column has the boilerplate of each member of a cluster.
    pub boilerplate: bool,
}

impl ReportFormat for Parquet {
    fn clusters(
        &self,
        corpus: &Corpus,
        clusters: &ListedClusters<'_>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let columns = member_columns(corpus.has_references(), self.boilerplate);
        let named: Vec<_> = columns.iter().map(|&(name, kind, _)| (name, kind)).collect();
        let mut table = ParquetTable::new(&named, out)?;
        for cluster in clusters.iter() {
            let record = ClusterRecord::new(corpus, cluster, self.offsets).with_boilerplate(self.boilerplate);
            for member in record.members.iter() {
                table.push(columns.iter().map(|(_, _, cell)| cell(&record, &member)))?;
            }
        }
        table.finish()
    }

    fn pairs(
        &self,
        corpus: &Corpus,
        pairs: &mut dyn Iterator<Item = Match>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let columns = pair_columns(corpus.has_references());
        let named: Vec<_> = columns.iter().map(|&(name, kind, _)| (name, kind)).collect();
        let mut table = ParquetTable::new(&named, out)?;
        for found in pairs {
            let record = PairRecord::new(corpus, &found, self.offsets);
            table.push(columns.iter().map(|(_, _, cell)| cell(&record)))?;
        }
        table.finish()
    }
}
