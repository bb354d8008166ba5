//! `wirecopy archive templates`: shows the templates that were given to an archive, and what its sites repeat around different
//! stories.

use std::time::Instant;

use anyhow::bail;
use wirecopy::archive::Archive;

use crate::args::ArchiveTemplatesArgs;
use crate::error_message::note;
use crate::output_mode::OutputMode;
use crate::skipped_files::FolderCounts;
use crate::stage_bar::StageBar;
use crate::template_list::TemplateList;

pub(super) fn run(arguments: &ArchiveTemplatesArgs) -> anyhow::Result<()> {
    let started = Instant::now();
    let snapshot = Archive::open(&arguments.folder)?.snapshot();
    let (folder, given) = (snapshot.path().display(), snapshot.given_templates());
    if !snapshot.keeps_texts() && given.is_empty() {
        bail!(
            "{folder}: keeps no texts, so that the words of templates are not known; list them from the files with `wirecopy \
             templates`, or build an archive with --keep-texts"
        );
    }
    let mut settings = snapshot.settings();
    arguments.resources.apply(&mut settings)?;
    settings.keep_texts = true;
    let mut list = TemplateList::open(&arguments.output, OutputMode::default())?;
    list.write_given(given)?;
    if !snapshot.keeps_texts() {
        list.finish()?;
        note(&format!("{folder}: keeps no texts, so that only the templates that were given are listed"));
        return Ok(());
    }
    let progress = StageBar::after_reading(arguments.output.quiet);
    let templates = snapshot.templates(settings, &progress)?;
    drop(progress);
    list.write(&templates, FolderCounts::default(), started)
}
