//! Results in, JSON Lines out: one record a line.

use std::io::{self, Write};

use serde::Serialize;

use super::Report;
use super::record::{ClusterRecord, PairRecord};
use super::span::Offsets;
use crate::cluster::Cluster;
use crate::corpus::Corpus;
use crate::verify::Match;

/// Writes one JSON object a line.
#[derive(Clone, Copy, Debug, Default)]
pub struct JsonLines {
    /// What spans count.
    pub offsets: Offsets,
    /// Whether members of clusters say what is masked of them.
    pub boilerplate: bool,
}

impl Report for JsonLines {
    fn clusters(&self, corpus: &Corpus, clusters: &[&Cluster], out: &mut dyn Write) -> io::Result<()> {
        for cluster in clusters {
            let mut record = ClusterRecord::new(corpus, cluster, self.offsets);
            if self.boilerplate {
                record.show_boilerplate(corpus, cluster, self.offsets);
            }
            line(&record, out)?;
        }
        Ok(())
    }

    fn pairs(
        &self,
        corpus: &Corpus,
        pairs: &mut dyn Iterator<Item = Match>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        for found in pairs {
            line(&PairRecord::new(corpus, &found, self.offsets), out)?;
        }
        Ok(())
    }
}

fn line(record: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, record)?;
    out.write_all(b"\n")
}
