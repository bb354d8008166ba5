//! `wirecopy archive stories`: reports the stories of an archive.

use wirecopy::archive::Archive;

use crate::args::ArchiveStoriesArgs;
use crate::memory::check_offsets;
use crate::report_run::{ClusterDetail, ReportWriter, SHOWN_MEMBERS};
use crate::stage_bar::StageBar;

pub(super) fn run(arguments: &ArchiveStoriesArgs) -> anyhow::Result<()> {
    let snapshot = Archive::open(&arguments.folder)?.snapshot();
    check_offsets(&snapshot, arguments.report.offsets.offsets())?;
    let mut settings = snapshot.settings();
    arguments.resources.apply(&mut settings)?;
    let members = if arguments.all_members { usize::MAX } else { SHOWN_MEMBERS };
    let detail = ClusterDetail { members, boilerplate: arguments.show_boilerplate };
    let report = ReportWriter::new(&arguments.report, detail, arguments.quiet)?;
    settings.keep_texts = snapshot.keeps_texts();
    let progress = StageBar::after_reading(arguments.quiet);
    let findings = snapshot.stories(settings, &progress)?;
    drop(progress);
    report.finish_clusters(findings, &arguments.selection)
}
