//! `wirecopy cluster`: reports the groups of articles that contain the same text.

use wirecopy::Settings;

use crate::args::ClusterArgs;
use crate::exit::Answer;
use crate::report_run::{ClusterDetail, ReportRun, SHOWN_MEMBERS};

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
    let (findings, report) = run.find()?;
    report.finish_clusters(findings, &arguments.selection)?;
    Ok(Answer::Done)
}
