//! Measures the pairs of a collection once, and prints the number of clusters at several thresholds.
//!
//!     cargo run --example choose_threshold -- fixtures/articles.jsonl

#![allow(clippy::print_stdout, reason = "an example prints")]

use std::path::PathBuf;

use wirecopy::sweep::{Labeled, SweepOptions};
use wirecopy::{Detector, Error, ReadOptions, Reader, Settings, find_inputs};

fn main() -> Result<(), Error> {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(Into::into).collect();
    let mut detector = Detector::new(Settings::default())?;
    detector.read(Reader::new(find_inputs(&paths)?, ReadOptions::default()), &(), Err)?;
    let mut options = SweepOptions::default();
    options.thresholds = (1..=10).map(|tenth| f64::from(tenth) / 10.0).collect();
    let survey = detector.survey(options.thresholds[0], &())?;
    let sweep = survey.sweep(&options, &Labeled::default(), &())?;
    for point in &sweep.clusters[0].points {
        let threshold = point.threshold.unwrap_or_default();
        println!("{threshold:.1}: {} clusters, {} removable articles", point.clusters, point.removable);
    }
    Ok(())
}
