//! What is read and how copies are looked for in, checked before work starts; findings out.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::time::Instant;

use anyhow::bail;
use wirecopy::{Detector, Error, Findings, Input, ReadOptions, Reader, Settings, find_inputs};

use crate::args::SearchArgs;
use crate::exit;
use crate::output::NewFile;
use crate::progress::StageBar;
use crate::summary::{Outcome, Summary};

/// Invalid records that are reported one by one; the others are counted.
const REPORTED: u64 = 20;

/// What is to be read, and how copies are looked for in it.
pub(crate) struct Search {
    pub(crate) inputs: Vec<Input>,
    pub(crate) options: ReadOptions,
    pub(crate) settings: Settings,
    pub(crate) against: Vec<Input>,
    skip_invalid: bool,
    copies: bool,
    closing: Closing,
}

/// What is said when all is done.
pub(crate) struct Closing {
    started: Instant,
    invalid: u64,
    quiet: bool,
    summary: Option<NewFile>,
}

impl Search {
    /// Checks what was asked for. `settings` may already hold what only one command knows.
    pub(crate) fn new(arguments: &SearchArgs, mut settings: Settings) -> anyhow::Result<Self> {
        let started = Instant::now();
        arguments.judge.apply(&mut settings);
        arguments.shingles.apply(&mut settings);
        arguments.candidates.apply(&mut settings);
        arguments.resources.apply(&mut settings)?;
        settings.check()?;
        // Before any output is begun, which may stand in a folder that is read.
        let inputs = find_inputs(&arguments.paths)?;
        let against =
            if arguments.against.is_empty() { Vec::new() } else { find_inputs(&arguments.against)? };
        check_apart(&inputs, &against)?;
        let summary = arguments.summary.as_deref().map(NewFile::create).transpose()?;
        Ok(Self {
            inputs,
            options: arguments.read.options(),
            settings,
            against,
            skip_invalid: arguments.skip_invalid,
            copies: false,
            closing: Closing { started, invalid: 0, quiet: arguments.quiet, summary },
        })
    }

    /// Makes it a search whose input is copied afterwards: it can be read again, and a file that cannot be read to its
    /// end is an error in any case, since what stands there would be lost.
    pub(crate) fn for_copies(mut self) -> anyhow::Result<Self> {
        let folder = self.settings.temp_folder();
        let again = |input: Input| input.into_repeatable(&folder);
        self.inputs = self.inputs.into_iter().map(again).collect::<Result<_, Error>>()?;
        self.copies = true;
        Ok(self)
    }

    /// Reads the articles and finds what they share. Inputs that can be read again stay.
    pub(crate) fn find(&mut self) -> anyhow::Result<(Findings, Closing)> {
        let mut detector = Detector::new(self.settings.clone())?;
        let Self { closing, skip_invalid, copies, .. } = self;
        let mut invalid = Invalid::default();
        for (inputs, is_reference) in [(&mut self.against, true), (&mut self.inputs, false)] {
            if is_reference && inputs.is_empty() {
                continue;
            }
            let progress = StageBar::new(size(inputs), closing.quiet);
            let skip = |error: Error| {
                if !*skip_invalid || *copies && !is_reference && !error.is_record() {
                    return Err(error);
                }
                invalid.note(&error, &progress);
                Ok(())
            };
            let once = if *copies && !is_reference {
                inputs.iter().filter_map(Input::again).collect()
            } else {
                std::mem::take(inputs)
            };
            let reader = Reader::new(once, self.options.clone());
            if is_reference {
                detector.read_reference(reader, &progress, skip)?;
            } else {
                detector.read(reader, &progress, skip)?;
            }
        }
        let progress = StageBar::new(None, closing.quiet);
        let findings = detector.finish(&progress)?;
        drop(progress);
        invalid.count_others();
        warn_of_unknown_sites(&findings);
        closing.invalid = invalid.0;
        let summary = closing.summary.take();
        Ok((
            findings,
            Closing { started: closing.started, invalid: invalid.0, quiet: closing.quiet, summary },
        ))
    }
}

/// Says which sites that are to be preferred no article stands on.
fn warn_of_unknown_sites(findings: &Findings) {
    let corpus = findings.corpus();
    for name in &findings.settings().preference.sites {
        let is_it = |id| corpus.site(id).is_some_and(|site| site.eq_ignore_ascii_case(name));
        if !corpus.is_empty() && !corpus.ids().any(is_it) {
            exit::warn(&format!("no article stands on {name}, which --prefer-site names"));
        }
    }
}

/// The number of records that could not be read.
#[derive(Default)]
struct Invalid(u64);

impl Invalid {
    /// Counts one more, and reports it unless there are too many.
    fn note(&mut self, error: &Error, progress: &StageBar) {
        self.0 += 1;
        if self.0 <= REPORTED {
            progress.aside(|| exit::warn_of(error));
        }
    }

    /// Says how many there are that were not reported.
    fn count_others(&self) {
        if self.0 > REPORTED {
            exit::warn(&format!("{} more records cannot be read", self.0 - REPORTED));
        }
    }
}

/// Reads all articles, and says which records cannot be read where these are to be skipped.
pub(crate) fn read(
    reader: Reader,
    detector: &mut Detector,
    progress: &StageBar,
    skip_invalid: bool,
) -> anyhow::Result<()> {
    let mut invalid = Invalid::default();
    detector.read(reader, progress, |error| {
        if !skip_invalid {
            return Err(error);
        }
        invalid.note(&error, progress);
        Ok(())
    })?;
    progress.aside(|| invalid.count_others());
    Ok(())
}

impl Closing {
    /// Says what was done.
    pub(crate) fn finish(self, findings: &Findings, outcome: Outcome) -> anyhow::Result<()> {
        let summary = Summary::new(findings, outcome, self.invalid, self.started.elapsed());
        if let Some(mut file) = self.summary {
            summary.write(&mut file)?;
            file.finish()?;
        }
        if !self.quiet {
            // Where it cannot be written, nobody is left to be told.
            let _ = writeln!(io::stderr(), "{summary}");
        }
        Ok(())
    }
}

/// Checks that nothing is matched against itself.
fn check_apart(inputs: &[Input], against: &[Input]) -> anyhow::Result<()> {
    let place = |input: &Input| input.path().and_then(|path| fs::canonicalize(path).ok());
    let known: std::collections::BTreeSet<_> = inputs.iter().filter_map(place).collect();
    for input in against {
        if input.name() == "-" && inputs.iter().any(|other| other.name() == "-") {
            bail!("-: standard input is given twice");
        }
        if place(input).is_some_and(|place| known.contains(&place)) {
            bail!(
                "{}: is given as input and with --against; each of its articles would be a copy of itself",
                input.name()
            );
        }
    }
    Ok(())
}

/// Adds up the sizes of inputs; nothing where one is standard input, a pipe, or packed.
pub(crate) fn size(inputs: &[Input]) -> Option<u64> {
    inputs
        .iter()
        .map(|input| {
            let path = Path::new(input.name());
            let is_packed = path.extension().is_some_and(|ending| ending == "gz" || ending == "zst");
            let metadata = fs::metadata(path).ok()?;
            (metadata.is_file() && !is_packed).then_some(metadata.len())
        })
        .sum()
}
