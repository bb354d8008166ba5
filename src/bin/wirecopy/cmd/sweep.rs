//! `wirecopy sweep`: articles and labels in, what every threshold makes of them out.

use std::io::{self, Write as _};
use std::path::Path;
use std::time::Instant;

use anyhow::bail;
use serde::Serialize;
use wirecopy::evaluate::{LabelCounts, Truth};
use wirecopy::read::{LabelFields, LabelRow, read_labels};
use wirecopy::sweep::{Labeled, Survey, Verdict};
use wirecopy::write::{
    ExampleRecord, SweepRecord, SweepTable, write_examples_csv, write_labeling_html, write_sweeps_csv,
    write_sweeps_html,
};
use wirecopy::{Detector, Input, Location, Reader, Settings, find_inputs};

use crate::args::{SweepArgs, SweepFormat, format_of};
use crate::exit::{self, Answer};
use crate::option_names::option_names;
use crate::output::{NewFile, Output};
use crate::progress::StageBar;
use crate::search;
use crate::target;

/// What a sweep writes as JSON.
#[derive(Serialize)]
struct Report<'a> {
    version: &'static str,
    arguments: Vec<String>,
    thresholds: &'a [f64],
    sweeps: Vec<SweepRecord<'a>>,
}

pub(crate) fn run(arguments: &SweepArgs) -> anyhow::Result<Answer> {
    let started = Instant::now();
    let settings = settings(arguments)?;
    let options = arguments.asked.options(&settings[0])?;
    let inputs = find_inputs(&arguments.paths)?;
    let asked = &arguments.asked;
    let besides =
        [asked.sample_output.as_deref(), asked.sample_html.as_deref(), arguments.report.html.as_deref()];
    let labels_read: Vec<Input> =
        arguments.labels.labels.iter().chain(&arguments.labels.predicted).map(Input::file).collect();
    for read in [&inputs, &labels_read] {
        target::check_report(read, arguments.report.output.as_deref(), &besides)?;
    }
    let labels = Labels::read(arguments)?;
    let mut output = Output::open(arguments.report.output.as_deref())?;
    let mut sample_file = asked.sample_output.as_deref().map(NewFile::create).transpose()?;
    let mut sample_page = asked.sample_html.as_deref().map(NewFile::create).transpose()?;
    let mut page = arguments.report.html.as_deref().map(NewFile::create).transpose()?;
    let default = if output.is_terminal() { SweepFormat::Text } else { SweepFormat::Json };
    let named = || format_of(arguments.report.output.as_deref());
    let format = arguments.report.format.or_else(named).unwrap_or(default);

    let progress = StageBar::new(search::size(&inputs), arguments.report.quiet);
    let mut detector = Detector::new(settings[0].clone())?;
    let reader = Reader::new(inputs, arguments.read.options());
    search::read(reader, &mut detector, &progress, arguments.skip_invalid)?;
    let lowest = options.thresholds.first().copied().unwrap_or(1.0);
    let mut survey = detector.survey(lowest, &progress)?;
    let labeled = labels.of(&survey)?;
    let mut sweeps = Vec::new();
    for (place, settings) in settings.iter().enumerate() {
        if place > 0 {
            survey = survey.with_shingle_size(settings.shingle_size, &progress)?;
        }
        let sweep = survey.sweep(&options, &labeled, &progress)?;
        let count = asked.sample.unwrap_or_default();
        let near = survey.nearest(settings.by, settings.threshold, count);
        if let Some(file) = sample_page.as_mut().filter(|_| place == 0) {
            file.fill(|out| write_labeling_html(survey.corpus(), &near, option_names(), out))?;
        }
        let sample = near.iter().map(|example| ExampleRecord::new(survey.corpus(), example)).collect();
        sweeps.push((sweep, Examples::new(arguments, &survey, labeled.truth.as_ref(), sample)));
    }
    drop(progress);
    let titled: Vec<Vec<(String, &[ExampleRecord])>> =
        sweeps.iter().map(|(_, examples)| examples.titled(arguments)).collect();
    match format {
        SweepFormat::Text => {
            let screen = output.screen();
            let table = SweepTable { screen, all_thresholds: arguments.report.all_thresholds };
            for ((sweep, _), titled) in sweeps.iter().zip(&titled) {
                table.write(sweep, titled, &mut output)?;
            }
        }
        SweepFormat::Csv => write_sweeps_csv(sweeps.iter().map(|(sweep, _)| sweep), &mut output)?,
        SweepFormat::Json => {
            let words = std::env::args_os().skip(1).map(|text| text.to_string_lossy().into_owned());
            let records = sweeps.iter().map(|(sweep, examples)| {
                let in_report = asked.shows_sample();
                let sample = if in_report { examples.sample.as_slice() } else { &[] };
                SweepRecord::new(sweep, &examples.wrong, sample)
            });
            let report = Report {
                version: env!("CARGO_PKG_VERSION"),
                arguments: words.collect(),
                thresholds: &options.thresholds,
                sweeps: records.collect(),
            };
            serde_json::to_writer(&mut output, &report).map_err(io::Error::from)?;
            writeln!(output)?;
        }
    }
    if let Some(file) = &mut page {
        file.fill(|out| write_sweeps_html(sweeps.iter().map(|(sweep, _)| sweep).zip(&titled), out))?;
    }
    if let (Some(file), Some((_, examples))) = (&mut sample_file, sweeps.first()) {
        file.fill(|out| write_examples_csv(&examples.sample, out))?;
    }
    output.finish()?;
    for file in [page, sample_file, sample_page].into_iter().flatten() {
        file.finish()?;
    }
    if !arguments.report.quiet {
        let counts = survey.counts();
        // Where it cannot be written, nobody is left to be told.
        let _ = writeln!(
            io::stderr(),
            "{} articles, {} candidates, {} thresholds in {:.2} s",
            counts.articles,
            counts.candidates,
            options.thresholds.len(),
            started.elapsed().as_secs_f64()
        );
    }
    Ok(Answer::Done)
}

/// Gives the settings of each shingle size, checked.
fn settings(arguments: &SweepArgs) -> anyhow::Result<Vec<Settings>> {
    let mut settings = Settings { join_words: arguments.join_words, keep_texts: true, ..Settings::default() };
    arguments.judge.apply(&mut settings);
    arguments.candidates.apply(&mut settings);
    arguments.resources.apply(&mut settings)?;
    let sizes = arguments.shingle_size.iter();
    let all: Vec<Settings> =
        sizes.map(|&shingle_size| Settings { shingle_size, ..settings.clone() }).collect();
    all.iter().try_for_each(Settings::check)?;
    Ok(all)
}

/// The rows of the files of labels.
struct Labels {
    rows: Option<Vec<(Location, LabelRow)>>,
    file: String,
    predicted: Vec<(String, Vec<(Location, LabelRow)>)>,
    positive_grade: f64,
}

impl Labels {
    fn read(arguments: &SweepArgs) -> anyhow::Result<Self> {
        let labels = &arguments.labels;
        let fields = labels.fields(arguments.read.key_field());
        let read = |path: &Path, fields: &LabelFields| read_labels(Input::file(path), fields);
        let rows = labels.labels.as_deref().map(|path| read(path, &fields)).transpose()?;
        let mut predicted = Vec::new();
        for path in &labels.predicted {
            let mut rows = read(path, &LabelFields::default())?;
            for (_, row) in &mut rows {
                // A tool lists the pairs that it found.
                if let LabelRow::Pair { grade, .. } = row {
                    grade.get_or_insert(labels.positive_grade);
                }
            }
            predicted.push((path.display().to_string(), rows));
        }
        let file = labels.labels.as_deref().map(|path| path.display().to_string()).unwrap_or_default();
        Ok(Self { rows, file, predicted, positive_grade: labels.positive_grade })
    }

    /// Finds the articles that they are about, and says what cannot be used.
    fn of(&self, survey: &Survey) -> anyhow::Result<Labeled> {
        let truth = |rows: &[(Location, LabelRow)]| {
            Truth::new(rows, survey.corpus(), survey.identical(), self.positive_grade)
        };
        let mut labeled = Labeled::default();
        if let Some(rows) = &self.rows {
            let (found, counts) = truth(rows);
            if counts.used == 0 {
                bail!(
                    "{}: no label is about an article of the input ({}); name the key with --key-field",
                    self.file,
                    unused(counts)
                );
            }
            if unused(counts) != NONE_UNUSED {
                exit::warn(&format!("{}: {} labels used, {}", self.file, counts.used, unused(counts)));
            }
            (labeled.truth, labeled.counts) = (Some(found), counts);
        }
        for (name, rows) in &self.predicted {
            let (found, counts) = truth(rows);
            if counts.unknown + counts.ambiguous > 0 {
                exit::warn(&format!("{name}: {}", unused(counts)));
            }
            labeled.predicted.push((name.clone(), found));
        }
        Ok(labeled)
    }
}

const NONE_UNUSED: &str = "none left out";

/// Says what became of labels that are not used.
fn unused(counts: LabelCounts) -> String {
    let reasons = [
        (counts.unlabeled, "not filled in"),
        (counts.unknown, "with a key that no article has"),
        (counts.ambiguous, "with a key that different articles have"),
        (counts.repeated, "said twice"),
        (counts.contradictory, "contradicted"),
    ];
    let said: Vec<String> = reasons
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    if said.is_empty() { NONE_UNUSED.to_owned() } else { said.join(", ") }
}

/// The examples that were asked for.
struct Examples {
    wrong: Vec<ExampleRecord>,
    wrong_count: usize,
    sample: Vec<ExampleRecord>,
}

impl Examples {
    fn new(
        arguments: &SweepArgs,
        survey: &Survey,
        truth: Option<&Truth>,
        sample: Vec<ExampleRecord>,
    ) -> Self {
        let (by, threshold) = (survey.settings().by, survey.settings().threshold);
        let asked = arguments.asked.show_errors.zip(truth);
        let mut wrong = asked.map_or_else(Vec::new, |(_, truth)| survey.wrong(truth, by, threshold));
        let wrong_count = wrong.len();
        if let Some((most, _)) = asked {
            let first_miss = wrong.partition_point(|example| example.verdict == Verdict::FalsePositive);
            let mut misses = wrong.split_off(first_miss);
            wrong.truncate(most);
            misses.truncate(most);
            wrong.append(&mut misses);
        }
        survey.measure_examples(&mut wrong);
        let wrong = wrong.iter().map(|example| ExampleRecord::new(survey.corpus(), example)).collect();
        Self { wrong, wrong_count, sample }
    }

    fn titled(&self, arguments: &SweepArgs) -> Vec<(String, &[ExampleRecord])> {
        let mut titled = Vec::new();
        if arguments.asked.show_errors.is_some() {
            let title = format!(
                "Pairs that the threshold calls wrongly: {} of {}",
                self.wrong.len(),
                self.wrong_count
            );
            titled.push((title, self.wrong.as_slice()));
        }
        if arguments.asked.shows_sample() {
            titled.push(("Pairs next to the threshold".to_owned(), self.sample.as_slice()));
        }
        titled
    }
}
