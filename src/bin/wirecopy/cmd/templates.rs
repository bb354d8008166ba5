//! `wirecopy templates`: shows what sites repeat around different stories.

use std::time::Instant;

use wirecopy::read::{FolderFilter, FoundInputs, find_inputs_by};
use wirecopy::{Detector, Reader, Settings};

use crate::args::TemplatesArgs;
use crate::empty_input::check_not_empty;
use crate::exit::Answer;
use crate::invalid_records::read_articles;
use crate::output_check::check_report;
use crate::output_mode::OutputMode;
use crate::search::note_repeated;
use crate::skipped_files::FolderCounts;
use crate::stage_bar::StageBar;
use crate::template_list::TemplateList;
use crate::terminal_input::hint_if_typed;
use crate::unknown_dates::warn_of_unknown_dates;

pub(crate) fn run(arguments: &TemplatesArgs) -> anyhow::Result<Answer> {
    let started = Instant::now();
    let mut settings = Settings::with(|settings| {
        settings.keep_texts = true;
        settings.for_removals = false;
    });
    arguments.resources.apply(&mut settings)?;
    settings.check()?;
    let found = find_inputs_by(&arguments.paths, &FolderFilter::new(&arguments.include)?)?;
    note_repeated(&found);
    let FoundInputs { inputs, hidden, left_out, .. } = found;
    hint_if_typed(&inputs);
    check_report(&inputs, arguments.output.output.as_deref(), &[])?;
    let list = TemplateList::open(&arguments.output, OutputMode::of(&inputs))?;
    let progress = StageBar::for_inputs(&inputs, arguments.output.quiet);
    let mut options = arguments.read.options();
    arguments.resources.limit_records(&mut options);
    options.temp_dir = Some(settings.temp_folder());
    let mut detector = Detector::new(settings)?;
    read_articles(Reader::new(inputs, options), &mut detector, &progress, arguments.skip_invalid)?;
    let templates = detector.templates(&progress)?;
    drop(progress);
    check_not_empty(templates.corpus().len(), arguments.fail_if_empty, &arguments.paths)?;
    warn_of_unknown_dates(templates.corpus());
    list.write(&templates, FolderCounts { hidden, left_out }, started)?;
    Ok(Answer::Done)
}
