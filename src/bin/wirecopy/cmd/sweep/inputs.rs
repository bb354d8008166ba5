//! Names the inputs of a sweep and the day of the run, for its reports.

use std::env;

use jiff::Timestamp;
use wirecopy::write::SweepInputs;

use crate::args::SweepArgs;

/// The variable with the time that reproducible outputs show as the present, in seconds since 1970
/// (<https://reproducible-builds.org/specs/source-date-epoch/>).
const REPRODUCIBLE_TIME: &str = "SOURCE_DATE_EPOCH";
/// The name of standard input in reports.
const STANDARD_INPUT: &str = "standard input";

/// Returns the inputs that the arguments name, and the present day in UTC.
pub(super) fn sweep_inputs(arguments: &SweepArgs) -> SweepInputs {
    let name = |path: &std::path::Path| match path.to_str() {
        Some("-") => STANDARD_INPUT.to_owned(),
        _ => path.display().to_string(),
    };
    let mut articles: Vec<String> = arguments.paths.iter().map(|path| name(path)).collect();
    if articles.is_empty() {
        articles.push(STANDARD_INPUT.to_owned());
    }
    let labels = arguments.labels.labels.as_deref().map(name);
    SweepInputs { articles, labels, date: present().strftime("%Y-%m-%d").to_string() }
}

/// Returns the present time, or the one that the environment gives instead.
fn present() -> Timestamp {
    let given = env::var(REPRODUCIBLE_TIME).ok().and_then(|seconds| seconds.parse().ok());
    given.and_then(|seconds| Timestamp::from_second(seconds).ok()).unwrap_or_else(Timestamp::now)
}
