//! `wirecopy archive stories`: reports the stories of an archive.

use wirecopy::archive::Archive;

use crate::args::ArchiveStoriesArgs;
use crate::memory::check_offsets;
use crate::report_run::{ClusterDetail, ReportWriter, SHOWN_MEMBERS};
use crate::stage_bar::StageBar;
use crate::summary::Outcome;

pub(super) fn run(arguments: &ArchiveStoriesArgs) -> anyhow::Result<()> {
    let snapshot = Archive::open(&arguments.folder)?.snapshot();
    check_offsets(&snapshot, arguments.report.offsets.offsets())?;
    let mut settings = snapshot.settings();
    arguments.resources.apply(&mut settings)?;
    let members = if arguments.all_members { usize::MAX } else { SHOWN_MEMBERS };
    let detail = ClusterDetail { members, boilerplate: arguments.show_boilerplate };
    let mut report = ReportWriter::new(&arguments.report, detail, arguments.quiet)?;
    settings.keep_texts = snapshot.keeps_texts();
    let progress = StageBar::after_reading(arguments.quiet);
    let findings = snapshot.stories(settings, &progress)?;
    drop(progress);
    let clusters = arguments.selection.select(findings.corpus(), findings.clusters());
    report.clusters(&findings, &clusters)?;
    let reported = clusters.len();
    let left_out = findings.clusters().len() - reported;
    let min_size = arguments.selection.min_size;
    report.finish(&findings, Outcome::Clusters { reported, left_out, min_size })?;
    std::mem::forget(findings);
    Ok(())
}
