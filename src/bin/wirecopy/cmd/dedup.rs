//! `wirecopy dedup`: writes the records that are no duplicates, byte for byte, or, of Parquet, value for value.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use wirecopy::archive::Purpose;
use wirecopy::dedup::Removal;
use wirecopy::error::Problem;
use wirecopy::read::{Batch, Format};
use wirecopy::report::{Offsets, RemovalRecord};
#[cfg(feature = "parquet")]
use wirecopy::rewrite::RowRewriter;
#[cfg(feature = "web")]
use wirecopy::rewrite::WarcRewriter;
use wirecopy::rewrite::{Edit, InvalidRecord, OriginalInput, RemovedBytes, RemovedRecord, Rewriter};
use wirecopy::{ArticleId, Error, Findings, Settings};

use crate::args::{DedupArgs, KnownArg};
use crate::edit_progress::EditProgress;
use crate::edited_output::EditedOutput;
use crate::error_message::problem;
use crate::exit::Answer;
use crate::many_removed::warn_of_many;
use crate::new_file::NewFile;
use crate::output::Output;
use crate::output_check::{check_outputs, check_stdout};
use crate::output_mode::OutputMode;
use crate::output_name::JSON_LINES;
use crate::search::{Found, Search};
use crate::summary::{ExceptedCounts, KnownCounts, Outcome};

pub(crate) fn run(arguments: &DedupArgs) -> anyhow::Result<Answer> {
    let settings = Settings::with(|settings| {
        settings.novel_words = arguments.novel_words;
        settings.preference = arguments.prefer.preference();
        settings.known = KnownArg::choice(arguments.known);
    });
    let search = Search::new(&arguments.search, settings)?;
    let search = search.remember(&arguments.remember, Purpose::Removal)?;
    let mut output = edited_output(arguments, &search)?;
    let mode = OutputMode::of(&search.inputs);
    let removed_output = match (&arguments.removed, arguments.dry_run) {
        (Some(path), _) => RemovedOutput::File(NewFile::create(path, JSON_LINES, mode)?),
        (None, true) => RemovedOutput::DryRun(Output::open(None, JSON_LINES, mode)?),
        (None, false) => RemovedOutput::Nothing,
    };
    let invalid_output =
        arguments.invalid.as_deref().map(|path| NewFile::create(path, JSON_LINES, mode)).transpose()?;
    let search = search.for_rewriting()?;
    output.check_terminal(&search.inputs)?;
    let Found { findings, inputs, options, mut closing } = search.find()?;
    let deduplication = findings.deduplication();
    let removals = &deduplication.removals;
    closing.set_removed(removals.iter().map(|removal| removal.id));
    let mut dedup = Dedup {
        findings: &findings,
        decisions: Decisions {
            removals: removals.iter().map(|removal| (removal.id, removal)).collect(),
            records: findings.records(),
            next: 0,
            moves_invalid: invalid_output.is_some(),
            most_words: findings.settings().most_words(),
        },
        removed_output,
        invalid_output,
        progress: EditProgress::new(findings.sources(), &output, closing.is_quiet()),
    };
    for (index, (input, summary)) in inputs.iter().zip(findings.sources()).enumerate() {
        if summary.skipped.is_some() {
            output.copy(index, input)?;
            continue;
        }
        #[cfg(feature = "parquet")]
        if summary.format == Format::Parquet {
            let rewriter = RowRewriter {
                input,
                options: &options,
                summary,
                compression: output.compression(summary.compression),
            };
            dedup.write_kept(&mut output, index, |name, out, keep| rewriter.write_kept(name, out, keep))?;
            dedup.progress.end_input(summary);
            continue;
        }
        #[cfg(feature = "web")]
        if summary.format == Format::Warc {
            let compression = output.compression(summary.compression);
            let rewriter = WarcRewriter { input, options: &options, summary, compression };
            dedup.write_kept(&mut output, index, |name, out, keep| rewriter.write_kept(name, out, keep))?;
            dedup.progress.end_input(summary);
            continue;
        }
        let original = OriginalInput::new(index, summary, output.path_in_folder(index));
        let rewriter = Rewriter {
            input,
            options: &options,
            summary,
            header_prefix: &[],
            header_suffix: &[],
            compression: output.compression(summary.compression),
        };
        let has_removed = dedup.rewrite(&rewriter, &original, &mut output, index)?;
        dedup.progress.end_input(summary);
        // A plain text file or a web page is one article.
        if has_removed && matches!(summary.format, Format::Text | Format::Html) {
            output.discard(index)?;
        }
    }
    drop(dedup.progress);
    // The removed records have their name before the output without them, so that no record can be lost.
    let removed_output = match dedup.removed_output {
        RemovedOutput::File(file) => file.finish()?,
        RemovedOutput::DryRun(output) => output.finish()?,
        RemovedOutput::Nothing => None,
    };
    let invalid_output = dedup.invalid_output.map(NewFile::finish).transpose()?.flatten();
    let outputs = [removed_output, invalid_output, output.finish()?];
    warn_of_many(&findings, removals);
    let known_removed = removals.iter().filter(|removal| removal.is_known).count();
    let known = KnownCounts { kept: findings.known().len() - known_removed, removed: known_removed };
    let excepted = ExceptedCounts::new(&deduplication);
    closing.finish(&findings, Outcome::Removed { removed: removals.len(), known, excepted }, outputs)?;
    Ok(Answer::Done)
}

/// Checks that no output overwrites an input, and creates the output for the remaining records.
fn edited_output(arguments: &DedupArgs, search: &Search) -> anyhow::Result<EditedOutput> {
    let paths = &arguments.search.paths;
    let rewrite = &arguments.rewrite;
    let outputs = [
        &rewrite.output,
        &rewrite.output_dir,
        &arguments.removed,
        &arguments.invalid,
        &arguments.search.summary,
    ];
    let outputs: Vec<&Path> = outputs.into_iter().filter_map(|path| path.as_deref()).collect();
    check_outputs(paths, &search.inputs, &outputs)?;
    check_outputs(&[], &search.against, &outputs)?;
    check_outputs(&[], &search.template_file, &outputs)?;
    let output = if arguments.dry_run {
        EditedOutput::Nothing
    } else {
        EditedOutput::new(rewrite, paths, &search.inputs)?
    };
    if matches!(output, EditedOutput::Stdout) {
        check_stdout(&search.inputs)?;
    }
    Ok(output)
}

/// The destination of removed records.
enum RemovedOutput {
    Nothing,
    /// A file with the records and the reasons.
    File(NewFile),
    /// Standard output, with the reasons only.
    DryRun(Output),
}

/// Divides the records of all inputs into those that stay and those that are removed.
struct Dedup<'f> {
    findings: &'f Findings,
    decisions: Decisions<'f>,
    removed_output: RemovedOutput,
    invalid_output: Option<NewFile>,
    progress: EditProgress,
}

/// A record that is removed, and the reason.
enum Removed<'f> {
    Duplicate { removal: &'f Removal, text: String },
    Invalid(InvalidRecord),
}

impl<'f> Dedup<'f> {
    /// Writes the remaining records of one input. Returns whether any record was removed.
    fn rewrite(
        &mut self,
        rewriter: &Rewriter<'_>,
        original: &OriginalInput,
        output: &mut EditedOutput,
        index: usize,
    ) -> anyhow::Result<bool> {
        let Self { findings, decisions, removed_output, invalid_output, progress } = self;
        let mut has_removed = false;
        let edit = |batch: &Batch, index: usize| -> Result<Edit<Removed<'f>>, Error> {
            progress.add(batch, index);
            let removed = decisions.next(batch, index)?;
            has_removed |= removed.is_some();
            Ok(removed.map_or(Edit::Keep, Edit::Remove))
        };
        let receive_removed = |removed: Removed<'f>, bytes: &RemovedBytes| match removed {
            Removed::Duplicate { removal, text } => {
                let description = RemovalRecord::new(findings.corpus(), removal, &text, Offsets::Bytes);
                match removed_output {
                    RemovedOutput::Nothing => Ok(()),
                    RemovedOutput::File(file) => file.line(&RemovedRecord::new(description, original, bytes)),
                    RemovedOutput::DryRun(output) => output.line(&description),
                }
            }
            Removed::Invalid(description) => match invalid_output {
                Some(file) => file.line(&RemovedRecord::new(description, original, bytes)),
                None => Ok(()),
            },
        };
        let name = output.name(index);
        let mut out = output.open(index)?;
        rewriter.write(&name, &mut out as &mut dyn Write, edit, receive_removed)?;
        drop(out);
        Ok(has_removed)
    }
}

/// Whether a record stays, which is at an index of a batch.
#[cfg(any(feature = "parquet", feature = "web"))]
type Keep<'k> = dyn FnMut(&Batch, usize) -> Result<bool, Error> + 'k;

#[cfg(any(feature = "parquet", feature = "web"))]
impl Dedup<'_> {
    /// Writes the remaining rows of a Parquet file, or records of a web archive, by `write`. What is written of a removed
    /// one is only why, and it cannot be put back: the values of a row are in columns, and a record of an archive is removed
    /// with others that belong to it.
    fn write_kept(
        &mut self,
        output: &mut EditedOutput,
        index: usize,
        write: impl FnOnce(&Path, &mut (dyn Write + Send), &mut Keep<'_>) -> Result<(), Error>,
    ) -> anyhow::Result<()> {
        let Self { findings, decisions, removed_output, invalid_output, progress: _ } = self;
        let mut keep = |batch: &Batch, index: usize| -> Result<bool, Error> {
            let Some(removed) = decisions.next(batch, index)? else { return Ok(true) };
            match (removed, invalid_output.as_mut()) {
                (Removed::Duplicate { removal, text }, _) => {
                    let description = RemovalRecord::new(findings.corpus(), removal, &text, Offsets::Bytes);
                    match removed_output {
                        RemovedOutput::Nothing => {}
                        RemovedOutput::File(file) => file.line(&description)?,
                        RemovedOutput::DryRun(output) => output.line(&description)?,
                    }
                }
                (Removed::Invalid(description), Some(file)) => file.line(&description)?,
                (Removed::Invalid(_), None) => {}
            }
            Ok(false)
        };
        let name = output.name(index);
        Ok(write(&name, &mut output.open(index)?, &mut keep)?)
    }
}

/// The decision about each record, in the order of reading.
struct Decisions<'f> {
    removals: BTreeMap<ArticleId, &'f Removal>,
    /// The article that each record was in the search, or `None` if it could not be read.
    records: Vec<Option<ArticleId>>,
    /// The index of the next record in `records`.
    next: usize,
    /// True if records that cannot be read are removed.
    moves_invalid: bool,
    /// The number of words of the longest text that was taken in.
    most_words: usize,
}

impl<'f> Decisions<'f> {
    /// Returns the next record, which is at `index` of a batch, if it is removed.
    fn next(&mut self, batch: &Batch, index: usize) -> Result<Option<Removed<'f>>, Error> {
        let article = self.records.get(self.next).copied().flatten();
        self.next += 1;
        match article {
            Some(id) => duplicate(self.removals.get(&id).copied(), batch, index),
            None if self.moves_invalid => {
                // What can be parsed was too long to be taken in.
                let too_long = Problem::TooManyWords { limit: self.most_words };
                let error = batch.article(index).err();
                Ok(Some(invalid(&error.unwrap_or_else(|| Error::record(&batch.location(index), too_long)))))
            }
            None => Ok(None),
        }
    }
}

/// Returns the record at `index` of a batch as a duplicate, if its article is removed.
fn duplicate<'f>(
    removal: Option<&'f Removal>,
    batch: &Batch,
    index: usize,
) -> Result<Option<Removed<'f>>, Error> {
    let Some(removal) = removal else { return Ok(None) };
    Ok(Some(Removed::Duplicate { removal, text: batch.article(index)?.text.into_owned() }))
}

/// Returns a record as one that could not be read.
fn invalid<'f>(error: &Error) -> Removed<'f> {
    Removed::Invalid(InvalidRecord { error: problem(error), ..InvalidRecord::from(error) })
}
