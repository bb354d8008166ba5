//! Writes pairs and clusters as CSV: one row for each pair, or for each member of a cluster. Spans are JSON in a
//! cell.

use std::io::{self, Write};

use super::csv_row::{or_empty, write_row};
use super::report_format::ReportFormat;
use crate::cluster::Cluster;
use crate::corpus::Corpus;
use crate::report::{ClusterRecord, MemberRecord, Offsets, PairRecord};
use crate::verify::Match;

/// Writes rows after a header row: cells are separated by commas, and in `"` if they need it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Csv {
    /// The unit of the spans.
    pub offsets: Offsets,
    /// True if one more column has the boilerplate of each member of a cluster.
    pub boilerplate: bool,
}

/// The columns of a pair.
const PAIR_COLUMNS: [&str; 14] = [
    "a",
    "b",
    "location_a",
    "location_b",
    "relation",
    "kind",
    "junk",
    "resemblance",
    "containment_a",
    "containment_b",
    "coverage_a",
    "coverage_b",
    "shared_words",
    "spans",
];

/// The columns of a member of a cluster.
const CLUSTER_COLUMNS: [&str; 24] = [
    "cluster_id",
    "story_id",
    "size",
    "sites",
    "independent_sites",
    "agency",
    "junk",
    "representative",
    "representative_why",
    "cohesion",
    "key",
    "location",
    "site",
    "published",
    "relation",
    "passage_relation",
    "kind",
    "coverage",
    "article_coverage",
    "resemblance",
    "spans",
    "representative_spans",
    "bridge",
    "credit",
];

impl ReportFormat for Csv {
    fn clusters(&self, corpus: &Corpus, clusters: &[&Cluster], out: &mut dyn Write) -> io::Result<()> {
        let mut table = csv::Writer::from_writer(out);
        let columns = CLUSTER_COLUMNS
            .into_iter()
            .chain(corpus.has_references().then_some("reference"))
            .chain(self.boilerplate.then_some("boilerplate"));
        write_row(&mut table, columns.map(str::to_owned))?;
        for cluster in clusters {
            let mut record = ClusterRecord::new(corpus, cluster, self.offsets);
            if self.boilerplate {
                record.show_boilerplate(corpus, cluster, self.offsets);
            }
            for member in &record.members {
                let cells = member_cells(&record, member)?;
                let reference = member.reference.map(|reference| reference.to_string());
                let boilerplate = member.boilerplate.as_ref().map(serde_json::to_string).transpose()?;
                write_row(&mut table, cells.into_iter().chain(reference).chain(boilerplate))?;
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
        let mut table = csv::Writer::from_writer(out);
        let references: &[&str] = if corpus.has_references() { &["reference_a", "reference_b"] } else { &[] };
        write_row(&mut table, PAIR_COLUMNS.iter().chain(references).map(|&name| name.to_owned()))?;
        for found in pairs {
            let record = PairRecord::new(corpus, &found, self.offsets);
            let cells = [
                record.a.to_owned(),
                record.b.to_owned(),
                record.location_a.to_string(),
                record.location_b.to_string(),
                or_empty(record.relation),
                or_empty(record.kind),
                record.junk.to_string(),
                record.resemblance.to_string(),
                record.containment_a.to_string(),
                record.containment_b.to_string(),
                record.coverage_a.to_string(),
                record.coverage_b.to_string(),
                record.shared_words.to_string(),
                serde_json::to_string(&record.spans)?,
            ];
            let references = [record.reference_a, record.reference_b].into_iter().flatten();
            write_row(
                &mut table,
                cells.into_iter().chain(references.map(|reference| reference.to_string())),
            )?;
        }
        table.flush()
    }
}

/// Returns the cells of the columns that every member has.
fn member_cells(
    record: &ClusterRecord<'_>,
    member: &MemberRecord<'_>,
) -> io::Result<[String; CLUSTER_COLUMNS.len()]> {
    Ok([
        record.cluster_id.to_string(),
        record.story_id.to_string(),
        record.size.to_string(),
        record.sites.to_string(),
        record.independent_sites.to_string(),
        or_empty(record.agency),
        record.junk.to_string(),
        record.representative.to_owned(),
        record.representative_why.to_owned(),
        record.cohesion.to_string(),
        member.key.to_owned(),
        member.location.to_string(),
        or_empty(member.site),
        or_empty(member.published),
        member.relation.to_owned(),
        member.passage_relation.to_owned(),
        or_empty(member.kind),
        member.coverage.to_string(),
        member.article_coverage.to_string(),
        member.resemblance.to_string(),
        serde_json::to_string(&member.spans)?,
        serde_json::to_string(&member.representative_spans)?,
        member.bridge.to_string(),
        or_empty(member.credit),
    ])
}
