//! Defines what every format of clusters and pairs can do.

use std::io::{self, Write};

use crate::cluster::ListedClusters;
use crate::corpus::Corpus;
use crate::verify::Match;

/// A format in which clusters and pairs can be written.
pub trait ReportFormat {
    /// Writes clusters, in the order of the list.
    ///
    /// # Errors
    /// The error of the writer.
    fn clusters(&self, corpus: &Corpus, clusters: &ListedClusters<'_>, out: &mut dyn Write)
    -> io::Result<()>;

    /// Writes pairs, in the given order.
    ///
    /// # Errors
    /// The error of the writer.
    fn pairs(
        &self,
        corpus: &Corpus,
        pairs: &mut dyn Iterator<Item = Match>,
        out: &mut dyn Write,
    ) -> io::Result<()>;
}
