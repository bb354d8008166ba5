//! `wirecopy flag`: writes each record with the clusters that contain its article.

use std::path::Path;

use anyhow::bail;
use wirecopy::archive::Purpose;
#[cfg(feature = "parquet")]
use wirecopy::read::Format;
use wirecopy::read::{Batch, SourceSummary};
#[cfg(feature = "parquet")]
use wirecopy::report::Cell;
use wirecopy::report::{CellKind, Flags, Offsets};
#[cfg(feature = "parquet")]
use wirecopy::rewrite::RowRewriter;
use wirecopy::rewrite::{AddedColumns, AddedMember, Edit, RemovedBytes, Rewriter};
use wirecopy::write::CellStyle;
use wirecopy::{Error, Settings};

use crate::args::FlagArgs;
use crate::edit_progress::EditProgress;
use crate::edited_output::EditedOutput;
use crate::exit::Answer;
use crate::output_check::{check_outputs, check_stdout};
use crate::search::{Found, Search};
use crate::summary::Outcome;

/// A removed record, which does not exist: flagging removes nothing.
enum Never {}

pub(crate) fn run(arguments: &FlagArgs) -> anyhow::Result<Answer> {
    let offsets = arguments.offsets.offsets();
    let settings = Settings::with(|settings| {
        arguments.join.apply(settings);
        settings.preference = arguments.prefer.preference();
        settings.keep_texts = offsets == Offsets::Chars;
        settings.for_removals = false;
    });
    let search = Search::new(&arguments.search, settings)?;
    let search = search.remember(&arguments.remember, Purpose::Stories)?;
    search.check_offsets(offsets)?;
    let mut output = edited_output(arguments, &search)?;
    let Found { findings, inputs, options, closing } = {
        let search = search.for_rewriting()?;
        output.check_terminal(&search.inputs)?;
        search.find()?
    };
    let style = arguments.cells.style();
    check_style(style, findings.sources())?;
    let flags = Flags::new(findings.corpus(), findings.clusters());
    let records = findings.records();
    let member = AddedMember { name: arguments.member.as_deref().unwrap_or(DEFAULT_MEMBER) };
    let columns = added_columns(&flags, arguments.member.as_deref());
    let names: Vec<String> = columns.iter().map(|(name, _)| name.clone()).collect();
    let mut next = 0;
    let mut progress = EditProgress::new(findings.sources(), &output, closing.is_quiet());
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
            let first = next;
            next += summary.records as usize;
            let cells = |row: usize| {
                let article = records.get(first + row).copied().flatten();
                article.map_or_else(|| vec![Cell::Empty; columns.len()], |id| flags.cells(id))
            };
            let name = output.name(index);
            rewriter.write_with_columns(&name, &mut output.open(index)?, &columns, cells)?;
            progress.end_input(summary);
            continue;
        }
        let columns = summary.delimiter.map(|delimiter| AddedColumns { names: &names, delimiter, style });
        let header_suffix = match &columns {
            Some(columns) => columns.header_suffix(summary)?,
            None => AddedMember::check(summary).map(|()| Vec::new())?,
        };
        let rewriter = Rewriter {
            input,
            options: &options,
            summary,
            header_prefix: style.mark(),
            header_suffix: &header_suffix,
            compression: output.compression(summary.compression),
        };
        let edit = |batch: &Batch, index: usize| -> Result<Edit<Never>, Error> {
            let article = records.get(next).copied().flatten();
            next += 1;
            progress.add(batch, index);
            // A record that could not be read stays unchanged.
            let Some(id) = article else { return Ok(Edit::Keep) };
            if let Some(columns) = &columns {
                return Ok(columns.edit(batch, index, flags.cells(id)));
            }
            let value = serde_json::to_string(&flags.record(id, offsets))
                .expect("strings and numbers are always valid JSON values");
            member.edit(batch, index, &value)
        };
        let name = output.name(index);
        let mut out = output.open(index)?;
        rewriter.write(&name, &mut out, edit, |never: Never, _: &RemovedBytes| match never {})?;
        progress.end_input(summary);
    }
    drop(progress);
    closing.finish(&findings, Outcome::Flagged { flagged: flags.len() }, [output.finish()?])?;
    Ok(Answer::Done)
}

/// Checks that a style of tables is asked only of tables.
fn check_style(style: CellStyle, sources: &[SourceSummary]) -> anyhow::Result<()> {
    let is_other = |source: &&SourceSummary| source.skipped.is_none() && source.delimiter.is_none();
    match sources.iter().find(is_other) {
        Some(source) if style == CellStyle::Spreadsheet => bail!(
            "{}: is {}, and --spreadsheet is for CSV and TSV; remove it, or write a table with `wirecopy cluster --spreadsheet`",
            source.name,
            source.format.name()
        ),
        _ => Ok(()),
    }
}

/// The name of the member that is added to JSON if none is given.
const DEFAULT_MEMBER: &str = "wirecopy";

/// Returns the names and the types of the columns that are added to tables: those of the records, after the given prefix.
fn added_columns(flags: &Flags<'_>, prefix: Option<&str>) -> Vec<(String, CellKind)> {
    let name = |name: &str| prefix.map_or_else(|| name.to_owned(), |prefix| format!("{prefix}_{name}"));
    flags.columns().into_iter().map(|(column, kind)| (name(column), kind)).collect()
}

/// Checks that no output overwrites an input, and creates the output for the flagged records.
fn edited_output(arguments: &FlagArgs, search: &Search) -> anyhow::Result<EditedOutput> {
    let paths = &arguments.search.paths;
    let outputs = [&arguments.rewrite.output, &arguments.rewrite.output_dir, &arguments.search.summary];
    let outputs: Vec<&Path> = outputs.into_iter().filter_map(|path| path.as_deref()).collect();
    check_outputs(paths, &search.inputs, &outputs)?;
    check_outputs(&[], &search.against, &outputs)?;
    check_outputs(&[], &search.template_file, &outputs)?;
    let output = EditedOutput::new(&arguments.rewrite, paths, &search.inputs)?;
    if matches!(output, EditedOutput::Stdout) {
        check_stdout(&search.inputs)?;
    }
    Ok(output)
}
