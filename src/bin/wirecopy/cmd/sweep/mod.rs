//! `wirecopy sweep`: reports the results of all thresholds, with or without labels.

mod examples;
mod label_rows;
mod outputs;

use std::io::{self, Write as _};
use std::time::Instant;

use wirecopy::read::{FolderFilter, FoundInputs, find_inputs_by};
use wirecopy::sweep::Survey;
use wirecopy::write::visible;
use wirecopy::{Detector, Input, Reader, Settings};

use self::examples::Examples;
use self::label_rows::LabelRows;
use self::outputs::Outputs;
use crate::args::SweepArgs;
use crate::empty_input::check_not_empty;
use crate::exit::Answer;
use crate::invalid_records::read_articles;
use crate::number::counted;
use crate::output_check::check_report;
use crate::output_mode::OutputMode;
use crate::search::note_repeated;
use crate::skipped_files::{FolderCounts, SkippedFiles};
use crate::stage_bar::StageBar;
use crate::terminal_input::hint_if_typed;
use crate::unknown_dates::warn_of_unknown_dates;

pub(crate) fn run(arguments: &SweepArgs) -> anyhow::Result<Answer> {
    let started = Instant::now();
    let settings = settings_by_shingle_size(arguments)?;
    let options = arguments.asked.options(&settings[0])?;
    let found = find_inputs_by(&arguments.paths, &FolderFilter::new(&arguments.include)?)?;
    note_repeated(&found);
    let FoundInputs { inputs, hidden, left_out, .. } = found;
    hint_if_typed(&inputs);
    check_outputs(arguments, &inputs)?;
    let labels = LabelRows::read(arguments)?;
    let mut outputs = Outputs::create(arguments, OutputMode::of(&inputs))?;

    let progress = StageBar::for_inputs(&inputs, arguments.report.quiet);
    let lowest = options.thresholds.first().copied().unwrap_or(1.0);
    let mut survey = survey(arguments, &settings[0], inputs, lowest, &progress)?;
    check_not_empty(survey.counts().articles, arguments.fail_if_empty, &arguments.paths)?;
    let labeled = labels.find_articles(&survey)?;
    let mut sweeps = Vec::new();
    for (index, settings) in settings.iter().enumerate() {
        if index > 0 {
            survey = survey.with_shingle_size(settings.shingle_size, &progress)?;
        }
        let sweep = survey.sweep(&options, &labeled, &progress)?;
        let nearest =
            survey.nearest(settings.by, settings.threshold, arguments.asked.sample.unwrap_or_default());
        if index == 0 {
            outputs.write_labeling_page(&survey, &nearest)?;
        }
        let examples = Examples::new(arguments, &survey, labeled.truth.as_ref(), &nearest);
        sweeps.push((sweep, examples));
    }
    drop(progress);
    warn_of_unknown_dates(survey.corpus());
    outputs.write_report(arguments, &sweeps, &options.thresholds)?;
    outputs.finish()?;
    if !arguments.report.quiet {
        let folders = FolderCounts { hidden, left_out };
        print_closing_lines(&survey, folders, options.thresholds.len(), started);
    }
    Ok(Answer::Done)
}

/// Returns checked settings for each shingle size.
fn settings_by_shingle_size(arguments: &SweepArgs) -> anyhow::Result<Vec<Settings>> {
    let mut settings = Settings::with(|settings| {
        arguments.join.apply(settings);
        settings.keep_texts = true;
        settings.for_removals = false;
    });
    arguments.judge.apply(&mut settings);
    arguments.candidates.apply(&mut settings)?;
    arguments.resources.apply(&mut settings)?;
    let sizes = arguments.shingle_size.iter();
    let all: Vec<Settings> = sizes
        .map(|&shingle_size| {
            let mut settings = settings.clone();
            settings.shingle_size = shingle_size;
            settings
        })
        .collect();
    all.iter().try_for_each(Settings::check)?;
    Ok(all)
}

/// Checks that no output overwrites an input or a file of labels.
fn check_outputs(arguments: &SweepArgs, inputs: &[Input]) -> anyhow::Result<()> {
    let labels = &arguments.labels;
    let label_files: Vec<Input> = labels.labels.iter().chain(&labels.predicted).map(Input::file).collect();
    let others = [
        arguments.asked.sample_output.as_deref(),
        arguments.asked.sample_html.as_deref(),
        arguments.report.html.as_deref(),
    ];
    for read in [inputs, &label_files, &arguments.candidates.template_file()] {
        check_report(read, arguments.report.output.as_deref(), &others)?;
    }
    Ok(())
}

/// Reads the articles and compares them, for all thresholds from `lowest` upwards.
fn survey(
    arguments: &SweepArgs,
    settings: &Settings,
    inputs: Vec<Input>,
    lowest: f64,
    progress: &StageBar,
) -> anyhow::Result<Survey> {
    let mut detector = Detector::new(settings.clone())?;
    let mut options = arguments.read.options();
    arguments.resources.limit_records(&mut options);
    let reader = Reader::new(inputs, options);
    read_articles(reader, &mut detector, progress, arguments.skip_invalid)?;
    Ok(detector.survey(lowest, progress)?)
}

fn print_closing_lines(survey: &Survey, folders: FolderCounts, thresholds: usize, started: Instant) {
    if let Some(skipped) = SkippedFiles::new(survey.sources().iter(), folders).sentence() {
        let _ = writeln!(io::stderr(), "{}", visible(&skipped));
    }
    let counts = survey.counts();
    // If the line cannot be written, nobody can be informed of that.
    let _ = writeln!(
        io::stderr(),
        "{}, {}, {} in {:.2} s",
        counted(counts.articles, "article"),
        counted(counts.candidates, "candidate"),
        counted(thresholds, "threshold"),
        started.elapsed().as_secs_f64()
    );
}
