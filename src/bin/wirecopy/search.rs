//! Reads the input of a command and finds the copies in it. Arguments are checked before any article is read.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use anyhow::{anyhow, bail};
use wirecopy::archive::{Archive, Purpose, Snapshot};
use wirecopy::error::Problem;
use wirecopy::read::{FolderFilter, FoundInputs, find_inputs_by};
use wirecopy::report::Offsets;
use wirecopy::{Detector, Error, Findings, Input, ReadOptions, Reader, Settings};

use crate::args::{RememberArgs, SearchArgs};
use crate::closing::Closing;
use crate::doubted_dates::note_doubted_dates;
use crate::empty_input::check_not_empty;
use crate::error_message::{note, warn};
use crate::file_identity::{Identity, identity, path_of};
use crate::invalid_records::InvalidRecords;
use crate::memory::{Memory, check_offsets};
use crate::new_file::NewFile;
use crate::output_check::check_outputs;
use crate::output_mode::OutputMode;
use crate::output_name::JSON;
use crate::printed_elsewhere::note_printed_elsewhere;
use crate::reading_notes::warn_of_suspect_texts;
use crate::skipped_files::FolderCounts;
use crate::stage_bar::StageBar;
use crate::stream_name::STREAM;
use crate::terminal_input::hint_if_typed;
use crate::unknown_dates::warn_of_unknown_dates;
use crate::unused_templates::warn_of_unused_templates;

/// The inputs of a command, and the settings by which copies are found in them.
pub(crate) struct Search {
    pub(crate) inputs: Vec<Input>,
    pub(crate) options: ReadOptions,
    pub(crate) settings: Settings,
    /// The inputs of the reference collection.
    pub(crate) against: Vec<Input>,
    /// The file of templates, if one is given.
    pub(crate) template_file: Vec<Input>,
    /// The archive that the reference collection is.
    against_archive: Option<Arc<Snapshot>>,
    /// The archive in which the articles are remembered.
    memory: Option<Memory>,
    skip_invalid: bool,
    fail_if_empty: bool,
    paths: Vec<PathBuf>,
    /// True if the inputs are read again after the search, to write them with edits.
    is_rewritten: bool,
    closing: Closing,
}

impl Search {
    /// Checks the arguments. `settings` may already contain the settings that only one command has.
    pub(crate) fn new(arguments: &SearchArgs, mut settings: Settings) -> anyhow::Result<Self> {
        let started = Instant::now();
        arguments.judge.apply(&mut settings);
        arguments.shingles.apply(&mut settings);
        arguments.candidates.apply(&mut settings)?;
        arguments.resources.apply(&mut settings)?;
        settings.check()?;
        // Inputs are found before any output is created, which may be in a folder that is read.
        let found = find_inputs_by(&arguments.paths, &FolderFilter::new(&arguments.include)?)?;
        note_repeated(&found);
        let FoundInputs { inputs, mut hidden, left_out, .. } = found;
        let mut against = Vec::new();
        let (archives, files): (Vec<PathBuf>, Vec<PathBuf>) =
            arguments.against.iter().cloned().partition(|path| Archive::is_archive(path));
        let against_archive = against_archive(&archives, &settings)?;
        if !files.is_empty() {
            let found = find_inputs_by(&files, &FolderFilter::default()).map_err(explain_missing)?;
            note_repeated(&found);
            hidden += found.hidden;
            against = found.inputs;
        }
        check_no_input_twice(&inputs, &against)?;
        hint_if_typed(&inputs);
        let outputs: Vec<&Path> = arguments.summary.as_deref().into_iter().collect();
        check_outputs(&[], &inputs, &outputs)?;
        let template_file = arguments.candidates.template_file();
        check_outputs(&[], &template_file, &outputs)?;
        let mut options = arguments.read.options();
        arguments.resources.limit_records(&mut options);
        options.temp_dir = Some(settings.temp_folder());
        let summary = arguments.summary.as_deref();
        let summary = summary.map(|path| NewFile::create(path, JSON, OutputMode::of(&inputs))).transpose()?;
        Ok(Self {
            inputs,
            options,
            settings,
            against,
            against_archive,
            template_file,
            memory: None,
            skip_invalid: arguments.skip_invalid,
            fail_if_empty: arguments.fail_if_empty,
            paths: arguments.paths.clone(),
            is_rewritten: false,
            closing: Closing::new(started, summary, arguments.quiet, FolderCounts { hidden, left_out })
                .with_stages(arguments.verbose),
        })
    }

    /// Remembers the articles in the archive that the arguments name, if they name one. The settings must not change any
    /// more, except for what is kept.
    pub(crate) fn remember(mut self, arguments: &RememberArgs, purpose: Purpose) -> anyhow::Result<Self> {
        self.memory = Memory::open(arguments, &self.settings, purpose, self.closing.is_quiet())?;
        Ok(self)
    }

    /// Checks that the texts of all articles are known if a report counts their characters.
    pub(crate) fn check_offsets(&self, offsets: Offsets) -> anyhow::Result<()> {
        let archives = self.memory.iter().map(Memory::snapshot).chain(self.against_archive.as_deref());
        archives.into_iter().try_for_each(|archive| check_offsets(archive, offsets))
    }

    /// Prepares the inputs to be read again after the search.
    ///
    /// A file that cannot be read to its end is then an error even with `--skip-invalid`, since the output would
    /// lack the rest of it.
    pub(crate) fn for_rewriting(mut self) -> anyhow::Result<Self> {
        let folder = self.settings.temp_folder();
        let inputs = self.inputs.into_iter().map(|input| input.into_repeatable(&folder));
        self.inputs = inputs.collect::<Result<_, Error>>()?;
        self.is_rewritten = true;
        Ok(self)
    }

    /// Reads the articles and finds the copies.
    pub(crate) fn find(mut self) -> anyhow::Result<Found> {
        if let Some(memory) = &self.memory {
            memory.apply(&mut self.settings);
        }
        let mut detector = Detector::new(self.settings.clone())?;
        let mut invalid = InvalidRecords::default();
        let clock = self.closing.clock().clone();
        let against = std::mem::take(&mut self.against);
        if !against.is_empty() {
            let progress = StageBar::for_inputs(&against, self.closing.is_quiet());
            let reader = Reader::new(against, self.options.clone());
            detector.read_reference(reader, &clock.with(&progress), |error| {
                if !self.skip_invalid {
                    return Err(error);
                }
                invalid.add(&error, &progress);
                Ok(())
            })?;
        }
        let progress = StageBar::for_inputs(&self.inputs, self.closing.is_quiet());
        let inputs = if self.is_rewritten {
            self.inputs.iter().filter_map(Input::again).collect()
        } else {
            std::mem::take(&mut self.inputs)
        };
        let reader = Reader::new(inputs, self.options.clone());
        detector.read(reader, &clock.with(&progress), |error| {
            if !self.skip_invalid || self.is_rewritten && !error.is_record() {
                return Err(error);
            }
            invalid.add(&error, &progress);
            Ok(())
        })?;
        drop(progress);
        let bar = StageBar::after_reading(self.closing.is_quiet());
        let progress = clock.with(&bar);
        let findings = match (self.memory.take(), &self.against_archive) {
            (Some(memory), _) => {
                let (findings, planned) = memory.find(detector, &progress)?;
                self.closing.set_memory(planned);
                findings
            }
            (None, Some(archive)) => archive.find(detector, &progress)?,
            (None, None) => detector.finish(&progress)?,
        };
        // The bar must be removed before warnings are printed.
        drop(bar);
        clock.begin("writing");
        invalid.report_others();
        check_not_empty(findings.counts().articles, self.fail_if_empty, &self.paths)?;
        warn_of_collections(&findings);
        warn_of_unknown_sites(&findings);
        warn_of_unused_templates(&findings, &self.settings.templates);
        warn_of_suspect_texts(findings.suspect_texts());
        note_doubted_dates(findings.corpus());
        note_printed_elsewhere(&findings);
        self.closing.set_unknown_dates(warn_of_unknown_dates(findings.corpus()));
        self.closing.set_invalid(invalid.count());
        Ok(Found { findings, inputs: self.inputs, options: self.options, closing: self.closing })
    }
}

/// The result of a search.
pub(crate) struct Found {
    pub(crate) findings: Findings,
    /// The inputs, to be read again; empty if the search was not prepared for that.
    pub(crate) inputs: Vec<Input>,
    pub(crate) options: ReadOptions,
    pub(crate) closing: Closing,
}

/// Opens the archive that is a reference collection, if there is one.
fn against_archive(paths: &[PathBuf], settings: &Settings) -> anyhow::Result<Option<Arc<Snapshot>>> {
    if let [_, second, ..] = paths {
        bail!("{}: is a second archive for --against; give one", second.display());
    }
    let Some(path) = paths.first() else { return Ok(None) };
    let snapshot = Archive::open(path)?.snapshot();
    snapshot.check_settings(settings)?;
    Ok(Some(snapshot))
}

/// Notes which paths add nothing, because others name the same files.
pub(crate) fn note_repeated(found: &FoundInputs) {
    for name in &found.repeated {
        note(&format!("{name}: is given more than once, and read once"));
    }
}

/// Adds to the error of a reference collection that does not exist how to begin one.
fn explain_missing(error: Error) -> anyhow::Error {
    match &error {
        Error::Input { path, problem: Problem::Unreadable { kind: io::ErrorKind::NotFound, .. } } => anyhow!(
            "{0}: no such file or folder, expected the reference collection; if it is empty as yet, create the folder: \
             mkdir {0}",
            path.display()
        ),
        _ => error.into(),
    }
}

/// Warns of each name in the site field that is no site.
fn warn_of_collections(findings: &Findings) {
    for name in findings.corpus().collections() {
        warn(&format!(
            "the site of every record is {name:?}, but their addresses are on several domains; the site of each is the host \
             of its address instead"
        ));
    }
}

/// Warns of each site of `--prefer-site` from which there is no article.
fn warn_of_unknown_sites(findings: &Findings) {
    let corpus = findings.corpus();
    for name in &findings.settings().preference.sites {
        let is_from_site = |id| corpus.site(id).is_some_and(|site| site.eq_ignore_ascii_case(name));
        if !corpus.is_empty() && !corpus.ids().any(is_from_site) {
            warn(&format!("no article is from {name}, which --prefer-site names"));
        }
    }
}

/// Checks that no file is both input and reference.
fn check_no_input_twice(inputs: &[Input], against: &[Input]) -> anyhow::Result<()> {
    let resolved = |input: &Input| input.path().and_then(|path| fs::canonicalize(path).ok());
    let identified = |input: &Input| path_of(input).and_then(identity);
    let known: BTreeSet<PathBuf> = inputs.iter().filter_map(resolved).collect();
    let identities: BTreeSet<Identity> = inputs.iter().filter_map(identified).collect();
    for input in against {
        if input.name() == STREAM && inputs.iter().any(|other| other.name() == STREAM) {
            bail!("{STREAM}: standard input is given twice");
        }
        if resolved(input).is_some_and(|path| known.contains(&path))
            || identified(input).is_some_and(|identity| identities.contains(&identity))
        {
            bail!(
                "{}: is both an input and given with --against, so each of its articles would match itself; remove it \
                 from one of them",
                input.name()
            );
        }
    }
    Ok(())
}
