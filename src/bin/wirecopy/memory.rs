//! Remembers the articles of a run in an archive.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::bail;
use jiff::Timestamp;
use serde::Serialize;
use wirecopy::archive::{Archive, ArchiveWriter, BatchPlan, Purpose, Remembered, Snapshot};
use wirecopy::progress::Progress;
use wirecopy::provenance::Seconds;
use wirecopy::report::Offsets;
use wirecopy::{ArticleId, Detector, Error, Findings, Settings};

use crate::args::RememberArgs;
use crate::error_message::note;
use crate::number::{counted, grouped, plural};

/// The archive in which the articles of a run are remembered.
pub(crate) struct Memory {
    writer: ArchiveWriter,
    purpose: Purpose,
    seen: Seconds,
    expire_after: Option<u64>,
}

impl Memory {
    /// Opens the archive that the arguments name, if they name one, and locks it; creates it if it does not exist, and says so
    /// unless the run is quiet.
    pub(crate) fn open(
        arguments: &RememberArgs,
        settings: &Settings,
        purpose: Purpose,
        is_quiet: bool,
    ) -> anyhow::Result<Option<Self>> {
        let Some(path) = &arguments.archive else { return Ok(None) };
        let archive = if Archive::is_archive(path) {
            Archive::open(path)?
        } else {
            let archive = Archive::create(path, settings, arguments.keep_texts)?;
            if !is_quiet {
                note(&format!("{}: is a new archive", path.display()));
            }
            archive
        };
        let writer = archive.write()?;
        writer.snapshot().check_settings(settings)?;
        if arguments.keep_texts && !writer.snapshot().keeps_texts() {
            note(&format!("{}: keeps no texts, since it was created without --keep-texts", path.display()));
        }
        let seen = arguments.seen.unwrap_or_else(|| Timestamp::now().as_second());
        Ok(Some(Self { writer, purpose, seen, expire_after: arguments.expire_after }))
    }

    /// Returns the archive as it is before the run.
    pub(crate) fn snapshot(&self) -> &Snapshot {
        self.writer.snapshot()
    }

    /// Adds to the settings of a run what an archive needs.
    pub(crate) fn apply(&self, settings: &mut Settings) {
        settings.keep_texts |= self.writer.snapshot().keeps_texts();
        // Later runs may remove duplicates because of these articles.
        settings.for_removals = true;
    }

    /// Finds what the articles share with those of the archive.
    pub(crate) fn find(
        self,
        detector: Detector,
        progress: &dyn Progress,
    ) -> Result<(Findings, PlannedMemory), Error> {
        let (findings, plan) = self.writer.find(detector, self.purpose, self.seen, progress)?;
        Ok((findings, PlannedMemory { memory: self, plan, removed: BTreeSet::new() }))
    }
}

/// The articles of a run, before they are remembered.
pub(crate) struct PlannedMemory {
    memory: Memory,
    plan: BatchPlan,
    removed: BTreeSet<ArticleId>,
}

impl PlannedMemory {
    /// Sets the articles that are removed as duplicates.
    pub(crate) fn set_removed(&mut self, removed: impl IntoIterator<Item = ArticleId>) {
        self.removed = removed.into_iter().collect();
    }

    /// Remembers the articles. Returns what changed.
    pub(crate) fn commit(self, findings: &Findings) -> Result<MemoryRecord, Error> {
        let Memory { mut writer, seen, expire_after, .. } = self.memory;
        let changed = writer.remember(findings, &self.plan, &self.removed)?;
        let expired = match expire_after {
            Some(seconds) => {
                writer.expire(seen.saturating_sub_unsigned(seconds), Timestamp::now().as_second())?
            }
            None => 0,
        };
        let snapshot = writer.snapshot();
        let path = archive_name(snapshot.path());
        Ok(MemoryRecord { path, changed, expired, articles: snapshot.len(), loaded: self.plan.loaded() })
    }
}

/// Checks that an archive keeps texts if a report counts their characters.
pub(crate) fn check_offsets(archive: &Snapshot, offsets: Offsets) -> anyhow::Result<()> {
    if offsets == Offsets::Chars && !archive.keeps_texts() {
        bail!(
            "{}: keeps no texts, so that offsets in characters are not known; use --offsets bytes, or build an archive with \
             --keep-texts",
            archive.path().display()
        );
    }
    Ok(())
}

/// Returns the name of an archive in messages.
fn archive_name(path: &Path) -> String {
    path.display().to_string()
}

/// The changes that a run made in an archive.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct MemoryRecord {
    path: String,
    #[serde(flatten)]
    changed: Remembered,
    expired: usize,
    /// The number of articles that are in the archive now.
    articles: usize,
    /// The number of its articles that were looked at.
    loaded: usize,
}

impl MemoryRecord {
    /// Returns a line for people.
    pub(crate) fn line(&self) -> String {
        let Remembered { added, same, revised, new_stories, merged_stories, new_templates, .. } =
            self.changed;
        let mut parts = vec![format!("{} added", grouped(added))];
        let others = [(same, "there already"), (revised, "replaced"), (self.expired, "expired")];
        parts.extend(
            others
                .iter()
                .filter(|(count, _)| *count > 0)
                .map(|(count, what)| format!("{} {what}", grouped(*count))),
        );
        if new_stories > 0 {
            parts.push(plural(new_stories, "new story", "new stories"));
        }
        if merged_stories > 0 {
            parts.push(format!("{} merged", plural(merged_stories, "story", "stories")));
        }
        if new_templates > 0 {
            parts.push(plural(new_templates, "new template", "new templates"));
        }
        format!("{}: {}, {} now", self.path, parts.join(", "), counted(self.articles, "article"))
    }
}
