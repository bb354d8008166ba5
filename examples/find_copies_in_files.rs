//! Finds copies in files and folders, and writes the clusters as JSON Lines, as `wirecopy cluster` does.
//!
//!     cargo run --example find_copies_in_files -- fixtures/articles.jsonl

use std::io;

use wirecopy::cluster::ListedClusters;
use wirecopy::report::Offsets;
use wirecopy::write::{JsonLines, ReportFormat as _};
use wirecopy::{Settings, find_copies_in_files};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let findings = find_copies_in_files(std::env::args_os().skip(1), Settings::default())?;
    let clusters = ListedClusters::all(findings.clusters());
    let format = JsonLines { offsets: Offsets::Bytes, boilerplate: false };
    format.clusters(findings.corpus(), &clusters, &mut io::stdout().lock())?;
    Ok(())
}
