//! `wirecopy archive templates`: shows what the sites of an archive repeat around different stories.

use std::time::Instant;

use anyhow::bail;
use wirecopy::archive::Archive;

use crate::args::ArchiveTemplatesArgs;
use crate::output_mode::OutputMode;
use crate::skipped_files::FolderCounts;
use crate::stage_bar::StageBar;
use crate::template_list::TemplateList;

pub(super) fn run(arguments: &ArchiveTemplatesArgs) -> anyhow::Result<()> {
    let started = Instant::now();
    let snapshot = Archive::open(&arguments.folder)?.snapshot();
    if !snapshot.keeps_texts() {
        bail!(
            "{}: keeps no texts, so that the words of templates are not known; list them from the files with `wirecopy \
             templates`, or build an archive with --keep-texts",
            snapshot.path().display()
        );
    }
    let mut settings = snapshot.settings();
    arguments.resources.apply(&mut settings)?;
    settings.keep_texts = true;
    let list = TemplateList::open(&arguments.output, OutputMode::default())?;
    let progress = StageBar::after_reading(arguments.output.quiet);
    let templates = snapshot.templates(settings, &progress)?;
    drop(progress);
    list.write(&templates, FolderCounts::default(), started)
}
