//! Changes an archive, in one step each time.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;

use super::article_masks::ArticleMasks;
use super::batch_plan::BatchPlan;
use super::current::Current;
use super::disk::WriterLock;
use super::event::{Event, EventKind};
use super::given_templates::GivenTemplate;
use super::manifest::{Manifest, SegmentEntry};
use super::merged_articles::{MergedArticles, to_merge};
use super::nearby::rows_with;
use super::purpose::Purpose;
use super::searching::WholeRun;
use super::segment_file::SegmentFile;
use super::segment_source::{CorpusArticles, SegmentSource as _};
use super::segment_writer::write_segment;
use super::settlement::settle_without;
use super::snapshot::{Snapshot, write_content};
use super::state::{Batch, State};
use crate::article::ArticleId;
use crate::boilerplate::Templates;
use crate::corpus::hash_of_key;
use crate::detect::{Detector, Findings};
use crate::error::Error;
use crate::index::Sketcher;
use crate::progress::Progress;
use crate::provenance::Seconds;
use crate::settings::Settings;

/// The largest number of articles in a segment that is written from memory.
const SEGMENT_ARTICLES: usize = 1 << 18;
/// The number of files of events from which on they are merged.
const EVENT_FILES: usize = 16;

/// The only writer of an archive, as long as it exists. Each of its changes is one commit: it happens as a whole, or not at
/// all.
#[derive(Debug)]
pub struct ArchiveWriter {
    current: Current,
    lock: WriterLock,
    snapshot: Arc<Snapshot>,
}

/// The changes that a batch made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Remembered {
    /// The number of articles that were added.
    pub added: usize,
    /// The number of articles that the archive had, with the same words.
    pub same: usize,
    /// The number of articles of the archive that were replaced by the same ones with other words.
    pub revised: usize,
    /// The number of stories that were seen for the first time.
    pub new_stories: usize,
    /// The number of stories that proved to be parts of others.
    pub merged_stories: usize,
    /// The number of templates that were given for the first time.
    pub new_templates: usize,
}

impl ArchiveWriter {
    pub(super) fn new(current: Current, lock: WriterLock, snapshot: Arc<Snapshot>) -> Self {
        Self { current, lock, snapshot }
    }

    /// Returns the archive as of the last commit.
    pub fn snapshot(&self) -> &Arc<Snapshot> {
        &self.snapshot
    }

    /// Finds what the articles of a detector share with those of the archive, which are in the findings as
    /// [`Role::Remembered`](crate::corpus::Role). The archive remembers the new ones when the result is handed to
    /// [`ArchiveWriter::remember`]. `seen` is the time at which they were taken in, in seconds since 1970.
    ///
    /// # Errors
    /// [`Error::Archive`] if the archive cannot be read or has other settings; else as [`Detector::finish`].
    pub fn find(
        &self,
        detector: Detector,
        purpose: Purpose,
        seen: Seconds,
        progress: &dyn Progress,
    ) -> Result<(Findings, BatchPlan), Error> {
        self.snapshot.find_to_remember(detector, purpose, seen, progress)
    }

    /// Remembers the new articles of findings, which [`ArchiveWriter::find`] returned after the last commit, with the plan, and
    /// the templates of their settings that are new.
    /// `removed` are those that were not kept, if the purpose is [`Purpose::Removal`]: they belong to stories, and no other
    /// article is removed because of them.
    ///
    /// # Errors
    /// [`Error::Archive`] if the archive cannot be written. It is then as before.
    pub fn remember(
        &mut self,
        findings: &Findings,
        plan: &BatchPlan,
        removed: &BTreeSet<ArticleId>,
    ) -> Result<Remembered, Error> {
        let mut state = plan.state.clone();
        if plan.purpose == Purpose::Removal {
            let numbered = findings.corpus().ids().zip(&plan.numbers);
            let new = numbered.filter(|(id, _)| !findings.corpus().is_reference(*id));
            for (id, number) in new.filter_map(|(id, number)| Some((id, (*number)?))) {
                let (set, other) = if removed.contains(&id) {
                    (&mut state.not_kept, &mut state.kept)
                } else {
                    (&mut state.kept, &mut state.not_kept)
                };
                set.insert(number);
                other.remove(number);
            }
        }
        let mut names: BTreeSet<String> = state.collections.drain(..).collect();
        names.extend(findings.corpus().collections().iter().cloned());
        state.collections.extend(names);
        let mut manifest = self.snapshot.manifest.clone();
        let mut segments = Vec::new();
        if !plan.new.is_empty() {
            state.batches.push(Batch { first: manifest.next_article, seen: plan.seen });
        }
        let sketcher = Sketcher::new(&findings.settings().index_rule());
        for ids in plan.new.chunks(SEGMENT_ARTICLES) {
            let articles = CorpusArticles { corpus: findings.corpus(), ids, keep_texts: manifest.keep_texts };
            let name = manifest.new_name("segment");
            let file = write_segment(&self.snapshot.folder, &name, &articles, &sketcher)?;
            segments.push(SegmentEntry { file, first: manifest.next_article, rows: ids.len() as u32 });
            manifest.next_article += ids.len() as u32;
        }
        let count =
            |is_counted: fn(&EventKind) -> bool| plan.events.iter().filter(|event| is_counted(event)).count();
        let remembered = Remembered {
            added: plan.new.len() - plan.batch.revised.len(),
            same: plan.batch.same.len(),
            revised: plan.batch.revised.len(),
            new_stories: count(|event| matches!(event, EventKind::Assigned { .. })),
            merged_stories: count(|event| matches!(event, EventKind::Merged { .. })),
            new_templates: self.write_new_templates(
                &mut manifest,
                &findings.settings().templates,
                plan.seen,
            )?,
        };
        let are_templates_same = manifest.templates == self.snapshot.manifest.templates;
        if segments.is_empty() && plan.events.is_empty() && state == self.snapshot.state && are_templates_same
        {
            return Ok(remembered);
        }
        manifest.segments.extend(segments);
        self.merge_segments(&mut manifest, &state, &sketcher)?;
        self.commit(manifest, &state, &plan.events, plan.seen)?;
        Ok(remembered)
    }

    /// Removes the articles with these keys. Returns the number of those that were there.
    ///
    /// # Errors
    /// [`Error::Archive`] if the archive cannot be read or written. It is then as before.
    pub fn remove(&mut self, keys: &[&str], seen: Seconds) -> Result<usize, Error> {
        let mut hashed: Vec<(u64, &str)> = keys.iter().map(|key| (hash_of_key(key), *key)).collect();
        hashed.sort_unstable();
        hashed.dedup();
        let hashes: Vec<u64> = hashed.iter().map(|(hash, _)| *hash).collect();
        let (mut lost, mut events) = (Vec::new(), Vec::new());
        for segment in &self.snapshot.segments {
            rows_with(
                segment,
                &segment.keys,
                &hashes,
                |identity| identity.key,
                |hash, row| {
                    let number = segment.entry.first + row;
                    if self.snapshot.state.is_live(number) {
                        lost.push(number);
                        let (_, key) = hashed[hashes.partition_point(|&other| other < hash)];
                        events.push(EventKind::Removed { key: key.to_owned() });
                    }
                },
            )?;
        }
        self.lose(&lost, events, seen)?;
        Ok(lost.len())
    }

    /// Removes all articles that were taken in before a time, in seconds since 1970. Returns their number.
    ///
    /// # Errors
    /// [`Error::Archive`] if the archive cannot be read or written. It is then as before.
    pub fn expire(&mut self, before: Seconds, seen: Seconds) -> Result<usize, Error> {
        let Snapshot { state, manifest, .. } = &*self.snapshot;
        let ends = state.batches.iter().skip(1).map(|batch| batch.first).chain([manifest.next_article]);
        let expired = state.batches.iter().zip(ends).filter(|(batch, _)| batch.seen < before);
        let numbers = expired.flat_map(|(batch, end)| batch.first..end);
        let lost: Vec<u32> = numbers.filter(|&number| state.is_live(number)).collect();
        if !lost.is_empty() {
            self.lose(&lost, vec![EventKind::Expired { before, articles: lost.len() }], seen)?;
        }
        Ok(lost.len())
    }

    /// Commits that articles are gone.
    fn lose(&mut self, lost: &[u32], mut events: Vec<EventKind>, seen: Seconds) -> Result<(), Error> {
        if lost.is_empty() {
            return Ok(());
        }
        let mut state = self.snapshot.state.clone();
        state.gone.extend(lost.iter().copied());
        let settlement = settle_without(&mut state, &self.snapshot.stories_of, lost, seen);
        events.extend(settlement.events);
        events.extend(self.snapshot.representative_events(&settlement.represented_anew)?);
        let mut manifest = self.snapshot.manifest.clone();
        let is_left = |entry: &SegmentEntry| entry.numbers().any(|number| state.is_live(number));
        manifest.segments.retain(is_left);
        self.commit(manifest, &state, &events, seen)
    }

    /// Removes the templates that were given to the archive and are among `templates`: with the same outlet and the same words.
    /// Returns their number. Stories that are remembered change with [`ArchiveWriter::compact`].
    ///
    /// # Errors
    /// [`Error::Archive`] if the archive cannot be read or written. It is then as before.
    pub fn remove_templates(&mut self, templates: &Templates, seen: Seconds) -> Result<usize, Error> {
        let given = &self.snapshot.given_templates;
        let left = given.without(templates);
        let removed = given.rows().len() - left.len();
        if removed > 0 {
            let mut manifest = self.snapshot.manifest.clone();
            manifest.templates = None;
            if !left.is_empty() {
                self.write_templates(&mut manifest, &left)?;
            }
            self.commit(manifest, &self.snapshot.state.clone(), &[], seen)?;
        }
        Ok(removed)
    }

    /// Writes the templates that were given, if some of `templates` are new. Returns the number of these.
    fn write_new_templates(
        &self,
        manifest: &mut Manifest,
        templates: &Templates,
        seen: Seconds,
    ) -> Result<usize, Error> {
        let given = &self.snapshot.given_templates;
        let Some(all) = given.with(templates, seen) else { return Ok(0) };
        self.write_templates(manifest, &all)?;
        Ok(all.len() - given.rows().len())
    }

    fn write_templates(&self, manifest: &mut Manifest, templates: &[GivenTemplate]) -> Result<(), Error> {
        let name = manifest.new_name("templates");
        manifest.templates = Some(write_content(&self.snapshot.folder, &name, &to_json(&templates))?);
        Ok(())
    }

    /// Finds the stories of all articles again, and writes all segments as one, without what is gone. After that the
    /// archive has the stories that one run over all its articles finds, with the templates that were given to it, and records
    /// what that run masks. The templates of the settings are given to it, too.
    ///
    /// # Errors
    /// [`Error::Archive`] if the archive cannot be read or written, or has other settings. It is then as before.
    pub fn compact(
        &mut self,
        settings: Settings,
        seen: Seconds,
        progress: &dyn Progress,
    ) -> Result<(), Error> {
        let sketcher = Sketcher::new(&settings.index_rule());
        let WholeRun { state, events, findings, numbers } =
            self.snapshot.find_all(settings, seen, progress)?;
        let templates = findings.settings().templates.clone();
        let masks = ArticleMasks::new(findings.corpus(), &numbers);
        drop((findings, numbers));
        let mut manifest = self.snapshot.manifest.clone();
        self.write_new_templates(&mut manifest, &templates, seen)?;
        let count = manifest.segments.len();
        let has_gone = self.snapshot.segments.iter().any(|segment| self.snapshot.gone_in(segment) > 0);
        if count > 1 || has_gone || !masks.are_recorded(&self.snapshot)? {
            self.merge(&mut manifest, &state, 0..count, Some(&masks), &sketcher)?;
            manifest.masked_anew += 1;
        }
        self.commit(manifest, &state, &events, seen)
    }

    /// Merges the last segments, if there are enough of similar size.
    fn merge_segments(
        &self,
        manifest: &mut Manifest,
        state: &State,
        sketcher: &Sketcher,
    ) -> Result<(), Error> {
        let rows: Vec<u32> = manifest.segments.iter().map(|segment| segment.rows).collect();
        to_merge(&rows).map_or(Ok(()), |range| self.merge(manifest, state, range, None, sketcher))
    }

    /// Writes segments as one. The masks of their articles stay as they were recorded, unless there are others.
    fn merge(
        &self,
        manifest: &mut Manifest,
        state: &State,
        range: std::ops::Range<usize>,
        masks: Option<&ArticleMasks>,
        sketcher: &Sketcher,
    ) -> Result<(), Error> {
        let folder = &self.snapshot.folder;
        let open = |entry: &SegmentEntry| SegmentFile::open_or_share(folder, entry, &self.snapshot.segments);
        let segments: Result<Vec<Arc<SegmentFile>>, Error> =
            manifest.segments[range.clone()].iter().map(open).collect();
        let segments = segments?;
        let articles = MergedArticles { segments: &segments, state, masks };
        let name = manifest.new_name("segment");
        let file = write_segment(folder, &name, &articles, sketcher)?;
        let merged = SegmentEntry { file, first: articles.first(), rows: articles.len() as u32 };
        manifest.segments.splice(range, [merged]);
        Ok(())
    }

    /// Writes the state and the events, and replaces the manifest.
    fn commit(
        &mut self,
        mut manifest: Manifest,
        state: &State,
        events: &[EventKind],
        seen: Seconds,
    ) -> Result<(), Error> {
        let folder = &self.snapshot.folder;
        let name = manifest.new_name("state");
        manifest.state = write_content(folder, &name, &to_json(state))?;
        if !events.is_empty() {
            let mut lines: Vec<Event> = Vec::new();
            if manifest.events.len() >= EVENT_FILES {
                lines = self.snapshot.events()?;
                manifest.events.clear();
            }
            lines.extend(events.iter().map(|what| Event { at: seen, what: what.clone() }));
            let mut content = Vec::new();
            for line in &lines {
                content.extend(to_json(line));
                content.push(b'\n');
            }
            let name = manifest.new_name("events");
            manifest.events.push(write_content(folder, &name, &content)?);
        }
        folder.commit(&self.lock, &to_json(&manifest), &manifest.names())?;
        self.snapshot = Arc::new(Snapshot::read(folder, Some(&self.snapshot))?);
        self.current.set(&self.snapshot);
        Ok(())
    }
}

/// Returns a value as JSON.
pub(super) fn to_json(value: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("strings, numbers and lists are always valid JSON values")
}
