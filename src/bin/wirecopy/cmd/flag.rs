//! `wirecopy flag`: records in, each with what it is a copy of out.

use std::path::Path;

use wirecopy::read::Batch;
use wirecopy::report::{Flags, Offsets};
use wirecopy::rewrite::{AddedMember, Edit, RemovedBytes, Rewriter};
use wirecopy::{Error, Settings};

use crate::args::FlagArgs;
use crate::exit::Answer;
use crate::search::Search;
use crate::summary::Outcome;
use crate::target::{self, Target};

/// Nothing is cut out of what is flagged.
enum Never {}

pub(crate) fn run(arguments: &FlagArgs) -> anyhow::Result<Answer> {
    let offsets = arguments.offsets.offsets();
    let settings = Settings {
        join_words: arguments.join_words,
        preference: arguments.prefer.preference(),
        keep_texts: offsets == Offsets::Chars,
        ..Settings::default()
    };
    let mut search = Search::new(&arguments.search, settings)?;
    let paths = &arguments.search.paths;
    let files = [&arguments.rewrite.output, &arguments.rewrite.output_dir, &arguments.search.summary];
    let files: Vec<&Path> = files.into_iter().filter_map(|path| path.as_deref()).collect();
    target::check_apart(paths, &search.inputs, &files)?;
    target::check_apart(&[], &search.against, &files)?;
    let mut target = Target::new(&arguments.rewrite, paths, &search.inputs)?;
    if matches!(target, Target::Stdout) {
        target::check_stdout(&search.inputs)?;
    }
    search = search.for_copies()?;
    let (findings, closing) = search.find()?;
    let flags = Flags::new(findings.corpus(), findings.clusters());
    let records = findings.records();
    let mut next = 0;
    for (number, (input, summary)) in search.inputs.iter().zip(findings.sources()).enumerate() {
        let flag = AddedMember { name: &arguments.member, summary };
        let header_suffix = flag.header_suffix()?;
        let rewriter = Rewriter { input, options: &search.options, summary, header_suffix: &header_suffix };
        let edit = |batch: &Batch, index: usize| -> Result<Edit<Never>, Error> {
            let became = records.get(next).copied().flatten();
            next += 1;
            // What cannot be read stays as it is.
            let Some(id) = became else { return Ok(Edit::Keep) };
            let value = serde_json::to_string(&flags.record(id, offsets))
                .expect("names and numbers make a JSON value");
            flag.edit(batch, index, &value)
        };
        let name = target.name(number);
        let mut out = target.open(number)?;
        rewriter.write(&name, &mut out, edit, |never: Never, _: &RemovedBytes| match never {})?;
    }
    target.finish()?;
    closing.finish(&findings, Outcome::Flagged { flagged: flags.len() })?;
    Ok(Answer::Done)
}
