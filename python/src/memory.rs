//! Matches the articles of a call with an archive, and remembers them there.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;
use wirecopy::archive::{Archive, ArchiveWriter, BatchPlan, Purpose, Remembered, Snapshot};
use wirecopy::progress::Progress;
use wirecopy::provenance::Seconds;
use wirecopy::{ArticleId, Detector, Error, Findings, Settings};

/// The use that a call makes of an archive.
#[derive(Clone, Debug)]
pub(crate) enum Memory {
    /// No archive.
    None,
    /// The articles are matched with the archive.
    Matched(Archive),
    /// They are also remembered.
    Remembered(Archive, Terms),
}

/// The terms on which articles are remembered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms {
    pub(crate) purpose: Purpose,
    /// The time at which the articles were taken in.
    pub(crate) seen: Seconds,
    /// The number of seconds after which articles are removed from the archive.
    pub(crate) expire_after: Option<u64>,
}

/// An archive as a call uses it.
#[derive(Debug)]
pub(crate) enum OpenMemory {
    None,
    Matched(Arc<Snapshot>),
    Remembered(ArchiveWriter, Terms),
}

impl Memory {
    /// Reads the last commit of the archive, and locks it if the articles are remembered.
    ///
    /// # Errors
    /// [`Error::Archive`] if it cannot be read, or if another writer has the lock.
    pub(crate) fn open(self) -> Result<OpenMemory, Error> {
        Ok(match self {
            Self::None => OpenMemory::None,
            Self::Matched(archive) => OpenMemory::Matched(archive.refresh()?),
            Self::Remembered(archive, terms) => OpenMemory::Remembered(archive.write()?, terms),
        })
    }

    /// Adds to the settings of a call what an archive needs.
    pub(crate) fn apply(&self, settings: &mut Settings) {
        if let Self::Remembered(archive, _) = self {
            settings.keep_texts |= archive.snapshot().keeps_texts();
            // Later calls may remove duplicates because of these articles.
            settings.for_removals = true;
        }
    }

    /// Returns whether the call changes the archive.
    pub(crate) fn is_changed(&self) -> bool {
        matches!(self, Self::Remembered(..))
    }
}

impl OpenMemory {
    /// Finds what the articles share among themselves, and with those of the archive.
    ///
    /// # Errors
    /// As [`Detector::finish`] and [`Snapshot::find`].
    pub(crate) fn find(
        self,
        detector: Detector,
        progress: &dyn Progress,
    ) -> Result<(Findings, Option<PlannedMemory>), Error> {
        Ok(match self {
            Self::None => (detector.finish(progress)?, None),
            Self::Matched(snapshot) => (snapshot.find(detector, progress)?, None),
            Self::Remembered(writer, terms) => {
                let (findings, plan) = writer.find(detector, terms.purpose, terms.seen, progress)?;
                (findings, Some(PlannedMemory { writer, terms, plan }))
            }
        })
    }
}

/// The articles of a call, before they are remembered. It holds the lock of the archive.
#[derive(Debug)]
pub(crate) struct PlannedMemory {
    writer: ArchiveWriter,
    terms: Terms,
    plan: BatchPlan,
}

/// The changes that a call made in an archive: the fields that the summary of the command has.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct MemoryRecord {
    #[serde(flatten)]
    changed: Remembered,
    expired: usize,
    articles: usize,
    loaded: usize,
}

impl PlannedMemory {
    /// Returns the purpose of the call.
    pub(crate) fn purpose(&self) -> Purpose {
        self.terms.purpose
    }

    /// Remembers the articles, of which some were removed as duplicates, and then removes those that are too old. Returns
    /// what changed. `now` is the time of the clock.
    ///
    /// # Errors
    /// [`Error::Archive`] if the archive cannot be written.
    pub(crate) fn commit(
        mut self,
        findings: &Findings,
        removed: &BTreeSet<ArticleId>,
        now: Seconds,
    ) -> Result<MemoryRecord, Error> {
        let changed = self.writer.remember(findings, &self.plan, removed)?;
        let expired = match self.terms.expire_after {
            Some(seconds) => self.writer.expire(self.terms.seen.saturating_sub_unsigned(seconds), now)?,
            None => 0,
        };
        let (articles, loaded) = (self.writer.snapshot().len(), self.plan.loaded());
        Ok(MemoryRecord { changed, expired, articles, loaded })
    }
}
