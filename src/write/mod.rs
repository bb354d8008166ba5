//! Results in, reports out: one file per format, each behind [`Report`].
//!
//! Nothing here prints: every report goes to a writer that the caller opened.
//!
//! Invariants: the same results give the same bytes. Text of articles reaches a terminal only through [`visible`].
//! Cost: linear in what is written; the spans of an article are decoded once for each record that shows them.

mod comparison;
mod csv;
mod html;
mod jsonl;
mod listing;
mod option_names;
mod screen;
mod sweep;

use std::io::{self, Write};

pub use self::comparison::write_comparison;
pub use self::csv::Csv;
pub use self::html::Html;
pub use self::jsonl::JsonLines;
pub use self::listing::Listing;
pub use self::option_names::OptionNames;
pub use self::screen::{Screen, visible};
pub use self::sweep::{
    ExampleRecord, SweepRecord, SweepTable, write_examples_csv, write_labeling_html, write_sweeps_csv,
    write_sweeps_html,
};
use crate::cluster::Cluster;
use crate::corpus::Corpus;
use crate::verify::Match;

/// A format in which results can be written.
pub trait Report {
    /// Writes clusters, in the order given.
    ///
    /// # Errors
    /// What the writer says.
    fn clusters(&self, corpus: &Corpus, clusters: &[&Cluster], out: &mut dyn Write) -> io::Result<()>;

    /// Writes pairs, in the order given.
    ///
    /// # Errors
    /// What the writer says.
    fn pairs(
        &self,
        corpus: &Corpus,
        pairs: &mut dyn Iterator<Item = Match>,
        out: &mut dyn Write,
    ) -> io::Result<()>;
}

/// Says a share in whole percent; 100 only where nothing is missing, 0 only where nothing is there.
fn percent(share: f64) -> String {
    let percent = (share * 100.0).round();
    let percent = if share < 1.0 { percent.min(99.0) } else { percent };
    let percent = if share > 0.0 { percent.max(1.0) } else { percent };
    format!("{percent}%")
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn says_shares() {
        let cases = [(0.0, "0%"), (0.001, "1%"), (0.5, "50%"), (0.666, "67%"), (0.999, "99%"), (1.0, "100%")];
        for (share, expected) in cases {
            assert_eq!(percent(share), expected);
        }
    }
}
