//! `wirecopy archive`: looks into an archive, and keeps it in order.

mod stories;
mod templates;

use std::io::{self, Write as _};
use std::path::Path;

use anyhow::Context as _;
use jiff::Timestamp;
use wirecopy::archive::{Archive, Snapshot};

use crate::args::{
    ArchiveArgs, ArchiveCommand, ArchiveCompactArgs, ArchiveExpireArgs, ArchiveRemoveArgs, read_templates,
};
use crate::error_message::note;
use crate::exit::Answer;
use crate::number::counted;
use crate::output::Output;
use crate::output_mode::OutputMode;
use crate::output_name::{JSON, JSON_LINES};
use crate::publication::publish;
use crate::stage_bar::StageBar;

pub(crate) fn run(arguments: &ArchiveArgs) -> anyhow::Result<Answer> {
    match &arguments.command {
        ArchiveCommand::Info(arguments) => info(&arguments.folder)?,
        ArchiveCommand::Stories(arguments) => stories::run(arguments)?,
        ArchiveCommand::Templates(arguments) => templates::run(arguments)?,
        ArchiveCommand::Events(arguments) => events(&arguments.folder, arguments.output.as_deref())?,
        ArchiveCommand::Export(arguments) => export(&arguments.folder, arguments.output.as_deref())?,
        ArchiveCommand::Remove(arguments) => remove(arguments)?,
        ArchiveCommand::Expire(arguments) => expire(arguments)?,
        ArchiveCommand::Compact(arguments) => compact(arguments)?,
        ArchiveCommand::Check(arguments) => check(&arguments.folder)?,
    }
    Ok(Answer::Done)
}

/// The time by the clock of the machine, in seconds since 1970.
fn now() -> i64 {
    Timestamp::now().as_second()
}

fn info(folder: &Path) -> anyhow::Result<()> {
    let info = Archive::open(folder)?.snapshot().info();
    let mut output = Output::open(None, JSON, OutputMode::default())?;
    serde_json::to_writer_pretty(&mut output, &info).map_err(io::Error::from)?;
    writeln!(output)?;
    Ok(publish(output.finish()?)?)
}

fn events(folder: &Path, output: Option<&Path>) -> anyhow::Result<()> {
    let events = Archive::open(folder)?.snapshot().events()?;
    let mut output = Output::open(output, JSON_LINES, OutputMode::default())?;
    for event in &events {
        output.line(event)?;
    }
    Ok(publish(output.finish()?)?)
}

fn export(folder: &Path, output: Option<&Path>) -> anyhow::Result<()> {
    let archive = Archive::open(folder)?;
    let mut output = Output::open(output, JSON_LINES, OutputMode::default())?;
    archive.snapshot().for_each_article(|article| output.line(article))?;
    Ok(publish(output.finish()?)?)
}

fn remove(arguments: &ArchiveRemoveArgs) -> anyhow::Result<()> {
    let what = &arguments.what;
    let mut keys: Vec<String> = what.keys.clone();
    if let Some(path) = &what.keys_from {
        let lines =
            std::fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))?;
        keys.extend(lines.lines().filter(|line| !line.is_empty()).map(str::to_owned));
    }
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let templates = what.templates.as_deref().map(read_templates).transpose()?;
    let mut writer = Archive::open(&arguments.folder)?.write()?;
    if !keys.is_empty() || templates.is_none() {
        let removed = writer.remove(&keys, now())?;
        say(writer.snapshot(), &format!("{} removed", counted(removed, "article")));
    }
    if let Some(templates) = templates {
        let removed = writer.remove_templates(&templates, now())?;
        let (folder, left) = (arguments.folder.display(), writer.snapshot().given_templates().len());
        note(&format!(
            "{folder}: {} removed; {} now",
            counted(removed, "template"),
            counted(left, "template")
        ));
    }
    Ok(())
}

fn expire(arguments: &ArchiveExpireArgs) -> anyhow::Result<()> {
    let mut writer = Archive::open(&arguments.folder)?.write()?;
    let before = arguments
        .before
        .unwrap_or_else(|| now().saturating_sub_unsigned(arguments.older_than.unwrap_or_default()));
    let expired = writer.expire(before, now())?;
    say(writer.snapshot(), &format!("{} expired", counted(expired, "article")));
    Ok(())
}

fn compact(arguments: &ArchiveCompactArgs) -> anyhow::Result<()> {
    let mut writer = Archive::open(&arguments.folder)?.write()?;
    let mut settings = writer.snapshot().settings();
    arguments.resources.apply(&mut settings)?;
    let progress = StageBar::after_reading(arguments.quiet);
    writer.compact(settings, now(), &progress)?;
    drop(progress);
    say(writer.snapshot(), "compacted");
    Ok(())
}

fn check(folder: &Path) -> anyhow::Result<()> {
    let archive = Archive::open(folder)?;
    archive.snapshot().check()?;
    say(&archive.snapshot(), "every byte is as it was written");
    Ok(())
}

/// Says what was done, and how many articles there are.
fn say(snapshot: &Snapshot, what: &str) {
    note(&format!("{}: {what}; {} now", snapshot.path().display(), counted(snapshot.len(), "article")));
}
