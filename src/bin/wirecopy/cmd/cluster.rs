//! `wirecopy cluster`: reports the groups of articles that contain the same text.

use wirecopy::Settings;

use crate::args::ClusterArgs;
use crate::exit::Answer;
use crate::report_run::{ClusterDetail, ReportRun, SHOWN_MEMBERS};
use crate::summary::Outcome;

pub(crate) fn run(arguments: &ClusterArgs) -> anyhow::Result<Answer> {
    let preference = arguments.prefer.preference();
    let settings = Settings::with(|settings| {
        arguments.join.apply(settings);
        settings.preference = preference;
    });
    let members = if arguments.all_members { usize::MAX } else { SHOWN_MEMBERS };
    let detail = ClusterDetail { members, boilerplate: arguments.show_boilerplate };
    let run = ReportRun::new(&arguments.search, &arguments.report, settings, detail)?;
    let run = run.remember(&arguments.remember)?;
    let (findings, mut report) = run.find()?;
    let clusters = arguments.selection.select(findings.corpus(), findings.clusters());
    report.clusters(&findings, &clusters)?;
    let reported = clusters.len();
    let left_out = findings.clusters().len() - reported;
    let min_size = arguments.selection.min_size;
    report.finish(&findings, Outcome::Clusters { reported, left_out, min_size })?;
    // The process is about to end, so the time to drop millions of matches would be wasted.
    std::mem::forget(findings);
    Ok(Answer::Done)
}
