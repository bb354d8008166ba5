//! Names the inputs of a run and its day, for reports that are kept.

use std::env;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use wirecopy::write::RunInputs;

/// The variable with the time that reproducible outputs show as the present, in seconds since 1970
/// (<https://reproducible-builds.org/specs/source-date-epoch/>).
const REPRODUCIBLE_TIME: &str = "SOURCE_DATE_EPOCH";
/// The name of standard input in reports and messages.
pub(crate) const STANDARD_INPUT: &str = "standard input";

/// Returns the inputs, and the present day in UTC. Without paths the input is standard input.
pub(crate) fn run_inputs(paths: &[PathBuf], labels: Option<&Path>) -> RunInputs {
    let name = |path: &Path| match path.to_str() {
        Some("-") => STANDARD_INPUT.to_owned(),
        _ => path.display().to_string(),
    };
    let mut articles: Vec<String> = paths.iter().map(|path| name(path)).collect();
    if articles.is_empty() {
        articles.push(STANDARD_INPUT.to_owned());
    }
    RunInputs { articles, labels: labels.map(name), date: present().strftime("%Y-%m-%d").to_string() }
}

/// Returns the present time, or the one that the environment gives instead.
fn present() -> Timestamp {
    let given = env::var(REPRODUCIBLE_TIME).ok().and_then(|seconds| seconds.parse().ok());
    given.and_then(|seconds| Timestamp::from_second(seconds).ok()).unwrap_or_else(Timestamp::now)
}
