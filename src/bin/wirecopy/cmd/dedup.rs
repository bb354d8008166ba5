//! `wirecopy dedup`: records in, those that are not kept elsewhere out, byte for byte.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use wirecopy::dedup::Removal;
use wirecopy::read::{Batch, Format};
use wirecopy::report::RemovalRecord;
use wirecopy::rewrite::{Edit, InvalidRecord, OriginalInput, RemovedBytes, RemovedRecord, Rewriter};
use wirecopy::{ArticleId, Error, Findings, Settings};

use crate::args::DedupArgs;
use crate::exit::{self, Answer};
use crate::output::{NewFile, Output};
use crate::search::Search;
use crate::summary::Outcome;
use crate::target::{self, Target};

pub(crate) fn run(arguments: &DedupArgs) -> anyhow::Result<Answer> {
    let settings = Settings {
        novel_words: arguments.novel_words,
        preference: arguments.prefer.preference(),
        ..Settings::default()
    };
    let mut search = Search::new(&arguments.search, settings)?;
    let paths = &arguments.search.paths;
    let files =
        [&arguments.rewrite.output, &arguments.rewrite.output_dir, &arguments.removed, &arguments.invalid];
    let files = files.into_iter().chain([&arguments.search.summary]);
    let files: Vec<&Path> = files.filter_map(|path| path.as_deref()).collect();
    target::check_apart(paths, &search.inputs, &files)?;
    target::check_apart(&[], &search.against, &files)?;
    let mut target = if arguments.dry_run {
        Target::Nothing
    } else {
        Target::new(&arguments.rewrite, paths, &search.inputs)?
    };
    if matches!(target, Target::Stdout) {
        target::check_stdout(&search.inputs)?;
    }
    let removed = match (&arguments.removed, arguments.dry_run) {
        (Some(path), _) => Removed::File(NewFile::create(path)?),
        (None, true) => Removed::Shown(Output::open(None)?),
        (None, false) => Removed::Nothing,
    };
    let invalid = arguments.invalid.as_deref().map(NewFile::create).transpose()?;
    search = search.for_copies()?;
    let (findings, closing) = search.find()?;
    let removals = findings.removals();
    let mut sorting = Sorting {
        findings: &findings,
        removals: removals.iter().map(|removal| (removal.id, removal)).collect(),
        records: findings.records(),
        next: 0,
        removed,
        invalid,
    };
    for (number, (input, summary)) in search.inputs.iter().zip(findings.sources()).enumerate() {
        let original = OriginalInput::new(number, summary, target.place(number));
        let rewriter = Rewriter { input, options: &search.options, summary, header_suffix: &[] };
        let is_cut = sorting.copy(&rewriter, &original, &mut target, number)?;
        if is_cut && summary.format == Format::Text {
            target.discard(number)?;
        }
    }
    // What went is in its place before what stays is.
    match sorting.removed {
        Removed::File(file) => file.finish()?,
        Removed::Shown(output) => output.finish()?,
        Removed::Nothing => {}
    }
    sorting.invalid.map(NewFile::finish).transpose()?;
    target.finish()?;
    closing.finish(&findings, Outcome::Removed { removed: removals.len() })?;
    Ok(Answer::Done)
}

/// Where records go that are kept elsewhere.
enum Removed {
    Nothing,
    File(NewFile),
    /// Only what is said of them.
    Shown(Output),
}

/// Sorts records into those that stay and those that go.
struct Sorting<'f> {
    findings: &'f Findings,
    removals: BTreeMap<ArticleId, &'f Removal>,
    /// What became of each record the first time it was read.
    records: Vec<Option<ArticleId>>,
    /// The number of the next record.
    next: usize,
    removed: Removed,
    invalid: Option<NewFile>,
}

/// Why a record goes.
enum Gone<'f> {
    Removed { removal: &'f Removal, text: String },
    Invalid(InvalidRecord),
}

impl<'f> Sorting<'f> {
    /// IdenticalArticles one input; tells whether any record of it goes.
    fn copy(
        &mut self,
        rewriter: &Rewriter<'_>,
        original: &OriginalInput,
        target: &mut Target,
        number: usize,
    ) -> anyhow::Result<bool> {
        let Self { findings, removals, records, next, removed, invalid } = self;
        let (mut is_cut, moves_invalid) = (false, invalid.is_some());
        let mut edit = |batch: &Batch, index: usize| -> Result<Edit<Gone<'f>>, Error> {
            let became = records.get(*next).copied().flatten();
            *next += 1;
            let gone = match became.map(|id| removals.get(&id).copied()) {
                Some(Some(removal)) => Some(Gone::Removed { removal, text: batch.article(index)?.text }),
                None if moves_invalid => batch.article(index).err().map(|error| {
                    let text = exit::problem(&error);
                    Gone::Invalid(InvalidRecord { error: text, ..InvalidRecord::from(&error) })
                }),
                _ => None,
            };
            is_cut |= gone.is_some();
            Ok(gone.map_or(Edit::Keep, Edit::Remove))
        };
        let receive_removed = |gone: Gone<'f>, bytes: &RemovedBytes| match gone {
            Gone::Removed { removal, text } => {
                let said = RemovalRecord::new(findings.corpus(), removal, &text);
                match removed {
                    Removed::Nothing => Ok(()),
                    Removed::File(file) => file.line(&RemovedRecord::new(said, original, bytes)),
                    Removed::Shown(output) => output.line(&said),
                }
            }
            Gone::Invalid(said) => match invalid {
                Some(file) => file.line(&RemovedRecord::new(said, original, bytes)),
                None => Ok(()),
            },
        };
        let name = target.name(number);
        let mut out = target.open(number)?;
        rewriter.write(&name, &mut out as &mut dyn Write, &mut edit, receive_removed)?;
        drop(out);
        Ok(is_cut)
    }
}
